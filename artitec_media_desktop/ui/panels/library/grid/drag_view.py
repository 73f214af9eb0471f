"""Pictures dragged: within the grid into another order, out of it as files."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPixmap,
)

from ....theme import theme
from ....theme.tokens import Cell
from .cell_view import CellView
from .rows import Role

_LINE: Final = 4
_NOBODY: Final[tuple[int, ...]] = ()


class DragView(CellView):
    """``mime_of`` makes what others get; ``may_reorder`` says whether order means something.

    Both are set from outside; without them nothing is dragged.
    """

    #: Keys, and the key of the media that they go right before; None: last.
    reorder_wanted = Signal(object, object)

    mime_of: Callable[[Sequence[int]], QMimeData] | None = None
    may_reorder: Callable[[], bool] = staticmethod(lambda: False)
    #: What is being dragged now.
    dragged: Sequence[int] = _NOBODY
    #: The row before which it would be put, and whether the mark stands behind the one before.
    _mark: tuple[int, bool] | None = None

    def begin_drag(self, keys: Sequence[int], picture: QPixmap | None) -> None:
        """Drag these until they are let go."""
        if self.mime_of is None or not keys:
            return
        drag = QDrag(self)
        drag.setMimeData(self.mime_of(keys))
        if picture is not None:
            drag.setPixmap(
                picture.scaledToWidth(Cell.MIN, Qt.TransformationMode.SmoothTransformation)
            )
            drag.setHotSpot(QPoint(-Cell.GAP * 2, -Cell.GAP * 2))
        self.dragged = keys
        drag.exec(Qt.DropAction.CopyAction)
        self.dragged = _NOBODY
        self._set_mark(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only what comes from here; files are the page's."""
        self._answer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        self._answer(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing would."""
        self._set_mark(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what is to be put where."""
        self._answer(event)
        mark, keys = self._mark, self.dragged
        self._set_mark(None)
        if mark is not None and keys:
            self.reorder_wanted.emit(list(keys), self._key_before(mark[0]))

    def _answer(self, event: QDropEvent) -> None:
        if not self.dragged:
            event.ignore()
            return
        position = event.position().toPoint()
        self._set_mark(self._gap_at(position) if self.may_reorder() else None)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(self._mark is not None)
        margin = self.autoScrollMargin()
        if not margin <= position.y() < self.viewport().height() - margin:
            self.startAutoScroll()

    def _key_before(self, row: int) -> int | None:
        key = self.model().index(row, 0).data(Role.KEY)  # None behind the last row
        return key if key is not None and key > 0 else None

    def _gap_at(self, point: QPoint) -> tuple[int, bool]:
        """The row that would come behind, and whether the gap is at the end of a line."""
        grid, count = self.grid, self.model().rowCount()
        line = max(0, point.y() + self.verticalOffset() - Cell.MARGIN) // grid.step
        pitch = grid.cell_width + Cell.GAP
        column = (point.x() - Cell.MARGIN + pitch // 2) // pitch
        column = min(grid.columns, max(0, column))
        row = line * grid.columns + column
        return min(count, row), column == grid.columns or row >= count

    def _set_mark(self, mark: tuple[int, bool] | None) -> None:
        if mark != self._mark:
            self._mark = mark
            self.viewport().update()

    def paint_mark(self, painter: QPainter) -> None:
        """The line in the gap where it would go."""
        if self._mark is None:
            return
        row, behind = self._mark
        cell = self.grid.rect(row - 1 if behind and row else row)
        cell.translate(0, -self.verticalOffset())
        left = cell.right() + 1 if behind and row else cell.left() - _LINE
        painter.fillRect(QRect(left, cell.top(), _LINE, cell.height()), theme().color("accent"))
