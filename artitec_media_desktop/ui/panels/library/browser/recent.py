"""The places that were opened last, with a picture each."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from .....domain.entities import Entity, EntityRef
from .....domain.media import Media
from .....domain.slots import slots_of
from ....drops import Dragged, DropZone
from ....painting import fill, focus_frame, frame, picture, text
from ....theme import Height, Radius, Space, font, theme
from ....theme.icons import draw
from ....widgets import Sharpness
from ..rights import Rights
from ..thumbnails import Thumbnails
from ..words import place_of, tr
from .delegate import icon_of

Index = QModelIndex | QPersistentModelIndex
AT_MOST: Final = 4
_THUMB: Final = QSize(44, 33)
_OWNER: Final = "recent"
_ENTITY: Final = Qt.ItemDataRole.UserRole
_COVER: Final = Qt.ItemDataRole.UserRole + 1


class _RecentModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[Entity, Media | None]] = []

    def set_rows(self, rows: Sequence[tuple[Entity, Media | None]]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entity, cover = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entity.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entity.name}, {place_of(entity)}"
        if role == _ENTITY:
            return entity
        return cover if role == _COVER else None


class RecentList(QListView):
    """As high as its rows; a click or Enter opens, and files can be dropped on it."""

    #: EntityRef
    opened = Signal(object)
    #: Dragged, EntityRef
    files_dropped = Signal(object, object)
    #: Why the place below the drag takes nothing; empty once there is no such place.
    refused = Signal(str)

    def __init__(
        self, thumbnails: Thumbnails, rights: Rights, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rights = rights
        self._rows = _RecentModel()
        self._thumbnails = thumbnails
        self._delegate = _RecentDelegate(self._pixmap)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setProperty("ground", "surface")
        self.setAccessibleName(tr("Recent"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        thumbnails.arrived.connect(self._arrived)
        Sharpness(self, self._want)
        zone = DropZone(self.viewport(), self._may_drop)
        zone.moved.connect(self._drag_moved)
        zone.left.connect(self._drag_left)
        zone.dropped.connect(self._drag_dropped)

    def set_rows(self, rows: Sequence[tuple[Entity, Media | None]]) -> None:
        """Show entities with their covers, the last opened first."""
        if list(rows) == self._rows.rows:
            return
        self._rows.set_rows(rows[:AT_MOST])
        self.setFixedHeight(self._rows.rowCount() * Height.RECENT_ROW)
        self._want()

    def _want(self) -> None:
        covers = [cover for _, cover in self._rows.rows if cover is not None]
        self._thumbnails.want(_OWNER, covers, self._pixels())

    def _pixels(self) -> int:
        return round(_THUMB.width() * self.devicePixelRatioF())

    def _pixmap(self, media: Media | None) -> QPixmap | None:
        found = None if media is None else self._thumbnails.get(media.id, self._pixels())
        return found if isinstance(found, QPixmap) else None

    def _arrived(self, keys: Sequence[int]) -> None:
        if any(cover is not None and cover.id in keys for _, cover in self._rows.rows):
            self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(_ENTITY).ref)

    def _entity_at(self, position: QPoint) -> Entity | None:
        entity = self.indexAt(position).data(_ENTITY)
        return entity if isinstance(entity, Entity) else None

    def _may_drop(self, dragged: Dragged, position: QPoint) -> bool:
        entity = self._entity_at(position)
        if entity is None or self._rights.refusal(entity.ref):
            return False
        return dragged.fits(slots_of(entity.ref.type)[0])

    def _drag_moved(self, dragged: Dragged, position: QPoint) -> None:
        self._rights.want(each.ref for each, _ in self._rows.rows)
        entity = self._entity_at(position)
        self.refused.emit("" if entity is None else self._rights.refusal(entity.ref))
        allowed = self._may_drop(dragged, position)
        self._delegate.drop_on = entity.ref if entity is not None and allowed else None
        self.viewport().update()

    def _drag_left(self) -> None:
        self._delegate.drop_on = None
        self.refused.emit("")
        self.viewport().update()

    def _drag_dropped(self, dragged: Dragged, position: QPoint) -> None:
        entity = self._entity_at(position)
        if entity is not None:
            self.files_dropped.emit(dragged, entity.ref)


class _RecentDelegate(QStyledItemDelegate):
    def __init__(self, pixmap: Callable[[Media | None], QPixmap | None]) -> None:
        super().__init__()
        self._pixmap = pixmap
        self.drop_on: EntityRef | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(Space.XL, Height.RECENT_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entity = index.data(_ENTITY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(option.rect).adjusted(Space.S, 0, -Space.XS, 0)
        if entity.ref == self.drop_on:
            fill(painter, row, theme().color("selection"))
            frame(painter, row, theme().color("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            fill(painter, row, theme().color("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_frame(painter, row)
        rect = option.rect
        top = rect.top() + (rect.height() - _THUMB.height()) // 2
        thumb = QRect(rect.left() + Space.PANEL, top, _THUMB.width(), _THUMB.height())
        self._picture(painter, thumb, entity, index.data(_COVER))
        left = thumb.right() + 1 + Space.S
        words = QRect(left, rect.top() + 4, rect.right() - left - Space.S, 20)
        text(painter, words, entity.name, font("body"), theme().color("text"))
        words.setRect(left, words.bottom() + 1, words.width(), 16)
        text(painter, words, place_of(entity), font("caption"), theme().color("muted"))
        painter.restore()

    def _picture(self, painter: QPainter, rect: QRect, entity: Entity, cover: Media | None) -> None:
        pixmap = self._pixmap(cover)
        if pixmap is not None:
            picture(painter, QRectF(rect), pixmap)
            return
        fill(painter, QRectF(rect), theme().color("sunken"), Radius.THUMB)
        draw(painter, rect, icon_of(entity), theme().color("muted"))
