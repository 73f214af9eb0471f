"""One ring that stands around whichever button has the keyboard."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QSlider, QWidget
from shiboken6 import isValid

from ..theme import Radius, Space, theme

_WIDE = 2
#: A primary button has the colour of the ring, so its ring keeps a pixel's distance; one without
#: an edge of its own begins with its words.
_AWAY = {"primary": _WIDE + 1, "value": _WIDE + Space.XS}
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_MOVES = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
)


class FocusRing(QWidget):
    """Follows the focus inside ``window``; the mouse goes through it. Dialogs get one of their own.

    As on the web (``:focus-visible``) it is shown once the keyboard moved the focus, not for a
    click. Besides buttons it serves any widget with the dynamic property ``focusRing``.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._followed: list[QWidget] = []
        self._away = 1
        self._by_keys = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move along with the button and with whatever it stands in."""
        if event.type() in _MOVES:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring just inside this widget's edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("focus"), _WIDE))
        half = _WIDE / 2
        radius = Radius.CONTROL + self._away - half
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius
        )

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        window = None if now is None else now.window()
        if isinstance(window, QDialog) and not window.findChildren(FocusRing, options=_DIRECT):
            FocusRing(window)._follow(before, now)
        if before is not None and now is not None:
            # Otherwise the window itself came or went, which says nothing.
            self._by_keys = QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton
        for each in filter(isValid, self._followed):
            each.removeEventFilter(self)
        self._followed = _up_to(self.window(), now)
        for each in self._followed:
            each.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        target = self._followed[0] if self._followed else None
        if target is None or not (self._by_keys and isValid(target) and _wants_ring(target)):
            self.hide()
            return
        if not target.isVisible() or self._is_scrolled_away(target):
            self.hide()
            return
        self._away = _AWAY.get(str(target.property("kind")), 1)
        corner = target.mapTo(self.window(), QPoint(0, 0))
        away = self._away
        self.setGeometry(QRect(corner, target.size()).adjusted(-away, -away, away, away))
        self.raise_()
        self.show()

    def _is_scrolled_away(self, target: QWidget) -> bool:
        """Whether its middle is outside of something that it stands in."""
        middle = target.rect().center()
        return not all(
            each.rect().contains(target.mapTo(each, middle)) for each in self._followed[1:]
        )


def _wants_ring(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton | QSlider) or bool(widget.property("focusRing"))


def _up_to(window: QWidget, start: QWidget | None) -> list[QWidget]:
    """The widget and what it stands in, below ``window``; empty when it is elsewhere."""
    chain: list[QWidget] = []
    each = start
    while each is not None and each is not window:
        chain.append(each)
        each = None if each.isWindow() else each.parentWidget()  # a dialog has its own
    return chain if each is not None else []
