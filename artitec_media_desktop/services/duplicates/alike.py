"""Which files look alike: pairs of them, each file once however many media have its bytes."""

import numpy as np

from ...database.compared import Looks
from ...domain.work import Work
from ...processing.near import near_pairs
from .stars import Edges, Ints

#: Of one look that more files have, each is compared with the first alone.
_MANY = 50


def files(looks: Looks) -> tuple[Ints, Ints]:
    """The number of each media's file, and the first media of each file; by their sums."""
    order = np.lexsort((looks.ids, looks.sums[:, 1], looks.sums[:, 0]))
    sums = looks.sums[order]
    is_new = np.ones(len(order), np.bool_)
    is_new[1:] = (sums[1:] != sums[:-1]).any(axis=1)
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.cumsum(is_new) - 1
    return numbers, order[is_new]


def alike(looks: Looks, first: Ints, radius: int, work: Work) -> Edges:
    """Pairs of files that look alike; ``first`` is a media of each."""
    hashed = np.flatnonzero(looks.has_hash[first])
    pairs = near_pairs(looks.hashes[first[hashed]], radius, work=work)
    values = pairs.hashes
    few = np.minimum(values.counts, _MANY)
    ends = np.concatenate([pairs.first, np.arange(len(values))])
    others = np.concatenate([pairs.second, np.arange(len(values))])
    bits = np.concatenate([pairs.distance.astype(np.int64), np.zeros(len(values), np.int64)])
    row, left, right = crossed(ends, others, values.starts[:-1], few, few)
    one, other = hashed[values.order[left]], hashed[values.order[right]]
    keep = (ends[row] != others[row]) | (one < other)
    return Edges(one, other, bits[row]).where(keep)


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
