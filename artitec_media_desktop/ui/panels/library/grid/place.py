"""Where one is in the grid, kept while its rows, or the size of its cells, change."""

from statistics import median_low

from .cell_view import CellView
from .layout import GridLayout
from .rows import GridRows


class GridPlace:
    """The place of a view; at the very top it stays there."""

    def __init__(self, view: CellView, model: GridRows) -> None:
        self._view, self._model = view, model
        #: Where what was in view stood, by key, in pixels of the content.
        self._tops: dict[int, int] = {}
        self._offset = 0

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

    def lay_out(self, old: GridLayout) -> None:
        """Cells have another size than in ``old``.

        The current one stays where it is, if it is in view; else the one in the middle.
        """
        view, current = self._view, self._view.currentIndex()
        offset, high = view.verticalOffset(), view.viewport().height()
        first, last = old.between(offset + high // 2, offset + high // 2)
        row = (first + last) // 2
        sees = current.isValid() and 0 <= old.rect(current.row()).center().y() - offset < high
        if sees:
            row = current.row()
        view.updateGeometries()
        if offset > 0 and row >= 0:
            further = view.grid.rect(row).center().y() - old.rect(row).center().y()
            view.verticalScrollBar().setValue(offset + further)
        if sees:
            view.scrollTo(current)
