"""The whole library and the saved searches, above the places."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
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
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from .....domain.search import EVERYTHING, Search
from ....painting import fill, focus_frame, text
from ....theme import Height, Icon, Space, font, theme
from ....theme.icons import draw
from ....widgets import menu
from ..words import tr

Index = QModelIndex | QPersistentModelIndex
_SEARCH: Final = Qt.ItemDataRole.UserRole
_OPENED: Final = Qt.ItemDataRole.UserRole + 1
#: With more, the list scrolls.
_MOST_ROWS: Final = 7
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Rows(QAbstractListModel):
    """The first row is the whole library."""

    #: Name, new name
    renamed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, Search]] = [(tr("All media"), EVERYTHING)]
        self.opened: Search | None = None

    def set_saved(self, saved: Mapping[str, Search]) -> None:
        self.beginResetModel()
        self.rows[1:] = saved.items()
        self.endResetModel()

    def set_opened(self, search: Search | None) -> None:
        self.opened = search
        self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = Qt.ItemFlag.ItemIsEditable
        return super().flags(index) | editable if index.row() else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        name, search = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return name
        if role == Qt.ItemDataRole.ToolTipRole:
            return search.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name}, {tr('saved search')}" if index.row() else name
        if role == _OPENED:
            return index.row() == self._opened_row()
        return search if role == _SEARCH else None

    def _opened_row(self) -> int:
        """The saved search that is shown, else the whole library; -1 where a place is shown."""
        if self.opened is None:
            return -1
        saved = (row for row, (_, search) in enumerate(self.rows) if search == self.opened)
        return next(saved, 0)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = self.rows[index.row()][0]
        if role != Qt.ItemDataRole.EditRole or " ".join(value.split()) in ("", name):
            return False
        self.renamed.emit(name, value)
        return True


class SearchList(QListView):
    """As high as its rows; a click or Enter opens, F2 renames, Del removes."""

    #: Search: to be looked for in the whole library.
    opened = Signal(object)
    #: Name, new name
    renamed = Signal(str, str)
    #: Name
    remove_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows()
        self._rows.renamed.connect(self.renamed)
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("ground", "surface")
        self.setAccessibleName(tr("All media and saved searches"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.clicked.connect(self._open)
        self._fit()

    @property
    def names(self) -> list[str]:
        """The names of the saved searches."""
        return [name for name, _ in self._rows.rows[1:]]

    def set_saved(self, saved: Mapping[str, Search]) -> None:
        """Show these below the whole library."""
        self._rows.set_saved(saved)
        self._fit()

    def set_opened(self, search: Search | None) -> None:
        """Mark the search that is shown; None where it is not of the whole library."""
        self._rows.set_opened(search)

    def name_of(self, search: Search) -> str:
        """Under which name it is saved; empty where it is not."""
        return next((name for name, each in self._rows.rows[1:] if each == search), "")

    def rename(self, name: str) -> None:
        """Let the person type another name."""
        if self.state() is QAbstractItemView.State.EditingState:
            return
        index = self._rows.index(self.names.index(name) + 1)
        self.scrollTo(index)
        self.setCurrentIndex(index)
        self.edit(index)

    def filter(self, words: list[str]) -> None:
        """Show what has all the words in its name; none shows everything."""
        for row, (name, _) in enumerate(self._rows.rows):
            folded = name.casefold()
            self.setRowHidden(row, not all(word in folded for word in words))
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Del removes."""
        index = self.currentIndex()
        if event.key() in _ENTER and index.isValid():
            self._open(index)
        elif event.key() == Qt.Key.Key_Delete and index.row() > 0:
            self.remove_wanted.emit(index.data())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(_SEARCH))

    def _open_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.row() < 1:
            return
        name = index.data()
        made = menu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.addAction(tr("Open")).triggered.connect(lambda: self._open(index))
        made.addAction(tr("Rename")).triggered.connect(lambda: self.rename(name))
        made.addSeparator()
        remove = made.addAction(tr("Remove"))
        remove.triggered.connect(lambda: self.remove_wanted.emit(name))
        made.popup(self.viewport().mapToGlobal(at))

    def _fit(self) -> None:
        rows = sum(not self.isRowHidden(row) for row in range(self._rows.rowCount()))
        self.setFixedHeight(min(rows, _MOST_ROWS) * Height.TREE_ROW)
        self.setVisible(rows > 0)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(Space.XL, Height.TREE_ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(option.rect).adjusted(Space.S, 0, -Space.XS, 0)
        opened = index.data(_OPENED)
        if opened:
            fill(painter, row, theme().color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            fill(painter, row, theme().color("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_frame(painter, row)
        rect = option.rect
        square = QRect(rect.left() + Space.PANEL, rect.top(), Icon.ROW, rect.height())
        sign = "star" if index.row() else "stack"
        draw(painter, square, sign, theme().color("accent" if opened else "muted"))
        words = rect.adjusted(Space.PANEL + Icon.ROW + Space.S, 0, -Space.L, 0)
        text(painter, words, index.data(), font("body"), theme().color("text"))
        painter.restore()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setStyleSheet("min-height: 0;")  # no higher than the row
        left = Space.PANEL + Icon.ROW
        editor.setGeometry(option.rect.adjusted(left, 0, -Space.S, 0))

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Once: what is marked as shown changes while one types, and the text must stay.
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)
