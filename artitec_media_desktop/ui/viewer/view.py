"""What part of a picture is seen, at what size: arithmetic only, in pixels of the screen."""

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF

#: Pixels of the screen for a pixel of the picture, at most.
LARGEST: Final = 8.0


@dataclass(frozen=True, slots=True)
class View:
    """Free of any picture's size, so that pictures side by side can share one.

    ``zoom`` 1 shows all of it; a picture that is smaller than the room is not enlarged for that.
    ``x`` and ``y`` say which spot of the picture as it is turned lies in the middle, 0 to 1 each;
    ``turns`` are quarter turns clockwise.
    """

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5
    turns: int = 0

    def scale(self, size: QSizeF, room: QSizeF) -> float:
        """Pixels of the screen for a pixel of a picture of ``size``."""
        return self._fitting(size, room) * self.zoom

    def rect(self, size: QSizeF, room: QSizeF) -> QRectF:
        """Where the turned picture lies in the room; its corner on a whole pixel."""
        turned = self._turned(size) * self.scale(size, room)
        left = _offset(room.width(), turned.width(), self.x)
        top = _offset(room.height(), turned.height(), self.y)
        return QRectF(QPointF(round(left), round(top)), turned)

    def zoomed(self, factor: float, at: QPointF, size: QSizeF, room: QSizeF) -> "View":
        """Larger by ``factor``; what lies at ``at`` stays there as far as it can."""
        largest = max(1.0, LARGEST / max(1e-6, self._fitting(size, room)))
        after = replace(self, zoom=min(largest, max(1.0, self.zoom * factor)))
        old = self.rect(size, room)
        new = self._turned(size) * after.scale(size, room)
        share_x = (at.x() - old.left()) / max(1.0, old.width())
        share_y = (at.y() - old.top()) / max(1.0, old.height())
        return after._centred(
            QPointF(at.x() - share_x * new.width(), at.y() - share_y * new.height()), new, room
        )

    def at_scale(self, scale: float, at: QPointF, size: QSizeF, room: QSizeF) -> "View":
        """With so many pixels of the screen for one of the picture; 1 is 1:1."""
        return self.zoomed(scale / max(1e-6, self.scale(size, room)), at, size, room)

    def panned(self, by: QPointF, size: QSizeF, room: QSizeF) -> "View":
        """Moved by pixels of the screen, without a gap at any edge."""
        rect = self.rect(size, room)
        return self._centred(rect.topLeft() + by, rect.size(), room)

    def turned(self, turns: int) -> "View":
        """Turned clockwise by quarters; the spot in the middle stays there."""
        x, y = self.x, self.y
        for _ in range(turns % 4):
            x, y = 1 - y, x
        return View(self.zoom, x, y, (self.turns + turns) % 4)

    def fitted(self) -> "View":
        """All of the picture, turned as it is."""
        return View(turns=self.turns)

    def _centred(self, corner: QPointF, size: QSizeF, room: QSizeF) -> "View":
        x = _middle(room.width(), size.width(), corner.x())
        return replace(self, x=x, y=_middle(room.height(), size.height(), corner.y()))

    def _turned(self, size: QSizeF) -> QSizeF:
        return size.transposed() if self.turns % 2 else QSizeF(size)

    def _fitting(self, size: QSizeF, room: QSizeF) -> float:
        turned = self._turned(size)
        wide, high = max(1.0, turned.width()), max(1.0, turned.height())
        return min(1.0, room.width() / wide, room.height() / high)


def _offset(room: float, length: float, middle: float) -> float:
    if length <= room:
        return (room - length) / 2
    return min(0.0, max(room - length, room / 2 - middle * length))


def _middle(room: float, length: float, offset: float) -> float:
    if length <= room:
        return 0.5
    return (room / 2 - min(0.0, max(room - length, offset))) / length
