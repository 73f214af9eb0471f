"""The context menu by key, where Qt itself knows the Menu key only."""

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication


def open_context_menu() -> None:
    """Ask what has the keyboard for its menu, as the Menu key does."""
    focused = QApplication.focusWidget()
    if focused is None:
        return
    caret = QRectF(focused.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle))
    at = caret.center().toPoint()
    reason = QContextMenuEvent.Reason.Keyboard
    event = QContextMenuEvent(reason, at, focused.mapToGlobal(at))
    QCoreApplication.sendEvent(focused, event)
