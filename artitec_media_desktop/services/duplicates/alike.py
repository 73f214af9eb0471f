"""Which files look alike: pairs of them, each file once however many media have its bytes."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ...database import signatures
from ...database.compared import Looks
from ...database.engine import Database, Tx
from ...domain.work import Work
from ...processing.alike import Signatures, find_alike
from .stars import Edges, Ints

#: So many signatures are read at a time.
_AT_ONCE: Final = 1_000
#: So many that are like one file and no other are a crowd; see ``find_alike``.
_CROWD: Final = 50


class Share:
    """A part of the work, as a share of its progress in hundredths."""

    def __init__(self, work: Work, start: int, end: int) -> None:
        self._work = work
        self._start = start
        self._end = end
        self.check_cancelled = work.check_cancelled

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Say how far the whole is."""
        span = (self._end - self._start) * done // max(total, 1)
        self._work.progress(self._start + span, 100, text)


def files(looks: Looks) -> tuple[Ints, Ints]:
    """The number of each media's file, and the first media of each file; by their sums."""
    order = np.lexsort((looks.ids, looks.sums[:, 1], looks.sums[:, 0]))
    sums = looks.sums[order]
    is_new = np.ones(len(order), np.bool_)
    is_new[1:] = (sums[1:] != sums[:-1]).any(axis=1)
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.cumsum(is_new) - 1
    return numbers, order[is_new]


def alike(database: Database, looks: Looks, first: Ints, radius: int, work: Work) -> Edges:
    """Pairs of files that look alike; ``first`` is a media of each."""
    ids = np.sort(looks.ids[first[looks.has_look[first]]])
    with database.read(work) as tx:
        found = Signatures.of(_stored(tx, ids, Share(work, 0, 10)))
    pairs = find_alike(found, radius, Share(work, 10, 100))
    # From media to files, of which these are the first.
    numbers = np.empty(looks.count, np.int64)
    numbers[first] = np.arange(len(first))
    files = numbers[np.searchsorted(looks.ids, found.ids)]
    return Edges(files[pairs.first], files[pairs.second], pairs.distance.astype(np.int64))


def crowds(count: int, edges: Edges) -> tuple[Ints, Edges]:
    """The file that stands for each, itself for most, and the pairs of those that stand.

    Of a look that very many files have (one logo 5,000 times) each is compared with the first
    alone: all of them are one crowd, or they would be a duplicate of nothing but the first.
    """
    both = np.concatenate([edges.first, edges.second])
    degree = np.bincount(both, minlength=count)
    same = edges.where(edges.distances == 0)
    one = np.concatenate([same.first, same.second])
    other = np.concatenate([same.second, same.first])
    leaf = degree[other] == 1
    followers = np.bincount(one[leaf], minlength=count)
    leaf &= followers[one] >= _CROWD
    stands = np.arange(count, dtype=np.int64)
    stands[other[leaf]] = one[leaf]
    first, second = stands[edges.first], stands[edges.second]
    return stands, Edges(first, second, edges.distances).where(first != second)


def _stored(tx: Tx, ids: Ints, work: Work) -> Iterator[tuple[int, bytes]]:
    """One at a time, since there is much of it."""
    for start in range(0, len(ids), _AT_ONCE):
        work.check_cancelled()
        work.progress(start, len(ids))
        yield from signatures.of(tx, ids[start : start + _AT_ONCE].tolist())


def crossed(
    ends: Ints, others: Ints, starts: Ints, counts: Ints, other_counts: Ints
) -> tuple[Ints, Ints, Ints]:
    """Each member of one end with each of the other, for many pairs of ends at once.

    The members of ``e`` are ``counts[e]`` neighbours from ``starts[e]`` on. Returns the pair's
    index, a member of its one end and one of its other.
    """
    left, right = counts[ends], other_counts[others]
    number = left * right
    row = np.repeat(np.arange(len(ends)), number)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number)
    width = right[row]
    return row, starts[ends][row] + nth // width, starts[others][row] + nth % width
