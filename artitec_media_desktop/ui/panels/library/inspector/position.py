"""Where the selected media stand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """Where the selected media stand in the grid: the rows of the first and last, from 0.

    ``is_order``: the grid shows a slot in its own order, so that the numbers mean something.
    """

    first: int
    last: int
    of: int
    is_order: bool
