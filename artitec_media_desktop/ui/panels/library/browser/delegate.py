"""How a row of the tree looks."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .....domain.entities import Entity, EntityRef, EntityType
from .....domain.slots import slots_of
from ....drops import Dragged
from ....entity_icons import ENTITY_ICONS
from ....painting import fill, focus_frame, frame, text
from ....theme import Height, Icon, Space, font, theme
from ....theme.icons import draw
from ..rights import Rights
from ..words import number
from .model import Role

Index = QModelIndex | QPersistentModelIndex
#: From the left edge of the view, in pixels.
CHEVRON: Final = 22
_SECTION_TEXT: Final = 36
_ENTITY_ICON: Final = 44
_ENTITY_TEXT: Final = 60
_NESTED: Final = 20
_EDGE: Final = 8
_RIGHT_EDGE: Final = 4
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight

#: Words in the name of an amenity, and its icon.
_AMENITY_ICONS: Final = (
    (("pool", "spa", "lake", "splash", "aquatic"), "waves"),
    (("gym", "fitness", "clubhouse"), "barbell"),
    (("tennis", "pickleball"), "tennis-ball"),
    (("basketball",), "basketball"),
    (("soccer", "field"), "soccer-ball"),
    (("dog",), "dog"),
    (("play", "kids"), "baby"),
    (("fire",), "fire"),
    (("bike", "cycling"), "bicycle"),
    (("library",), "books"),
    (("café", "cafe", "coffee"), "coffee"),
    (("park", "trail", "garden", "green"), "tree"),
)


def icon_of(entity: Entity) -> str:
    """The icon of an entity; an amenity's follows from its name."""
    if entity.ref.type is EntityType.AMENITY:
        name = entity.name.casefold()
        for words, icon_name in _AMENITY_ICONS:
            if any(word in name for word in words):
                return icon_name
        return "map-pin"
    return ENTITY_ICONS[entity.ref.type]


class BrowserDelegate(QStyledItemDelegate):
    """Paints sections and entities; knows what is open and what is being dragged."""

    def __init__(self, rights: Rights) -> None:
        super().__init__()
        self._rights = rights
        self.opened: EntityRef | None = None
        self.dragged: Dragged | None = None
        self.drop_on: EntityRef | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(Space.XL, Height.TREE_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        entity = index.data(Role.ENTITY)
        row = QRectF(option.rect).adjusted(_EDGE, 0, -_RIGHT_EDGE, 0)
        self._ground(painter, row, option, entity)
        if entity is None:
            self._section(painter, option, index)
        else:
            self._entity(painter, option, index, entity)
        painter.restore()

    def takes(self, entity: Entity) -> bool:
        """Whether what is being dragged could go to the entity's first slot."""
        if self.dragged is None:
            return True
        fits = self.dragged.fits(slots_of(entity.ref.type)[0])
        return fits and not self._rights.refusal(entity.ref)

    def _ground(
        self,
        painter: QPainter,
        row: QRectF,
        option: QStyleOptionViewItem,
        entity: Entity | None,
    ) -> None:
        ref = None if entity is None else entity.ref
        if ref is not None and ref == self.drop_on:
            fill(painter, row, theme().color("selection"))
            frame(painter, row, theme().color("accent"))
            return
        if ref is not None and ref == self.opened:
            fill(painter, row, theme().color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            fill(painter, row, theme().color("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_frame(painter, row)

    def _section(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        muted = theme().color("muted")
        self._chevron(painter, option, "muted")
        right = self._count(painter, option.rect, number(index.data(Role.COUNT)), "muted")
        words = option.rect.adjusted(_SECTION_TEXT, 0, 0, 0)
        words.setRight(right - Space.S)
        text(painter, words, index.data(), font("small_strong"), muted)

    def _entity(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, entity: Entity
    ) -> None:
        nested = _NESTED if entity.ref.type is EntityType.AMENITY and _depth(index) > 1 else 0
        opened, possible = entity.ref == self.opened, self.takes(entity)
        ink = "accent" if opened else "muted"
        if option.state & QStyle.StateFlag.State_Children:
            self._chevron(painter, option, ink)
        rect = option.rect
        icon_left = rect.left() + _ENTITY_ICON + nested - Icon.ROW // 2
        icon_color = theme().color(ink if possible else "disabled")
        square = QRect(icon_left, rect.top(), Icon.ROW, rect.height())
        draw(painter, square, icon_of(entity), icon_color)
        right = self._mark(painter, rect, entity, possible)
        words = rect.adjusted(_ENTITY_TEXT + nested, 0, 0, 0)
        words.setRight(right - Space.S)
        color = theme().color("text" if possible else "disabled")
        text(painter, words, entity.name, font("body"), color)

    def _mark(self, painter: QPainter, rect: QRect, entity: Entity, possible: bool) -> int:
        """The number of media; while something is dragged, what it would be."""
        if not possible:
            right = rect.right() - _RIGHT_EDGE - Space.M
            square = QRect(right - Icon.ROW, rect.top(), Icon.ROW, rect.height())
            draw(painter, square, "prohibit", theme().color("disabled"))
            return square.left()
        if self.dragged is not None and entity.ref == self.drop_on:
            return self._count(painter, rect, f"+{number(self.dragged.total)}", "accent")
        return self._count(painter, rect, number(entity.media_count), "muted")

    def _count(self, painter: QPainter, rect: QRect, words: str, token: str) -> int:
        """A number at the right end; returns where it begins."""
        room = rect.adjusted(0, 0, -_RIGHT_EDGE - Space.M, 0)
        wide = text(painter, room, words, font("small"), theme().color(token), _RIGHT)
        return room.right() - wide

    def _chevron(self, painter: QPainter, option: QStyleOptionViewItem, token: str) -> None:
        opened = bool(option.state & QStyle.StateFlag.State_Open)
        name = "caret-down" if opened else "caret-right"
        left = option.rect.left() + CHEVRON - Icon.BADGE // 2
        square = QRect(left, option.rect.top(), Icon.BADGE, option.rect.height())
        draw(painter, square, name, theme().color(token), Icon.BADGE)


def _depth(index: Index) -> int:
    depth, parent = 0, index.parent()
    while parent.isValid():
        depth, parent = depth + 1, parent.parent()
    return depth
