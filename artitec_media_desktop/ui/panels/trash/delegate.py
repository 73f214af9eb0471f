"""Paints a row of the trash."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ....domain.limits import size_text
from ....domain.media import MediaType
from ....domain.trash import TrashItem
from ...entity_icons import ENTITY_ICONS
from ...painting import ground, line, thumb
from ...small_pictures import SmallPictures
from ...theme import Height, Icon, Space, theme
from ...theme.icons import draw
from .columns import columns
from .model import Role
from .words import SOON_DAYS, days_left, deleted, kept, place

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class TrashDelegate(QStyledItemDelegate):
    """Rows of 44; what may not be put back is muted and has a lock."""

    def __init__(self, thumbs: SmallPictures) -> None:
        super().__init__()
        self._thumbs = thumbs

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all rows."""
        return QSize(0, Height.UPLOAD_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, content, hairline, and the ring around the current row."""
        row: QRect = option.rect
        state: QStyle.StateFlag = option.state
        item: TrashItem = index.data(Role.ITEM)
        painter.save()
        painter.fillRect(row, theme().color(ground(state)))
        painter.fillRect(row.left(), row.bottom(), row.width(), 1, theme().color("border"))
        at = columns(row)
        self._paint_thumb(painter, at.thumb, item)
        _paint_name(painter, at.name, item)
        _paint_place(painter, at.place, item)
        line(painter, at.deleted, deleted(item), ink="muted")
        _paint_kept(painter, at.kept, item)
        if not item.media.is_link:
            line(painter, at.size, size_text(item.media.file_size), ink="muted", flags=_RIGHT)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme().color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(row.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_thumb(self, painter: QPainter, box: QRect, item: TrashItem) -> None:
        picture = self._thumbs.get(item.media, painter.device().devicePixelRatioF())
        is_video = item.media.media_type is MediaType.VIDEO
        thumb(painter, box, picture, "film-strip" if is_video else "image")


def _paint_name(painter: QPainter, box: QRect, item: TrashItem) -> None:
    ink = "text"
    if not item.may_restore:
        ink = "muted"
        box = _icon(painter, box, "lock-simple", ink)
    middle = Qt.TextElideMode.ElideMiddle
    line(painter, box, item.media.original_filename, ink=ink, mode=middle)


def _paint_place(painter: QPainter, box: QRect, item: TrashItem) -> None:
    known = item.entity is not None
    name = ENTITY_ICONS[item.entity.ref.type] if item.entity is not None else "question"
    line(painter, _icon(painter, box, name, "muted"), place(item), ink="text" if known else "muted")


def _paint_kept(painter: QPainter, box: QRect, item: TrashItem) -> None:
    if days_left(item) > SOON_DAYS:
        line(painter, box, kept(item), ink="muted")
    else:
        line(painter, _icon(painter, box, "clock", "warning"), kept(item), ink="warning")


def _icon(painter: QPainter, box: QRect, name: str, ink: str) -> QRect:
    """Paint an icon at the left and return what is left of the box."""
    draw(painter, QRect(box.left(), box.top(), Icon.ROW, box.height()), name, theme().color(ink))
    return box.adjusted(Icon.ROW + Space.S, 0, 0, 0)
