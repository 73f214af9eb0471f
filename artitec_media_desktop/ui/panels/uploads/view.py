"""The list of the uploads: mouse and keys on top of the rows."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QTreeView, QWidget

from ....domain.uploads import UploadItem, UploadState
from ...upload_queue import Batch
from ...widgets import menu
from .actions import RowAction, action_rects, actions_of
from .delegate import UploadsDelegate
from .model import Role, UploadsModel, heading_key


class UploadsView(QTreeView):
    """A flat tree view, because only that repaints a changed row without laying out all others."""

    #: Ids of files to be cancelled.
    cancelled = Signal(object)
    #: Sentences to be copied.
    copied = Signal(str)
    #: An UploadItem to be shown in the library.
    shown = Signal(object)

    def __init__(
        self, rows: UploadsModel, delegate: UploadsDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._delegate = delegate
        self._pressed: tuple[int, str] | None = None
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Uploads"))

    def drawBranches(self, painter: object, rect: object, index: object) -> None:
        """Folding is painted by the delegate."""

    def selected_items(self) -> list[UploadItem]:
        """The files that are selected; a heading stands for all the files shown below it."""
        found: dict[int, UploadItem] = {}
        # Ranges, because ten thousand QModelIndex take a tenth of a second.
        selection = self.selectionModel().selection()
        for part in map(selection.at, range(selection.count())):
            for row in range(part.top(), part.bottom() + 1):
                found |= {item.id: item for item in self._rows.items_at(row)}
        return list(found.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del cancels, Ctrl+C copies errors, arrows fold a heading, Enter shows in the library."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy(self.selected_items())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._cancel(self.selected_items())
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._fold_current(event.key()):
            pass
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are for keys, not for jumping."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a button of a row selects nothing."""
        self._pressed = self._hit(event.position().toPoint())
        if self._pressed is None or event.button() is not Qt.MouseButton.LeftButton:
            self._pressed = None
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Act when the mouse is still on the button it went down on."""
        point = event.position().toPoint()
        if self._pressed is not None:
            if self._hit(point) == self._pressed:
                self._act(self.indexAt(point), self._pressed[1])
            self._pressed = None
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A heading folds, a file is shown in the library."""
        if self._hit(event.position().toPoint()) is None:
            self._open(self.indexAt(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the button under the mouse."""
        self._hover(self._hit(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self._hover(None)
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Name the button under the mouse; elsewhere the model's tooltip."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            hit = self._hit(event.pos())
            for action in self._actions(self.indexAt(event.pos())) if hit else ():
                if hit is not None and action.name == hit[1]:
                    QToolTip.showText(event.globalPos(), action.text, self)
                    return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same, in words."""
        items = self.selected_items()
        if not items:
            return
        shown = menu(self)
        failed = [item for item in items if item.state is UploadState.FAILED]
        waiting = [item for item in items if not item.state.is_final]
        show = shown.addAction(self.tr("Show in Library"), lambda: self.shown.emit(items[0]))
        copy = shown.addAction(self.tr("Copy error"), lambda: self._copy(failed))
        shown.addSeparator()
        cancel = shown.addAction(self.tr("Cancel"), lambda: self._cancel(waiting))
        show.setShortcut(QKeySequence(Qt.Key.Key_Return))
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        cancel.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        copy.setEnabled(bool(failed))
        cancel.setEnabled(bool(waiting))
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.popup(event.globalPos())

    def _copy(self, items: list[UploadItem]) -> None:
        lines = [f"{item.name}: {item.error[1]}" for item in items if item.error]
        if lines:
            self.copied.emit("\n".join(lines))

    def _cancel(self, items: list[UploadItem]) -> None:
        ids = tuple(item.id for item in items if not item.state.is_final)
        if ids:
            self.cancelled.emit(ids)

    def _open(self, index: QModelIndex) -> None:
        item: UploadItem | None = index.data(Role.ITEM)
        batch: Batch | None = index.data(Role.BATCH)
        if item is not None:
            self.shown.emit(item)
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

    def _act(self, index: QModelIndex, name: str) -> None:
        items = self._rows.items_at(index.row())
        if name == "cancel":
            self._cancel(items)
        elif name == "copy":
            self._copy(items)

    def _actions(self, index: QModelIndex) -> tuple[RowAction, ...]:
        return actions_of(index.data(Role.ITEM), index.data(Role.BATCH))

    def _hit(self, point: QPoint) -> tuple[int, str] | None:
        """The key of the row and the name of its button at a point of the viewport."""
        index = self.indexAt(point)
        if not index.isValid():
            return None
        actions = self._actions(index)
        for action, box in zip(
            actions, action_rects(self.visualRect(index), len(actions)), strict=True
        ):
            if box.contains(point):
                item: UploadItem | None = index.data(Role.ITEM)
                return (item.id if item else heading_key(index.data(Role.BATCH).id)), action.name
        return None

    def _hover(self, hit: tuple[int, str] | None) -> None:
        if hit != self._delegate.hovered_action:
            self._delegate.hovered_action = hit
            self.viewport().update()
