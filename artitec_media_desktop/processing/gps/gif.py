"""Location in GIF extensions: XMP, comments, and the profiles that some programs add.

Everything is cleaned in place. XMP in GIF is text where blocks belong: its own bytes read as block
lengths until a tail of falling numbers catches every reader, so spaces do no harm there.
Sources: GIF89a; XMP part 3; ImageMagick's application extensions as they are found.
"""

from collections.abc import Iterator
from typing import Final

from . import blob, iptc, xmp
from .bounds import Bound
from .ifd import Span
from .patches import Patch, apply
from .words import mentions_position, tells_position

_EXTENSION, _IMAGE, _COMMENT, _PLAIN_TEXT, _APPLICATION = 0x21, 0x2C, 0xFE, 0x01, 0xFF
_XMP: Final = b"XMP DataXMP"
_XMP_TAIL: Final = b"\1" + bytes(range(255, -1, -1)) + b"\0"
_MAX_EXTENSIONS = 100_000
_MAX_BLOCKS = 1_000_000


def scrub(data: bytes, places: list[str]) -> bytes:
    """A GIF file without location, same length; the same object where there is none.

    Adds what it cleaned to ``places``. Raises Permanent for very many extensions.
    """
    if not data.startswith((b"GIF87a", b"GIF89a")):
        return data
    patches: list[Patch] = []
    end = len(data)
    for label, start, stop in _extensions(data):
        if label is None:
            end = stop
        elif _is_xmp(data, label, start) and data[start:stop].endswith(_XMP_TAIL):
            patches += _packet(data, start + 12, stop, places)
        else:
            patches += _blocks(data, label, start, places)
    rest = data[end:]
    clean = blob.scrub(rest, places, 1)
    return apply(data, [*patches, Patch(end, clean)] if clean is not rest else patches)


def _extensions(data: bytes) -> Iterator[tuple[int | None, int, int]]:
    """Label, start of the blocks and end of each extension; at last None and the file's end."""
    bound, blocks = Bound(_MAX_EXTENSIONS), Bound(_MAX_BLOCKS)
    last_tail = data.rfind(_XMP_TAIL)
    at = 13 + _table(data[10:11])
    while at < len(data):
        bound.count()
        if data[at] == _EXTENSION and at + 2 < len(data):
            label, start = data[at + 1], at + 2
            if _is_xmp(data, label, start) and start < last_tail:
                at = data.find(_XMP_TAIL, start) + len(_XMP_TAIL)
            else:
                at = _skip(data, start, blocks)
            yield label, start, at
        elif data[at] == _IMAGE:
            at = _skip(data, at + 10 + _table(data[at + 9 : at + 10]) + 1, blocks)
        else:
            yield None, at, at + 1  # the trailer, or nothing that a reader goes past
            return


def _table(flags: bytes) -> int:
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _skip(data: bytes, at: int, bound: Bound) -> int:
    """The byte after a chain of blocks."""
    while at < len(data) and data[at]:
        bound.count()
        at += data[at] + 1
    return at + 1


def _is_xmp(data: bytes, label: int, start: int) -> bool:
    return label == _APPLICATION and data[start + 1 : start + 12] == _XMP


def _packet(data: bytes, start: int, end: int, places: list[str]) -> list[Patch]:
    old = data[start : end - len(_XMP_TAIL)]
    new = xmp.scrub(old)
    if new is old:
        return []
    places.append("XMP")
    return [Patch(start, new)]


def _blocks(data: bytes, label: int, start: int, places: list[str]) -> list[Patch]:
    """A comment, a profile or anything else in blocks, cleaned as the whole that they make."""
    spans: list[Span] = []
    at = start
    while at < len(data) and data[at]:
        spans.append((at + 1, min(at + 1 + data[at], len(data))))
        at += data[at] + 1
    head = data[spans[0][0] : spans[0][1]] if label == _APPLICATION and spans else b""
    body = spans[1:] if label == _APPLICATION else spans
    old = b"".join(data[low:high] for low, high in body)
    new, place = _clean(label, head, old)
    if new is old:
        return []
    places.append(place)
    patches = []
    at = 0
    for low, high in body:
        patches.append(Patch(low, new[at : at + high - low]))
        at += high - low
    return patches


def _clean(label: int, head: bytes, old: bytes) -> tuple[bytes, str]:
    if label in (_COMMENT, _PLAIN_TEXT):
        clean = blob.scrub(old, [], 1)
        return (b" " * len(old) if tells_position(clean) else clean), "comment"
    if head == _XMP:  # in proper blocks, which readers of XMP don't expect but some take
        return xmp.scrub(old), "XMP"
    if head.startswith(b"MGK8BIM"):
        return iptc.scrub_photoshop(old, [], 0), "IPTC"
    if head.startswith(b"MGKIPTC"):
        return iptc.scrub(old), "IPTC"
    clean = blob.scrub(old, [], 1)
    return (bytes(len(old)) if mentions_position(clean) else clean), "extension"
