"""Where one is in the grid, kept while its rows, its columns or the size of its cells change."""

from dataclasses import dataclass, replace
from statistics import median_low

from .cell_view import CellView
from .layout import GridLayout
from .rows import GridRows


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What stays where it is: by key, and how far its middle is below the top of the view."""

    key: int
    height: int
    #: The current cell was in view, and shall stay there.
    sees_current: bool


class GridPlace:
    """The place of a view; at the very top it stays there."""

    def __init__(self, view: CellView, model: GridRows) -> None:
        self._view, self._model = view, model
        #: Where what was in view stood, by key, in pixels of the content.
        self._tops: dict[int, int] = {}
        self._offset = 0
        self._was: GridLayout | None = None
        self._anchor: _Anchor | None = None
        #: The offset and the current row that the anchor led to; with others it is chosen anew.
        self._left = (-1, -1)

    def keep(self) -> None:
        """The rows will change: remember what is in view."""
        view, grid = self._view, self._view.grid
        self._offset, self._tops = view.verticalOffset(), {}
        if self._offset > 0:
            first, last = view.in_view()
            rows = range(first, last + 1)
            self._tops = {self._model.key_at(row): grid.rect(row).top() for row in rows}

    def find(self) -> None:
        """They changed: scroll as far as most of what was in view has moved.

        One that came or went further up moves a whole line by no more than a column.
        """
        grid, tops, self._tops = self._view.grid, self._tops, {}
        rows = {key: self._model.row_of(key) for key in tops}
        moved = [grid.rect(row).top() - tops[key] for key, row in rows.items() if row is not None]
        self._view.updateGeometries()
        if moved:
            self._view.verticalScrollBar().setValue(self._offset + median_low(moved))

    def lay_out(self, at: int = 0) -> None:
        """Cells have other columns or another size; to be called before the scroll bar follows.

        The current one stays where it is, if it is in view; else the first of the line at a height
        of the view. While nobody scrolls that remains the same one, however often this is called:
        whoever makes the window narrow and wide again is where they were.
        """
        view, grid, old = self._view, self._view.grid, self._was
        self._was = grid
        if old is None or not grid.count or (old.columns, old.step) == (grid.columns, grid.step):
            return
        bar, current = view.verticalScrollBar(), view.currentIndex()
        if self._anchor is None or self._left != (bar.value(), current.row()):
            self._anchor = self._chosen(replace(old, count=grid.count), at)
        view.updateGeometries()
        row = self._model.row_of(self._anchor.key)
        if row is not None:
            bar.setValue(grid.rect(row).center().y() - self._anchor.height)
        if self._anchor.sees_current:
            view.scrollTo(current)
        self._left = bar.value(), current.row()

    def _chosen(self, old: GridLayout, at: int) -> _Anchor:
        """What is there in ``old``; at the very top, the first."""
        bar, current = self._view.verticalScrollBar(), self._view.currentIndex()
        offset, high = bar.value(), bar.pageStep()
        middle = old.rect(current.row()).center().y() - offset if current.isValid() else -1
        sees = 0 <= middle < high
        if sees and offset > 0:
            row = current.row()
        else:
            row = old.between(offset + at + old.cell_height // 2, offset + at)[0] if offset else 0
        row = min(row, old.count - 1)
        height = old.rect(row).center().y() - offset
        return _Anchor(self._model.key_at(row), height, sees)
