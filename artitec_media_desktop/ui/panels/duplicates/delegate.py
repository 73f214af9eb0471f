"""Paints a group in the list."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ....domain.duplicates import Group, Likeness
from ....domain.limits import size_text
from ....domain.media import Media
from ...painting import line
from ...small_pictures import SmallPictures
from ...theme import Height, Icon, Radius, Space, font, theme
from ...theme.icons import draw
from .model import Role
from .reading import RowFacts
from .words import likeness

#: The picture of the keeper; of the next one only a part looks out behind it.
THUMB: Final = QSize(52, 40)
_BEHIND: Final = 15
_GAP: Final = 1
_LINE: Final = 18
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class GroupDelegate(QStyledItemDelegate):
    """Two pictures, where they are, how alike they are, and what accepting frees."""

    def __init__(self, thumbs: SmallPictures) -> None:
        super().__init__()
        self._thumbs = thumbs

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all rows."""
        return QSize(0, Height.GROUP_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, pictures, words, and the ring where it has the keyboard."""
        group: Group = index.data(Role.GROUP)
        facts: RowFacts | None = index.data(Role.FACTS)
        box = QRect(option.rect).adjusted(Space.S, 0, -Space.S, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, box, option.state)
        top = box.top() + (box.height() - THUMB.height()) // 2
        first = QRect(QPoint(box.left() + Space.S, top), THUMB)
        second = QRect(first.right() + 1 + _GAP, top, _BEHIND, THUMB.height())
        self._paint_thumb(painter, first, None if facts is None else facts.first)
        self._paint_thumb(painter, second, None if facts is None else facts.second)
        words = box.adjusted(second.right() + Space.M - box.left(), 0, -Space.S, 0)
        _paint_words(painter, words, group, facts, index.data(Role.TROUBLE))
        painter.restore()

    def _paint_thumb(self, painter: QPainter, box: QRect, media: Media | None) -> None:
        dpr = painter.device().devicePixelRatioF()
        picture = None if media is None else self._thumbs.get(media, dpr)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(box), Radius.THUMB, Radius.THUMB)
        painter.fillPath(outline, theme().color("sunken"))
        if picture is None:
            if media is not None and box.width() > Icon.ROW:
                draw(painter, box, "image", theme().color("muted"))
            return
        painter.save()
        painter.setClipPath(outline)
        # Of the one behind, the middle.
        wide = round(box.width() * dpr)
        source = QRect((picture.width() - wide) // 2, 0, wide, picture.height())
        painter.drawPixmap(box, picture, source)
        painter.restore()


def _paint_ground(painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
    selected = state & QStyle.StateFlag.State_Selected
    hovered = state & QStyle.StateFlag.State_MouseOver
    if selected or hovered:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("selection" if selected else "hover"))
        painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
    if (
        state & QStyle.StateFlag.State_HasFocus
        and state & QStyle.StateFlag.State_KeyboardFocusChange
    ):
        painter.setPen(QPen(theme().color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), Radius.CONTROL, Radius.CONTROL)


def _paint_words(
    painter: QPainter, box: QRect, group: Group, facts: RowFacts | None, trouble: str
) -> None:
    middle = box.center().y() + 1
    above = QRect(box.left(), middle - _LINE, box.width(), _LINE)
    below = QRect(box.left(), middle, box.width(), _LINE)
    if facts is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("sunken"))
        bar = QRectF(above.left(), above.top() + 4, above.width() * 0.6, 10)
        painter.drawRoundedRect(bar, Radius.THUMB, Radius.THUMB)
    else:
        line(painter, above, facts.title, "emphasis", "text")
    if trouble:
        draw(painter, QRect(below.left(), below.top(), Icon.ROW, _LINE), "warning", _ink("danger"))
        line(painter, below.adjusted(Icon.ROW + Space.XS, 0, 0, 0), trouble, "small", "danger")
        return
    freed = size_text(group.freed) if group.freed else ""
    wide = QFontMetrics(font("small")).horizontalAdvance(freed)
    line(painter, below, freed, "small", "muted", _RIGHT)
    below.setRight(below.right() - wide - (Space.S if wide else 0))
    ink = "info" if group.kind is Likeness.SERIES else "muted"
    words = likeness(group)
    if QFontMetrics(font("small")).horizontalAdvance(words) > below.width():
        words = likeness(group, short=True)
    line(painter, below, words, "small", ink)


def _ink(token: str) -> str:
    return theme().color(token).name()
