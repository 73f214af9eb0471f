"""The bar over the grid: filter, order and size."""

from .bar import FilterBar
from .counting import Counting, Counts

__all__ = ["Counting", "Counts", "FilterBar"]
