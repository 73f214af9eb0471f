"""Location in MKV and WebM files: tags that name a place become Void, so that nothing moves.

Sources: RFC 8794 (EBML), RFC 9559 (Matroska).
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from . import blob
from .bounds import Bound
from .patches import Patch
from .words import is_location, tells_position

_SEGMENT, _CLUSTER, _TAGS, _ATTACHMENTS = 0x18538067, 0x1F43B675, 0x1254C367, 0x1941A469
_TAG, _SIMPLE_TAG, _TAG_NAME, _TAG_STRING = 0x7373, 0x67C8, 0x45A3, 0x4487
_ATTACHED_FILE, _FILE_DATA = 0x61A7, 0x465C
_CRC32, _VOID = 0xBF, 0xEC
_MASTERS: Final = frozenset({_TAGS, _TAG, _SIMPLE_TAG, _ATTACHMENTS, _ATTACHED_FILE})
_SMALL = 32 << 20
_MAX_NESTING = 8
_MAX_ELEMENTS = 1_000_000
_MAX_TAGS = 100_000
_HEADER = 12  # the longest: four bytes of id, eight of size


@dataclass(frozen=True, slots=True)
class _Element:
    kind: int
    start: int
    body: int
    end: int  # past the data's where its size is unknown


def scan(file: BinaryIO, size: int, places: list[str]) -> list[Patch]:
    """What to overwrite in the tags and attachments; of all else only headers are read.

    Adds what it cleaned to ``places``. Raises Permanent for more elements than real files have.
    """
    bound, tags = Bound(_MAX_ELEMENTS), Bound(_MAX_TAGS)
    patches: list[Patch] = []
    at = 0
    while at < size:
        bound.count()
        file.seek(at)
        element = _element(file.read(_HEADER), 0)
        if element is None:
            break
        body, end = at + element.body, at + element.end
        if element.kind == _SEGMENT or (element.kind == _CLUSTER and end > size):
            at = body  # in live recordings a cluster's size is unknown: step through it
            continue
        if element.kind in (_TAGS, _ATTACHMENTS) and end - at <= _SMALL:
            file.seek(at)
            old = file.read(end - at)
            new = _cleaned(old, 0, tags)
            if new != old:
                places.append("tags" if element.kind == _TAGS else "attachment")
                patches.append(Patch(at, new))
        at = end
    return patches


def _element(data: bytes, at: int) -> _Element | None:
    """The element whose header starts at ``at``."""
    if at >= len(data) or not data[at]:
        return None
    id_length = 9 - data[at].bit_length()
    place = at + id_length
    if id_length > 4 or place >= len(data) or not data[place]:
        return None
    length = 9 - data[place].bit_length()
    raw = data[place : place + length]
    if len(raw) < length:
        return None
    value = int.from_bytes(raw, "big") & ((1 << 7 * length) - 1)
    body = place + length
    unknown = value == (1 << 7 * length) - 1
    kind = int.from_bytes(data[at : at + id_length], "big")
    return _Element(kind, at, body, body + (1 << 62 if unknown else value))


def _elements(data: bytes, at: int, bound: Bound) -> Iterator[_Element]:
    while (element := _element(data, at)) is not None and element.end <= len(data):
        bound.count()
        yield element
        at = element.end


def _cleaned(data: bytes, nesting: int, bound: Bound) -> bytes:
    """One whole master element anew, same length, its checksum made right."""
    top = _element(data, 0)
    if top is None or nesting > _MAX_NESTING:
        return data
    parts = [data[: top.body]]
    checksum: int | None = None
    at = top.body
    for element in _elements(data, top.body, bound):
        raw = data[element.start : element.end]
        if element.kind == _CRC32 and len(raw) == 6:
            checksum = len(parts)
        elif element.kind == _SIMPLE_TAG and _tells(raw, bound):
            raw = _void(len(raw))
        elif element.kind in _MASTERS:
            raw = _cleaned(raw, nesting + 1, bound)
        elif element.kind == _FILE_DATA:
            body = data[element.body : element.end]
            raw = data[element.start : element.body] + blob.scrub(body, [], 1)
        parts.append(raw)
        at = element.end
    parts.append(data[at:])
    clean = b"".join(parts)
    if clean == data:
        return data
    if checksum is not None:  # of all that follows it
        rest = b"".join(parts[checksum + 1 :])
        parts[checksum] = b"\xbf\x84" + zlib.crc32(rest).to_bytes(4, "little")
    return b"".join(parts)


def _tells(tag: bytes, bound: Bound) -> bool:
    """True for a simple tag whose name is a location's, or whose text is."""
    top = _element(tag, 0)
    if top is None:
        return False
    for element in _elements(tag, top.body, bound):
        value = tag[element.body : element.end]
        if element.kind == _TAG_NAME and is_location(value.decode("latin-1").strip("\0")):
            return True
        if element.kind == _TAG_STRING and tells_position(value):
            return True
    return False


def _void(length: int) -> bytes:
    """A Void element of exactly ``length`` bytes, which is two at least."""
    if length - 2 < 127:
        return bytes([_VOID, 0x80 | (length - 2)]) + bytes(length - 2)
    return bytes([_VOID]) + ((1 << 56) | (length - 9)).to_bytes(8, "big") + bytes(length - 9)
