"""Thumbnails: asked for by whoever shows them, made in workers, kept in a bounded cache."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from ....domain.errors import MediaError, Permanent
from ....domain.media import Media
from ....domain.uploads import UploadItem
from ....tasks.runner import Pool
from .pixmap_cache import Miss, PixmapCache

if TYPE_CHECKING:
    from ....bootstrap import App
    from ....tasks.runner import Task

#: A media, or a file that is on its way.
Item = Media | UploadItem
_CACHE_BYTES: Final = 64 * 1024 * 1024
#: Above this many times the wanted width a decoder is told to decode smaller at once.
_MUCH_LARGER: Final = 2


def key_of(item: Item) -> int:
    """One number for both: a media's id, or an upload's, negative."""
    return item.id if isinstance(item, Media) else -item.id


@dataclass(slots=True)
class _Request:
    task: "Task | None" = None
    wanted_by: set[str] = field(default_factory=set)


class Thumbnails(QObject):
    """4:3 pictures, cut from the middle, by item and width in device pixels.

    Each place that shows some says under a name of its own what it wants now, the most urgent
    first; what nobody wants any more is cancelled.
    """

    #: The key of an item whose picture (or the news that there is none) has come.
    arrived = Signal(int)

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._cache = PixmapCache(_CACHE_BYTES)
        self._requests: dict[tuple[int, int], _Request] = {}

    def get(self, key: int, width: int) -> QPixmap | Miss | None:
        """What is known of it now; a picture of another width stands in until the right one is."""
        return self._cache.get(key, width) or self._cache.nearest(key, width)

    def want(self, owner: str, items: Sequence[Item], width: int) -> None:
        """Replace what ``owner`` wanted before; pictures arrive in about this order."""
        wanted = {(key_of(each), width): each for each in items}
        for place, request in list(self._requests.items()):
            if place not in wanted:
                self._release(place, request, owner)
        for rank, (place, item) in enumerate(wanted.items()):
            if place in self._requests:
                self._requests[place].wanted_by.add(owner)
            elif self._cache.get(*place) is None:
                self._start(place, item, owner, -rank)

    def forget_misses(self) -> None:
        """Try again what could not be loaded."""
        self._cache.forget_misses()

    def _release(self, place: tuple[int, int], request: _Request, owner: str) -> None:
        request.wanted_by.discard(owner)
        if not request.wanted_by and request.task is not None:
            del self._requests[place]
            request.task.cancel()

    def _start(self, place: tuple[int, int], item: Item, owner: str, priority: int) -> None:
        request = _Request(wanted_by={owner})
        self._requests[place] = request
        width = place[1]
        request.task = self._app.runner.run(
            lambda task: self._load(item, width, task.check_cancelled),
            lambda image: self._done(place, request, image),
            lambda error: self._failed(place, request, error),
            pool=Pool.THUMBNAILS,
            priority=priority,
        )

    def _load(self, item: Item, width: int, check_cancelled: Callable[[], None]) -> QImage:
        if isinstance(item, Media):
            data = self._app.library.picture(item, source_width(item, width))
        else:
            data = self._app.uploads.preview(item, width * 2) or b""
        check_cancelled()
        return center_crop(data, width)

    def _done(self, place: tuple[int, int], request: _Request, image: QImage) -> None:
        if self._requests.get(place) is not request:
            return  # it was cancelled and asked for again meanwhile
        del self._requests[place]
        self._cache.put(*place, QPixmap.fromImage(image))
        self.arrived.emit(place[0])

    def _failed(self, place: tuple[int, int], request: _Request, error: MediaError) -> None:
        if self._requests.get(place) is not request:
            return
        del self._requests[place]
        if isinstance(error, Permanent):
            self._cache.put(*place, Miss(error.code))
        self.arrived.emit(place[0])


def height_of(width: int) -> int:
    """The height of a 4:3 picture."""
    return round(width * 3 / 4)


def source_width(media: Media, width: int) -> int:
    """How wide the whole picture has to be so that its 4:3 middle is ``width`` pixels wide."""
    if not media.width or not media.height:
        return width
    return max(width, round(height_of(width) * media.width / media.height))


def center_crop(data: bytes, width: int) -> QImage:
    """Decode and cut out the 4:3 middle, ``width`` pixels wide. Raises Permanent ``unreadable``.

    Runs in a worker. Small pictures are not enlarged.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    shrunk = min(size.width(), size.height()) // (width * _MUCH_LARGER) if size.isValid() else 0
    if shrunk > 1:
        reader.setScaledSize(QSize(size.width() // shrunk, size.height() // shrunk))
    image = reader.read()
    if image.isNull():
        raise Permanent("unreadable", "This picture can't be shown.")
    across = min(image.width(), round(image.height() * 4 / 3))
    down = min(image.height(), height_of(across))
    middle = QRect((image.width() - across) // 2, (image.height() - down) // 2, across, down)
    image = image.copy(middle)
    if across > width:
        image = image.scaled(
            QSize(width, height_of(width)),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    # Pixmaps of this format are drawn without converting each time.
    return image.convertToFormat(
        QImage.Format.Format_RGB32
        if not image.hasAlphaChannel()
        else QImage.Format.Format_ARGB32_Premultiplied
    )
