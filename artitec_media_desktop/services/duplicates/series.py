"""Bursts and exposure brackets: pictures that are alike, none of which is a copy."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ...database.compared import Traits
from .stars import Edges, Ints, Words

#: Seconds between two pictures of a series.
_APART: Final = 3
#: Numbers of their files.
_NUMBERS: Final = 20


def in_series(traits: Traits, first: Ints, edges: Edges) -> tuple[NDArray[np.bool_], Ints]:
    """Which pairs are of one series, and the number of each node's series; -1 for none.

    ``first`` is a media of each node. What hangs together is one series however long it lasts, so
    pairs of it that were taken further apart are of it too.
    """
    beside = _is_series(traits, first, edges)
    numbers = _together(len(first), edges.where(beside))
    one, other = edges.first, edges.second
    same = (numbers[one] == numbers[other]) & (numbers[one] >= 0)
    taken = traits.taken[first]
    beside |= same & (taken[one] != taken[other])
    return beside, numbers


def doubtful(weights: Words, numbers: Ints, edges: Edges) -> Ints:
    """Indexes of pairs of which the lighter one must not be given up for the heavier one.

    What is like many pictures of a series and none of it (a copy that lost its camera data) is a
    copy of one of them, nobody knows of which: it must not take the place of them all.
    """
    # Few are of a series: the rest is not looked at any further.
    at = np.flatnonzero((numbers[edges.first] >= 0) | (numbers[edges.second] >= 0))
    one, other = edges.first[at], edges.second[at]
    heavy_first = weights[one] > weights[other]
    heavy, light = np.where(heavy_first, (one, other), (other, one))
    theirs = numbers[light]
    width = numbers.max(initial=0) + 1
    ends, its = np.concatenate([one, other]), numbers[np.concatenate([other, one])]
    keys, counts = np.unique((ends * width + its)[its >= 0], return_counts=True)
    like_many = np.isin(heavy * width + theirs, keys[counts > 1])
    result: Ints = at[(theirs >= 0) & (theirs != numbers[heavy]) & like_many]
    return result


def _together(count: int, edges: Edges) -> Ints:
    """A number for the nodes that hang together, the same for all of them; -1 for the others."""
    numbers = np.arange(count)
    before = np.zeros(0, np.int64)
    while not np.array_equal(numbers, before):
        before = numbers.copy()
        lower = np.minimum(numbers[edges.first], numbers[edges.second])
        for ends in (edges.first, edges.second):
            np.minimum.at(numbers, ends, lower)
        numbers = numbers[numbers]
    there = np.zeros(count, np.bool_)
    there[edges.first] = there[edges.second] = True
    return np.where(there, numbers, -1)


def _is_series(traits: Traits, first: Ints, edges: Edges) -> NDArray[np.bool_]:
    """Which pairs were taken in one go.

    By the same camera and at most three seconds apart, and taken apart for sure: at another
    second, exposed otherwise, or as a camera numbers its files, with as many pixels. A copy has the
    second and the exposure of its original, whatever else was done to it.
    """
    one, other = first[edges.first], first[edges.second]
    apart = np.abs(traits.taken[one] - traits.taken[other])
    same = (traits.cameras[one] == traits.cameras[other]) & (traits.cameras[one] > 0)
    same &= (traits.taken[one] > 0) & (traits.taken[other] > 0) & (apart <= _APART)
    left, right = traits.exposures[one], traits.exposures[other]
    number = np.abs(traits.numbers[one] - traits.numbers[other])
    numbered = (traits.numbers[one] >= 0) & (traits.numbers[other] >= 0)
    numbered &= (number > 0) & (number <= _NUMBERS) & (edges.distances > 0)
    numbered &= traits.pixels[one] == traits.pixels[other]
    taken_apart = (apart > 0) | ((left != right) & (left > 0) & (right > 0)) | numbered
    result: NDArray[np.bool_] = same & taken_apart
    return result
