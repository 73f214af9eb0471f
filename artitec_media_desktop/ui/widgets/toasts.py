"""Short messages over the lower right corner, each with at most one thing to do."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ..theme import Icon, Space, theme
from ..theme.icons import draw
from .buttons import button, icon_button
from .labels import label

_ICONS = {
    "success": "check-circle-fill",
    "info": "info-fill",
    "warning": "warning-circle-fill",
    "danger": "warning-circle-fill",
    "muted": "trash-fill",
}
_WIDE = 400
_STAYS_MS = 6_000
_AT_MOST = 4


class Toasts(QObject):
    """The toasts of one window, newest at the bottom.

    Errors stay until they are closed, and so do warnings that ask for something.
    """

    def __init__(self, window: QWidget, bottom: int = 0) -> None:
        """``bottom`` is the height of what stands at the foot of the window, in pixels."""
        super().__init__(window)
        self._window = window
        self._bottom = bottom
        self.shown: list[Toast] = []
        window.installEventFilter(self)

    def show(
        self,
        text: str,
        detail: str = "",
        tone: str = "success",
        action: str = "",
        on_action: Callable[[], None] | None = None,
        icon_name: str = "",
    ) -> "Toast":
        """Show one; ``tone`` is success, info, warning, danger or muted."""
        toast = Toast(self._window, text, detail, tone, icon_name or _ICONS[tone])
        if action:
            toast.add_action(action, on_action)
        toast.closed.connect(lambda: self._forget(toast))
        self.shown.append(toast)
        while len(self.shown) > _AT_MOST:
            self.shown[0].dismiss()
        self._place()
        toast.show()
        toast.raise_()
        toast.announce()
        return toast

    def dismiss_newest(self) -> bool:
        """Esc: close the newest; False when there is none."""
        if not self.shown:
            return False
        self.shown[-1].dismiss()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _forget(self, toast: "Toast") -> None:
        if toast in self.shown:
            self.shown.remove(toast)
        self._place()

    def _place(self) -> None:
        foot = self._window.height() - self._bottom - Space.L
        wide = min(_WIDE, self._window.width() - 2 * Space.L)
        left = self._window.width() - wide - Space.L
        for toast in reversed(self.shown):
            high = max(toast.heightForWidth(wide), toast.sizeHint().height())
            foot -= high
            toast.setGeometry(QRect(left, foot, wide, high))
            foot -= Space.S


class Toast(QFrame):
    """One message; waits while the mouse or the keyboard is on it."""

    closed = Signal()

    def __init__(self, window: QWidget, text: str, detail: str, tone: str, icon_name: str) -> None:
        super().__init__(window)
        self.text, self.detail, self.tone = text, detail, tone
        self.setProperty("ground", "float")
        self.setAccessibleName(f"{text}. {detail}" if detail else text)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        self._row.setSpacing(Space.M)
        self._row.addWidget(_ToneIcon(icon_name, tone))
        words = QVBoxLayout()
        words.setSpacing(0)
        title = label(text, "emphasis" if detail else "body")
        title.setWordWrap(True)
        words.addWidget(title)
        if detail:
            sentence = label(detail, "small")
            sentence.setWordWrap(True)
            words.addWidget(sentence)
        self._row.addLayout(words, 1)
        close = icon_button("x", self.tr("Close"), color="muted")
        close.clicked.connect(self.dismiss)
        self._row.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_out)
        self._stays = tone == "danger"
        self._run_out()

    def add_action(self, word: str, on_action: Callable[[], None] | None) -> None:
        """Put a button in front of the cross; it closes the toast as well."""
        made = button(word, kind="" if self.tone == "danger" else "link", small=True)

        def act() -> None:
            self.dismiss()
            if on_action is not None:
                on_action()

        made.clicked.connect(act)
        self._row.insertWidget(self._row.count() - 1, made)
        if self.tone == "warning":  # it asks for something
            self._stays = True
            self._timer.stop()

    def dismiss(self) -> None:
        """Go away."""
        self._timer.stop()
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def announce(self) -> None:
        """Have a screen reader say it."""
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while the mouse is here."""
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go on when it left."""
        self._run_out()

    def _run_out(self) -> None:
        if not self._stays:
            self._timer.start(_STAYS_MS)

    def _time_out(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._timer.start(_STAYS_MS)
        else:
            self.dismiss()


class _ToneIcon(QWidget):
    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name, self._tone = name, tone
        self.setFixedSize(Icon.RAIL, Icon.RAIL)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw(QPainter(self), self.rect(), self._name, theme().color(self._tone), Icon.RAIL)
