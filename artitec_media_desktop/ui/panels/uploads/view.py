"""The list of the uploads: mouse and keys on top of the rows."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableView,
    QToolTip,
    QWidget,
)

from ....domain import right_of_way
from ....domain.uploads import UploadItem
from ...theme import Height, theme
from ...upload_queue import Batch
from .actions import able, action_rects
from .delegate import UploadsDelegate
from .model import Role, UploadsModel, heading_key
from .row_menu import row_menu

_K = Qt.Key
_KEYS: Final = {
    _K.Key_Delete: "cancel",
    _K.Key_Backspace: "cancel",
    _K.Key_G: "place",
    _K.Key_R: "replace",
    _K.Key_K: "keep",
    _K.Key_S: "skip",
}
_ENDS: Final = (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)
#: What acts does so once, however long it is held.
_ONCE: Final = frozenset({*_KEYS, _K.Key_Return, _K.Key_Enter, _K.Key_Space, _K.Key_C})
_ALT_KEYS: Final = {_K.Key_Home: "first", _K.Key_End: "last"}


class UploadsView(QTableView):
    """A table of one column: the only view of Qt that asks the model for visible rows only.

    A list or a tree lays out each row by asking Python about it, ten thousand times over.
    """

    #: The name of an action and the tuple[UploadItem, ...] it can be done to; see actions.py.
    asked = Signal(str, object)
    #: Pause everything, or let everything go on.
    all_toggled = Signal()

    def __init__(
        self, rows: UploadsModel, delegate: UploadsDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._delegate = delegate
        self._pressed: tuple[int, str] | None = None
        #: Where a drag may begin, and the row before which what is dragged would land.
        self._drag_from: QPoint | None = None
        self._gap: int | None = None
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self._lay_out_rows()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Uploads"))

    def _lay_out_rows(self) -> None:
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(Height.UPLOAD_ROW)
        down.setDefaultSectionSize(Height.UPLOAD_ROW)
        across.hide()
        down.hide()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last row, not along one."""
        if action in _ENDS:
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def selected_items(self) -> list[UploadItem]:
        """The files that are selected, top to bottom; a heading stands for those shown below it."""
        # Ranges, because ten thousand QModelIndex take a tenth of a second.
        selection = self.selectionModel().selection()
        parts = map(selection.at, range(selection.count()))
        return self._rows.items_between(sorted((part.top(), part.bottom()) for part in parts))

    def act(self, name: str, items: Sequence[UploadItem]) -> None:
        """Ask for an action on those of the files that it can be done to."""
        chosen = tuple(able(name, items))
        if chosen:
            self.asked.emit(name, chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See UploadsPanel.keys."""
        key, mods = _K(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.isAutoRepeat() and key in _ONCE:
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.act("copy", self.selected_items())
        elif key in (_K.Key_Return, _K.Key_Enter):
            self._open(self.currentIndex())
        elif key == _K.Key_Space and mods == Qt.KeyboardModifier.ShiftModifier:
            self.all_toggled.emit()
        elif mods == Qt.KeyboardModifier.AltModifier and key in _ALT_KEYS:
            self.act(_ALT_KEYS[key], self.selected_items())
        elif mods or not self._press(key):
            super().keyPressEvent(event)

    def _press(self, key: Qt.Key) -> bool:
        """A key without modifiers; False when it means nothing here."""
        if key == _K.Key_Space:
            items = self.selected_items()
            self.act("pause" if able("pause", items) else "resume", items)
        elif key in _KEYS:
            self.act(_KEYS[key], self.selected_items())
        else:
            return key in (_K.Key_Left, _K.Key_Right) and self._fold_current(key)
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Our own rows only: files from outside are for the window."""
        event.setAccepted(event.source() is self)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the rows would land."""
        row = self._row_at(event.position().toPoint())
        move = Qt.DropAction.MoveAction
        can = self._rows.canDropMimeData(event.mimeData(), move, row, 0, QModelIndex())
        self._show_gap(row if can else None)
        event.setAccepted(can)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing would land here."""
        self._show_gap(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the new order."""
        row = self._row_at(event.position().toPoint())
        self._show_gap(None)
        move = Qt.DropAction.MoveAction
        self._rows.dropMimeData(event.mimeData(), move, row, 0, QModelIndex())
        event.accept()

    @right_of_way.first
    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and a line where what is dragged would land."""
        self._delegate.begin(self.viewport().height() // Height.UPLOAD_ROW + 2)
        super().paintEvent(event)
        if self._delegate.is_behind:
            QTimer.singleShot(0, self.viewport(), self.viewport().update)
        if self._gap is not None:
            box = self.visualRect(self._rows.index(self._gap - 1))
            line = QRect(0, box.bottom(), self.viewport().width(), 2)
            QPainter(self.viewport()).fillRect(line, theme().color("accent"))

    def _show_gap(self, row: int | None) -> None:
        if row != self._gap:
            self._gap = row
            self.viewport().update()

    def _row_at(self, point: QPoint) -> int:
        """The row before which something dropped there lands."""
        index = self.indexAt(point)
        if not index.isValid():
            return self._rows.rowCount()
        return index.row() + (point.y() > self.visualRect(index).center().y())

    def _drag(self) -> None:
        chosen = self.selectionModel().selectedRows()
        data = self._rows.mimeData(sorted(chosen, key=QModelIndex.row))
        self._drag_from = None
        if data.data(data.formats()[0]).isEmpty():
            return
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.MoveAction)
        self._show_gap(None)

    def keyboardSearch(self, search: str) -> None:
        """Letters are for keys, not for jumping."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a button of a row selects nothing."""
        self._pressed = self._hit(event.position().toPoint())
        if self._pressed is None or event.button() is not Qt.MouseButton.LeftButton:
            self._pressed = None
            point = event.position().toPoint()
            item: UploadItem | None = self.indexAt(point).data(Role.ITEM)
            left = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
            can = left and item is not None and bool(able("first", [item]))
            self._drag_from = point if can else None
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Act when the mouse is still on the button it went down on."""
        point = event.position().toPoint()
        if self._pressed is not None:
            if self._hit(point) == self._pressed:
                self.act(self._pressed[1], self._rows.items_at(self.indexAt(point).row()))
            self._pressed = None
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A heading folds, a file is shown in the library."""
        if self._hit(event.position().toPoint()) is None:
            self._open(self.indexAt(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the button under the mouse; begin to drag rows."""
        point = event.position().toPoint()
        self._hover(self._hit(point))
        if self._drag_from is not None and event.buttons() & Qt.MouseButton.LeftButton:
            way = (point - self._drag_from).manhattanLength()
            if way >= QApplication.startDragDistance():
                self._drag()
            return
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self._hover(None)
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Name the button under the mouse; elsewhere the model's tooltip."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            hit = self._hit(event.pos())
            for action in self._delegate.actions(self.indexAt(event.pos())) if hit else ():
                if hit is not None and action.name == hit[1]:
                    QToolTip.showText(event.globalPos(), action.text, self)
                    return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same, in words."""
        items = self.selected_items()
        if items:
            shown = row_menu(self, items, self.act)
            shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            shown.popup(event.globalPos())

    def _open(self, index: QModelIndex) -> None:
        item: UploadItem | None = index.data(Role.ITEM)
        batch: Batch | None = index.data(Role.BATCH)
        if item is not None:
            self.act("show", [item])
        elif batch is not None:
            self._rows.fold(batch.id, not self._rows.is_folded(batch.id))

    def _fold_current(self, key: int) -> bool:
        """Fold or unfold at a heading; ← on a file goes to its heading."""
        index = self.currentIndex()
        batch: Batch | None = index.data(Role.BATCH)
        if batch is None:
            return False
        if index.data(Role.IS_HEADING):
            self._rows.fold(batch.id, key == Qt.Key.Key_Left)
            return True
        if key == Qt.Key.Key_Left:
            heading = self._rows.index_of(heading_key(batch.id))
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(
                heading, flags | QItemSelectionModel.SelectionFlag.Rows
            )
            return True
        return False

    def _hit(self, point: QPoint) -> tuple[int, str] | None:
        """The key of the row and the name of its button at a point of the viewport."""
        index = self.indexAt(point)
        if not index.isValid():
            return None
        actions = self._delegate.actions(index)
        rects = action_rects(self.visualRect(index), actions)
        for action, box in zip(actions, rects, strict=True):
            if box.contains(point):
                item: UploadItem | None = index.data(Role.ITEM)
                return (item.id if item else heading_key(index.data(Role.BATCH).id)), action.name
        return None

    def _hover(self, hit: tuple[int, str] | None) -> None:
        if hit != self._delegate.hovered_action:
            self._delegate.hovered_action = hit
            self.viewport().update()
