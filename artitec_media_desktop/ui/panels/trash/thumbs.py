"""Small pictures of deleted media, made in workers while their rows are in view."""

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from ....domain.errors import MediaError, Permanent
from ....domain.media import Media
from ....tasks.runner import Pool

if TYPE_CHECKING:
    from ....bootstrap import App

_KEPT: Final = 600
#: Rows that were scrolled past are forgotten rather than worked off.
_WAITING: Final = 40
_AT_ONCE: Final = 2


class Thumbs(QObject):
    """Asked while painting, so it only ever looks things up; ``arrived`` names what came."""

    #: A public id.
    arrived = Signal(str)

    def __init__(self, app: "App", size: QSize) -> None:
        """``size`` is the box in device-independent pixels that a picture covers."""
        super().__init__()
        self._app = app
        self._size = size
        #: None stands for a media that gives no picture.
        self._pixmaps: OrderedDict[tuple[str, float], QPixmap | None] = OrderedDict()
        self._waiting: OrderedDict[tuple[str, float], Media] = OrderedDict()
        self._running: set[tuple[str, float]] = set()
        # All rows of a paint ask first; then those that asked last are made first.
        self._starting = QTimer(self)
        self._starting.setSingleShot(True)
        self._starting.timeout.connect(self._start)

    def get(self, media: Media, dpr: float) -> QPixmap | None:
        """The picture, or None for now; then it is on its way, or there is none to be had."""
        key = (media.public_id, dpr)
        if key in self._pixmaps:
            self._pixmaps.move_to_end(key)
            return self._pixmaps[key]
        if key not in self._running:
            self._waiting[key] = media
            self._waiting.move_to_end(key)
            while len(self._waiting) > _WAITING:
                self._waiting.popitem(last=False)
            self._starting.start()
        return None

    def forget_misses(self) -> None:
        """Try again what could not be loaded."""
        for key in [key for key, found in self._pixmaps.items() if found is None]:
            del self._pixmaps[key]

    def _start(self) -> None:
        while self._waiting and len(self._running) < _AT_ONCE:
            self._load(*self._waiting.popitem())

    def _load(self, key: tuple[str, float], media: Media) -> None:
        self._running.add(key)
        box = self._size * key[1]

        def load(_: object) -> QImage:
            return _cover(QImage.fromData(self._app.library.picture(media, 2 * box.width())), box)

        def failed(error: MediaError) -> None:
            # What passes is asked for again when the row is painted next.
            self._arrive(key, None, keep=isinstance(error, Permanent))

        self._app.runner.run(
            load,
            lambda image: self._arrive(key, image),
            failed,
            on_cancelled=lambda: self._running.discard(key),
            pool=Pool.THUMBNAILS,
        )

    def _arrive(self, key: tuple[str, float], image: QImage | None, keep: bool = True) -> None:
        self._running.discard(key)
        made: QPixmap | None = None
        if image is not None and not image.isNull():
            made = QPixmap.fromImage(image)
            made.setDevicePixelRatio(key[1])
        if keep:
            self._pixmaps[key] = made
            while len(self._pixmaps) > _KEPT:
                self._pixmaps.popitem(last=False)
            self.arrived.emit(key[0])
        self._start()


def _cover(image: QImage, box: QSize) -> QImage:
    """Scale so that the box is filled and cut the middle out of it."""
    if image.isNull():
        return image
    scaled = image.scaled(
        box,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, top = (scaled.width() - box.width()) // 2, (scaled.height() - box.height()) // 2
    return scaled.copy(left, top, box.width(), box.height())
