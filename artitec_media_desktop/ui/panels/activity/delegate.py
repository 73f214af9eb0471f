"""Paints an entry of the activity, and the heading of a day."""

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ....domain.activity import Activity, ActivityMedia
from ....domain.entities import Entity
from ....domain.media import MediaType
from ...entity_icons import ENTITY_ICONS
from ...small_pictures import SmallPictures
from ...theme import Height, Icon, Radius, Space, font, theme
from ...theme.icons import draw
from .columns import columns, place_parts
from .model import Role, Row
from .words import ICONS, clock, heading, person, state, what

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = int(Qt.AlignmentFlag.AlignLeft | _MIDDLE)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | _MIDDLE)
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
            _text(painter, words, heading(row), face="section")
        else:
            painter.fillRect(box, theme().color(_ground(flags)))
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
            _text(painter, first, what(entry), ink="muted")
            below = _icon(painter, first.translated(0, _LINE), "arrow-u-up-left", Icon.BADGE)
            _text(painter, below, undone, ink="muted", face="small")
        else:
            _text(painter, at.what, what(entry))
        for media, thumb in zip(entry.media, at.thumbs, strict=False):
            self._paint_thumb(painter, thumb, media)
        self._paint_places(painter, at.place, entry, row)
        _text(painter, at.who, person(entry.by, self.me), ink="muted")
        _text(painter, at.time, clock(entry.at), ink="muted", align=_RIGHT)

    def _paint_places(self, painter: QPainter, box: QRect, entry: Activity, row: int) -> None:
        parts = place_parts(entry, box)
        first = entry.places[0] if entry.places else None
        if parts:
            _icon(painter, box, ENTITY_ICONS[first.ref.type] if first else "question", Icon.ROW)
        for where, words, place in parts:
            is_pointed = place is not None and self.pointed == (row, place)
            ink = "muted" if place is None else "accent" if is_pointed else "text"
            _text(painter, where, words, ink=ink, underlined=is_pointed)

    def _paint_thumb(self, painter: QPainter, box: QRect, media: ActivityMedia) -> None:
        picture = None
        if media.media_type is not None:
            picture = self._thumbs.get(media, painter.device().devicePixelRatioF())
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(box), Radius.THUMB, Radius.THUMB)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if picture is None:
            painter.fillPath(outline, theme().color("sunken"))
            draw(painter, box, _stands_for(media), theme().color("muted"))
        else:
            painter.setClipPath(outline)
            painter.drawPixmap(box, picture)
        painter.restore()


def _stands_for(media: ActivityMedia) -> str:
    if media.media_type is None:
        return "trash"
    return "film-strip" if media.media_type is MediaType.VIDEO else "image"


def _icon(painter: QPainter, box: QRect, name: str, size: int) -> QRect:
    """Paint an icon at the left and return what is left of the box."""
    mark = QRect(box.left(), box.top(), size, box.height())
    draw(painter, mark, name, theme().color("muted"), size)
    return box.adjusted(size + Space.XS, 0, 0, 0)


def _ground(flags: QStyle.StateFlag) -> str:
    if flags & QStyle.StateFlag.State_Selected:
        return "selection"
    return "hover" if flags & QStyle.StateFlag.State_MouseOver else "raised"


def _text(
    painter: QPainter,
    box: QRect,
    text: str,
    ink: str = "text",
    align: int = _LEFT,
    face: str = "body",
    underlined: bool = False,
) -> None:
    """Paint one line, cut to fit."""
    if box.width() <= 0:
        return
    made = font(face)
    made.setUnderline(underlined)
    painter.setFont(made)
    painter.setPen(theme().color(ink))
    cut = QFontMetrics(made).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, align, cut)
