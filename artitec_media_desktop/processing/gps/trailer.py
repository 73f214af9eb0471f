"""Trailers that cameras and programs put after a picture or a video.

Their layouts are as other readers have found them out: no maker publishes them.
"""

import re
from typing import BinaryIO, Final

from . import iptc
from .patches import Patch, apply, zeros

# The country that a Samsung phone's network was in
_COUNTRY: Final = re.compile(rb"(?<=MCC_Data)\d{1,4}")
_MIE: Final = re.compile(rb"~[\x10\x18]\x04[\x00-\xff]{1,9}?0MIE")
_IPTC: Final = re.compile(rb"\x1c\x02\0\0\x02|\x1c\x01Z\0\x03")
_INSTA360: Final = b"8db42d694ccc418790edff439fe026bf"
_INSTA360_FOOTER = 78
_INSTA360_GPS = 0x700
_MAX_RECORDS = 10_000


def scrub(data: bytes) -> bytes:
    """A trailer without location; same length, the same object where there is none."""
    patches = [Patch(found.start(), b"0" * len(found[0])) for found in _COUNTRY.finditer(data)]
    mie = _MIE.search(data)
    if mie is not None:  # holds copies of every kind of metadata, maybe compressed
        patches += zeros(mie.start(), len(data))
    record = _IPTC.search(data)
    if record is not None:
        patches.append(Patch(record.start(), iptc.scrub(data[record.start() :])))
    return apply(data, patches)


def insta360(file: BinaryIO, size: int) -> list[Patch]:
    """Clears the positions in an action camera's trailer, which may be as large as its video.

    Records stand before the footer that describes them, each with its id and length after it.
    """
    file.seek(max(0, size - _INSTA360_FOOTER))
    footer = file.read(_INSTA360_FOOTER)
    patches: list[Patch] = []
    if len(footer) < _INSTA360_FOOTER or not footer.endswith(_INSTA360):
        return patches
    at = size - _INSTA360_FOOTER
    while at >= 0 and len(patches) < _MAX_RECORDS:
        file.seek(at)
        head = file.read(6)
        start = at - int.from_bytes(head[2:], "little")
        if start < 0:
            break
        if int.from_bytes(head[:2], "little") == _INSTA360_GPS:
            patches += zeros(start, at)
        at = start - 6
    return patches
