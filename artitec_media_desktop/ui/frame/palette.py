"""The command palette: every action and every entity by a few letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMainWindow,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ...domain.entities import Entity
from ...domain.search import fold
from ..entity_icons import ENTITY_ICONS
from ..theme import Height, Icon, Space, font, theme
from ..theme.icons import draw
from ..widgets import SearchField, label, line
from .palette_match import best

if TYPE_CHECKING:
    from ...bootstrap import App

_WIDE, _TOP, _ROWS = 560, 96, 10
#: Of more than these nobody reads.
_SHOWN: Final = 100
_RECENT: Final = "palette/recent"
_REMEMBERED: Final = 8
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Command:
    """One line: what it says, what stands at its end (keys, or a place), and what it does.

    ``name`` tells it from others, also after a restart.
    """

    name: str
    text: str
    act: Callable[[], object]
    icon: str = "caret-right"
    detail: str = ""
    keys: str = ""


def entity_command(entity: Entity, act: Callable[[], None]) -> Command:
    """Goes to an entity."""
    detail = f"{entity.public_id}  {entity.place}".strip()
    icon = ENTITY_ICONS[entity.ref.type]
    return Command(f"entity:{entity.public_id}", entity.name, act, icon, detail)


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.commands: list[Command] = []

    def show(self, commands: list[Command]) -> None:
        self.beginResetModel()
        self.commands = commands
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.commands)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        command = self.commands[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return command
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(filter(None, (command.text, command.detail, _native(command.keys))))
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, Height.MENU_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        command: Command = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme().color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme().color("hover"))
        mark = QRect(box.left() + Space.L, box.top(), Icon.ROW, box.height())
        draw(painter, mark, command.icon, theme().color("muted"))
        inside = box.adjusted(Space.L + Icon.ROW + Space.S, 0, -Space.L, 0)
        end = command.detail or _native(command.keys)
        face = font("small")
        wide = min(QFontMetrics(face).horizontalAdvance(end) + Space.L, inside.width() // 2)
        for area, words, role, ink, align in (
            (inside.adjusted(0, 0, -wide, 0), command.text, "body", "text", _LEFT),
            (inside.adjusted(inside.width() - wide, 0, 0, 0), end, "small", "muted", _RIGHT),
        ):
            metrics = QFontMetrics(font(role))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
            painter.setFont(font(role))
            painter.setPen(theme().color(ink))
            painter.drawText(area, align, shown)
        painter.restore()


class Palette(QWidget):
    """Covers the window until something is chosen, or Esc or a click beside it."""

    closed = Signal()

    def __init__(self, window: QWidget, app: "App", commands: Sequence[Command]) -> None:
        """What was chosen last comes first, until something is typed."""
        super().__init__(window)
        self._app = app
        self._before = window.focusWidget()
        self._actions, self._places = list(commands), list[Command]()
        self._all: list[Command] = []
        self._texts: list[str] = []
        self.setAccessibleName(self.tr("Commands"))
        self.search = SearchField(self.tr("Do something, or go to a place"))
        self.rows, self.list = _Rows(), QListView()
        self._nothing = label(self.tr("Nothing is called that"), "muted")
        self._lay_out()
        self._gather()
        window.installEventFilter(self)
        self.setGeometry(window.rect())

    def set_places(self, places: Sequence[Command]) -> None:
        """These come behind what can be done."""
        self._places = list(places)
        self._gather()

    def _gather(self) -> None:
        rank = {name: at for at, name in enumerate(self._recent())}
        known = [*self._actions, *self._places]
        self._all = sorted(known, key=lambda each: rank.get(each.name, len(rank)))
        self._texts = [fold(f"{each.text} {each.detail}") for each in self._all]
        self._find()

    def open(self) -> None:
        """Show it and take the keyboard."""
        self.show()
        self.raise_()
        self.search.setFocus()

    def dismiss(self) -> None:
        """Go away for good; the focus goes back where it was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self.closed.emit()
        self.deleteLater()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("ground", "float")
        card.setFixedWidth(_WIDE)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(_ROWS * Height.MENU_ROW)
        self.list.clicked.connect(self._choose)
        self._nothing.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        top = QVBoxLayout()
        top.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        top.addWidget(self.search)
        box = QVBoxLayout(card)
        box.setContentsMargins(1, 0, 1, Space.XS)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(line())
        box.addWidget(self._nothing)
        box.addWidget(self.list)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, _TOP, 0, 0)
        around.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._card = card
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._find)

    def _find(self) -> None:
        found = best(fold(" ".join(self.search.text().split())), self._texts, _SHOWN)
        self.rows.show([self._all[at] for at in found])
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        if found:
            self._go_to(0)

    def _go_to(self, row: int) -> None:
        last = self.rows.rowCount() - 1
        index = self.rows.index(max(0, min(row, last)))
        self.list.setCurrentIndex(index)
        # The keyboard stays in the field: it says which line would be chosen.
        self.search.setAccessibleDescription(str(index.data() or ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Esc while one types; cover the window at any size."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QMainWindow):
            self.setGeometry(watched.rect())
        if watched is self.search and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.KeyPress:
                return self._key(Qt.Key(event.key()))
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # no key of the page below
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        row = self.list.currentIndex().row()
        steps = {
            Qt.Key.Key_Down: row + 1,
            Qt.Key.Key_Up: row - 1,
            Qt.Key.Key_PageDown: row + _ROWS - 1,
            Qt.Key.Key_PageUp: row - _ROWS + 1,
        }
        if key in steps:
            self._go_to(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    def _choose(self) -> None:
        command: Command | None = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        if command is None:
            return
        names = [command.name, *(each for each in self._recent() if each != command.name)]
        self._app.settings.set(_RECENT, names[:_REMEMBERED])
        self.dismiss()
        command.act()

    def _recent(self) -> list[str]:
        found = self._app.settings.get(_RECENT, [])
        return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside it closes it."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what is behind."""
        QPainter(self).fillRect(self.rect(), theme().color("scrim"))


def _native(keys: str) -> str:
    return " ".join(
        QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText) for each in keys.split()
    )
