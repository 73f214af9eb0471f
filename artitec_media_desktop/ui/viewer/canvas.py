"""A picture that can be zoomed, moved and turned."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from ...domain.media import Media
from ..theme import theme
from .picture import Picture
from .view import View

#: What one step of a wheel, or + and −, zooms by.
STEP: Final = 1.25
_WHEEL_STEP: Final = 120
#: From here on the pixels of a picture are shown as they are.
_PIXELS_FROM: Final = 3.0


class Canvas(QWidget):
    """Shows a media; the view may be changed by it and by others, and is told either way."""

    #: The View is another one, or covers other pixels.
    viewed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.media: Media | None = None
        self.view = View()
        self._picture: Picture | None = None
        self._dragged: QPointF | None = None
        self.setMinimumSize(1, 1)
        self.grabGesture(Qt.GestureType.PinchGesture)

    # ---- what is shown

    def show_media(self, media: Media) -> None:
        """Turn to another media; its picture follows."""
        self.media, self._picture, self.view = media, None, View()
        self.setAccessibleName(media.alt_text or media.original_filename)
        self._look()

    def set_picture(self, picture: Picture | None) -> None:
        """Its picture, as good as there is by now."""
        self._picture = picture
        self._look()

    @property
    def picture(self) -> Picture | None:
        """Its picture, as far as there is one."""
        return self._picture

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to be seen."""
        return self._picture is not None

    @property
    def scale(self) -> float:
        """Pixels of the screen for a pixel of the media."""
        return self.view.scale(self.size_of_media, self.room)

    @property
    def pixels(self) -> int:
        """How many pixels across, before it is turned, the picture needs now to be sharp."""
        return max(1, round(self.size_of_media.width() * self.scale))

    @property
    def size_of_media(self) -> QSizeF:
        """In its own pixels: as the row says, in the shape that its picture really has."""
        return size_of(self.media, self._picture)

    # ---- the view

    def set_view(self, view: View) -> None:
        """Show another part, in another size."""
        if view != self.view:
            self.view = view
            self._look()
            self.viewed.emit(view)

    def fit(self) -> None:
        """All of it."""
        self.set_view(self.view.fitted())

    def actual(self, at: QPointF | None = None) -> None:
        """One pixel of it on one of the screen, around a spot of this widget."""
        args = (self._spot(at), self.size_of_media, self.room)
        self.set_view(self.view.at_scale(1.0, *args))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Larger by a factor around a spot of this widget, the mouse's or the middle."""
        args = (self._spot(at), self.size_of_media, self.room)
        self.set_view(self.view.zoomed(factor, *args))

    def turn(self, quarters: int) -> None:
        """Clockwise, to look at; the file stays as it is."""
        self.set_view(self.view.turned(quarters))

    @property
    def room(self) -> QSizeF:
        """What it is painted in, in pixels of the screen."""
        return QSizeF(self.size()) * self.devicePixelRatioF()

    def _spot(self, at: QPointF | None) -> QPointF:
        inside = QRectF(self.rect())
        at = inside.center() if at is None else at
        return at * self.devicePixelRatioF()

    def _look(self) -> None:
        movable = self.view.zoom > 1
        self.setCursor(Qt.CursorShape.OpenHandCursor if movable else Qt.CursorShape.ArrowCursor)
        self.update()

    # ---- mouse, wheel, fingers

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged = event.position()
            if self.view.zoom > 1:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it along."""
        if self._dragged is not None:
            by = (event.position() - self._dragged) * self.devicePixelRatioF()
            self._dragged = event.position()
            self.set_view(self.view.panned(by, self.size_of_media, self.room))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragged = None
        self._look()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between all of it and 1:1."""
        if self.view.zoom > 1:
            self.fit()
        else:
            self.actual(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        steps = event.angleDelta().y() / _WHEEL_STEP
        if steps:
            self.zoom(STEP**steps, event.position())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The same part in another room may need another picture."""
        super().resizeEvent(event)
        self.viewed.emit(self.view)

    def event(self, event: QEvent) -> bool:
        """Two fingers, on a touchpad or on the screen."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                at = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self.zoom(pinch.scaleFactor(), at)
                return True
        return super().event(event)

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The part in view on its ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme().color("sunken")))
        if self._picture is not None:
            self.paint_picture(painter, self._picture, self.size_of_media)

    def paint_picture(self, painter: QPainter, picture: Picture, size: QSizeF) -> None:
        """The part in view of a picture, as if it had so many pixels.

        It is drawn from the size that is the next larger one.
        """
        ratio = self.devicePixelRatioF()
        painter.save()
        # In pixels of the screen from here on, so that 1:1 is drawn one to one.
        painter.scale(1 / ratio, 1 / ratio)
        rect, scale = self.view.rect(size, self.room), self.view.scale(size, self.room)
        image = picture.level(size.width() * scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < _PIXELS_FROM)
        if self.view.turns:
            painter.translate(rect.center())
            painter.rotate(90 * self.view.turns)
            size = size * scale
            rect = QRectF(QPointF(-size.width() / 2, -size.height() / 2), size)
        painter.drawImage(rect, image)
        painter.restore()


def size_of(media: Media | None, picture: Picture | None) -> QSizeF:
    """In pixels of the media: as the row says, in the shape that its picture really has."""
    wide, high = (media.width or 0, media.height or 0) if media is not None else (0, 0)
    if picture is None:
        return QSizeF(wide or 1600, high or 1200)
    size = QSizeF(picture.size)
    longer = max(wide, high, size.width(), size.height())
    same = abs(wide * size.height() - high * size.width()) <= 0.01 * longer * longer
    if same and wide >= size.width():
        return QSizeF(wide, high)
    return size * (longer / max(size.width(), size.height()))
