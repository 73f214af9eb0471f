"""Whether two frames show the same, by their small grey pictures.

Two numbers decide: the correlation of the pictures, and that of their detail, which is what remains
without brightness, slope and bend. A slope is what any two skies and night shots have in common.
"""

from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...domain.work import Work
from ..signature import GREY, WINDOWS, turned
from .candidates import Candidates
from .signatures import Signatures

#: The least correlation of the pictures, and the least mean of it and that of their detail.
_WHOLE: Final = 0.70
_MEAN: Final = 0.76
#: Grey levels. With less detail than that there is nothing to tell a picture by.
_DETAIL: Final = 2.0
_AT_ONCE: Final = 4096

Greys = NDArray[Any]


def has_detail(signatures: Signatures, work: Work) -> NDArray[np.bool_]:
    """Which frames can be told from others at all. Raises Cancelled."""
    count = len(signatures.media)
    found = np.empty(count, bool)
    for start in range(0, count, _AT_ONCE):
        work.check_cancelled()
        greys = signatures.greys(np.arange(start, min(start + _AT_ONCE, count)))
        found[start : start + _AT_ONCE] = have_detail(greys)
    return found


def have_detail(greys: Greys) -> NDArray[np.bool_]:
    """Which small pictures (n × 32 × 32) show more than a shade and its slopes."""
    pixels = _flat(greys)
    rest = _square(pixels) - _square(pixels @ _smooth())
    detailed: NDArray[np.bool_] = rest >= _DETAIL**2 * GREY**2
    return detailed


def agree(signatures: Signatures, which: Candidates, work: Work) -> NDArray[np.bool_]:
    """Which of the candidates are alike, one picture laid upon the other as they say.

    Only their pictures are read, few at a time. Raises Cancelled.
    """
    found = np.zeros(len(which), bool)
    # Those of the same windows and orientation are laid upon each other in the same way.
    way = (which.ours.astype(np.int32) * 64 + which.theirs) * 8 + which.orientation
    order = np.argsort(way, kind="stable")
    ends = np.flatnonzero(np.diff(way[order])) + 1
    for same in np.split(order, ends):
        for start in range(0, len(same), _AT_ONCE):
            work.check_cancelled()
            rows = same[start : start + _AT_ONCE]
            ours, theirs = int(which.ours[rows[0]]), int(which.theirs[rows[0]])
            left = _view(signatures.greys(which.first[rows]), ours)
            left = turned(left, int(which.orientation[rows[0]]))
            right = _view(signatures.greys(which.second[rows]), theirs)
            found[rows] = _agree(_flat(left), _flat(right))
    return found


def _agree(left: Greys, right: Greys) -> NDArray[np.bool_]:
    """The same of pictures as rows, of 1024 pixels."""
    basis = _smooth()
    low_left, low_right = left @ basis, right @ basis
    correlations = []
    # Without its first column, the mean; then without all.
    for count in (1, basis.shape[1]):
        a, b = low_left[:, :count], low_right[:, :count]
        product = np.einsum("ij,ij->i", left, right) - np.einsum("ij,ij->i", a, b)
        energy = (_square(left) - _square(a)) * (_square(right) - _square(b))
        correlations.append(product / np.sqrt(np.maximum(energy, 1.0)))
    whole, detail = correlations
    alike: NDArray[np.bool_] = (whole >= _WHOLE) & (whole + detail >= 2 * _MEAN)
    return alike


def _flat(greys: Greys) -> Greys:
    rows: Greys = np.ascontiguousarray(greys, np.float32).reshape(len(greys), -1)
    return rows


def _square(rows: Greys) -> Greys:
    squares: Greys = np.einsum("ij,ij->i", rows, rows)
    return squares


def _view(greys: Greys, window: int) -> Greys:
    """A window of the pictures, at the size of the whole."""
    if window == 0:
        return greys
    left, top, right, bottom = WINDOWS[window]
    rows: Greys = _between(top, bottom) @ greys.astype(np.float32)
    view: Greys = rows @ _between(left, right).T
    return view


@cache
def _between(start: float, end: float) -> Greys:
    """Linear interpolation at 32 places from ``start`` to ``end`` of 0 … 1 (32 × 32)."""
    places = (start + (np.arange(GREY) + 0.5) * (end - start) / GREY) * GREY - 0.5
    places = np.clip(places, 0, GREY - 1)
    first = np.minimum(places.astype(int), GREY - 2)
    weights = np.zeros((GREY, GREY), np.float32)
    weights[np.arange(GREY), first] = first + 1 - places
    weights[np.arange(GREY), first + 1] = places - first
    return weights


@cache
def _smooth() -> Greys:
    """Mean, slopes and bends: the six lowest of the two-dimensional cosine transform (1024 × 6)."""
    places = np.arange(GREY) + 0.5
    waves = [np.cos(np.pi * n * places / GREY) for n in range(3)]
    waves = [wave / np.linalg.norm(wave) for wave in waves]
    pairs = ((0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 0))
    return np.stack([np.outer(waves[a], waves[b]).ravel() for a, b in pairs], 1).astype(np.float32)
