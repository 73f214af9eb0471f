"""Location in MP4, MOV, M4V and 3GP files: which bytes to overwrite so that nothing moves.

A box that holds a position becomes a ``free`` box of NULs: user data (©xyz, loci, makers' own),
keys and their values, XMP, Sony's XML, and whole tracks of timed positions with their samples
(see :mod:`tracks`). Other small boxes are cleaned inside, as pictures in them may have EXIF.

Not looked into, as it would take reading the whole file: positions that some camcorders weave
into the video stream itself (H.264 MDPM), blocks of dashcams that no box points to, fragments
(moof) of a track of positions — the track goes, its loose samples stay unreadable without it —
and unknown boxes over 8 MB.
"""

import re
from typing import BinaryIO, Final

from . import blob, tracks, xmp
from .boxes import SMALL, Box, BoxReader, plausible
from .ifd import Span
from .patches import Patch
from .words import is_location, mentions_position, tells_position

_CONTAINERS: Final = frozenset({b"moov", b"udta", b"meco", b"moof", b"traf", b"ilst", b"NCDT"})
_NOTHING: Final = frozenset(
    {b"ftyp", b"styp", b"sidx", b"ssix", b"mfra", b"mvhd", b"iods", b"mvex", b"hdlr", b"mfhd"}
    | {b"tfhd", b"tfdt", b"trun", b"pnot", b"iloc", b"iinf", b"iprp"}
)
_LOCATIONS: Final = frozenset({b"\xa9xyz", b"@xyz", b"loci", b"udat", b"CMT4"})
_XMP_UUID: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_LOCATION_UUIDS: Final = frozenset(
    {
        bytes.fromhex("9b630f8d637440ec8204bc5ff5091728"),  # Garmin
        bytes.fromhex("efe1589abb7749ef809527759eb1dc6f"),  # 360Fly
    }
)
# Nikon's tags, with EXIF's GPS directory under numbers of its own
_NIKON_TAGS, _NIKON_GPS = b"NCTG", re.compile(rb"\x01\x20\0[\0-\x1f]\0[\x01-\x0c]")
_MAX_NESTING = 12
_INDEX_ENTRY = 8


def scan(
    file: BinaryIO, start: int, end: int, places: list[str], depth: int = 0
) -> tuple[list[Patch], int]:
    """What to overwrite in the boxes from ``start``, and where the last of them ends.

    Adds what it cleaned to ``places``. Raises Permanent for more boxes than any real file has.
    """
    scan = _Scan(BoxReader(file), end, places, depth)
    stop = start
    for box in scan.reader.boxes(start, end):
        if not plausible(box):
            break
        stop = box.end
        scan.visit(box, 0)
    scan.finish()
    return scan.reader.patches, stop


class _Scan:
    def __init__(self, reader: BoxReader, end: int, places: list[str], depth: int) -> None:
        self.reader = reader
        self.end = end
        self.places = places
        self.depth = depth
        self.tracks: list[Box] = []
        self.media: list[Span] = []

    def visit(self, box: Box, nesting: int) -> None:
        """Gather what cleans one box."""
        if box.kind == b"mdat":
            self.media.append((box.body, box.end))
        elif box.kind in _LOCATIONS or b"gps" in box.kind.lower():
            self._clear_index(box)
            self._erase(box, "location")
        elif box.kind == _NIKON_TAGS and _NIKON_GPS.search(self.reader.body(box)):
            self._erase(box, "location")
        elif box.kind == b"trak":
            self.tracks.append(box)
            for child in self.reader.boxes(box.body, box.end):
                if child.kind in (b"udta", b"meta"):
                    self.visit(child, nesting + 1)
        elif box.kind == b"meta":
            self._meta(box, nesting)
        elif box.kind in _CONTAINERS and nesting < _MAX_NESTING:
            self._container(box.body, box.end, nesting)
        elif box.kind == b"XMP_" or box.kind == b"xml ":
            self._xml(box, box.body)
        elif box.kind == b"uuid":
            self._uuid(box)
        elif box.kind not in _NOTHING:
            self._opaque(box)

    def finish(self) -> None:
        """Tracks last: their samples may only be cleared inside media data, known by now."""
        for track in self.tracks:
            samples = tracks.positions(self.reader, track, self.media)
            if samples is not None:
                self.reader.clear(samples)
                self._erase(track, "timed positions")

    def _erase(self, box: Box, place: str) -> None:
        self.reader.erase(box)
        self.places.append(place)

    def _container(self, start: int, end: int, nesting: int) -> None:
        for box in self.reader.boxes(start, end):
            self.visit(box, nesting + 1)
            start = box.end
        if end - start > 8:  # makers also put plain data where boxes belong
            self._rest(start, end)

    def _rest(self, start: int, end: int) -> None:
        old = self.reader.read(start, end)
        new = self._cleaned(old)
        if new is not old:
            self.reader.patches.append(Patch(start, new))
            self.places.append("user data")

    def _cleaned(self, data: bytes) -> bytes:
        """Without what is recognised; all NUL where a position is named in no known way."""
        clean = blob.scrub(data, [], self.depth + 1)
        if mentions_position(clean) or tells_position(clean):
            return bytes(len(data))
        return clean

    def _opaque(self, box: Box) -> None:
        if box.end - box.body > SMALL:
            return
        old = self.reader.body(box)
        new = self._cleaned(old)
        if new is old:
            return
        if not new.strip(b"\0"):
            self._erase(box, "user data")
        else:
            self.reader.patches.append(Patch(box.body, new))
            self.places.append("user data")

    def _xml(self, box: Box, start: int) -> None:
        if box.end - start > SMALL:
            self._erase(box, "XMP")
            return
        old = self.reader.read(start, box.end)
        new = xmp.scrub(old)
        if new is not old:
            self.reader.patches.append(Patch(start, new))
            self.places.append("XMP")

    def _uuid(self, box: Box) -> None:
        name = self.reader.read(box.body, box.body + 16)
        if name == _XMP_UUID:
            self._xml(box, box.body + 16)
        elif name in _LOCATION_UUIDS:
            self._erase(box, "location")
        else:
            self._opaque(box)

    def _meta(self, box: Box, nesting: int) -> None:
        """Keys by name and their values by number; QuickTime's has no version before its boxes."""
        plain = self.reader.read(box.body + 4, box.body + 8) == b"hdlr"
        start = box.body + (0 if plain else 4)
        children = list(self.reader.boxes(start, box.end))
        indices: set[bytes] = set()
        for child in children:
            if child.kind == b"keys":
                indices |= self._keys(child)
        for child in children:
            if child.kind == b"ilst":
                for item in self.reader.boxes(child.body, child.end):
                    self._item(item, indices, nesting)
            elif child.kind != b"keys" and nesting < _MAX_NESTING:
                self.visit(child, nesting + 1)

    def _keys(self, box: Box) -> set[bytes]:
        """Blot out location keys; the numbers, as box kinds, under which their values stand."""
        data = self.reader.body(box)
        found: set[bytes] = set()
        at, index = 8, 0
        while at + 8 <= len(data):
            index += 1
            size = int.from_bytes(data[at : at + 4], "big")
            if size < 8:
                break
            name = data[at + 8 : at + size]
            if is_location(name.decode("latin-1")):
                found.add(index.to_bytes(4, "big"))
                self.reader.patches.append(Patch(box.body + at + 8, b"-" * len(name)))
                self.places.append("location")
            at += size
        return found

    def _item(self, item: Box, indices: set[bytes], nesting: int) -> None:
        name = self.reader.body(self.reader.child(item, b"name")) if item.kind == b"----" else b""
        if item.kind in indices or is_location(name[4:].decode("latin-1")):
            self._erase(item, "location")
        else:
            self.visit(item, nesting + 1)

    def _clear_index(self, box: Box) -> None:
        """A dashcam's list of where in the file its position blocks lie (offset, size)."""
        data = self.reader.body(box) if box.kind == b"gps " else b""
        for at in range(8, len(data) - _INDEX_ENTRY + 1, _INDEX_ENTRY):
            start = int.from_bytes(data[at : at + 4], "big")
            size = int.from_bytes(data[at + 4 : at + 8], "big")
            if b"freeGPS" in self.reader.read(start, start + 16):
                self.reader.clear([(start + 8, min(start + min(size, SMALL), self.end))])
