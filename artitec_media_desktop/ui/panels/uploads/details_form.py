"""The fields of what is written with files: values that differ are shown as such."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ....domain.limits import ALT_TEXT_LENGTH
from ....domain.uploads import Description, UploadItem
from ...theme import Height, Space
from ...theme.stylesheet import set_property
from ...upload_words import number, tr
from ...widgets import CheckBox, label

_LINES: Final = 72


class DetailsForm(QWidget):
    """Alt text, caption, tags and primary; knows which of them a person touched."""

    #: Something was typed or chosen.
    edited = Signal()
    #: Ctrl+Enter.
    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._touched: set[str] = set()
        self._filling = False
        self.alt_text = _TextField(tr("Alt text"))
        self.caption = _TextField(tr("Caption"))
        self.tags = QLineEdit()
        self.tags.setAccessibleName(tr("Tags"))
        self.primary = CheckBox(tr("Primary picture of its place"))
        self._counter = label(role="caption")
        self._counter.setAccessibleName(tr("Length of the alt text"))
        head = QHBoxLayout()
        head.addWidget(label(tr("Alt text"), "small"), 1)
        head.addWidget(self._counter)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.XS)
        box.addLayout(head)
        box.addWidget(self.alt_text)
        for words, field in ((tr("Caption"), self.caption), (tr("Tags"), self.tags)):
            box.addSpacing(Space.S)
            box.addWidget(label(words, "small"))
            box.addWidget(field)
        box.addSpacing(Space.M)
        box.addWidget(self.primary)
        self.alt_text.textChanged.connect(lambda: self._touch("alt_text"))
        self.caption.textChanged.connect(lambda: self._touch("caption"))
        self.tags.textChanged.connect(lambda: self._touch("tags"))
        self.tags.setMinimumHeight(Height.FIELD)
        self.primary.clicked.connect(self._choose_primary)
        for each in (self.alt_text, self.caption):
            each.submitted.connect(self.submitted)

    @property
    def is_touched(self) -> bool:
        """Whether there is something to be written."""
        return bool(self._touched)

    @property
    def problem(self) -> str:
        """Why it can't be written; empty where it can."""
        length = len(self.alt_text.toPlainText())
        if "alt_text" not in self._touched or length <= ALT_TEXT_LENGTH:
            return ""
        words = tr("The alt text has {count} letters; {most} is the most. Shorten it.")
        return words.format(count=number(length), most=number(ALT_TEXT_LENGTH))

    def show_items(self, items: Sequence[UploadItem], *, anew: bool) -> None:
        """Show what files have; ``anew`` forgets what was touched, else that stays."""
        if anew:
            self._touched.clear()
        options = [item.options for item in items]
        self._filling = True
        self._fill("alt_text", {each.alt_text or "" for each in options})
        self._fill("caption", {each.caption or "" for each in options})
        self._fill("tags", {", ".join(each.tags) for each in options})
        if "primary" not in self._touched:
            marks = {each.primary for each in options}
            mixed = Qt.CheckState.PartiallyChecked
            one = Qt.CheckState.Checked if True in marks else Qt.CheckState.Unchecked
            self.primary.setCheckState(mixed if len(marks) > 1 else one)
        self._filling = False
        self._count()

    def settle(self) -> None:
        """What was touched is being written: the next values of the files are theirs."""
        self._touched.clear()

    def touched(self) -> Description:
        """The fields that a person touched."""
        on = self._touched
        return Description(
            alt_text=self.alt_text.toPlainText().strip() if "alt_text" in on else None,
            caption=self.caption.toPlainText().strip() if "caption" in on else None,
            tags=tags_of(self.tags.text()) if "tags" in on else None,
            primary=self.primary.isChecked() if "primary" in on else None,
        )

    def values(self) -> Description:
        """What the fields show; None for one that is empty or differs."""
        mark = self.primary.checkState()
        return Description(
            alt_text=self.alt_text.toPlainText().strip() or None,
            caption=self.caption.toPlainText().strip() or None,
            tags=tags_of(self.tags.text()) or None,
            primary=True if mark is Qt.CheckState.Checked else None,
        )

    def fill(self, values: Description) -> None:
        """Put values into the fields as if they were typed; None leaves a field alone."""
        if values.alt_text is not None:
            self.alt_text.setPlainText(values.alt_text)
        if values.caption is not None:
            self.caption.setPlainText(values.caption)
        if values.tags is not None:
            self.tags.setText(", ".join(values.tags))
        if values.primary is not None:
            self.primary.setChecked(values.primary)
            self._touch("primary")

    def _fill(self, name: str, found: set[str]) -> None:
        if name in self._touched:
            return
        field: _TextField | QLineEdit = getattr(self, name)
        text = next(iter(found)) if len(found) == 1 else ""
        hint = tr("{count} different").format(count=number(len(found))) if len(found) > 1 else ""
        field.setPlaceholderText(hint or (tr("Divided by commas") if name == "tags" else ""))
        if isinstance(field, QLineEdit):
            if field.text() != text:
                field.setText(text)
        elif field.toPlainText() != text:
            field.setPlainText(text)

    def _choose_primary(self) -> None:
        # A click leaves the mixed state for good.
        self.primary.setTristate(False)
        self._touch("primary")

    def _touch(self, name: str) -> None:
        if not self._filling:
            self._touched.add(name)
            self._count()
            self.edited.emit()

    def _count(self) -> None:
        length = len(self.alt_text.toPlainText())
        words = tr("{count} of {most}")
        self._counter.setText(words.format(count=number(length), most=number(ALT_TEXT_LENGTH)))
        too_long = length > ALT_TEXT_LENGTH
        set_property(self._counter, "tone", "danger" if too_long else "muted")
        set_property(self.alt_text, "invalid", "true" if too_long else "false")


class _TextField(QPlainTextEdit):
    """Some lines of text; Tab goes on to the next field."""

    submitted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(_LINES)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter writes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.submitted.emit()
            return
        super().keyPressEvent(event)


def tags_of(text: str) -> tuple[str, ...]:
    """``pool, model home`` → its tags, none twice."""
    return tuple(dict.fromkeys(each.strip() for each in text.split(",") if each.strip()))
