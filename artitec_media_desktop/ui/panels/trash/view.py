"""The list of the trash: mouse and keys on top of the rows."""

from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from ....domain.trash import TrashItem
from .delegate import TrashDelegate
from .model import TrashModel
from .words import tr

_K = Qt.Key
_RESTORE: Final = (_K.Key_Return, _K.Key_Enter, _K.Key_R)
#: The next page is asked for this many rows before the last one comes into view.
_AHEAD: Final = 50
_FLAGS = QItemSelectionModel.SelectionFlag


class TrashView(QTreeView):
    """A flat tree view, because only that repaints a changed row without laying out all others."""

    restore_wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, rows: TrashModel, delegate: TrashDelegate) -> None:
        super().__init__()
        self._rows = rows
        self._kept: tuple[set[str], str, int, int] = (set(), "", -1, 0)
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Trash"))
        self.verticalScrollBar().valueChanged.connect(self._look_ahead)
        rows.answered.connect(self._look_on)
        rows.modelAboutToBeReset.connect(self._remember)
        rows.modelReset.connect(self._take_up)

    def selected_items(self) -> list[TrashItem]:
        """What is selected, top to bottom."""
        # Ranges, because ten thousand QModelIndex take a tenth of a second.
        parts = self.selectionModel().selection().toList()
        spans = sorted((part.top(), part.bottom()) for part in parts)
        return [self._rows.items[row] for top, last in spans for row in range(top, last + 1)]

    def selectAll(self) -> None:
        """Everything that the search finds, and so what was not read yet as well."""
        self._rows.load_all(super().selectAll)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See TrashPanel.keys; whatever has other modifiers is not for the row."""
        mods = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if _K(event.key()) in _RESTORE and not mods:
            if not event.isAutoRepeat():
                self.restore_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are for keys, not for jumping."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What the buttons do, in words; from the keyboard below the current row."""
        if not self.selectionModel().hasSelection():
            return
        point = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            box = self.visualRect(self.currentIndex())
            point = self.viewport().mapToGlobal(box.bottomLeft())
        self.menu_wanted.emit(point)

    def _look_ahead(self) -> None:
        below = self.indexAt(self.viewport().rect().bottomLeft())
        if not below.isValid() or below.row() >= self._rows.rowCount() - _AHEAD:
            self._rows.load_more()

    def _look_on(self) -> None:
        if self._rows.error is None:  # or what fails would be asked for again at once
            self._look_ahead()

    def _remember(self) -> None:
        current = self.currentIndex()
        self._kept = (
            {each.media.public_id for each in self.selected_items()},
            self._rows.items[current.row()].media.public_id if current.isValid() else "",
            current.row(),
            self.verticalScrollBar().value(),
        )

    def _take_up(self) -> None:
        """Select again what was; where all of it is gone, the row that took its place."""
        chosen, current, row, scrolled = self._kept
        ids = [each.media.public_id for each in self._rows.items]
        if not ids or row < 0:
            return
        if current in ids:
            row = ids.index(current)
        picked = self._selection_of([at for at, each in enumerate(ids) if each in chosen])
        here = self._rows.index(min(row, len(ids) - 1))
        if picked.isEmpty() and chosen:
            picked = QItemSelection(here, here)
        self.selectionModel().setCurrentIndex(here, _FLAGS.NoUpdate)
        self.selectionModel().select(picked, _FLAGS.ClearAndSelect)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(scrolled)

    def _selection_of(self, rows: list[int]) -> QItemSelection:
        """As ranges: ten thousand single rows would take seconds."""
        picked = QItemSelection()
        start = 0
        for end in range(1, len(rows) + 1):
            if end == len(rows) or rows[end] != rows[end - 1] + 1:
                first, last = rows[start], rows[end - 1]
                picked.append(QItemSelectionRange(self._rows.index(first), self._rows.index(last)))
                start = end
        return picked
