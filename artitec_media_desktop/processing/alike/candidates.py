"""Pairs of frames that may be alike: near in one hash of one pair of windows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...domain.work import Work
from ..near import Distinct, search
from ..near.search import Found
from ..signature import CENTRED, WINDOWS, oriented
from .signatures import Signatures

#: Turned and cropped pictures are looked for at most so many bits apart. The nearest of several
#: windows of a copy is nearer than that; further off, ever more of others are met.
_CUT: Final = 5
#: Of what is alike the other hash is no further off than this.
_OTHER: Final = 18
#: A value of this many frames, met with another of as many, tells nothing of either. What is alike
#: among them is found by its other hash, or in another window.
_POPULAR: Final = 500
#: Windows looked for at once: so many hashes.
_INDEXED: Final = 1 << 22
_AT_ONCE: Final = 1 << 20

_Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The n-th of each belong together; ``first`` and ``second`` are frames.

    The window ``ours`` of the first, turned as ``orientation`` says (see ``signature.oriented``),
    is ``distance`` bits from the window ``theirs`` of the second, in the nearer one of both hashes.
    """

    first: _Rows
    second: _Rows
    ours: NDArray[np.int8]
    theirs: NDArray[np.int8]
    orientation: NDArray[np.int8]
    distance: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class _Search:
    """One window of every frame, in one orientation, looked for in some windows of every frame."""

    ours: int
    orientation: int
    theirs: tuple[int, ...]
    radius: int


def candidates(
    signatures: Signatures, rows: _Rows, radius: int, work: Work
) -> Iterator[Candidates]:
    """Those among the frames ``rows``, in blocks; a pair may come several times, by other windows.

    Frames of one media are no pair, nor are those of another number. Raises Cancelled.
    """
    plan = list(_plan(len(rows), radius))
    for done, each in enumerate(plan):
        work.check_cancelled()
        work.progress(done, len(plan))
        yield from _found(signatures, rows, each, work)
    work.progress(len(plan), len(plan))


def _plan(frames: int, radius: int) -> Iterator[_Search]:
    near = min(radius, _CUT)
    yield _Search(0, 0, (0,), radius)
    for window in range(1, CENTRED):
        yield _Search(window, 0, (window,), near)
    for orientation in range(8):
        whole = (0,) if orientation else ()
        yield _Search(0, orientation, (*whole, *range(1, CENTRED)), near)
    # What is cropped off-centre is seldom turned as well.
    step = max(1, _INDEXED // max(frames, 1))
    for start in range(CENTRED, len(WINDOWS), step):
        yield _Search(0, 0, tuple(range(start, min(start + step, len(WINDOWS)))), near)


def _found(signatures: Signatures, rows: _Rows, what: _Search, work: Work) -> Iterator[Candidates]:
    ours = oriented(signatures.hashes(what.ours)[rows], what.orientation)
    is_same = (what.orientation, what.theirs) == (0, (what.ours,))
    theirs = ours
    if not is_same:
        theirs = np.concatenate([signatures.hashes(window)[rows] for window in what.theirs])
    for hash_ in (0, 1):
        work.check_cancelled()
        left = Distinct.of(ours[:, hash_])
        work.check_cancelled()
        right = left if is_same else Distinct.of(theirs[:, hash_])
        for block in _near(left, right, what.radius, work):
            for first, second in _members(left, right, *block):
                window, second_row = np.divmod(second, len(rows))
                kept = _possible(signatures, rows[first], rows[second_row])
                # Of the same window both directions are found, maybe by another orientation.
                same = np.array(what.theirs)[window[kept]] == what.ours
                kept = kept[~same | (first[kept] < second_row[kept])]
                apart = np.bitwise_count(ours[first[kept]] ^ theirs[second[kept]])
                near = apart.max(axis=1) <= _OTHER
                kept, apart = kept[near], apart[near]
                if len(kept):
                    yield Candidates(
                        rows[first[kept]],
                        rows[second_row[kept]],
                        np.full(len(kept), what.ours, np.int8),
                        np.array(what.theirs, np.int8)[window[kept]],
                        np.full(len(kept), what.orientation, np.int8),
                        apart.min(axis=1),
                    )


def _near(left: Distinct, right: Distinct, radius: int, work: Work) -> Iterator[Found]:
    """Values that are near, those of ``left`` first; where both are one, in both directions."""
    if left is not right:
        yield from search(left.values, right.values, radius, _Silent(work))
        return
    # Half the time of looking for all among all.
    shared = np.flatnonzero(left.counts > 1)
    yield shared, shared
    for first, second in search(left.values, None, radius, _Silent(work)):
        yield first, second
        yield second, first


def _possible(signatures: Signatures, first: _Rows, second: _Rows) -> _Rows:
    media, number = signatures.media, signatures.number
    other = (media[first] != media[second]) & (number[first] == number[second])
    return np.flatnonzero(other).astype(np.int32)


def _members(
    left: Distinct, right: Distinct, first: NDArray[Any], second: NDArray[Any]
) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Everyone who has the first value of a pair, with everyone who has its second."""
    ours, theirs = left.counts[first], right.counts[second]
    telling = (ours < _POPULAR) | (theirs < _POPULAR)
    first, second, ours, theirs = (each[telling] for each in (first, second, ours, theirs))
    ends = np.cumsum(ours * theirs)
    for start in range(0, int(ends[-1]) if len(ends) else 0, _AT_ONCE):
        at = np.arange(start, min(start + _AT_ONCE, int(ends[-1])))
        pair = np.searchsorted(ends, at, side="right")
        a, b = np.divmod(at - (ends - ours * theirs)[pair], theirs[pair])
        yield (
            left.order[left.starts[first[pair]] + a],
            right.order[right.starts[second[pair]] + b],
        )


class _Silent:
    """The search's own progress is part of ours."""

    def __init__(self, work: Work) -> None:
        self.check_cancelled = work.check_cancelled

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Say nothing."""
