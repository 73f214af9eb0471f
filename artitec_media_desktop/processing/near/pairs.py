"""All pairs of hashes within a radius."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...domain.work import Unwatched, Work
from .distinct import Distinct, Hashes, Places
from .search import Found, search


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which values lie near: the n-th of ``first`` and of ``second`` are ``distance`` bits apart.

    They are places in the values of ``queries`` and of ``hashes``, not indexes of what was given:
    whoever has a value is a member of its place. Where hashes were compared with each other, both
    are the same, ``first`` is below ``second``, and that the members of a place are equal goes
    without saying. Sorted by ``first``, then by ``second``.
    """

    queries: Distinct
    hashes: Distinct
    first: Places
    second: Places
    distance: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.first)


def near_pairs(
    hashes: Hashes, radius: int, queries: Hashes | None = None, work: Work | None = None
) -> Pairs:
    """Every pair of hashes at most ``radius`` (0 … 64) bits apart, none missed and none twice.

    With ``queries``, each query with each hash that is near, equal ones among them. Memory is that
    of the hashes, ten times, and 20 bytes a pair; ``search`` gives pairs in blocks instead.
    Raises Cancelled.
    """
    theirs = Distinct.of(hashes)
    ours = theirs if queries is None else Distinct.of(queries)
    others = None if queries is None else theirs.values
    blocks = search(ours.values, others, radius, work or Unwatched())
    packed = [_packed(each, either_way=queries is None) for each in blocks]
    pairs = np.concatenate(packed) if packed else np.empty(0, np.uint64)
    packed.clear()
    pairs.sort()
    first = (pairs >> np.uint64(32)).astype(np.int32)
    second = pairs.astype(np.uint32).astype(np.int32)
    distance = np.bitwise_count(ours.values[first] ^ theirs.values[second])
    return Pairs(ours, theirs, first, second, distance)


def _packed(found: Found, either_way: bool) -> Hashes:
    """One number a pair, in whose order they are told."""
    first, second = (each.astype(np.uint64) for each in found)
    if either_way:
        first, second = np.minimum(first, second), np.maximum(first, second)
    packed: Hashes = first << np.uint64(32) | second
    return packed
