"""Place names that cameras write into their maker notes, taken out in place.

Panasonic's travel cameras look towns and landmarks up; Nikon's with a receiver do too. Their
layouts are as others have found them out: neither maker publishes them.
"""

import re
from typing import Final

from .ifd import Reader, subtract
from .patches import Patch, apply, zeros

# Location, country, state, city, landmark, smaller towns
_PANASONIC: Final = frozenset({0x67, 0x69, 0x6B, 0x6D, 0x6F, 0x80, 0x81, 0x82, 0x83})
_NIKON: Final = frozenset({0x39})
_NIKON_HEADER: Final = re.compile(rb"Nikon\0\x02..\0(II\x2a\0|MM\0\x2a)(....)", re.DOTALL)


def scrub(notes: bytes, data: bytes, start: int, little: bool) -> bytes:
    """Maker notes without place names. They lie at ``start`` of ``data``, a TIFF structure.

    Same length; the same object where there is nothing to take out. Raises Maze.
    """
    nikon = _NIKON_HEADER.match(notes)
    if nikon is not None:
        reader = Reader(data, nikon[1] == b"II\x2a\0", base=start + 10)
        first = int.from_bytes(nikon[2], "little" if reader.little else "big")
        return _without(notes, reader, start, start + 10 + first, _NIKON)
    if notes.startswith((b"Panasonic\0\0\0", b"LEICA\0\0\0")):
        header = 12 if notes.startswith(b"P") else 8
        return _without(notes, Reader(data, little), start, start + header, _PANASONIC)
    return notes


def _without(notes: bytes, reader: Reader, start: int, first: int, tags: frozenset[int]) -> bytes:
    directory = reader.directory(first)
    goes = [entry for entry in directory.entries if entry.tag in tags]
    stays = [entry for entry in directory.entries if entry.tag not in tags]
    kept = [(entry.start, entry.end) for entry in stays]
    kept.append((directory.start, directory.end + reader.slot))
    cleared = subtract([(entry.start, entry.end) for entry in goes], kept)
    edits = [patch for span in cleared for patch in zeros(*span)]
    edits += reader.without(directory, stays)
    inside = [
        Patch(edit.offset - start, edit.data)
        for edit in edits
        if start <= edit.offset and edit.end <= start + len(notes)
    ]
    return apply(notes, inside)
