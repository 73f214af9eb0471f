"""Short messages over a lower right corner, each with at most one thing to do."""

from collections.abc import Callable, Container

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
_NARROW = 280
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
        self._ground: QWidget | None = None
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
        change: int | None = None,
    ) -> "Toast":
        """Show one; ``tone`` is success, info, warning, danger or muted.

        ``change`` is the number of the change that it tells of.
        """
        toast = Toast(self._window, text, detail, tone, icon_name or _ICONS[tone])
        toast.change = change
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

    def withdraw(self, changes: Container[int]) -> None:
        """What is told of these changes holds no longer."""
        for toast in [each for each in self.shown if each.change in changes]:
            toast.dismiss()

    def stand_on(self, ground: QWidget) -> None:
        """Lie over the lower right corner of a part of the window from now on."""
        if ground is self._ground:
            return
        if self._ground is not None:
            self._ground.removeEventFilter(self)
            self._ground.destroyed.disconnect(self._leave_ground)
        self._ground = ground
        ground.installEventFilter(self)
        ground.destroyed.connect(self._leave_ground)
        self._place()

    def _leave_ground(self) -> None:
        self._ground = None

    def dismiss_newest(self) -> bool:
        """Esc: close the newest; False when there is none."""
        if not self.shown:
            return False
        self.shown[-1].dismiss()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self._place()
        return False

    def _forget(self, toast: "Toast") -> None:
        if toast in self.shown:
            self.shown.remove(toast)
        self._place()

    def _area(self) -> QRect:
        """The ground; all of the window where it is hidden or too narrow for a sentence."""
        ground, everything = self._ground, self._window.rect().adjusted(0, 0, 0, -self._bottom)
        if ground is None or not ground.isVisible() or ground.width() < _NARROW:
            return everything
        corner = ground.mapTo(self._window, ground.rect().topLeft())
        return QRect(corner, ground.size()) & everything

    def _place(self) -> None:
        if not self.shown:
            return
        area = self._area()
        wide = min(_WIDE, area.width() - 2 * Space.L)
        left, foot = area.right() + 1 - wide - Space.L, area.bottom() + 1 - Space.L
        for toast in reversed(self.shown):
            high = max(toast.heightForWidth(wide), toast.sizeHint().height())
            foot -= high
            toast.setGeometry(QRect(left, foot, wide, high))
            foot -= Space.S


class Toast(QFrame):
    """One message; waits while the mouse or the keyboard is on it."""

    closed = Signal()
    #: The number of the change that it tells of.
    change: int | None = None

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
