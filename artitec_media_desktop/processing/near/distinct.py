"""Hashes by their value: a hundred thousand blank pictures are one value with many members."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Distinct:
    """The values met, ascending, and who has them; a place is an index into ``values``."""

    values: Hashes
    #: For each hash that was given, the place of its value.
    inverse: Places
    #: The indexes of all hashes given, value by value; those of a value begin at its ``starts``.
    order: Places
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, hashes: Hashes) -> "Distinct":
        """Sort hashes into their values. Fewer than 2**31 of them."""
        order = np.argsort(hashes, kind="stable").astype(np.int32)
        values = hashes[order]
        is_new = np.ones(len(values), bool)
        np.not_equal(values[1:], values[:-1], out=is_new[1:])
        inverse = np.empty(len(values), np.int32)
        inverse[order] = np.cumsum(is_new, dtype=np.int32) - 1
        starts = np.append(np.flatnonzero(is_new), len(values))
        return cls(values[is_new], inverse, order, starts)

    def __len__(self) -> int:
        return len(self.values)

    def members(self, place: int) -> Places:
        """The indexes, ascending, of all hashes that have this value."""
        return self.order[self.starts[place] : self.starts[place + 1]]

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many hashes have each value."""
        return np.diff(self.starts)
