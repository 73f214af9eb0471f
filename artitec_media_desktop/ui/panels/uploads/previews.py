"""Small pictures of the files that wait, made in workers while their rows are in view."""

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from ....domain.errors import MediaError
from ....domain.uploads import UploadItem

if TYPE_CHECKING:
    from ....bootstrap import App

_KEPT = 400
#: Rows that were scrolled past are forgotten rather than worked off.
_WAITING = 40
_AT_ONCE = 2


class Previews(QObject):
    """Asked while painting, so it only ever looks things up; ``arrived`` names what came."""

    arrived = Signal(int)

    def __init__(self, app: "App", size: QSize) -> None:
        """``size`` is the box in device-independent pixels that a preview covers."""
        super().__init__()
        self._app = app
        self._size = size
        #: None stands for a file that gives no picture.
        self._pixmaps: OrderedDict[int, QPixmap | None] = OrderedDict()
        self._waiting: OrderedDict[int, tuple[UploadItem, float]] = OrderedDict()
        self._running: set[int] = set()
        # All rows of a paint ask first; then those that asked last are made first.
        self._starting = QTimer(self)
        self._starting.setSingleShot(True)
        self._starting.timeout.connect(self._start)

    def get(self, item: UploadItem, dpr: float) -> QPixmap | None:
        """The preview, or None for now; then it is on its way, or there is none to be had."""
        if item.id in self._pixmaps:
            self._pixmaps.move_to_end(item.id)
            return self._pixmaps[item.id]
        if item.id not in self._running:
            self._waiting[item.id] = (item, dpr)
            self._waiting.move_to_end(item.id)
            while len(self._waiting) > _WAITING:
                self._waiting.popitem(last=False)
            self._starting.start()
        return None

    def clear(self) -> None:
        """Forget all, as for a screen of another scale."""
        self._pixmaps.clear()
        self._waiting.clear()

    def _start(self) -> None:
        from ....tasks.runner import Pool

        while self._waiting and len(self._running) < _AT_ONCE:
            item_id, (item, dpr) = self._waiting.popitem()
            self._running.add(item_id)
            box = self._size * dpr

            def load(_: object, item: UploadItem = item, box: QSize = box) -> QImage | None:
                data = self._app.uploads.preview(item, max(box.width(), box.height()))
                return _cover(QImage.fromData(data), box) if data else None

            def done(image: QImage | None, item_id: int = item_id, dpr: float = dpr) -> None:
                self._arrive(item_id, image, dpr)

            def failed(_: MediaError, item_id: int = item_id) -> None:
                self._arrive(item_id, None, 1.0)

            def dropped(item_id: int = item_id) -> None:
                self._running.discard(item_id)

            self._app.runner.run(load, done, failed, on_cancelled=dropped, pool=Pool.THUMBNAILS)

    def _arrive(self, item_id: int, image: QImage | None, dpr: float) -> None:
        self._running.discard(item_id)
        made: QPixmap | None = None
        if image is not None and not image.isNull():
            made = QPixmap.fromImage(image)
            made.setDevicePixelRatio(dpr)
        self._pixmaps[item_id] = made
        while len(self._pixmaps) > _KEPT:
            self._pixmaps.popitem(last=False)
        self.arrived.emit(item_id)
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
