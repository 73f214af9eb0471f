"""How copies lie beside each other: turned by a quarter, upside down, mirrored."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...processing.signature import Signature, turned

#: The least correlation of a picture and its copy, once both lie in the same way, and how much
#: better that must be than it is as they are: what is even lies in several ways.
_ALIKE: Final = 0.7
_BETTER: Final = 0.1


def orientations(keeper: int, signatures: Iterable[tuple[int, bytes]]) -> dict[int, int]:
    """By number, what those that lie otherwise than the keeper need to lie as it does.

    See ``signature.turned``; by their small grey pictures. Videos are left out.
    """
    greys = {number: grey for number, data in signatures if (grey := _grey(data)) is not None}
    kept = greys.pop(keeper, None)
    found = {}
    for number, grey in greys.items() if kept is not None else ():
        every = [float((kept * turned(grey, way)).sum()) for way in range(8)]
        best = int(np.argmax(every))
        if every[best] >= max(_ALIKE, every[0] + _BETTER):
            found[number] = best
    return found


def _grey(data: bytes) -> NDArray[Any] | None:
    """Of mean 0 and length 1, so that a product of two is their correlation."""
    signature = Signature.from_bytes(data)
    if signature is None or signature.seconds is not None:
        return None
    grey = signature.frames[0].grey[None].astype(np.float64)
    grey -= grey.mean()
    result: NDArray[Any] = grey / max(float(np.linalg.norm(grey)), 1.0)
    return result
