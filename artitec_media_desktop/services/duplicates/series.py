"""Bursts and exposure brackets: pictures that are alike, none of which is a copy."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ...database.compared import Traits
from .stars import Edges, Ints

#: Seconds between two pictures of a series.
_APART: Final = 3
#: Numbers of their files.
_NUMBERS: Final = 20


def is_series(traits: Traits, first: Ints, edges: Edges) -> NDArray[np.bool_]:
    """Which pairs are of one series; ``first`` is a media of each node.

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
