"""Paints an entry of the activity, and the heading of a day."""

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ....domain.activity import Activity, ActivityMedia
from ....domain.entities import Entity
from ....domain.media import MediaType
from ...entity_icons import ENTITY_ICONS
from ...painting import ground, line, text, thumb
from ...small_pictures import SmallPictures
from ...theme import Height, Icon, Space, font, theme
from ...theme.icons import draw
from .columns import columns, place_parts
from .model import Role, Row
from .words import ICONS, clock, heading, person, state, what

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LINE = 18
Index = QModelIndex | QPersistentModelIndex


class ActivityDelegate(QStyledItemDelegate):
    """Rows of 44; what was undone is muted and says by whom."""

    def __init__(self, thumbs: SmallPictures) -> None:
        super().__init__()
        self._thumbs = thumbs
        #: Who is signed in, as ``account.user_id``.
        self.me = ""
        #: The place under the mouse, and the row that it is in.
        self.pointed: tuple[int, Entity] | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all rows."""
        return QSize(0, Height.UPLOAD_ROW)

    def place_at(self, row: QRect, entry: Row, point: QPoint) -> Entity | None:
        """The place whose name is there."""
        if not isinstance(entry, Activity):
            return None
        parts = place_parts(entry, columns(row).place)
        return next((place for box, _, place in parts if box.contains(point)), None)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, content, hairline, and the ring around the current row."""
        box: QRect = option.rect
        flags: QStyle.StateFlag = option.state
        row: Row = index.data(Role.ROW)
        painter.save()
        if isinstance(row, date):
            painter.fillRect(box, theme().color("raised"))
            words = box.adjusted(Space.PANEL, Space.S, -Space.PANEL, 0)
            line(painter, words, heading(row), "section")
        else:
            painter.fillRect(box, theme().color(ground(flags)))
            self._paint_entry(painter, box, row, index.row())
            if flags & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(theme().color("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme().color("border"))
        painter.restore()

    def _paint_entry(self, painter: QPainter, box: QRect, entry: Activity, row: int) -> None:
        at, undone = columns(box), state(entry, self.me)
        draw(painter, at.icon, ICONS.get(entry.kind, "pencil-simple"), theme().color("muted"))
        if undone:
            middle = at.what.center().y() + 1
            first = QRect(at.what.left(), middle - _LINE, at.what.width(), _LINE)
            line(painter, first, what(entry), ink="muted")
            below = _icon(painter, first.translated(0, _LINE), "arrow-u-up-left", Icon.BADGE)
            line(painter, below, undone, "small", "muted")
        else:
            line(painter, at.what, what(entry))
        for media, where in zip(entry.media, at.thumbs, strict=False):
            self._paint_thumb(painter, where, media)
        self._paint_places(painter, at.place, entry, row)
        line(painter, at.who, person(entry.by, self.me), ink="muted")
        line(painter, at.time, clock(entry.at), ink="muted", flags=_RIGHT)

    def _paint_places(self, painter: QPainter, box: QRect, entry: Activity, row: int) -> None:
        parts = place_parts(entry, box)
        first = entry.places[0] if entry.places else None
        if parts:
            _icon(painter, box, ENTITY_ICONS[first.ref.type] if first else "question", Icon.ROW)
        for where, words, place in parts:
            is_pointed = place is not None and self.pointed == (row, place)
            ink = "muted" if place is None else "accent" if is_pointed else "text"
            face = font("body")
            face.setUnderline(is_pointed)
            text(painter, where, words, face, theme().color(ink))

    def _paint_thumb(self, painter: QPainter, box: QRect, media: ActivityMedia) -> None:
        picture = None
        if media.media_type is not None:
            picture = self._thumbs.get(media, painter.device().devicePixelRatioF())
        thumb(painter, box, picture, _stands_for(media))


def _stands_for(media: ActivityMedia) -> str:
    if media.media_type is None:
        return "trash"
    return "film-strip" if media.media_type is MediaType.VIDEO else "image"


def _icon(painter: QPainter, box: QRect, name: str, size: int) -> QRect:
    """Paint an icon at the left and return what is left of the box."""
    mark = QRect(box.left(), box.top(), size, box.height())
    draw(painter, mark, name, theme().color("muted"), size)
    return box.adjusted(size + Space.XS, 0, 0, 0)
