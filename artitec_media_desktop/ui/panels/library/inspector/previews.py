"""The picture of the media that is selected, whole; or the first six, side by side."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .....domain.errors import MediaError
from .....domain.media import Media, MediaType
from .....tasks.runner import Pool
from ....painting import fill, picture
from ....theme import Icon, Radius, Space, theme
from ....theme.icons import draw
from ....widgets import Sharpness
from ..pixmap_cache import Miss
from ..thumbnails import Thumbnails, height_of

if TYPE_CHECKING:
    from .....bootstrap import App
    from .....tasks.runner import Task

_OWNER: Final = "inspector"
MOST: Final = 6
_ACROSS: Final = 3
#: A picture is at most this many times as high as the pane is wide.
_HIGHEST: Final = 0.75
_KEPT: Final = 24


class Previews(QWidget):
    """As wide as the pane. A click on the one picture opens it."""

    opened = Signal()

    def __init__(self, app: "App", thumbnails: Thumbnails) -> None:
        super().__init__()
        self._app = app
        self._thumbnails = thumbnails
        self._media: list[Media] = []
        self._task: Task | None = None
        #: By media and its last change, in device pixels; None where there is no picture.
        self._kept: OrderedDict[tuple[object, ...], QPixmap | None] = OrderedDict()
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(0)
        self._ask.timeout.connect(self._want)
        Sharpness(self, self._ask.start)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        thumbnails.arrived.connect(self._arrived)

    def show_media(self, media: Sequence[Media]) -> None:
        """The one that is selected, or the first of several."""
        self._media = list(media[:MOST])
        one = self._one
        self.setAccessibleName("" if one is None else one.alt_text or one.original_filename)
        self._fit()
        self._ask.start()
        self.update()

    @property
    def _one(self) -> Media | None:
        return self._media[0] if len(self._media) == 1 else None

    def sizeHint(self) -> QSize:
        """See ``_fit``."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other sizes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()
            self._ask.start()

    def _cell(self) -> int:
        return (self.width() - (_ACROSS - 1) * Space.S) // _ACROSS

    def _fit(self) -> None:
        one, rows = self._one, -(-len(self._media) // _ACROSS)
        if one is not None:
            share = one.height / one.width if one.width and one.height else _HIGHEST
            high = round(self.width() * min(_HIGHEST, share))
        else:
            high = rows * height_of(self._cell()) + max(0, rows - 1) * Space.S
        self.setFixedHeight(max(high, Icon.EMPTY if self._media else 0))

    # ---- asking

    def _want(self) -> None:
        one = self._one
        if self._task is not None:
            self._task.cancel()
            self._task = None
        pixels = round(self._cell() * self.devicePixelRatioF())
        several = [] if one is not None else self._media
        self._thumbnails.want(_OWNER, [e for e in several if not e.is_link], pixels)
        if one is not None and not one.is_link and self._place(one) not in self._kept:
            self._load(one)

    def _place(self, one: Media) -> tuple[object, ...]:
        size = self.size() * self.devicePixelRatioF()
        return (one.id, one.storage_path, one.is_open, size.width(), size.height())

    def _load(self, one: Media) -> None:
        place = self._place(one)
        box = self.size() * self.devicePixelRatioF()
        if box.isEmpty():
            return

        def load(_: object) -> QImage:
            image = QImage.fromData(self._app.library.picture(one, box.width()))
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
            bounded = image.size().boundedTo(box)
            if image.isNull() or bounded == image.size():
                return image
            return image.scaled(box, keep, smooth.SmoothTransformation)

        self._task = self._app.runner.run(
            load,
            lambda image: self._keep(place, image),
            lambda error: self._failed(place, error),
            lambda *_: None,
            lambda: None,
            pool=Pool.THUMBNAILS,
            priority=1,
        )

    def _keep(self, place: tuple[object, ...], image: QImage) -> None:
        self._kept[place] = None if image.isNull() else QPixmap.fromImage(image)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.update()

    def _failed(self, place: tuple[object, ...], _error: MediaError) -> None:
        self._keep(place, QImage())

    def _arrived(self, keys: Sequence[int]) -> None:
        if any(each.id in keys for each in self._media):
            self.update()

    # ---- painting

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Have a closer look."""
        if self._one is not None:
            self.opened.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """One picture in its own proportions, or six cut to 4:3."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        one = self._one
        if one is not None:
            self._paint_one(painter, one)
            return
        cell = self._cell()
        pixels = round(cell * self.devicePixelRatioF())
        for at, each in enumerate(self._media):
            left = (at % _ACROSS) * (cell + Space.S)
            top = (at // _ACROSS) * (height_of(cell) + Space.S)
            found = self._thumbnails.get(each.id, pixels)
            pixmap = None if isinstance(found, Miss) else found
            self._paint(painter, QRectF(left, top, cell, height_of(cell)), each, pixmap)

    def _paint_one(self, painter: QPainter, one: Media) -> None:
        pixmap = self._kept.get(self._place(one))
        rect = QRectF(self.rect())
        if pixmap is not None:
            fill(painter, rect, theme().color("sunken"), Radius.THUMB)
            whole = pixmap.size() / self.devicePixelRatioF()
            size = whole.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            size = size if size.width() < whole.width() else whole
            rect = QRectF(0, 0, size.width(), size.height())
            rect.moveCenter(QRectF(self.rect()).center())
        self._paint(painter, rect, one, pixmap)

    def _paint(self, painter: QPainter, rect: QRectF, media: Media, pixmap: QPixmap | None) -> None:
        if pixmap is not None:
            picture(painter, rect, pixmap)
            return
        fill(painter, rect, theme().color("sunken"), Radius.THUMB)
        video = media.media_type is MediaType.VIDEO
        icon = "link" if media.is_link else "film-strip" if video else "image"
        draw(painter, rect, icon, theme().color("muted"), Icon.EMPTY)
