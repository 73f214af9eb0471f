"""A view over cells of one size: where they are, and what a selection takes. All is arithmetic."""

from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ....theme.tokens import Cell
from .layout import GridLayout

Index = QModelIndex | QPersistentModelIndex
Action = QAbstractItemView.CursorAction
#: How far the ring around the current cell reaches beyond it.
RING: Final = 4


class CellView(QAbstractItemView):
    """The part of a grid that Qt asks for; how cells look is left to others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = int(Cell.DEFAULT)
        #: While a rubber band is drawn, a selection is an area, otherwise a run of cells.
        self._banding = False
        self._laid_out = (0, 0, 0)
        self._layout: GridLayout | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    @property
    def grid(self) -> GridLayout:
        """Where the cells are now."""
        count = 0 if self.model() is None else self.model().rowCount()
        now = (self._zoom, self.viewport().width(), count)
        if self._layout is None or now != self._laid_out:
            self._laid_out, self._layout = now, GridLayout(*now)
        return self._layout

    def in_view(self, more: int = 0) -> tuple[int, int]:
        """The first and last row in view, or as many screens further as ``more`` says."""
        top = self.verticalOffset()
        high = self.viewport().height()
        return self.grid.between(top - more * high, top + high + more * high)

    def around(self, index: Index) -> QRect:
        """The cell and the ring around it."""
        return self.visualRect(index).adjusted(-RING, -RING, RING, RING)

    # ---- geometry, as a view has to give it

    def visualRect(self, index: Index) -> QRect:
        """See QAbstractItemView."""
        if not index.isValid():
            return QRect()
        return self.grid.rect(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """See QAbstractItemView."""
        row = self.grid.row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.model().index(row, 0)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """See QAbstractItemView; leaves a margin around the cell."""
        if not index.isValid():
            return
        rect = self.grid.rect(index.row()).adjusted(0, -Cell.MARGIN, 0, Cell.MARGIN)
        bar, high = self.verticalScrollBar(), self.viewport().height()
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(rect.center().y() - high // 2)
        elif rect.top() < bar.value():
            bar.setValue(rect.top())
        elif rect.bottom() > bar.value() + high:
            bar.setValue(rect.bottom() - high)

    def horizontalOffset(self) -> int:
        """None."""
        return 0

    def verticalOffset(self) -> int:
        """See QAbstractItemView."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """None is."""
        return False

    def updateGeometries(self) -> None:
        """See QAbstractItemView."""
        high, grid = self.viewport().height(), self.grid
        bar = self.verticalScrollBar()
        bar.setPageStep(high)
        bar.setSingleStep(max(1, grid.step // 3))
        bar.setRange(0, max(0, grid.height - high))
        super().updateGeometries()
        self.viewport().update()

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """See QAbstractItemView; only what is in view."""
        first, last = self.in_view()
        region = QRegion()
        for run in selection.toList():
            for row in range(max(first, run.top()), min(last, run.bottom()) + 1):
                region += self.around(self.model().index(row, 0))
        return region

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """A rubber band takes what it touches; anything else runs from one cell to the other."""
        chosen = QItemSelection()
        if self._banding:
            area = rect.normalized().translated(0, self.verticalOffset())
            for first, last in self.grid.inside(area):
                chosen.select(self.model().index(first, 0), self.model().index(last, 0))
        else:
            one, other = self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())
            if one.isValid() and other.isValid():
                chosen.select(one, other)
        self.selectionModel().select(chosen, command)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The ring reaches beyond the cell."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            self.viewport().update(self.around(index))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """See QAbstractItemView."""
        count, columns = self.model().rowCount(), self.grid.columns
        current = self.currentIndex()
        if not count:
            return QModelIndex()
        if not current.isValid():
            return self.model().index(count - 1 if action is Action.MoveEnd else 0, 0)
        page = max(1, self.viewport().height() // self.grid.step) * columns
        row = current.row()
        steps = {
            Action.MoveLeft: -1,
            Action.MovePrevious: -1,
            Action.MoveRight: 1,
            Action.MoveNext: 1,
            Action.MoveUp: -columns,
            Action.MoveDown: columns,
            Action.MovePageUp: -page,
            Action.MovePageDown: page,
            Action.MoveHome: -count,
            Action.MoveEnd: count,
        }
        to = row + steps[action]
        if action in (Action.MoveUp, Action.MovePageUp) and to < 0:
            to = row % columns  # keep the column
        elif action in (Action.MoveDown, Action.MovePageDown) and to >= count:
            below = row // columns < self.grid.lines - 1
            to = count - 1 if below else row
        return self.model().index(min(count - 1, max(0, to)), 0)
