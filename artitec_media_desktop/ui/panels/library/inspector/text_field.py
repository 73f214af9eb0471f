"""A field for a text of several lines that grows with what is typed, and counts it."""

from math import ceil
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ....theme import Height, Space
from ....theme.stylesheet import set_property
from ....widgets import button, label
from .parts import NameRow
from .words import number, tr

#: It scrolls from here on.
_MOST_LINES: Final = 6
#: A text that nobody types is shown by its beginning: laying out 100 kB would be felt.
_SHOWN: Final = 20_000


class TextField(QWidget):
    """A name, a counter where there is a limit, and the field.

    ``edited`` comes only for what a person types.
    """

    edited = Signal(str)
    #: All of them are to have no text.
    emptied = Signal()
    #: Enter was pressed, in a field of one line of thought (``limit``).
    entered = Signal()

    def __init__(self, name: str, limit: int = 0, lines: int = 1) -> None:
        super().__init__()
        self._limit = limit
        self.field = _Editor(lines, one_line=bool(limit))
        self.field.setAccessibleName(name)
        self._counter = label("", "caption")
        self.empty = button(tr("Empty for all"), kind="link", small=True)
        self.empty.setProperty("inline", True)
        self.empty.hide()
        self._may_empty = False
        ends = [self.empty, self._counter] if limit else [self.empty]
        self._row = NameRow(name, self.field, *ends)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._row)
        column.addWidget(self.field)
        self.field.textChanged.connect(self._changed)
        self.field.entered.connect(self.entered)
        self.empty.clicked.connect(self.emptied)

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.field.toPlainText()

    @property
    def too_long(self) -> int:
        """How many characters are too many."""
        return max(0, len(self.text) - self._limit) if self._limit else 0

    def show_text(self, text: str, hint: str = "", *, may_empty: bool = False) -> None:
        """Show what the library has, or what was typed before; ``hint`` where nothing is.

        ``may_empty``: there are texts that an empty field does not show.
        """
        self._may_empty = may_empty
        self.field.setPlaceholderText(hint)
        self.field.viewport().update()  # Qt paints a hint only where there was none
        cut = len(text) > _SHOWN
        self.field.setReadOnly(cut)
        self.field.setToolTip(tr("Too long to be edited here.") if cut else "")
        text = text[:_SHOWN] + "…" if cut else text
        if text != self.text:
            self.field.blockSignals(True)
            self.field.setPlainText(text)
            self.field.blockSignals(False)
        self.field.fit()
        self._count()
        self.empty.setVisible(may_empty and not text)

    def forget_typing(self) -> None:
        """It was written: Ctrl+Z takes that back from now on, not the typing."""
        self.field.document().clearUndoRedoStacks()

    def set_changed(self, changed: bool) -> None:
        """Say whether it differs from what the library has."""
        self._row.badge.setVisible(changed)

    def _changed(self) -> None:
        self.field.fit()
        self._count()
        self.empty.setVisible(self._may_empty and not self.text)
        self.edited.emit(self.text)

    def _count(self) -> None:
        if not self._limit:
            return
        words = tr("{count} of {limit}").format(
            count=number(len(self.text)), limit=number(self._limit)
        )
        self._counter.setText(words)
        self.field.setAccessibleDescription(words)
        set_property(self._counter, "tone", "danger" if self.too_long else "")
        set_property(self.field, "invalid", "true" if self.too_long else "false")


class _Editor(QPlainTextEdit):
    entered = Signal()

    def __init__(self, lines: int, *, one_line: bool) -> None:
        super().__init__()
        self._fewest = lines
        self._one_line = one_line
        if one_line:
            self.setInputMethodHints(Qt.InputMethodHint.ImhNone)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.setViewportMargins(0, Space.XS, 0, Space.XS)
        self.fit()

    def fit(self) -> None:
        """As high as its text or its hint needs, within bounds."""
        metrics = self.fontMetrics()
        first = self.document().firstBlock().layout()
        lines = round(self.document().documentLayout().documentSize().height())
        if not self.toPlainText() and self.placeholderText():
            room = max(1, self.viewport().width() - Space.XS)
            wrap = Qt.TextFlag.TextWordWrap
            box = metrics.boundingRect(0, 0, room, 10_000, int(wrap), self.placeholderText())
            lines = round(box.height() / metrics.lineSpacing())
        shown = min(_MOST_LINES, max(self._fewest, lines))
        # Where Qt itself decides, a bar that takes its width from the text comes and goes for ever.
        on, off = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(on if lines > _MOST_LINES else off)
        # A line is laid out a pixel higher than the font's metrics say.
        line = first.lineAt(0).height() if first.lineCount() else metrics.lineSpacing()
        high = ceil(shown * line) + 2 * (Space.XS + 2) + 2
        self.setFixedHeight(max(Height.FIELD, high))

    def sizeHint(self) -> QSize:
        """The layout decides how wide."""
        return QSize(Height.FIELD, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font comes with the style sheet."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def event(self, event: QEvent) -> bool:
        """Where nothing was typed, undoing is the window's."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.ShortcutOverride:
            return super().event(event)
        if not event.matches(QKeySequence.StandardKey.Undo):
            return super().event(event)
        event.setAccepted(self.document().isUndoAvailable())
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is no part of a text of one line; the page's own keys are left to it."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif enter and self._one_line:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
