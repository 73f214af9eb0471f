"""A widget that covers a window and keeps the keyboard while it does."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

#: These go on working for the window: full screen and, with Ctrl, quit.
_PASS = (Qt.Key.Key_F11, Qt.Key.Key_Q)


class Layer(QWidget):
    """Not a window of its own, so that it moves, minimizes and goes full screen with its window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ground", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def event(self, event: QEvent) -> bool:
        """Keep the keys from the page below, except the few that are the window's."""
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() not in _PASS:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round within the layer, while it is there."""
        inside = [each for each in (self, *self.findChildren(QWidget)) if _takes_tab(each)]
        if not inside:
            return super().focusNextPrevChild(forward)
        focused = self.window().focusWidget()
        at = inside.index(focused) if focused in inside else 0
        to = inside[(at + (1 if forward else -1)) % len(inside)]
        to.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window at any size."""
        covered = event.type() is QEvent.Type.Resize and watched is self.parent()
        if covered and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False


def _takes_tab(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isEnabled() and widget.isVisible()
