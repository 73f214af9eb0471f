"""What all charts have in common: bars that are hovered, reached by keys, spoken and chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from ..domain.search import Search
from .theme import Radius, font, theme

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
#: Between the stretches of a bar.
GAP = 1.0
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
CENTER = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar in the colour of a token."""

    token: str
    value: int


@dataclass(frozen=True, slots=True)
class Bar:
    """``spoken`` is what it says on hover and aloud; ``search`` finds what it stands for.

    ``count`` is of things, ``total_bytes`` what they take, where that is told.
    """

    label: str
    parts: tuple[Part, ...]
    count: int
    total_bytes: int
    spoken: str
    search: Search | None

    @property
    def value(self) -> int:
        """Its whole length."""
        return sum(each.value for each in self.parts)


class Chart(QWidget):
    """Shows bars; a kind of chart says where each stands (``box``) and paints it."""

    #: Search: what a bar stands for is to be shown.
    chosen = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.bars: list[Bar] = []
        self.current = 0
        self._hovered = -1
        self._title = title
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(title)
        theme().changed.connect(self.update)

    def show_bars(self, bars: Sequence[Bar], current: int | None = None) -> None:
        """Show others; ``current`` is the one that keys begin at."""
        self.bars = list(bars)
        wanted = self.current if current is None else current
        self.current = max(0, min(wanted, len(self.bars) - 1))
        self._say()
        self.updateGeometry()
        self.update()

    def box(self, at: int) -> QRectF:
        """Where a bar stands, with its words."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        """Paint all bars; ground and ring are painted by then, or after."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar below the mouse, all bars, the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if 0 <= self._hovered < len(self.bars) and self.bars[self._hovered].search is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("hover"))
            box = self.box(self._hovered)
            painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        self.paint(painter)
        if self.hasFocus() and self.bars:
            painter.setPen(QPen(theme().color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = self.box(self.current).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from bar to bar, Enter shows what one stands for."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._turn_to(self.current + _STEPS[key])
        elif key == Qt.Key.Key_Home:
            self._turn_to(0)
        elif key == Qt.Key.Key_End:
            self._turn_to(len(self.bars) - 1)
        elif key in _CHOOSE:
            self._choose(self.current)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be clicked."""
        self._hover(self._at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is below the mouse."""
        self._hover(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show what the bar stands for."""
        at = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self._turn_to(at)
            self._choose(at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the keys begin."""
        super().focusInEvent(event)
        self._say()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say on hover what a bar stands for."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._at(event.pos())
            QToolTip.showText(event.globalPos(), self.bars[at].spoken if at >= 0 else "", self)
            return True
        return super().event(event)

    def _at(self, point: QPoint) -> int:
        found = (at for at in range(len(self.bars)) if self.box(at).contains(point))
        return next(found, -1)

    def _hover(self, at: int) -> None:
        if at != self._hovered:
            self._hovered = at
            can = at >= 0 and self.bars[at].search is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor)
            self.update()

    def _turn_to(self, at: int) -> None:
        if self.bars:
            self.current = max(0, min(at, len(self.bars) - 1))
            self._say()
            self.update()

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self.bars) and (search := self.bars[at].search) is not None:
            self.chosen.emit(search)

    def _say(self) -> None:
        words = self.bars[self.current].spoken if self.bars else ""
        self.setAccessibleName(f"{self._title}. {words}" if words else self._title)
        if self.hasFocus():
            event = QAccessibleEvent(self, QAccessible.Event.NameChanged)
            QAccessible.updateAccessibility(event)


def write(
    painter: QPainter, box: QRectF, text: str, role: str, ink: str = "text", align: int = LEFT
) -> None:
    """One line in a role of the type scale, cut to fit."""
    painter.setFont(font(role))
    painter.setPen(theme().color(ink))
    mode = Qt.TextElideMode.ElideRight
    painter.drawText(box, align, painter.fontMetrics().elidedText(text, mode, int(box.width())))


def fill(painter: QPainter, box: QRectF, ink: QColor, *, round_end: bool = False) -> None:
    """A stretch of a bar; its far end may be round."""
    if box.width() <= 0 or box.height() <= 0:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    if not round_end:
        painter.fillRect(box, ink)
        return
    path = QPainterPath()
    path.addRoundedRect(box, 2, 2)
    painter.fillPath(path, ink)
