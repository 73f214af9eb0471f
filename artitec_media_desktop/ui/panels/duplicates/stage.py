"""Where a picture is compared: alone, or with another one to the right of a divider."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ....domain.media import Media
from ...theme import Radius, Space, font, theme
from ...viewer.canvas import Canvas, size_of
from ...viewer.picture import Picture

_MAP: Final = QSizeF(72, 54)
_MAP_INSET: Final = 8
#: As near to the divider the mouse takes hold of it.
_NEAR: Final = 10
_KNOB: Final = 14


class Stage(Canvas):
    """Both pictures are as large as the larger one, so that the same part lies at the same spot."""

    #: The divider was moved, 0 to 1.
    split_moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._longer = 0.0
        self._other: tuple[Media, Picture | None] | None = None
        self._split: float | None = None
        self._is_splitting = False
        self._words = ""
        self.setMouseTracking(True)

    @property
    def size_of_media(self) -> QSizeF:
        """As if it were as large as the larger of both."""
        return self._enlarged(super().size_of_media)

    def set_longer(self, longer: float) -> None:
        """How long the longer side of the larger one is, in its pixels."""
        self._longer = longer
        self.update()

    def set_other(self, media: Media | None, picture: Picture | None) -> None:
        """What is seen to the right of the divider."""
        self._other = None if media is None else (media, picture)
        self.update()

    @property
    def split(self) -> float | None:
        """Where the divider stands, 0 to 1; None without one."""
        return self._split

    def set_split(self, split: float | None) -> None:
        """Put the divider somewhere, or away."""
        self._split = None if split is None else min(1.0, max(0.0, split))
        self.update()

    def say(self, words: str) -> None:
        """What stands there while there is no picture, or in its corner: what is shown."""
        if words != self._words:
            self._words = words
            self.update()

    def _enlarged(self, size: QSizeF) -> QSizeF:
        longer = max(size.width(), size.height())
        return size * (self._longer / longer) if self._longer > longer > 0 else size

    # ---- the divider

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the divider, or of the picture."""
        if self._is_near(event.position()) and event.button() is Qt.MouseButton.LeftButton:
            self._is_splitting = True
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held."""
        if self._is_splitting:
            self.set_split(event.position().x() / max(1, self.width()))
            self.split_moved.emit(self._split)
            return
        if self._split is not None and not event.buttons():
            near = self._is_near(event.position())
            self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._is_splitting = False
        super().mouseReleaseEvent(event)

    def _is_near(self, at: QPointF) -> bool:
        return self._split is not None and abs(at.x() - self._split * self.width()) <= _NEAR

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, the other one, the divider, the small map, the words."""
        painter = QPainter(self)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), Radius.THUMB, Radius.THUMB)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), theme().color("sunken"))
        if self.picture is None:
            self._paint_words(painter)
            return
        self.paint_picture(painter, self.picture, self.size_of_media)
        if self._split is not None and self._other is not None:
            self._paint_other(painter, *self._other)
        self._paint_map(painter, self.picture)
        if self._words:
            self._paint_note(painter)

    def _paint_other(self, painter: QPainter, media: Media, picture: Picture | None) -> None:
        at = round((self._split or 0.0) * self.width())
        painter.save()
        painter.setClipRect(at, 0, self.width() - at, self.height(), Qt.ClipOperation.IntersectClip)
        painter.fillRect(self.rect(), theme().color("sunken"))
        if picture is not None:
            self.paint_picture(painter, picture, self._enlarged(size_of(media, picture)))
        painter.restore()
        ink = QColor(theme().color("overlay_text"))
        painter.fillRect(QRectF(at - 1, 0, 2, self.height()), ink)
        painter.setPen(QPen(theme().color("overlay"), 1))
        painter.setBrush(ink)
        middle = QPointF(at, self.height() / 2)
        painter.drawEllipse(middle, _KNOB, _KNOB)
        painter.setPen(QPen(theme().color("overlay"), 2))
        for way in (-1, 1):
            tip = middle + QPointF(way * 8, 0)
            painter.drawLine(tip, tip - QPointF(way * 4, 4))
            painter.drawLine(tip, tip - QPointF(way * 4, -4))

    def _paint_map(self, painter: QPainter, picture: Picture) -> None:
        """Which part is in view, where that is not all."""
        if self.view.zoom <= 1:
            return
        small = picture.levels[-1]
        size = QSizeF(small.size()).scaled(_MAP, Qt.AspectRatioMode.KeepAspectRatio)
        right, bottom = self.width() - _MAP_INSET, self.height() - _MAP_INSET
        box = QRectF(right - size.width(), bottom - size.height(), size.width(), size.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(0.92)
        painter.drawImage(box, small)
        painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme().color("overlay_text"), 1))
        painter.drawRect(box)
        room = QRectF(QPointF(0, 0), self.room)
        whole = self.view.rect(self.size_of_media, self.room)
        seen = whole.intersected(room)
        painter.setPen(QPen(theme().color("overlay_text"), 2))
        painter.drawRect(
            QRectF(
                box.left() + (seen.left() - whole.left()) / whole.width() * box.width(),
                box.top() + (seen.top() - whole.top()) / whole.height() * box.height(),
                seen.width() / whole.width() * box.width(),
                seen.height() / whole.height() * box.height(),
            )
        )
        painter.restore()

    def _paint_words(self, painter: QPainter) -> None:
        painter.setPen(theme().color("muted"))
        painter.setFont(font("small"))
        inside = QRectF(self.rect()).adjusted(Space.L, 0, -Space.L, 0)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(inside, int(flags), self._words)

    def _paint_note(self, painter: QPainter) -> None:
        painter.setFont(font("small"))
        wide = painter.fontMetrics().horizontalAdvance(self._words) + 2 * Space.S
        box = QRectF(Space.S, Space.S, wide, 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("overlay"))
        painter.drawRoundedRect(box, Radius.THUMB, Radius.THUMB)
        painter.setPen(theme().color("overlay_text"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._words)
