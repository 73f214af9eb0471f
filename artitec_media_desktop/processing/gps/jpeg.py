"""Location in JPEG streams, cleaned in place so that no offset (MPF, gain map, trailer) moves.

Segments that continue each other (long EXIF, extended XMP, Photoshop, thermal data) are cleaned
as the one block that readers make of them. A segment that can't be cleaned is emptied: its bytes
become NULs, and a comment an unknown application segment. Pixels are never touched.
Sources: ITU T.81, EXIF 3.0, XMP part 3 (extended XMP), CIPA DC-007 (MPF).
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from . import blob, flir, iptc, tiff, xmp
from .bounds import Bound
from .ifd import HEADER, Span
from .patches import Patch
from .words import mentions_position, tells_position

_MARKER: Final = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
_SOI, _EOI, _SOS, _TEM, _COMMENT = 0xD8, 0xD9, 0xDA, 0x01, 0xFE
_UNUSED_APP = 0xEF
_EXIF: Final = re.compile(rb"(?i:Exif)\0")
_EXIF_HEADER = 6
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENSION: Final = b"http://ns.adobe.com/xmp/extension/\0"
_GUID = 32
_EXTENSION_HEADER = len(_EXTENSION) + _GUID + 4 + 4  # then the whole length and the offset
_PHOTOSHOP: Final = re.compile(rb"Photoshop 3\.0\0|Adobe_Photoshop2\.5\0?")
_FLIR: Final = b"FLIR\0"
_FLIR_HEADER = 8
_JUMBF: Final = b"JP"
_JUMBF_HEADER = 16  # with the size and type of the box that is continued
_PROFILE: Final = b"ICC_PROFILE\0"
_MAX_MARKERS = 200_000
_MAX_SEGMENTS = 20_000
_TEXT_MARKERS: Final = frozenset({_COMMENT, 0xEA, 0xEC, 0xEF})


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment's content, after its marker and length."""

    marker: int
    start: int
    end: int


def walk(
    data: bytes, start: int, places: list[str], depth: int, scans: list[Span]
) -> tuple[list[Patch], int]:
    """What cleans the JPEG that starts at ``start``, and where it ends (after its EOI).

    Adds to ``scans`` where its coded pixels lie: most of the file, and nothing but pixels.
    """
    segments: list[_Segment] = []
    markers, metadata = Bound(_MAX_MARKERS), Bound(_MAX_SEGMENTS)
    at = start + 2
    scan: int | None = None
    while (match := _MARKER.search(data, at)) is not None:
        markers.count()
        marker, at = match[1][0], match.end()
        if scan is not None:
            scans.append((scan, match.start()))
            scan = None
        if marker == _EOI:
            break
        if marker in (_SOI, _TEM):
            continue
        end = min(at + max(2, int.from_bytes(data[at : at + 2], "big")), len(data))
        if marker == _COMMENT or 0xE0 <= marker <= 0xEF:
            metadata.count()
            segments.append(_Segment(marker, min(at + 2, end), end))
        if marker == _SOS:
            scan = end
        at = end
    else:
        at = len(data)
    cleaning = _Cleaning(data, places, depth)
    cleaning.run(segments)
    return cleaning.patches, at


@dataclass(slots=True)
class _Cleaning:
    data: bytes
    places: list[str]
    depth: int
    patches: list[Patch] = field(default_factory=list)
    guids: dict[bytes, bytes] = field(default_factory=dict)  # old → new, of extended XMP

    def run(self, segments: list[_Segment]) -> None:
        """Sort the segments into blocks, then clean each; extended XMP before what names it."""
        exif: list[list[Span]] = []
        extended: dict[bytes, list[_Segment]] = {}
        blocks: dict[str, list[Span]] = {"photoshop": [], "thermal": [], "credentials": []}
        others: list[_Segment] = []
        for each in segments:
            kind, header = self._kind(each)
            span = (min(each.start + header, each.end), each.end)
            if kind == "exif" and exif and HEADER.match(self.data, *span) is None:
                exif[-1].append(span)
            elif kind == "exif":
                exif.append([span])
            elif kind == "extension":
                guid = self.data[each.start + len(_EXTENSION) : each.end][:_GUID]
                extended.setdefault(guid, []).append(each)
            else:
                blocks[kind].append(span) if kind in blocks else others.append(each)
        for spans in exif:
            self._block(spans, lambda old: tiff.scrub_exif(old, self.places, self.depth))
        for guid, parts in extended.items():
            self._extended(guid, parts)
        self._block(
            blocks["photoshop"], lambda old: iptc.scrub_photoshop(old, self.places, self.depth)
        )
        self._block(blocks["thermal"], flir.scrub, "thermal data")
        self._credentials(blocks["credentials"])
        for each in others:
            self._other(each)

    def _kind(self, segment: _Segment) -> tuple[str, int]:
        """What a segment is part of, and the length of the header that each part has."""
        head = self.data[segment.start : min(segment.start + len(_EXTENSION), segment.end)]
        if segment.marker == 0xE1 and _EXIF.match(head):
            return "exif", _EXIF_HEADER
        if segment.marker == 0xE1 and head == _EXTENSION:
            return "extension", _EXTENSION_HEADER
        if segment.marker == 0xE1 and head.startswith(_FLIR):
            return "thermal", _FLIR_HEADER
        if segment.marker == 0xED and (match := _PHOTOSHOP.match(head)) is not None:
            return "photoshop", match.end()
        if segment.marker == 0xEB and head.startswith(_JUMBF):
            return "credentials", 0
        return "other", 0

    def _block(
        self, spans: list[Span], scrub: Callable[[bytes], bytes], place: str | None = None
    ) -> None:
        """Clean what the spans make together, and put it back where it came from."""
        old = b"".join(self.data[low:high] for low, high in spans)
        new = scrub(old)
        if new is old:
            return
        at = 0
        for low, high in spans:
            self.patches.append(Patch(low, new[at : at + high - low]))
            at += high - low
        if place is not None:
            self.places.append(place)

    def _extended(self, guid: bytes, parts: list[_Segment]) -> None:
        """XMP too long for one segment; its MD5 is the GUID by which the main packet names it."""
        ordered = sorted(parts, key=self._offset)
        spans = [(min(each.start + _EXTENSION_HEADER, each.end), each.end) for each in ordered]
        expected = 0
        for each, (low, high) in zip(ordered, spans, strict=True):
            if self._offset(each) != expected:  # gaps or doubles: no telling what a reader makes
                for part in parts:
                    self._vacate(part, "XMP")
                return
            expected += high - low
        old = b"".join(self.data[low:high] for low, high in spans)
        new = xmp.scrub(old)
        if new is old:
            return
        self._block(spans, lambda _: new, "XMP")
        digest = hashlib.md5(new, usedforsecurity=False).hexdigest().upper().encode()
        if guid.isalnum():
            self.guids[guid] = digest
        self.patches += [Patch(each.start + len(_EXTENSION), digest) for each in parts]

    def _credentials(self, spans: list[Span]) -> None:
        """A signed manifest can't be edited, only dropped."""
        inside = b"".join(self.data[low + _JUMBF_HEADER : high] for low, high in spans)
        if mentions_position(inside):
            self.places.append("content credentials")
            self.patches += [Patch(low, bytes(high - low)) for low, high in spans]

    def _offset(self, part: _Segment) -> int:
        at = part.start + len(_EXTENSION) + _GUID + 4
        return int.from_bytes(self.data[at : at + 4], "big")

    def _other(self, segment: _Segment) -> None:
        old = self.data[segment.start : segment.end]
        if old.startswith(_PROFILE):
            return
        is_xmp = old.startswith(_XMP)
        new = xmp.scrub(old) if segment.marker == 0xE1 else old  # XMP under any header
        new = new if is_xmp else blob.scrub(new, [], self.depth + 1)
        is_comment = segment.marker == _COMMENT
        place = "comment" if is_comment else f"APP{segment.marker - 0xE0}"
        told = segment.marker in _TEXT_MARKERS and tells_position(new)
        if not is_xmp and (told or (not is_comment and mentions_position(new))):
            self._vacate(segment, place)
            return
        if new is not old:
            self.places.append("XMP" if is_xmp else place)
        for guid, digest in self.guids.items():
            new = new.replace(guid, digest) if is_xmp else new
        if new != old:
            self.patches.append(Patch(segment.start, new))

    def _vacate(self, segment: _Segment, place: str) -> None:
        self.places.append(place)
        self.patches.append(Patch(segment.start, bytes(segment.end - segment.start)))
        if segment.marker == _COMMENT:
            self.patches.append(Patch(segment.start - 3, bytes([_UNUSED_APP])))
