"""Paints the rows of the uploads: a picture of each look, painted once, in the time there is."""

from collections import OrderedDict
from time import monotonic
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ....domain.limits import BY_EXTENSION, size_text
from ....domain.media import MediaType
from ....domain.uploads import UploadItem, UploadState
from ...entity_icons import ENTITY_ICONS
from ...painting import ground
from ...small_pictures import SmallPictures
from ...theme import Height, theme
from ...upload_queue import Batch, UploadQueue
from ...upload_words import (
    batch_title,
    clock_time,
    files,
    remark,
    speed,
    state_text,
    summary,
    tr,
)
from .actions import RowAction, actions_of
from .model import UploadsModel, heading_key
from .row_look import FileLook, HeadingLook, RowLook, paint_ground, paint_row
from .suggestions import Suggestions

#: Seconds for the rows of one paint whose pictures are not there yet; the others come with the
#: next one. Behind busy workers a row can take five thousandths.
_TIME: Final = 0.01
#: So many pictures more than rows in view are kept.
_MORE: Final = 16
Index = QModelIndex | QPersistentModelIndex
_Kind = tuple[RowLook, int, int, float, bool]


class UploadsDelegate(QStyledItemDelegate):
    """Rows of 44. ``hovered_action`` is the (id, action) under the mouse, set by the view."""

    def __init__(
        self,
        queue: UploadQueue,
        previews: SmallPictures,
        rows: UploadsModel,
        suggestions: Suggestions,
    ) -> None:
        super().__init__()
        self._queue = queue
        self._suggestions = suggestions
        self._rows = rows
        self._previews = previews
        self._pictures: OrderedDict[_Kind, QPixmap] = OrderedDict()
        self._until = 0.0
        self.hovered_action: tuple[int, str] | None = None
        #: Whether rows of this paint were left for the next one.
        self.is_behind = False

    def begin(self, rows: int) -> None:
        """A paint begins, of a view that has room for so many rows."""
        self.is_behind = False
        self._until = monotonic() + _TIME
        while len(self._pictures) > rows + _MORE:
            self._pictures.popitem(last=False)

    def actions(self, index: Index) -> tuple[RowAction, ...]:
        """The buttons of a row."""
        return self._actions(*self._rows.at(index.row()))

    def _actions(self, item: UploadItem | None, batch: Batch | None) -> tuple[RowAction, ...]:
        heading = item is None and batch is not None
        offer = self._suggestions.offer(batch) if heading and batch is not None else ""
        return actions_of(item, batch, offer)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all rows."""
        return QSize(0, Height.UPLOAD_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The picture of the row; its ground alone when there is no time to paint one."""
        item, batch = self._rows.at(index.row())
        if batch is None:
            return
        look = self._look(item, batch, option.state)
        row: QRect = option.rect
        scale = painter.device().devicePixelRatioF()
        thumb = self._previews.get(item, scale) if item is not None else None
        kind = (look, thumb.cacheKey() if thumb else 0, row.width(), scale, theme().is_dark)
        picture = self._pictures.get(kind)
        if picture is not None:
            self._pictures.move_to_end(kind)
        elif not scale.is_integer():
            # Where pixels don't divide evenly, a picture would be blurred.
            painter.save()
            paint_row(painter, row, look, thumb)
            painter.restore()
            return
        elif monotonic() > self._until:
            self.is_behind = True
            paint_ground(painter, row, look)
            return
        else:
            picture = self._pictures[kind] = _picture(row.size(), scale, look, thumb)
        painter.drawPixmap(row.topLeft(), picture)

    def _look(self, item: UploadItem | None, batch: Batch, state: QStyle.StateFlag) -> RowLook:
        key, action = self.hovered_action or (0, "")
        mine = heading_key(batch.id) if item is None else item.id
        return RowLook(
            content=self._heading(batch) if item is None else self._file(item),
            actions=self._actions(item, batch),
            hovered=action if key == mine else "",
            ground=ground(state, "surface" if item is None else "raised"),
            focused=bool(state & QStyle.StateFlag.State_HasFocus),
        )

    def _file(self, item: UploadItem) -> FileLook:
        suggested = self._suggestions.of_file(item.id) if item.place is None else None
        place, ink = self._queue.place(item) if item.place is not None else "", "muted"
        if suggested is not None:
            place, ink = f"{self._suggestions.place(suggested)}?", "accent"
        working = item.state is UploadState.WORKING
        progress = self._queue.progress.get(item.id) if working else None
        return FileLook(
            name=item.name,
            place=place,
            place_ink=ink,
            size=size_text(item.size) if item.size is not None else "",
            state=item.state,
            words=state_text(self._queue, item),
            more="" if working else remark(item),
            speed=speed(progress.bytes_per_second) if progress is not None else "",
            share=self._queue.share(item.id) if working else None,
            icon=_kind_icon(item),
        )

    def _heading(self, batch: Batch) -> HeadingLook:
        first = self._queue.items[batch.ids[0]]
        words = [files(batch.total)]
        if first.created_at is not None:
            words.append(tr("dropped {time}").format(time=clock_time(first.created_at)))
        facts = ", ".join(words)
        if not batch.is_active:
            facts += f" · {summary(self._queue, batch)}"
        lost = first.place is None or batch.is_unplaced
        return HeadingLook(
            title=batch_title(self._queue, batch),
            facts=facts,
            icon="map-pin" if first.place is None else ENTITY_ICONS[first.place.entity_type],
            icon_ink="warning" if lost else "muted",
            folded=self._rows.is_folded(batch.id),
        )


def _picture(size: QSize, scale: float, look: RowLook, thumb: QPixmap | None) -> QPixmap:
    made = QPixmap(size * scale)
    made.setDevicePixelRatio(scale)
    painter = QPainter(made)
    paint_row(painter, QRect(QPoint(), size), look, thumb)
    painter.end()
    return made


def _kind_icon(item: UploadItem) -> str:
    extension = "." + item.path.rpartition(".")[2].lower()
    kind = BY_EXTENSION.get(extension)
    if kind is None:
        return "file"
    return "film-strip" if kind.media_type is MediaType.VIDEO else "image"
