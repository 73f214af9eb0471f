"""The keyframes of a video below it; a click plays on from there."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from .....domain.media import Media
from ....painting import fill, frame
from ....theme import Radius, Space, theme
from ....viewer.player import MediaPlayer, Player
from ....viewer.words import length
from ..words import tr
from .keyframes import COUNT, Keyframes

if TYPE_CHECKING:
    from .....bootstrap import App

_HIGH: Final = 64
#: Which one stands for the whole video: the first is often black.
_WHOLE: Final = 1


class KeyframeStrip(QWidget):
    """Paints only what ``show_through`` gave: before a veil is known, nothing."""

    #: A moment of the video, in milliseconds.
    chosen = Signal(int)
    #: There is a picture that stands for the whole video.
    came = Signal()

    def __init__(self, app: "App", make_player: Callable[[QObject], Player] = MediaPlayer) -> None:
        super().__init__()
        self._keyframes = Keyframes(app, make_player, parent=self)
        self._clear: dict[int, QImage] = {}
        self._shown: dict[int, QImage] = {}
        self._veil: Callable[[QImage], QImage] | None = None
        self._keyframes.framed.connect(self._framed)
        self._keyframes.ended.connect(self._ended)
        self.setFixedHeight(_HIGH)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Pictures from all over the video"))
        self.hide()

    def show_media(self, media: Media | None) -> None:
        """Turn to another video; None for what is no video."""
        self._clear.clear()
        self._shown.clear()
        self._keyframes.show_media(media)
        self.setVisible(media is not None)
        self.update()

    def show_through(self, veil: Callable[[QImage], QImage] | None) -> None:
        """What its pictures go through before they are painted."""
        self._veil = veil
        self._shown = {number: self._seen(each) for number, each in self._clear.items()}
        self.update()

    @property
    def whole(self) -> QImage | None:
        """A picture of all that is in view, small, as it may be seen; None before one has come."""
        return self._shown.get(_WHOLE) or next(iter(self._shown.values()), None)

    def _seen(self, image: QImage) -> QImage:
        return image if self._veil is None else self._veil(image)

    def _framed(self, number: int, image: QImage) -> None:
        self._clear[number] = image
        self._shown[number] = self._seen(image)
        self.update()
        if number == _WHOLE:
            self.came.emit()

    def _ended(self) -> None:
        # Those that were read may still be on their way out of the worker.
        self.setVisible(self._keyframes.length > 0)
        if self._shown and _WHOLE not in self._shown:
            self.came.emit()

    # ---- the window system

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(COUNT * _HIGH, _HIGH)

    def event(self, event: QEvent) -> bool:
        """When it is, under the pointer."""
        if isinstance(event, QHelpEvent):
            moment = self._keyframes.moment(self._number(event.pos().x()))
            QToolTip.showText(event.globalPos(), length(moment), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Play from there."""
        if event.button() is Qt.MouseButton.LeftButton and self._keyframes.length:
            self.chosen.emit(self._keyframes.moment(self._number(round(event.position().x()))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each fills its place; one that has not come yet is an empty frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in range(COUNT):
            place = self._place(number)
            image = self._shown.get(number)
            if image is None:
                fill(painter, place, theme().color("sunken"), Radius.THUMB)
                frame(painter, place, theme().color("border"), 1.0, Radius.THUMB)
                continue
            outline = QPainterPath()
            outline.addRoundedRect(place, Radius.THUMB, Radius.THUMB)
            painter.save()
            painter.setClipPath(outline)
            painter.drawImage(place, image, _middle(image, place))
            painter.restore()

    def _number(self, x: int) -> int:
        return min(COUNT - 1, max(0, COUNT * x // max(1, self.width())))

    def _place(self, number: int) -> QRectF:
        wide = (self.width() - Space.XS * (COUNT - 1)) / COUNT
        return QRectF(number * (wide + Space.XS), 0, wide, self.height())


def _middle(image: QImage, place: QRectF) -> QRectF:
    """The part of a picture that covers a place."""
    size = place.size().scaled(image.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
    part = QRectF(0, 0, size.width(), size.height())
    part.moveCenter(QRectF(image.rect()).center())
    return part
