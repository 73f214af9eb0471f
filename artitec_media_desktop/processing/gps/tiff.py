"""Location in TIFF structures: EXIF blocks and TIFF files, either byte order, BigTIFF too.

Nothing moves. An entry that goes is shifted out of its directory, and the bytes it pointed to are
cleared unless something that stays uses them. Sources: TIFF 6.0, EXIF 3.0, GeoTIFF 1.1.
"""

from dataclasses import dataclass, field
from typing import Final

from . import blob, iptc, maker, xmp
from .bounds import unreadable
from .ifd import HEADER, Directory, Entry, Maze, Reader, Span, subtract
from .patches import Patch, apply, zeros
from .words import tells_position

_GPS, _MAKER, _XMP, _IPTC, _PHOTOSHOP = 0x8825, 0x927C, 0x02BC, 0x83BB, 0x8649
_POINTERS: Final = frozenset({0x014A, 0x0190, 0x8769, 0xA005})
# ModelPixelScale, ModelTiepoint, ModelTransformation, GeoKeys and their values
_GEO: Final = frozenset({0x830E, 0x8482, 0x85D8, 0x87AF, 0x87B0, 0x87B1})
_USER_COMMENT = 0x9286
# DocumentName, ImageDescription, UserComment, XPTitle … XPSubject
_TEXTS: Final = frozenset({0x010D, 0x010E, _USER_COMMENT, *range(0x9C9B, 0x9CA0)})
# Data outside the directories, by the tags of its offsets and lengths: strips, tiles, thumbnail
_STRIPS, _TILES, _THUMBNAIL = (0x0111, 0x0117), (0x0144, 0x0145), (0x0201, 0x0202)
_OLD_JPEG_TABLES: Final = frozenset({0x0207, 0x0208, 0x0209})
_JPEG_TABLE = 512
_MAX_POINTERS = 64


def scrub(data: bytes, places: list[str]) -> bytes:
    """A TIFF file without location, same length; the same object where there is none.

    Adds what it cleaned to ``places``. What is not TIFF comes back as it is. Raises Permanent
    (``unreadable_metadata``) for a maze of directories that no camera or program writes.
    """
    try:
        out, end = _scrub(data, places, 0)
    except Maze:
        raise unreadable() from None
    tail = out[end:]
    clean = blob.scrub(tail, places, 1)
    return out if clean is tail else out[:end] + clean


def scrub_exif(data: bytes, places: list[str], depth: int = 0) -> bytes:
    """As :func:`scrub`, for a block inside a picture: a maze is cleared as a whole."""
    try:
        return _scrub(data, places, depth)[0]
    except Maze:
        places.append("EXIF")
        return bytes(len(data))


def _scrub(data: bytes, places: list[str], depth: int) -> tuple[bytes, int]:
    """The clean data, and the end of what its directories speak of."""
    if HEADER.match(data) is None:
        return data, len(data)
    reader = Reader(data, data[:2] == b"II", 0x2B in data[2:4])
    walk = _Walk(data, reader, places, depth)
    waiting = [reader.number(8 if reader.big else 4, reader.slot)]
    while waiting:
        offset = waiting.pop()
        if offset and offset not in walk.seen:
            walk.seen.add(offset)
            waiting += walk.visit(reader.directory(offset))
    cleared = [patch for span in subtract(walk.gone, walk.kept) for patch in zeros(*span)]
    end = max(high for _, high in walk.kept)
    return apply(data, cleared + walk.edits), min(end, len(data))


@dataclass(slots=True)
class _Walk:
    data: bytes
    reader: Reader
    places: list[str]
    depth: int
    kept: list[Span] = field(default_factory=lambda: [(0, 8)])
    gone: list[Span] = field(default_factory=list)
    edits: list[Patch] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    maker_notes_seen: bool = False

    def visit(self, directory: Directory) -> list[int]:
        """Clean one directory; the offsets of those it leads to."""
        self.kept.append((directory.start, directory.end + self.reader.slot))
        further = [self.reader.number(directory.end, self.reader.slot)]
        stays = []
        for entry in directory.entries:
            if self._goes(entry):
                continue
            stays.append(entry)
            self.kept.append((entry.start, entry.end))
            if entry.tag in _POINTERS:
                further += self.reader.numbers(entry)[:_MAX_POINTERS]
            elif entry.tag == _MAKER:
                self._clean_maker_notes(entry)
            elif entry.tag in (_XMP, _IPTC, _PHOTOSHOP):
                self._clean_block(entry)
        self._keep_data({entry.tag: entry for entry in stays})
        self.edits += self.reader.without(directory, stays)
        return further

    def _goes(self, entry: Entry) -> bool:
        if entry.tag == _GPS:
            self.places.append("EXIF")
            for offset in self.reader.numbers(entry)[:_MAX_POINTERS]:
                self._drop_directory(offset)
        elif entry.tag in _GEO:
            self.places.append("GeoTIFF")
        elif entry.tag in _TEXTS and tells_position(self._text(entry)):
            self.places.append("EXIF")
        else:
            return False
        self.gone.append((entry.start, entry.end))
        return True

    def _text(self, entry: Entry) -> bytes:
        encoding = 8 if entry.tag == _USER_COMMENT else 0  # its name comes first
        return self.reader.value(min(entry.start + encoding, entry.end), entry.end)

    def _drop_directory(self, offset: int) -> None:
        if 0 < offset < len(self.data):
            directory = self.reader.directory(offset)
            end = min(directory.end + self.reader.slot, len(self.data))
            self.gone += [(offset, end), *((each.start, each.end) for each in directory.entries)]

    def _replace(self, start: int, old: bytes, new: bytes, place: str) -> None:
        if new != old:
            self.edits.append(Patch(start, new))
            self.places.append(place)

    def _clean_block(self, entry: Entry) -> None:
        old = self.reader.value(entry.start, entry.end)
        if entry.tag == _XMP:
            self._replace(entry.start, old, xmp.scrub(old), "XMP")
        elif entry.tag == _IPTC:
            self._replace(entry.start, old, _iptc(old), "IPTC")
        else:
            inside: list[str] = []
            new = iptc.scrub_photoshop(old, inside, self.depth)
            self._replace(entry.start, old, new, inside[0] if inside else "")

    def _clean_maker_notes(self, entry: Entry) -> None:
        """Place names that some cameras write, and EXIF of pictures inside."""
        if self.maker_notes_seen:  # a second one is nobody's
            return
        self.maker_notes_seen = True
        notes = self.reader.value(entry.start, entry.end)
        clean = blob.scrub(notes, [], self.depth + 1)
        clean = maker.scrub(clean, self.data, entry.start, self.reader.little)
        self._replace(entry.start, notes, clean, "maker notes")

    def _keep_data(self, by_tag: dict[int, Entry]) -> None:
        """Remember where pixels lie; clean a thumbnail, which is a JPEG file of its own."""
        for tag, length_tag in (_STRIPS, _TILES, _THUMBNAIL):
            if tag not in by_tag:
                continue
            starts = self.reader.numbers(by_tag[tag])
            lengths = self.reader.numbers(by_tag[length_tag]) if length_tag in by_tag else ()
            for index, start in enumerate(starts):
                length = lengths[index] if index < len(lengths) else len(self.data)
                self._keep(start, start + length)
            if tag == _THUMBNAIL[0] and starts and lengths:
                old = self.reader.value(starts[0], starts[0] + lengths[0])
                if old.startswith(b"\xff\xd8"):
                    new = blob.scrub(old, [], self.depth + 1)
                    self._replace(starts[0], old, new, "thumbnail")
        for tag in _OLD_JPEG_TABLES & by_tag.keys():
            for start in self.reader.numbers(by_tag[tag]):
                self._keep(start, start + _JPEG_TABLE)

    def _keep(self, start: int, end: int) -> None:
        """Strips mostly follow each other: one span for all of them."""
        end = min(end, len(self.data))
        if self.kept[-1][1] == start:
            self.kept[-1] = (self.kept[-1][0], end)
        else:
            self.kept.append((start, end))


def _iptc(data: bytes) -> bytes:
    """Some programs store IPTC as byte-swapped 32-bit numbers."""
    if data[3:4] == b"\x1c" and data[:1] != b"\x1c" and len(data) % 4 == 0:
        swapped = _swapped(data)
        clean = iptc.scrub(swapped)
        return data if clean is swapped else _swapped(clean)
    return iptc.scrub(data)


def _swapped(data: bytes) -> bytes:
    out = bytearray(data)
    for place in range(4):
        out[place::4] = data[3 - place :: 4]
    return bytes(out)
