"""Bytes of no or unknown structure: what follows a picture, maker notes, previews, odd boxes.

Whole JPEG and MP4 files inside are cleaned as such; anywhere else EXIF, XMP and IPTC are known by
their signatures. Everything is cleaned in place. Searches are for literal bytes, which take a few
milliseconds in a picture of 20 MB, where a pattern without any takes a second.
"""

import heapq
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from . import iptc, jpeg, mp4, tiff, trailer, xmp
from .bounds import Bound
from .ifd import Span
from .patches import Patch, apply

MAX_DEPTH = 3
_JPEG: Final = re.compile(rb"\xff\xd8\xff[\xc0-\xfe]")
_MP4: Final = re.compile(rb"ftyp")
_TIFF: Final = (re.compile(rb"II\x2a\0"), re.compile(rb"MM\0\x2a"))
_EXIF_BEFORE: Final = re.compile(rb"(?:\xff\xe1(..))?(?i:Exif)\0.{0,4}\Z", re.DOTALL)
_EXIF_REACH = 13
_RDF: Final = (re.compile(rb"RDF"), re.compile(rb"R\0D\0F"), re.compile(rb"R\0\0\0D\0\0\0F"))
_RDF_BEFORE: Final = re.compile(rb"<\0{0,3}(/?)\0{0,3}r\0{0,3}d\0{0,3}f\0{0,3}:\0{0,3}\Z")
_RDF_REACH = 28
_IPTC: Final = re.compile(rb"8BIM\x04\x04\0\0(....)", re.DOTALL)
_MAX_EXIF = 64
_MAX_NEEDLES = 50_000
_WINDOW = 1 << 18


def scrub(data: bytes, places: list[str], depth: int = 0) -> bytes:
    """The same bytes without location, same length; the same object where there is none.

    Adds what it cleaned to ``places``. Raises Permanent where there is more of one kind inside
    than in any real file.
    """
    if depth > MAX_DEPTH or not data:
        return data
    patches = trailer.insta360(io.BytesIO(data), len(data))
    places += ["trailer"] if apply(data, patches) is not data else []
    bound = Bound()
    jpegs, movies = _Starts(data, _JPEG), _Starts(data, _MP4, before=4)
    at = 0
    scans: list[Span] = []
    while (start := _first(at, jpegs, movies)) < len(data):
        bound.count()
        inside: list[str] = []
        if start == jpegs.after(at):
            found, end = jpeg.walk(data, start, inside, depth, scans)
            inside = inside if depth == 0 and start == 0 else ["second picture"]
        else:
            found, end = mp4.scan(io.BytesIO(data), start, len(data), [], depth + 1)
            inside = ["motion photo"]
        patches += [*_gap(data, at, start, places), *found]
        places += inside if found else []
        at = max(end, start + 1)
    patches += _gap(data, at, len(data), places)
    return _sweep(apply(data, patches), _outside(scans, len(data)), places, depth)


@dataclass(slots=True)
class _Starts:
    """Where files of one kind seem to start: ``before`` bytes before what is searched for."""

    data: bytes
    pattern: re.Pattern[bytes]
    before: int = 0
    _next: int = -1

    def after(self, at: int) -> int:
        """The first start from ``at`` on, looked for once; the data's end where there is none."""
        if self._next < at:
            match = self.pattern.search(self.data, at + self.before)
            self._next = len(self.data) if match is None else match.start() - self.before
        return self._next


def _first(at: int, jpegs: _Starts, movies: _Starts) -> int:
    """Where the next file starts; nothing is searched beyond a picture that starts right here."""
    start = jpegs.after(at)
    return start if start == at else min(start, movies.after(at))


def _outside(scans: list[Span], length: int) -> list[Span]:
    """Everything but the coded pixels, in which nobody looks for metadata."""
    edges = [0, *(edge for span in scans for edge in span), length]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _gap(data: bytes, start: int, end: int, places: list[str]) -> list[Patch]:
    """Trailers between and after the files."""
    if end - start < 16:
        return []
    old = data[start:end]
    new = trailer.scrub(old)
    if new is old:
        return []
    places.append("trailer")
    return [Patch(start, new)]


def _sweep(data: bytes, spans: list[Span], places: list[str], depth: int) -> bytes:
    """Clean what signatures tell, wherever it lies in the spans."""
    for find, place in ((_exif, "EXIF"), (_packets, "XMP"), (_iptc, "IPTC")):
        clean = apply(data, find(data, spans, depth))
        if clean is not data:
            places.append(place)
            data = clean
    return data


def _before(
    data: bytes,
    spans: list[Span],
    needles: tuple[re.Pattern[bytes], ...],
    pattern: re.Pattern[bytes],
    reach: int,
) -> Iterator[tuple[re.Match[bytes], int, int]]:
    """Where a needle stands right after ``pattern``: that match, its start, the needle's start."""
    starts = heapq.merge(*(_found(data, spans, each) for each in needles))
    bound = Bound(_MAX_NEEDLES)
    for at in starts:
        bound.count()
        low = max(0, at - reach)
        match = pattern.search(data[low:at])
        if match is not None:
            yield match, low + match.start(), at


def _found(data: bytes, spans: list[Span], needle: re.Pattern[bytes]) -> Iterator[int]:
    for low, high in spans:
        for match in needle.finditer(data, low, high):
            yield match.start()


def _exif(data: bytes, spans: list[Span], depth: int) -> list[Patch]:
    patches = []
    bound = Bound(_MAX_EXIF)
    for match, start, at in _before(data, spans, _TIFF, _EXIF_BEFORE, _EXIF_REACH):
        bound.count()
        length = int.from_bytes(match[1] or b"", "big")
        old = data[at : start + 2 + length if length > at - start else at + _WINDOW]
        new = tiff.scrub_exif(old, [], depth + 1)
        if new is not old:
            patches.append(Patch(at, new))
    return patches


def _packets(data: bytes, spans: list[Span], _depth: int) -> list[Patch]:
    patches = []
    opened: int | None = None
    bound = Bound()
    for match, start, at in _before(data, spans, _RDF, _RDF_BEFORE, _RDF_REACH):
        bound.count()
        if not match[1]:
            opened = start
        elif opened is not None:
            old = data[opened : at + 16]
            new = xmp.scrub(old)
            if new is not old:
                patches.append(Patch(opened, new))
            opened = None
    return patches


def _iptc(data: bytes, spans: list[Span], _depth: int) -> list[Patch]:
    patches = []
    bound = Bound()
    for low, high in spans:
        at = low
        while (match := _IPTC.search(data, at, high)) is not None:
            bound.count()
            at = min(match.end() + int.from_bytes(match[1], "big"), len(data))
            old = data[match.end() : at]
            new = iptc.scrub(old)
            if new is not old:
                patches.append(Patch(match.end(), new))
    return patches
