"""Location in IPTC records and in the Photoshop resources that carry them, removed in place.

Sources: IPTC IIM 4.2; Adobe Photoshop File Formats Specification, image resource blocks.
"""

import hashlib
import struct
from typing import Final

from . import blob, tiff, xmp
from .words import tells_position

# Content location code and name, city, sub-location, province, country code and name.
_LOCATION: Final = frozenset({26, 27, 90, 92, 95, 100, 101})
_SIGNATURES: Final = (b"8BIM", b"PHUT", b"AgHg", b"DCSR", b"MeSa")
_IPTC, _DIGEST = 0x0404, 0x0425
_EXIF: Final = (0x0422, 0x0423)
_XMP = 0x0424
_THUMBNAILS: Final = (0x0409, 0x040C)
_THUMBNAIL_HEADER = 28


def scrub(data: bytes) -> bytes:
    """An IIM block without location datasets; NULs fill what they leave, at its end."""
    kept: list[bytes] = []
    at = 0
    while data[at : at + 1] == b"\x1c" and at + 5 <= len(data):
        record, dataset, length = struct.unpack_from(">xBBH", data, at)
        head = 5
        if length & 0x8000:  # extended: the length's own length
            head += length & 0x7FFF
            length = int.from_bytes(data[at + 5 : at + head], "big") if head <= 13 else len(data)
        end = min(at + head + length, len(data))
        is_place = record == 2 and dataset in _LOCATION
        if not is_place and not (record == 2 and tells_position(data[at + head : end])):
            kept.append(data[at:end])
        at = end
    kept.append(data[at:])
    out = b"".join(kept)
    return data if len(out) == len(data) else out + bytes(len(data) - len(out))


def scrub_photoshop(data: bytes, places: list[str], depth: int) -> bytes:
    """Image resource blocks without location, in place; adds what it cleaned to ``places``."""
    out = bytearray(data)
    for kind, start, end in _resources(data):
        old = data[start:end]
        new, place = old, "EXIF"
        if kind == _IPTC:
            new, place = scrub(old), "IPTC"
        elif kind in _EXIF:
            new = tiff.scrub_exif(old, [], depth + 1)
        elif kind == _XMP:
            new, place = xmp.scrub(old), "XMP"
        elif kind in _THUMBNAILS:
            picture = blob.scrub(old[_THUMBNAIL_HEADER:], [], depth + 1)
            new, place = old[:_THUMBNAIL_HEADER] + picture, "thumbnail"
        if new != old:
            out[start:end] = new
            places.append(place)
            if kind == _IPTC:
                _renew_digest(out, data, old, new)
    return data if out == data else bytes(out)


def _resources(data: bytes) -> list[tuple[int, int, int]]:
    """(id, start, end) of each block's content, as far as the blocks go."""
    found = []
    at = 0
    while data[at : at + 4] in _SIGNATURES and at + 12 <= len(data):
        kind = int.from_bytes(data[at + 4 : at + 6], "big")
        start = at + 6 + (1 + data[at + 6] + 1) // 2 * 2 + 4  # an even-padded Pascal name
        size = int.from_bytes(data[start - 4 : start], "big")
        if start > len(data):
            break
        end = min(start + size, len(data))
        found.append((kind, start, end))
        at = end + size % 2
    return found


def _renew_digest(out: bytearray, data: bytes, old: bytes, new: bytes) -> None:
    """Photoshop keeps an MD5 of the IPTC block; a stale one reads as edited elsewhere."""
    for kind, start, end in _resources(data):
        if kind == _DIGEST and data[start:end] == hashlib.md5(old, usedforsecurity=False).digest():
            out[start:end] = hashlib.md5(new, usedforsecurity=False).digest()
