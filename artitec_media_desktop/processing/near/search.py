"""Multi-index hashing: by each band, only hashes are compared that differ there in very few bits.

A difference that a band allows is a pattern; the hashes of a key are compared with those of the key
with the pattern's bits flipped. All is done in blocks that fit into a processor's cache.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...domain.work import Work
from .bands import Band, bands
from .buckets import Buckets, Indexes
from .distinct import Hashes

#: Hashes looked at, and pairs compared, at a time.
_LOOKED: Final = 1 << 18
_COMPARED: Final = 1 << 17

#: The first and the second of each pair, as whole numbers of any kind.
Found = tuple[NDArray[Any], NDArray[Any]]


class _Part:
    """Part of a longer work: it can be stopped, but does not say how far it is."""

    def __init__(self, work: Work) -> None:
        self.check_cancelled = work.check_cancelled

    def progress(self, done: int, total: int, text: str = "") -> None:
        pass


def search(
    left: Hashes, right: Hashes | None, radius: int, work: Work, bits: int = 64
) -> Iterator[Found]:
    """Every pair at most ``radius`` bits apart, once, in blocks of indexes.

    Pairs of ``left`` and ``right``; without ``right`` of ``left`` with itself, each pair in one
    direction, whichever. No hash is in ``left`` twice, nor in ``right``; above ``bits`` all are 0.
    Raises Cancelled.
    """
    cut = bands(bits, radius, len(left), None if right is None else len(right))
    if not cut:
        yield from _all(left, right, radius, work)
        return
    others = left if right is None else right
    patterns = [list(band.patterns()) for band in cut]
    done, total = 0, sum(map(len, patterns))
    for number, band in enumerate(cut):
        work.check_cancelled()
        ours = Buckets.of(left, band)
        work.check_cancelled()
        theirs = ours if right is None else Buckets.of(right, band)
        for pattern in patterns[number]:
            work.check_cancelled()
            for first, second in _by_pattern(ours, theirs, pattern, radius, _Part(work), bits):
                new = _is_new(left[first] ^ others[second], cut[:number])
                yield first[new], second[new]
            done += 1
            work.progress(done, total)


def _is_new(difference: Hashes, earlier: list[Band]) -> NDArray[np.bool_]:
    """Which pairs no earlier band has found."""
    new = np.ones(len(difference), bool)
    for band in earlier:
        new &= np.bitwise_count(difference & np.uint64(band.mask)) > band.flips
    return new


def _by_pattern(
    ours: Buckets, theirs: Buckets, pattern: int, radius: int, work: Work, bits: int
) -> Iterator[Found]:
    for first, second in _ordinary(ours, theirs, pattern, radius, work):
        yield ours.order[first], theirs.order[second]
    # What very many share says little: these are searched by their other bits.
    for key in _popular(ours, theirs, pattern):
        left, right = ours.bucket(key), theirs.bucket(key ^ pattern)
        others = None if ours is theirs and not pattern else right.hashes
        rest = bits - ours.band.width
        for first, second in search(left.hashes, others, radius - pattern.bit_count(), work, rest):
            yield left.order[first], right.order[second]


def _ordinary(
    ours: Buckets, theirs: Buckets, pattern: int, radius: int, work: Work
) -> Iterator[Found]:
    """Pairs whose keys differ by the pattern, but those of popular keys."""
    for start in range(0, len(ours.keys), _LOOKED):
        work.check_cancelled()
        keys = ours.keys[start : start + _LOOKED]
        partners = keys ^ np.uint32(pattern)
        wanted = theirs.is_ordinary[partners]
        if len(ours.popular):
            wanted &= ours.is_ordinary[keys]
        if ours is theirs and pattern:
            wanted &= _is_lower(keys, pattern)
        rows = np.flatnonzero(wanted)
        partners = partners[rows]
        rows += start
        begins, counts = theirs.starts[partners], theirs.counts[partners]
        if ours is theirs and not pattern:
            counts -= (rows + 1 - begins).astype(np.int32)
            begins = rows + 1
        yield from _compared(ours.hashes, theirs.hashes, (rows, begins, counts), radius)


def _is_lower(keys: NDArray[np.uint32], pattern: int) -> NDArray[np.bool_]:
    """Of two keys that differ by the pattern, one has its highest bit; the other is to look."""
    lower: NDArray[np.bool_] = keys & np.uint32(1 << pattern.bit_length() - 1) == 0
    return lower


def _popular(ours: Buckets, theirs: Buckets, pattern: int) -> list[int]:
    """The keys of ours, popular or with a popular partner, that are to be looked at."""
    keys = np.union1d(ours.popular, theirs.popular ^ np.uint32(pattern))
    if ours is theirs and pattern:
        keys = keys[_is_lower(keys, pattern)]
    there = (ours.counts[keys] > 0) & (theirs.counts[keys ^ np.uint32(pattern)] > 0)
    return [int(key) for key in keys[there]]


def _compared(
    left: Hashes, right: Hashes, looked_at: tuple[Indexes, Any, Any], radius: int
) -> Iterator[Found]:
    """Each row of left with so many of right, beginning there."""
    rows, begins, counts = looked_at
    ends = np.cumsum(counts, dtype=np.int64)
    if not len(ends):
        return
    # Where the first row of each block is.
    blocks = np.searchsorted(ends, np.arange(0, ends[-1], _COMPARED), side="right")
    for low, high in pairwise([*np.unique(blocks), len(rows)]):
        count, end = counts[low:high], ends[low:high]
        before = int(end[0]) - int(count[0])
        second = np.repeat(begins[low:high] - (end - count), count)
        second += np.arange(before, before + len(second))
        difference = np.repeat(left[rows[low:high]], count)
        difference ^= right[second]
        near = np.flatnonzero(np.bitwise_count(difference) <= radius)
        if len(near):
            first = rows[low:high][np.searchsorted(end, near + before, side="right")]
            yield first, second[near]


def _all(left: Hashes, right: Hashes | None, radius: int, work: Work) -> Iterator[Found]:
    """Compare each with each: for few, or for those that bands do not tell apart."""
    others = left if right is None else right
    at_once = max(_COMPARED // max(len(others), 1), 1)
    for start in range(0, len(left), at_once):
        work.check_cancelled()
        behind = start if right is None else 0
        difference = left[start : start + at_once, None] ^ others[None, behind:]
        near = np.flatnonzero(np.bitwise_count(difference) <= radius)
        first, second = np.divmod(near, difference.shape[1])
        if right is None:
            ahead = first < second
            first, second = first[ahead], second[ahead]
        yield first + start, second + behind
        if start * 100 // len(left) != (start - at_once) * 100 // len(left):
            work.progress(start, len(left))
