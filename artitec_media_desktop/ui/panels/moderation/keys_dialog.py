"""Lets a person choose other keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QVBoxLayout,
    QWidget,
)

from ...theme import Space
from ...theme.stylesheet import set_property
from ...widgets import Message, button, label
from .keys import ROWS, Keys, refusal
from .words import tr

_WIDE, _FIELD = 440, 120
_DIALOGS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PORTABLE = QKeySequence.SequenceFormat.PortableText


class KeyField(QKeySequenceEdit):
    """Takes one key; Esc and Enter are the dialog's, which leaves and keeps by them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.setFixedWidth(_FIELD)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See above."""
        if event.key() in _DIALOGS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class KeysDialog(QDialog):
    """A row a key; what is taken or used twice can't be kept."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys of moderation"))
        self.setProperty("ground", "raised")
        self.fields: dict[str, KeyField] = {}
        self.trouble = Message()
        self.keep = button(tr("Use these"), kind="primary")
        self.keep.setDefault(True)
        self.usual = button(tr("As they were"), "arrow-counter-clockwise", "quiet")
        self.leave = button(tr("Cancel"))
        self._lay_out()
        self.keep.clicked.connect(self._keep)
        self.usual.clicked.connect(lambda: self._show({each.name: each.usual for each in ROWS}))
        self.leave.clicked.connect(self.reject)
        self._show(keys.all)

    @property
    def chosen(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: each.keySequence().toString(_PORTABLE) for name, each in self.fields.items()}

    def _show(self, keys: dict[str, str]) -> None:
        for name, each in self.fields.items():
            each.setKeySequence(QKeySequence(keys[name], _PORTABLE))
        self._check()

    def _check(self) -> None:
        chosen = self.chosen
        refused = {name: words for name in chosen if (words := refusal(chosen, name))}
        for name, each in self.fields.items():
            set_property(each, "invalid", name in refused)
        row = next((each for each in ROWS if each.name in refused), None)
        words = "" if row is None else f"{tr(row.words)}: {refused[row.name]}"
        self.trouble.say(words, "danger")
        self.keep.setEnabled(not refused)

    def _keep(self) -> None:
        self._keys.keep(self.chosen)
        self.accept()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(0, 1)
        for at, row in enumerate(ROWS):
            field = KeyField(tr(row.words))
            field.keySequenceChanged.connect(self._check)
            self.fields[row.name] = field
            grid.addWidget(label(tr(row.words)), at, 0)
            grid.addWidget(field, at, 1)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self.usual)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.keep)
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        box.setSpacing(Space.S)
        hint = label(
            tr("Press the key that a row is to have. Reasons keep their numbers."), "muted"
        )
        hint.setWordWrap(True)
        box.addWidget(label(tr("Keys of moderation"), "title"))
        box.addWidget(hint)
        box.addSpacing(Space.S)
        box.addLayout(grid)
        # Its two lines are kept free: what comes later would take their height from the fields.
        kept = self.trouble.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.trouble.setSizePolicy(kept)
        self.trouble.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        box.addWidget(self.trouble)
        box.addSpacing(Space.S)
        box.addLayout(foot)
        self.setFixedWidth(_WIDE)
