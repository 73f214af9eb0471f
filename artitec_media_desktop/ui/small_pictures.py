"""Small pictures for the rows of a list, made in workers while those rows are in view."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from ..domain.errors import MediaError, Permanent
from .decoding import in_turn

if TYPE_CHECKING:
    from ..bootstrap import App

_KEPT: Final = 600
#: Rows that were scrolled past are forgotten rather than worked off.
_WAITING: Final = 40
_AT_ONCE: Final = 2
#: Milliseconds without a row that is new in view, before pictures are made: while one scrolls, each
#: picture would come for a row that has gone by.
_RESTS: Final = 60

_Place = tuple[Hashable, float]


class SmallPictures(QObject):
    """Asked while painting, so it only ever looks things up; ``arrived`` names what came."""

    #: The key of an item.
    arrived = Signal(object)

    def __init__(
        self,
        app: "App",
        size: QSize,
        key: Callable[[Any], Hashable],
        load: Callable[[Any, QSize], bytes | None],
        parent: QObject,
    ) -> None:
        """``size`` is the box in device-independent pixels that a picture covers.

        ``load`` gets an item and the box in device pixels, in a worker; None for no picture.
        ``parent`` shows them: once it is gone, none is made any more.
        """
        super().__init__(parent)
        self._app = app
        self._size = size
        self._key = key
        self._load = load
        #: None stands for an item that gives no picture.
        self._pixmaps: OrderedDict[_Place, QPixmap | None] = OrderedDict()
        self._waiting: OrderedDict[_Place, Any] = OrderedDict()
        self._running: set[_Place] = set()
        # All rows of a paint ask first; then those that asked last are made first.
        self._starting = QTimer(self)
        self._starting.setSingleShot(True)
        self._starting.setInterval(_RESTS)
        self._starting.timeout.connect(self._start)

    def get(self, item: Any, dpr: float) -> QPixmap | None:
        """The picture, or None for now; then it is on its way, or there is none to be had."""
        place = (self._key(item), dpr)
        if place in self._pixmaps:
            self._pixmaps.move_to_end(place)
            return self._pixmaps[place]
        if place not in self._running:
            if place not in self._waiting or not self._starting.isActive():
                self._starting.start()
            self._waiting[place] = item
            self._waiting.move_to_end(place)
            while len(self._waiting) > _WAITING:
                self._waiting.popitem(last=False)
        return None

    def clear(self) -> None:
        """Forget all."""
        self._pixmaps.clear()
        self._waiting.clear()

    def forget_misses(self) -> None:
        """Try again what could not be loaded."""
        for place in [place for place, found in self._pixmaps.items() if found is None]:
            del self._pixmaps[place]

    def _start(self) -> None:
        while self._waiting and len(self._running) < _AT_ONCE and not self._starting.isActive():
            self._make(*self._waiting.popitem())

    def _make(self, place: _Place, item: Any) -> None:
        from ..tasks.runner import Pool

        self._running.add(place)
        box = self._size * place[1]

        def load(_: object) -> QImage | None:
            data = self._load(item, box)
            if not data:
                return None
            with in_turn():
                return _cover(QImage.fromData(data), box)

        def failed(error: MediaError) -> None:
            # What passes is asked for again when the row is painted next.
            self._arrive(place, None, keep=isinstance(error, Permanent))

        self._app.runner.run(
            load,
            lambda image: self._arrive(place, image),
            failed,
            on_cancelled=lambda: self._running.discard(place),
            pool=Pool.THUMBNAILS,
        )

    def _arrive(self, place: _Place, image: QImage | None, keep: bool = True) -> None:
        self._running.discard(place)
        made: QPixmap | None = None
        if image is not None and not image.isNull():
            made = QPixmap.fromImage(image)
            made.setDevicePixelRatio(place[1])
        if keep:
            self._pixmaps[place] = made
            while len(self._pixmaps) > _KEPT:
                self._pixmaps.popitem(last=False)
            self.arrived.emit(place[0])
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
