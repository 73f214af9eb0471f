"""The picture on the stage: a frame that is ready is copied, anything else is scaled."""

from PySide6.QtCore import QRectF, QSize, QSizeF, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from .....domain.media import Media
from ....theme import Icon, Radius, theme
from ....theme.icons import draw
from ....viewer.canvas import Canvas
from ....viewer.picture import Picture


class StageCanvas(Canvas):
    """Whatever it is given may be seen: veils are put on before."""

    #: A picture was painted; nothing may be changed in the midst of that.
    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: QImage | None = None

    def show_media(self, media: Media) -> None:
        """Turn to another media; its picture follows."""
        self._frame = None
        super().show_media(media)

    def show_face(self, picture: Picture | None, frame: QImage | None) -> None:
        """Its picture, and if there is one the frame that fits the room."""
        self._frame = frame
        self.set_picture(picture)

    @property
    def area(self) -> QRectF:
        """Where the picture lies, in device-independent pixels of this widget."""
        rect = self.view.rect(self.size_of_media, self.room)
        ratio = self.devicePixelRatioF()
        return QRectF(rect.topLeft() / ratio, rect.size() / ratio)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, or what stands in its place until it comes."""
        super().paintEvent(event)
        if self.has_picture:
            self.painted.emit()
        else:
            self._paint_placeholder()

    def paint_picture(self, painter: QPainter, picture: Picture, size: QSizeF) -> None:
        """See Canvas; of all of it there is a frame already."""
        frame = self._frame
        if frame is None or not self._fits(frame):
            super().paint_picture(painter, picture, size)
            return
        ratio = self.devicePixelRatioF()
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        painter.drawImage(self.view.rect(size, self.room).topLeft(), frame)
        painter.restore()

    def _fits(self, frame: QImage) -> bool:
        if self.view.zoom != 1 or self.view.turns:
            return False
        size = self.view.rect(self.size_of_media, self.room).size().toSize()
        return frame.size() == size.expandedTo(QSize(1, 1))

    def _paint_placeholder(self) -> None:
        if self.media is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(theme().color("border"))
        painter.drawRoundedRect(self.area, Radius.THUMB, Radius.THUMB)
        draw(painter, self.area, "image", theme().color("muted"), Icon.EMPTY)
