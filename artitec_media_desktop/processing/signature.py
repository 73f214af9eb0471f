"""What the duplicate finder stores of a picture: difference hashes, and a small grey picture.

A difference hash says of 8 × 8 places whether it gets brighter there: to the right (horizontal) or
downwards (vertical). Turning or mirroring a picture only permutes, and inverts, the bits of the
two together, so all eight orientations follow from one (:func:`oriented`). A crop of a picture
has nearly the hashes of a window of it: its 90 % and 80 % centres, and windows of 70 % of the
area at 25 places for what was cropped off-centre. Bars and frames of one shade are left out:
they are what different pictures have in common.

Sources: N. Krawetz, "Kind of like that", 2013, for the difference hash; the rest was found by
trying, with ``benchmarks/accuracy.py``.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .video_frames import SIDE

#: Sides of the picture that all is computed from, and of the one that is stored.
_BASE: Final = SIDE
GREY: Final = 32
#: Grey levels that a bar's pixels may differ by from its mean.
_FLAT: Final = 5.0
#: A cell is the mean of so many cells' width: neighbours overlap, so a small shift changes little.
_REACH: Final = 2.5
#: Grey levels that count as a difference. Where less happens, the left and upper half of the bits
#: are 0, the others 1, which is what turning and mirroring make of it too.
_NOISE: Final = 1.0
_OFF_CENTRE: Final = 0.7**0.5
_PLACES: Final = 5
#: Version, number of frames, seconds (NaN for a picture).
_HEAD: Final = struct.Struct("<BBf")
_VERSION: Final = 1

#: (left, top, right, bottom) as shares of the picture.
Window = tuple[float, float, float, float]
Hashes = NDArray[np.uint64]


def _windows() -> tuple[Window, ...]:
    def at(x: float, y: float, side: float) -> Window:
        left, top = x * (1 - side), y * (1 - side)
        return left, top, left + side, top + side

    places = [n / (_PLACES - 1) for n in range(_PLACES)]
    centres = [at(0.5, 0.5, side) for side in (1.0, 0.9, 0.8)]
    return (*centres, *(at(x, y, _OFF_CENTRE) for y in places for x in places))


#: The whole picture, its two centres, then those off-centre.
WINDOWS: Final = _windows()
CENTRED: Final = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture, or one of a video: ``hashes`` (windows × 2: horizontal, vertical), ``grey``.

    ``grey`` is the whole picture squeezed into 32 × 32, 8 bits.
    """

    hashes: Hashes
    grey: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Signature:
    """What a media looks like: one frame of a picture, several of a video of ``seconds``."""

    frames: tuple[Frame, ...]
    seconds: float | None = None

    @classmethod
    def of(cls, grey: Image.Image) -> "Signature":
        """Of an upright picture of mode L, of any size."""
        return cls((_frame(grey),))

    @classmethod
    def of_video(cls, frames: Sequence[bytes], seconds: float) -> "Signature":
        """Of upright frames at fixed shares of its duration: see :mod:`.video_frames`."""
        size = (SIDE, SIDE)
        return cls(tuple(_frame(Image.frombytes("L", size, each)) for each in frames), seconds)

    def to_bytes(self) -> bytes:
        """1.5 KB a frame, of this version."""
        seconds = float("nan") if self.seconds is None else self.seconds
        parts = [_HEAD.pack(_VERSION, len(self.frames), seconds)]
        for frame in self.frames:
            parts += [frame.hashes.astype("<u8").tobytes(), frame.grey.tobytes()]
        return b"".join(parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Signature | None":
        """The inverse; None for another version and for what is no signature."""
        read = unpacked(data)
        if read is None:
            return None
        seconds, packed = read
        frames = (Frame(each["hashes"], each["grey"]) for each in np.frombuffer(packed, FRAME))
        return cls(tuple(frames), None if seconds != seconds else seconds)


#: A frame as it is stored.
FRAME: Final = np.dtype([("hashes", "<u8", (len(WINDOWS), 2)), ("grey", "u1", (GREY, GREY))])


def unpacked(data: bytes) -> tuple[float, bytes] | None:
    """Seconds (NaN for a picture) and the frames as bytes; None for what is none of ours."""
    if len(data) < _HEAD.size or data[0] != _VERSION:
        return None
    _, count, seconds = _HEAD.unpack_from(data)
    frames = data[_HEAD.size :]
    return (seconds, frames) if len(frames) == count * FRAME.itemsize else None


def oriented(hashes: Hashes, orientation: int) -> Hashes:
    """What the hashes (n × 2) become when the picture is turned as :func:`turned` does."""
    if orientation & 4:
        hashes = _transposed(hashes)[:, ::-1]
    rows = np.ascontiguousarray(hashes, "<u8").view(np.uint8).reshape(-1, 2, 8)
    if orientation & 2:
        rows = _MIRRORED[rows]
        rows[:, 0] = ~rows[:, 0]
    if orientation & 1:
        rows = rows[:, :, ::-1].copy()
        rows[:, 1] = ~rows[:, 1]
    return np.ascontiguousarray(rows).view("<u8").reshape(-1, 2).astype(np.uint64)


def turned(greys: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Pictures (n × side × side) in one of the eight orientations, 0 … 7; 0 is as they are.

    4 exchanges rows and columns, 2 mirrors from left to right, 1 upside down; in this order.
    """
    if orientation & 4:
        greys = greys.transpose(0, 2, 1)
    if orientation & 2:
        greys = greys[:, :, ::-1]
    return greys[:, ::-1] if orientation & 1 else greys


#: Each byte with its bits in reverse.
_MIRRORED: Final = np.packbits(
    np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)[:, ::-1], axis=1
)[:, 0]


def _transposed(values: Hashes) -> Hashes:
    """8 × 8 bits with rows and columns exchanged: H. Warren, "Hacker's Delight", 7-3."""
    for shift, mask in ((7, 0x00AA00AA00AA00AA), (14, 0x0000CCCC0000CCCC), (28, 0xF0F0F0F0)):
        by = np.uint64(shift)
        swap = (values ^ (values >> by)) & np.uint64(mask)
        values = values ^ swap ^ (swap << by)
    return values


def _frame(grey: Image.Image) -> Frame:
    pixels = _squeezed(grey, (0, 0, *grey.size))
    inside = _inside(pixels)
    if inside != (0, 0, _BASE, _BASE):
        across, down = grey.width / _BASE, grey.height / _BASE
        left, top, right, bottom = inside
        pixels = _squeezed(grey, (left * across, top * down, right * across, bottom * down))
    parts = pixels.reshape(GREY, _BASE // GREY, GREY, -1).mean(axis=(1, 3))
    few, many, noise = _cells()
    # Rows first, those of all windows at once; then the columns of each.
    right = np.diff((few[0] @ pixels) @ many[1], axis=2) > noise
    down = np.diff((many[0] @ pixels) @ few[1], axis=1) > noise[:, None]
    bits = np.stack((right, down), axis=1).reshape(len(WINDOWS), 2, 64)
    hashes = np.packbits(bits, axis=2, bitorder="little").view("<u8")[:, :, 0]
    return Frame(hashes, (parts + 0.5).astype(np.uint8))


def _squeezed(grey: Image.Image, box: tuple[float, float, float, float]) -> Any:
    way = Image.Resampling.BOX if min(grey.size) >= _BASE else Image.Resampling.BILINEAR
    return np.asarray(grey.resize((_BASE, _BASE), way, box), dtype=np.float32)


def _inside(pixels: NDArray[np.float32]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is left without bars and frames of one shade."""
    top, bottom = _bars(pixels)
    left, right = _bars(pixels[top:bottom].T)
    return left, top, right, bottom


def _bars(rows: NDArray[np.float32]) -> tuple[int, int]:
    """The first row that is no bar at the upper edge, and the first of the bar at the lower one.

    All that is found is a bar only where something is left.
    """
    lowest, highest = rows.min(axis=1), rows.max(axis=1)
    ends = []
    for edge, order in ((0, slice(None)), (-1, slice(None, None, -1))):
        shade = rows[edge].mean()
        inside = (highest[order] > shade + _FLAT) | (lowest[order] < shade - _FLAT)
        ends.append(int(inside.argmax()))
    first, last = ends[0], _BASE - ends[1]
    return (first, last) if last - first >= _BASE // 4 else (0, _BASE)


@cache
def _cells() -> tuple[Any, Any, Any]:
    """Weights of 8 and of 9 rows and columns of each window; how much a step must be."""
    few, many = (
        (
            np.stack([_means(count, top, bottom) for _, top, _, bottom in WINDOWS]),
            np.stack([_means(count, left, right).T for left, _, right, _ in WINDOWS]),
        )
        for count in (8, 9)
    )
    noise = np.repeat([_NOISE, -_NOISE], 4).astype(np.float32)
    return few, many, noise


def _means(count: int, start: float, end: float) -> NDArray[np.float32]:
    """``count`` overlapping cells of a window as weights (count × 128) of a picture's lines."""
    edges = np.arange(_BASE + 1) / _BASE
    cell = (end - start) / count
    centres = start + (np.arange(count) + 0.5)[:, None] * cell
    first = np.maximum(centres - cell * _REACH / 2, start)
    last = np.minimum(centres + cell * _REACH / 2, end)
    weights = np.clip(np.minimum(edges[1:], last) - np.maximum(edges[:-1], first), 0, None)
    weights /= weights.sum(axis=1, keepdims=True)
    means: NDArray[np.float32] = weights.astype(np.float32)
    return means
