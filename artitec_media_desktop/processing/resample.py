"""Scaling one plane of pixels: Pillow's own Lanczos filter, but as products of matrices.

Each output row is a weighted sum of a few input rows, and so is each column; a handful of them at
a time is one small dense matrix, which NumPy multiplies in a third of the time of Pillow's loop.
Nothing is rounded between the two passes.
"""

from functools import lru_cache
from typing import Any, Final

from PIL import Image

_LOBES: Final = 3
#: Output rows and columns that one matrix makes: larger ones multiply more zeros, smaller ones
#: take more calls. Found by trying.
_ROWS: Final = 16
_COLUMNS: Final = 32
#: A plane this many times too large is averaged down first, as Pillow's ``reducing_gap`` does.
_GAP: Final = 3

Size = tuple[int, int]
#: (left, top, right, bottom) in pixels of the plane, not always whole ones.
Box = tuple[float, float, float, float]


def resampled(plane: Image.Image, size: Size, box: Box) -> Image.Image:
    """The part ``box`` of a picture of mode L at ``size`` pixels."""
    import numpy as np

    plane, box = _reduced(plane, size, box)
    pixels = np.asarray(plane)
    rows = np.empty((size[1], plane.width), np.float32)
    for at, first, weights in _matrices(plane.height, size[1], box[1], box[3], _ROWS):
        count, taken = weights.shape
        np.matmul(weights, pixels[first : first + taken], out=rows[at : at + count])
    scaled = np.empty(size[::-1], np.float32)
    for at, first, weights in _matrices(plane.width, size[0], box[0], box[2], _COLUMNS):
        count, taken = weights.shape
        np.matmul(rows[:, first : first + taken], weights.T, out=scaled[:, at : at + count])
    scaled += 0.5
    return Image.fromarray(np.clip(scaled, 0, 255, out=scaled).astype(np.uint8))


def _reduced(plane: Image.Image, size: Size, box: Box) -> tuple[Image.Image, Box]:
    left, top, right, bottom = box
    x = max(int((right - left) / size[0] / _GAP), 1)
    y = max(int((bottom - top) / size[1] / _GAP), 1)
    if (x, y) == (1, 1):
        return plane, box
    return plane.reduce((x, y)), (left / x, top / y, right / x, bottom / y)


@lru_cache(maxsize=64)
def _matrices(
    length: int, wanted: int, start: float, end: float, at_once: int
) -> tuple[tuple[int, int, Any], ...]:
    """For every ``at_once`` of the ``wanted`` lines: the first, the first input line, weights."""
    import numpy as np

    made = []
    step = (end - start) / wanted
    stretch = max(step, 1.0)
    centres = start + (np.arange(wanted) + 0.5) * step
    for at in range(0, wanted, at_once):
        around = centres[at : at + at_once, None]
        first = max(int(around[0, 0] - _LOBES * stretch), 0)
        last = min(int(around[-1, 0] + _LOBES * stretch) + 1, length)
        x = (np.arange(first, last) + 0.5 - around) / stretch
        weights = np.sinc(x) * np.sinc(x / _LOBES) * (np.abs(x) < _LOBES)
        weights /= weights.sum(axis=1, keepdims=True)
        made.append((at, first, weights.astype(np.float32)))
    return tuple(made)
