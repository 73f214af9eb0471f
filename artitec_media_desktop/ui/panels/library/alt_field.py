"""Alt text written in place: a field over the caption of a cell."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ....domain.limits import ALT_TEXT_LENGTH
from ...theme import font
from .words import tr

_TAB: Final = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class AltField(QLineEdit):
    """Enter saves, Tab saves and goes on to the next, Esc leaves."""

    #: The text, and how far to go on: 0, 1 or -1.
    saved = Signal(str, int)
    left = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setMaxLength(ALT_TEXT_LENGTH)
        self.setFont(font("caption"))
        self.setProperty("kind", "cell")
        self.setAccessibleName(tr("Alt text"))
        self.setPlaceholderText(tr("Add alt text"))
        self.setTextMargins(0, 0, 0, 0)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Tab goes to the next photo, not to the next field; letters are no commands here."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            by = _TAB.get(Qt.Key(event.key()), 0)
            if by:
                self.saved.emit(self.text(), by)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.saved.emit(self.text(), 0)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A click elsewhere saves what was written; a menu over it does not."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.saved.emit(self.text(), 0)
