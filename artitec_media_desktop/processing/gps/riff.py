"""Location in RIFF files: WebP pictures and AVI videos. Everything is cleaned in place.

Sources: the WebP container specification; Microsoft's AVI RIFF reference; XMP part 3.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from . import blob, tiff, xmp
from .bounds import Bound
from .patches import Patch, apply, zeros
from .words import mentions_position, tells_position

_MAX_CHUNKS = 100_000
_MAX_NESTING = 16
_SMALL = 8 << 20
_PIXELS: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
# Sound, pictures and their index are not metadata, whatever their bytes look like.
_STREAMS: Final = frozenset({b"movi", b"rec "})
_PLAIN: Final = frozenset({b"idx1", b"avih", b"strh", b"strf", b"indx", b"dmlh", b"vprp"})
_LOCATIONS: Final = frozenset({b"gps0", b"SLLT", b"LOCA", b"ICNT", b"ICTY", b"GPS "})


@dataclass(frozen=True, slots=True)
class _Chunk:
    kind: bytes
    start: int  # of its content
    end: int


def scrub_webp(data: bytes, places: list[str]) -> bytes:
    """A WebP file without location, same length; the same object where there is none.

    Adds what it cleaned to ``places``. Raises Permanent for a file of nothing but chunks.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return data
    patches: list[Patch] = []
    bound, metadata = Bound(_MAX_CHUNKS), Bound()
    limit = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    at = 12
    while at + 8 <= limit:
        bound.count()
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        start, end = at + 8, min(at + 8 + size, len(data))
        at = end + size % 2
        if kind in _PIXELS:
            continue
        metadata.count()
        old = data[start:end]
        new = _webp_chunk(kind, old, places)
        if new is not old:
            patches.append(Patch(start, new))
    rest = data[at:]
    clean = blob.scrub(rest, places, 1)
    if clean is not rest:
        patches.append(Patch(at, clean))
    return apply(data, patches)


def _webp_chunk(kind: bytes, old: bytes, places: list[str]) -> bytes:
    if kind == b"EXIF":
        header = 6 if old.startswith(b"Exif\0\0") else 0
        body = old[header:]
        clean = tiff.scrub_exif(body, places)
        return old if clean == body else old[:header] + clean
    if kind[:3] == b"XMP":
        clean = xmp.scrub(old)
        place = "XMP"
    else:
        clean = blob.scrub(old, [], 1)
        place = "unknown chunk"
        if mentions_position(clean):
            clean = bytes(len(old))
    if clean is not old:
        places.append(place)
    return clean


def scan_avi(file: BinaryIO, size: int, places: list[str]) -> list[Patch]:
    """What to overwrite in an AVI file; reads chunk headers and small chunks.

    A chunk that holds a position becomes ``JUNK`` of NULs. Positions that a dashcam writes as a
    stream of its own, between the pictures, are not looked for. Adds what it cleaned to
    ``places``. Raises Permanent for more chunks than any real file has.
    """
    patches: list[Patch] = []
    end = 0
    for chunk in _chunks(file, 0, size, Bound(_MAX_CHUNKS)):
        end = max(end, chunk.end)
        if chunk.kind in _PLAIN or chunk.end - chunk.start > _SMALL:
            continue
        old = _read(file, chunk.start, chunk.end)
        new = _avi_chunk(chunk.kind, old)
        if new is None:
            places.append("location")
            patches.append(Patch(chunk.start - 8, b"JUNK"))
            patches += zeros(chunk.start, chunk.end)
        elif new is not old:
            places.append("XMP" if chunk.kind == b"_PMX" else "camera data")
            patches.append(Patch(chunk.start, new))
    if 0 < size - end <= _SMALL:
        old = _read(file, end, size)
        new = blob.scrub(old, places, 1)
        if new is not old:
            patches.append(Patch(end, new))
    return patches


def _avi_chunk(kind: bytes, old: bytes) -> bytes | None:
    if kind in _LOCATIONS:
        return None if old.strip(b"\0") else old
    if kind == b"_PMX":
        return xmp.scrub(old)
    clean = blob.scrub(old, [], 1)
    return None if mentions_position(clean) or tells_position(clean) else clean


def _read(file: BinaryIO, start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(max(0, end - start))


def _chunks(
    file: BinaryIO, start: int, end: int, bound: Bound, nesting: int = 0
) -> Iterator[_Chunk]:
    """Every chunk that is not a list, those in lists included; streams are stepped over."""
    while end - start >= 8:
        bound.count()
        header = _read(file, start, start + 12)
        kind, size = header[:4], int.from_bytes(header[4:8], "little")
        stop = min(start + 8 + size, end)
        if len(header) < 8 or not kind.strip(b"\0") or (nesting == 0 and kind != b"RIFF"):
            return
        if nesting == 0 and not size:  # a recording that was cut short
            stop = end
        if kind in (b"RIFF", b"LIST") and header[8:12] not in _STREAMS and nesting < _MAX_NESTING:
            yield from _chunks(file, start + 12, stop, bound, nesting + 1)
        else:
            is_list = kind in (b"RIFF", b"LIST")
            yield _Chunk(b"idx1" if is_list else kind, start + 8, stop)
        start = stop + size % 2
