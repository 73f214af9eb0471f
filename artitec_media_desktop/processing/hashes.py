"""Hashes of a picture's look: average, perceptual and difference, 64 bits each.

They are those of the ImageHash library. Its perceptual hash is done here, with a cosine
transform of our own: the library's would load SciPy, half a second and 25 MB, for one call.
"""

from functools import cache
from typing import Any, NamedTuple

from PIL import Image

#: The shorter side that all of it needs, in pixels.
_ENOUGH = 150


class LookHashes(NamedTuple):
    """16 hex digits each."""

    average: str
    perceptual: str
    difference: str


def look_hashes(grey: Image.Image) -> LookHashes:
    """The hashes of an upright picture of mode L."""
    import imagehash

    grey = reduced(grey)
    return LookHashes(
        str(imagehash.average_hash(grey)), str(_perceptual(grey)), str(imagehash.dhash(grey))
    )


def reduced(grey: Image.Image) -> Image.Image:
    """Averaged down to what hashes and signatures need: they look at 32 and 128 pixels a side.

    Ten times faster, for nearly the same bits.
    """
    return grey.reduce(max(min(grey.size) // _ENOUGH, 1))


def _perceptual(grey: Image.Image) -> Any:
    """``imagehash.phash``: which of the 64 lowest frequencies lie above their median."""
    import imagehash
    import numpy as np

    pixels = np.asarray(grey.resize((32, 32), Image.Resampling.LANCZOS), dtype=np.float64)
    lowest = _cosines() @ pixels @ _cosines().T
    return imagehash.ImageHash(lowest > np.median(lowest))


@cache
def _cosines() -> Any:
    """The first 8 rows of the 32-point DCT-II, scaled as SciPy scales it."""
    import numpy as np

    row, column = np.ogrid[:8, :32]
    return 2 * np.cos(np.pi * row * (2 * column + 1) / 64)
