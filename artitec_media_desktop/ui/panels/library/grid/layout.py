"""Where the cells of the grid are. Plain numbers, so that a million rows cost what ten do."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from PySide6.QtCore import QRect

from ....theme.tokens import Cell
from ..thumbnails import height_of

#: What is kept free behind the last column, for the ring of the current cell: the margin is drawn
#: beside the scroll bar, and one that takes of it shall not cost a column.
_BEHIND: Final = 3


@dataclass(frozen=True)
class GridLayout:
    """Cells of one size in rows, in pixels of the content; ``thumb`` is a thumbnail's width."""

    thumb: int
    width: int
    count: int

    @cached_property
    def cell_width(self) -> int:
        """Of the cell itself, without the gap."""
        return self.thumb + 2 * Cell.PADDING

    @cached_property
    def cell_height(self) -> int:
        """Thumbnail, caption and padding."""
        return height_of(self.thumb) + Cell.CAPTION_GAP + Cell.CAPTION + 2 * Cell.PADDING

    @cached_property
    def columns(self) -> int:
        """How many stand side by side, at least one."""
        room = self.width - Cell.MARGIN - _BEHIND + Cell.GAP
        return max(1, room // (self.cell_width + Cell.GAP))

    @cached_property
    def lines(self) -> int:
        """How many lines of cells."""
        return -(-self.count // self.columns)

    @cached_property
    def height(self) -> int:
        """Of the whole content."""
        if not self.count:
            return 0
        return 2 * Cell.MARGIN - Cell.GAP + self.lines * self.step

    @cached_property
    def step(self) -> int:
        """From one line to the next."""
        return self.cell_height + Cell.GAP

    def rect(self, row: int) -> QRect:
        """The cell of a row."""
        line, column = divmod(row, self.columns)
        left = Cell.MARGIN + column * (self.cell_width + Cell.GAP)
        return QRect(left, Cell.MARGIN + line * self.step, self.cell_width, self.cell_height)

    def row_at(self, x: int, y: int) -> int | None:
        """The row whose cell is there; None in a gap or beyond the last."""
        line, below = divmod(y - Cell.MARGIN, self.step)
        column, beyond = divmod(x - Cell.MARGIN, self.cell_width + Cell.GAP)
        inside = below < self.cell_height and beyond < self.cell_width
        if line < 0 or not 0 <= column < self.columns or not inside:
            return None
        row = line * self.columns + column
        return row if row < self.count else None

    def between(self, top: int, bottom: int) -> tuple[int, int]:
        """The first and the last row of the lines that ``top`` to ``bottom`` touch.

        The last is below the first when there is none.
        """
        first = max(0, (top - Cell.MARGIN) // self.step)
        last = max(0, (bottom - Cell.MARGIN) // self.step)
        return first * self.columns, min(self.count, (last + 1) * self.columns) - 1

    def inside(self, area: QRect) -> list[tuple[int, int]]:
        """The rows whose cells an area touches, as runs, one a line."""
        pitch = self.cell_width + Cell.GAP
        left = max(0, -(-(area.left() - Cell.MARGIN - self.cell_width + 1) // pitch))
        right = min(self.columns - 1, (area.right() - Cell.MARGIN) // pitch)
        top = max(0, -(-(area.top() - Cell.MARGIN - self.cell_height + 1) // self.step))
        bottom = min(self.lines - 1, (area.bottom() - Cell.MARGIN) // self.step)
        runs = []
        for line in range(top, bottom + 1):
            first = line * self.columns + left
            last = min(line * self.columns + right, self.count - 1)
            if first <= last:
                runs.append((first, last))
        return runs
