"""Pictures from all over a video, so that one sees what is in it without playing it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from .....domain.errors import MediaError
from .....domain.media import Media
from .....tasks.runner import Pool
from ....viewer.player import MediaPlayer, Player, load

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

    from .....bootstrap import App

#: How many, each from the middle of a part of equal length.
COUNT: Final = 8
#: Milliseconds: a video that one only goes past is not opened; a moment that can't be had is left.
_RESTS: Final = 300
_PATIENCE: Final = 1_500
#: Frames are kept no larger than this, in pixels.
_SIDE: Final = QSize(320, 320)
#: By how much of a part a frame may lie beside its moment.
_BESIDE: Final = 0.75


class Keyframes(QObject):
    """One video at a time, by a player of its own that is never heard."""

    #: Its number and its QImage, clear.
    framed = Signal(int, object)
    #: There will be no more.
    ended = Signal()

    def __init__(
        self, app: "App", make_player: Callable[[QObject], Player] = MediaPlayer, *, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._app, self._make_player = app, make_player
        self._player: Player | None = None
        self._media: Media | None = None
        self._length = 0
        self._at = -1
        self._rest, self._patience = (
            self._timer(_RESTS, self._ask),
            self._timer(_PATIENCE, self._next),
        )

    def show_media(self, media: Media | None) -> None:
        """Turn to another video, once nobody has turned on for a moment."""
        self._close()
        self._media = media
        if media is not None:
            self._rest.start()

    @property
    def length(self) -> int:
        """Of the video, in milliseconds; 0 while that isn't known."""
        return self._length

    def moment(self, number: int) -> int:
        """When a frame is, in milliseconds."""
        return round((number + 0.5) * self._length / COUNT)

    def _ask(self) -> None:
        media = self._media
        if media is None:
            return

        def ask(_: object) -> str:
            load()
            return self._app.library.playable(media)

        def opened(url: str) -> None:
            if self._media is media:
                self._open(url)

        def failed(_error: MediaError) -> None:
            if self._media is media:
                self._end()

        self._app.runner.run(ask, opened, failed, pool=Pool.THUMBNAILS)

    def _open(self, url: str) -> None:
        if self._player is None:
            try:
                player = self._make_player(self)
            except MediaError:
                self._end()
                return
            player.framed.connect(self._framed)
            player.moved.connect(self._moved)
            player.failed.connect(self._end)
            self._player = player
        self._patience.start(_PATIENCE)
        self._player.open(url)
        self._player.pause()

    def _moved(self, _position: int, length: int) -> None:
        if self._media is not None and self._at < 0 < length:
            self._length = length
            self._next()

    def _next(self) -> None:
        """Go to the next moment; the first one can be gone to once the length is known."""
        self._at += 1
        if self._player is None or not self._length or self._at >= COUNT:
            self._end()
            return
        self._patience.start(_PATIENCE)
        self._player.seek(self.moment(self._at))

    def _framed(self, frame: "QVideoFrame") -> None:
        number, media = self._at, self._media
        if media is None or not 0 <= number < COUNT:
            return
        start = frame.startTime()  # microseconds, -1 where it isn't known
        beside = abs(start / 1000 - self.moment(number))
        if start >= 0 and beside > _BESIDE * self._length / COUNT + 100:
            return  # of the moment before

        def made(image: QImage) -> None:
            if self._media is media and not image.isNull():
                self.framed.emit(number, image)

        # Here, since Qt sets up its graphics for it, which a worker may not.
        image = frame.toImage()
        self._app.runner.run(lambda _: _small(image), made, None, pool=Pool.THUMBNAILS)
        self._patience.start(0)  # the player may not be closed while it hands over a frame

    def _end(self) -> None:
        player, self._at = self._player, COUNT
        self._patience.stop()
        if player is not None:
            player.close()
        self.ended.emit()

    def _close(self) -> None:
        self._rest.stop()
        self._patience.stop()
        if self._media is not None and self._player is not None and self._at < COUNT:
            self._player.close()
        self._media, self._length, self._at = None, 0, -1

    def _timer(self, wait: int, act: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(wait)
        made.timeout.connect(act)
        return made


def _small(image: QImage) -> QImage:
    if image.isNull():  # HDR, where there is no graphics card to convert it
        return image
    return image.scaled(
        _SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_RGB32)
