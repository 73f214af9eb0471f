"""How a place looks in a list: icon, name, slot, and what else tells it from others."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ..domain.entities import Entity
from ..domain.slots import Slot
from .entity_icons import ENTITY_ICONS
from .painting import line
from .theme import Height, Icon, Space, theme
from .theme.icons import draw

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A slot of an entity; ``refusal`` says why nothing may be added there."""

    entity: Entity
    slot: Slot
    refusal: str = ""


class PlaceDelegate(QStyledItemDelegate):
    """Paints the PlaceRow in the user role."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(0, Height.MENU_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row: PlaceRow = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme().color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme().color("hover"))
        ink = "disabled" if row.refusal else "text"
        pale = "disabled" if row.refusal else "muted"
        icon = QRect(box.left() + Space.L, box.top(), Icon.ROW, box.height())
        draw(painter, icon, ENTITY_ICONS[row.entity.ref.type], theme().color(pale))
        at = box.adjusted(icon.right() + 1 + Space.S - box.left(), 0, -Space.L, 0)
        for words, role, color in (
            (row.entity.name, "emphasis", ink),
            (f"· {row.slot.label}", "body", ink),
            (row.refusal or f"{row.entity.public_id}  {row.entity.place}".strip(), "small", pale),
        ):
            at.setLeft(at.left() + line(painter, at, words, role, color) + Space.S)
        painter.restore()
