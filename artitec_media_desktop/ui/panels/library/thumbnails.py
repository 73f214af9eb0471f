"""Thumbnails: asked for by whoever shows them, made in workers, kept in a bounded cache."""

from collections import deque
from collections.abc import Sequence
from itertools import chain, zip_longest
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QPixmap

from ....domain import right_of_way
from ....domain.errors import MediaError, Permanent, Transient
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
#: So many workers make pictures, and hand over what they made this often.
_WORKERS: Final = 2
_BATCH_SECONDS: Final = 0.05


def key_of(item: Item) -> int:
    """One number for both: a media's id, or an upload's, negative."""
    return item.id if isinstance(item, Media) else -item.id


#: Width in device pixels, of a key.
Place = tuple[int, int]


class Thumbnails(QObject):
    """4:3 pictures, cut from the middle, by item and width in device pixels.

    Each place that shows some says under a name of its own what it wants now, the most urgent
    first. Workers take the most urgent one whenever they are done with another, so what nobody
    wants any more is never begun. What they made arrives many at a time.
    """

    #: The keys of items whose pictures (or the news that there is none) have come, a list.
    arrived = Signal(object)

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._cache = PixmapCache(_CACHE_BYTES)
        self._wanted: dict[str, dict[Place, Item]] = {}
        #: What is still to be made; workers take from the front.
        self._waiting: deque[tuple[Place, Item]] = deque()
        self._under_way: set[Place] = set()
        self._workers = 0

    def get(self, key: int, width: int) -> QPixmap | Miss | None:
        """What is known of it now; a picture of another width stands in until the right one is."""
        return self._cache.get(key, width) or self._cache.nearest(key, width)

    def want(self, owner: str, items: Sequence[Item], width: int) -> None:
        """Replace what ``owner`` wanted before; pictures arrive in about this order.

        Links have none.
        """
        self._wanted[owner] = {
            (key_of(each), width): each
            for each in items
            if not (isinstance(each, Media) and each.is_link)
        }
        in_turn = chain.from_iterable(zip_longest(*map(dict.items, self._wanted.values())))
        waiting = dict(each for each in in_turn if each is not None)
        self._waiting = deque(
            (place, item)
            for place, item in waiting.items()
            if place not in self._under_way and not self._cache.has(*place)
        )
        self._go_on()

    def forget_misses(self) -> None:
        """Try again what could not be loaded."""
        self._cache.forget_misses()

    def _go_on(self) -> None:
        while self._workers < min(_WORKERS, len(self._waiting)):
            self._workers += 1
            self._start()

    def _start(self) -> None:
        taken: list[Place] = []
        self._app.runner.run(
            lambda task: self._make(task, taken),
            lambda made: self._done(taken, made),
            lambda error: self._failed(taken, error),
            pool=Pool.THUMBNAILS,
        )

    # ---- in workers

    def _make(self, task: "Task", taken: list[Place]) -> list[tuple[Place, QImage | Miss]]:
        """The most urgent ones; only a passing fault at the start is raised."""
        made: list[tuple[Place, QImage | Miss]] = []
        until = monotonic() + _BATCH_SECONDS
        while monotonic() < until and (found := self._take()):
            place, item = found
            taken.append(place)
            try:
                made.append((place, self._load(task, item, place[1])))
            except Permanent as error:
                made.append((place, Miss(error.code)))
            except Transient:
                if not made:
                    raise
                taken.pop()
                self._under_way.discard(place)
                self._waiting.appendleft(found)
                break
        return made

    def _take(self) -> tuple[Place, Item] | None:
        while True:
            try:
                found = self._waiting.popleft()
            except IndexError:
                return None
            if found[0] not in self._under_way:
                self._under_way.add(found[0])
                return found

    def _load(self, task: "Task", item: Item, width: int) -> QImage:
        if isinstance(item, Media):
            data = self._app.library.picture(item, source_width(item, width))
        else:
            data = self._app.uploads.preview(item, width * 2) or b""
        task.check_cancelled()
        return center_crop(data, width)

    # ---- answers

    @right_of_way.first
    def _done(self, taken: list[Place], made: list[tuple[Place, QImage | Miss]]) -> None:
        for place, found in made:
            self._cache.put(*place, found if isinstance(found, Miss) else QPixmap.fromImage(found))
        self._end(taken)

    def _failed(self, taken: list[Place], error: MediaError) -> None:
        # After a passing fault they are asked for again by the next scroll, not at once.
        if isinstance(error, Permanent) and taken:
            self._cache.put(*taken[-1], Miss(error.code))
        self._end(taken)

    def _end(self, taken: list[Place]) -> None:
        self._workers -= 1
        self._under_way.difference_update(taken)
        self._go_on()
        if taken:
            self.arrived.emit([key for key, _ in taken])


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

    Runs in a worker. Small pictures are not enlarged; large ones are decoded at the size that is
    wanted, which is several times quicker.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size, box = reader.size(), QSize(width, height_of(width))
    lies = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
    covering = size.scaled(
        box.transposed() if lies else box, Qt.AspectRatioMode.KeepAspectRatioByExpanding
    )
    if size.isValid() and covering.width() < size.width():
        reader.setScaledSize(covering)
    image = reader.read()
    if image.isNull():
        raise Permanent("unreadable", "This picture can't be shown.")
    image = _middle(image, box)
    # Pixmaps of this format are drawn without converting each time.
    return image.convertToFormat(
        QImage.Format.Format_RGB32
        if not image.hasAlphaChannel()
        else QImage.Format.Format_ARGB32_Premultiplied
    )


def _middle(image: QImage, box: QSize) -> QImage:
    across = min(image.width(), round(image.height() * 4 / 3))
    down = min(image.height(), height_of(across))
    if (across, down) == (box.width() + 1, box.height()):
        across -= 1  # rounded up where it was covered
    image = image.copy((image.width() - across) // 2, (image.height() - down) // 2, across, down)
    if across <= box.width():
        return image
    modes = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(box, *modes)
