"""The smaller JPEGs of a picture, all from one decode.

A picture is held as a JPEG holds it, brightness apart from colour and colour at half the size.
So two thirds of the pixels are scaled at a quarter of their number, at no loss: the JPEGs halve
colour anyway. No long step holds Python's lock, so two pictures take two processors.
"""

import io
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor
from typing import BinaryIO, Final

from PIL import Image

from ..domain.limits import THUMB, VARIANTS, Variant
from ..domain.work import ignore
from .resample import Box, Size, resampled

_DESCENDING: Final = tuple(sorted(VARIANTS, key=lambda each: -each.side))


@dataclass(frozen=True, slots=True)
class EncodedVariant:
    """A finished JPEG; sides in pixels."""

    name: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Planes:
    """Brightness, and two planes of colour at half its size; no colour for grey."""

    luma: Image.Image
    chroma: tuple[Image.Image, ...]

    @classmethod
    def of(cls, image: Image.Image) -> "Planes":
        """Of a picture in L, RGB or YCbCr."""
        if image.mode == "L":
            return cls(image, ())
        luma, *chroma = (image if image.mode == "YCbCr" else image.convert("YCbCr")).split()
        return cls(luma, tuple(plane.reduce(2) for plane in chroma))

    @property
    def size(self) -> Size:
        """Width and height in pixels."""
        return self.luma.size

    def resized(self, size: Size, box: Box | None = None) -> "Planes":
        """``box`` of it (all, by default) at ``size``."""
        box = box or (0, 0, *self.size)
        left, top = box[0] / 2, box[1] / 2
        half = (-(-size[0] // 2), -(-size[1] // 2))
        # Beyond the edge by half a pixel where a side is odd, as in a JPEG.
        right = left + half[0] * (box[2] - box[0]) / size[0]
        bottom = top + half[1] * (box[3] - box[1]) / size[1]
        colour = (resampled(plane, half, (left, top, right, bottom)) for plane in self.chroma)
        return Planes(resampled(self.luma, size, box), tuple(colour))

    def upright(self, transpose: Image.Transpose | None) -> "Planes":
        """Turned; itself when there is nothing to turn."""
        if transpose is None:
            return self
        turned = (plane.transpose(transpose) for plane in self.chroma)
        return Planes(self.luma.transpose(transpose), tuple(turned))

    def joined(self) -> Image.Image:
        """One picture again: L, or YCbCr."""
        if self.chroma:
            box = (0, 0, self.size[0] / 2, self.size[1] / 2)
            nearest = Image.Resampling.NEAREST
            full = (plane.resize(self.size, nearest, box) for plane in self.chroma)
            image = Image.merge("YCbCr", (self.luma, *full))
        else:
            image = self.luma
        # Pillow hands these on, and would write the original's comment into the variants.
        image.info = {}
        return image


def wanted(size: Size) -> tuple[Variant, ...]:
    """The variants of an original of that size, the largest first; the thumbnail always."""
    return tuple(each for each in _DESCENDING if each is THUMB or max(size) > each.side)


def fitted(size: Size, side: int) -> Size:
    """``size`` with its longer side at ``side``; rounds as Pillow's ``thumbnail`` does."""
    width, height = size
    if width <= height:
        exact = side * width / height
        best = min(floor(exact), ceil(exact), key=lambda n: abs(n - exact))
        return max(best, 1), side
    exact = side * height / width
    best = min(floor(exact), ceil(exact), key=lambda n: abs(width / height - side / max(n, 1)))
    return side, max(best, 1)


def working_size(size: Size) -> Size:
    """The fewest pixels that all variants of an original of ``size`` can be made from.

    The largest variant's, but for the panorama whose thumbnail needs more.
    """
    largest = wanted(size)[0]
    enough = min(THUMB.side, *size)
    if largest is not THUMB:
        scaled = fitted(size, largest.side)
        if min(scaled) >= enough:
            return scaled
    return fitted(size, ceil(enough * max(size) / min(size)))


def make_variants(
    picture: Planes, original: Size, check_cancelled: Callable[[], None] = ignore
) -> tuple[EncodedVariant, ...]:
    """The variants of an upright picture whose original had ``original`` pixels.

    ``picture`` may be smaller than the original, but not than its :func:`working_size`. Each
    variant is made from the one before; none is larger than the original.
    """
    made: list[EncodedVariant] = []
    source = picture
    for variant in wanted(original):
        check_cancelled()
        if variant is THUMB:
            small = _square(source if min(source.size) >= THUMB.side else picture)
        else:
            size = fitted(original, variant.side)
            small = source = source if source.size == size else source.resized(size)
        data = encode(small.joined(), variant.quality)
        made.append(EncodedVariant(variant.name, *small.size, data))
    return tuple(reversed(made))


def _square(picture: Planes) -> Planes:
    """The centre square at the thumbnail's side, or all of it where the picture is smaller."""
    width, height = picture.size
    edge = min(width, height)
    left, top = (width - edge) / 2, (height - edge) / 2
    side = min(THUMB.side, edge)
    return picture.resized((side, side), (left, top, left + edge, top + edge))


def encode(image: Image.Image, quality: int) -> bytes:
    """A baseline JPEG.

    Written to a file descriptor, since Pillow encodes into memory with Python's lock held.
    """
    with _scratch() as file:
        image.save(file, "JPEG", quality=quality)
        file.seek(0)
        return file.read()


def _scratch() -> BinaryIO:
    if hasattr(os, "memfd_create"):
        return io.FileIO(os.memfd_create("variant", os.MFD_CLOEXEC), "w+")
    return tempfile.TemporaryFile(buffering=0)
