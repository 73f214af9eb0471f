"""Tracks of timed positions in MP4 and MOV files: which they are, and where their samples lie.

Sources: ISO/IEC 14496-12 (sample tables), Apple's timed metadata (mebx), GoPro GPMF, Google CAMM.
"""

import re
import struct
from itertools import accumulate
from typing import Final

from .boxes import Box, BoxReader
from .ifd import Span
from .words import is_location, mentions_position, tells_position

# GoPro, Google street view, Sony, GM, Ricoh and the like, DJI: telemetry with a position in it
_TELEMETRY: Final = frozenset(
    {b"gpmd", b"camm", b"rtmd", b"marl", b"RVMI", b"djmd", b"dbgi", b"gps ", b"nmea"}
)
_TEXT_HANDLERS: Final = frozenset({b"text", b"sbtl", b"subt", b"subp", b"clcp"})
_PICTURE_OR_SOUND: Final = frozenset({b"vide", b"soun", b"tmcd", b"hint", b"auxv", b"pict"})
_KEY: Final = re.compile(rb"[A-Za-z][\w\-]*(?:\.[\w\-]+)+")
_GARMIN: Final = b"PNDM"
_PARROT: Final = b"com.parrot"
_LOOK = 1 << 20


def positions(reader: BoxReader, track: Box, media: list[Span]) -> list[Span] | None:
    """Where the samples of a track of positions lie, inside ``media``; None for other tracks."""
    handler = reader.body(reader.child(track, b"mdia", b"hdlr"))[8:12]
    table = reader.child(track, b"mdia", b"minf", b"stbl")
    if table is None or handler in _PICTURE_OR_SOUND:
        return None
    description = reader.body(reader.child(table, b"stsd"))
    kind = description[12:16]
    samples = _inside(_chunks(reader, table), media)
    if kind in _TELEMETRY or handler == b"camm":
        return samples
    if kind == b"mebx":
        keys = _KEY.findall(description)
        return samples if any(is_location(key.decode("latin-1")) for key in keys) else None
    if _PARROT in description:
        return samples
    start = _first_bytes(reader, samples)
    is_text = handler in _TEXT_HANDLERS
    told = tells_position(start) or _GARMIN in start if is_text else mentions_position(start)
    return samples if told or tells_position(start) else None


def _first_bytes(reader: BoxReader, samples: list[Span]) -> bytes:
    found: list[bytes] = []
    left = _LOOK
    for start, end in samples:
        if left <= 0:
            break
        found.append(reader.read(start, min(end, start + left)))
        left -= len(found[-1])
    return b"".join(found)


def _chunks(reader: BoxReader, table: Box) -> list[Span]:
    """The chunks of a track by its sample tables, in their order."""
    offsets = _numbers(reader.body(reader.child(table, b"stco")), 8, "I")
    if not offsets:
        offsets = _numbers(reader.body(reader.child(table, b"co64")), 8, "Q")
    runs = _numbers(reader.body(reader.child(table, b"stsc")), 8, "I")
    first = [0, *accumulate(_sizes(reader, table))]  # sample number → bytes before it
    spans: list[Span] = []
    sample, run = 0, 0
    for number, offset in enumerate(offsets, start=1):
        while run + 3 < len(runs) // 3 * 3 and runs[run + 3] <= number:
            run += 3
        count = runs[run + 1] if len(runs) >= 3 else 1
        last = min(sample + count, len(first) - 1)
        if last == sample:
            break
        spans.append((offset, offset + first[last] - first[sample]))
        sample = last
    return spans


def _sizes(reader: BoxReader, table: Box) -> tuple[int, ...]:
    data = reader.body(reader.child(table, b"stsz"))
    if not data:
        compact = reader.body(reader.child(table, b"stz2"))
        width = compact[7] if len(compact) > 7 else 0
        if width == 4:
            return tuple(half for byte in compact[12:] for half in (byte >> 4, byte & 15))
        return _numbers(compact, 12, {8: "B", 16: "H"}.get(width, "I"))
    same, count = int.from_bytes(data[4:8], "big"), int.from_bytes(data[8:12], "big")
    return (same,) * min(count, 1 << 20) if same else _numbers(data, 12, "I")


def _numbers(data: bytes, start: int, code: str) -> tuple[int, ...]:
    """Big-endian integers after a table's header, as many as are there."""
    count = max(0, len(data) - start) // struct.calcsize("=" + code)
    return struct.unpack_from(f">{count}{code}", data, start) if count else ()


def _inside(spans: list[Span], media: list[Span]) -> list[Span]:
    """Clipped to media data and joined: a hostile table must not clear anything else."""
    found: list[Span] = []
    areas = sorted(media)
    at = 0
    for low, high in sorted(spans):
        while at < len(areas) and areas[at][1] <= low:
            at += 1
        if at == len(areas):
            break
        start = max(low, areas[at][0], found[-1][1] if found else 0)
        end = min(high, areas[at][1])
        if start < end and found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        elif start < end:
            found.append((start, end))
    return found
