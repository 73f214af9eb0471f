"""Directories of TIFF structures: reading them, and taking entries out without moving anything.

Sources: TIFF 6.0 and the BigTIFF design. Offsets may lie: every read is bounded by the data, and
the work by a budget, so a maze that no camera writes ends in :class:`Maze` instead of hours.
"""

import re
import struct
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from .patches import Patch

HEADER: Final = re.compile(rb"II\x2a\0|MM\0\x2a|II\x2b\0\x08\0\0\0|MM\0\x2b\0\x08\0\0")
_SIZES: Final = {
    1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8,
    11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8,
}  # fmt: skip
_UNSIGNED: Final = {3: "H", 16: "Q", 17: "Q", 18: "Q"}
# Real directories don't overlap; some slack for what small blocks say twice.
_SLACK = 1024

Span: TypeAlias = tuple[int, int]


class Maze(Exception):
    """More directories, or more said about the same bytes, than any real file has."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One directory entry; ``start`` and ``end`` bound its value, in place or pointed to."""

    tag: int
    kind: int
    raw: bytes
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory at ``start``; ``end`` is where the offset of the next one stands."""

    start: int
    end: int
    entries: list[Entry]


@dataclass(slots=True)
class Reader:
    """Reads the directories of ``data``; ``base`` is what its offsets count from."""

    data: bytes
    little: bool
    big: bool = False
    base: int = 0
    _entries: int = field(default=0, init=False)
    _numbers: int = field(default=0, init=False)
    _values: int = field(default=0, init=False)

    @property
    def slot(self) -> int:
        """Bytes of an offset."""
        return 8 if self.big else 4

    @property
    def count_size(self) -> int:
        """Bytes of a directory's entry count."""
        return 8 if self.big else 2

    def number(self, at: int, size: int) -> int:
        """An unsigned integer; 0 where the data ends before it."""
        raw = self.data[at : at + size]
        return int.from_bytes(raw, "little" if self.little else "big") if len(raw) == size else 0

    def directory(self, start: int) -> Directory:
        """The directory at ``start``, as far as the data goes. Raises Maze."""
        layout = struct.Struct(("<" if self.little else ">") + ("HHQQ" if self.big else "HHII"))
        at = start + self.count_size
        room = max(0, len(self.data) - at) // layout.size
        count = min(self.number(start, self.count_size), room)
        self._entries += count
        if self._entries > len(self.data) // layout.size + _SLACK:
            raise Maze
        end = at + count * layout.size
        entries = [self._entry(place, layout) for place in range(at, end, layout.size)]
        return Directory(start, end, entries)

    def _entry(self, at: int, layout: struct.Struct) -> Entry:
        tag, kind, count, offset = layout.unpack_from(self.data, at)
        length = count * _SIZES.get(kind, 1)
        end = at + layout.size
        start = end - self.slot
        if length > self.slot:
            start = min(self.base + offset, len(self.data))
        return Entry(tag, kind, self.data[at:end], start, min(start + length, len(self.data)))

    def numbers(self, entry: Entry) -> tuple[int, ...]:
        """The value as unsigned integers. Raises Maze."""
        code = _UNSIGNED.get(entry.kind, "I")
        count = (entry.end - entry.start) // struct.calcsize("=" + code)
        self._numbers += count
        if self._numbers > len(self.data) + _SLACK:
            raise Maze
        order = "<" if self.little else ">"
        return struct.unpack_from(f"{order}{count}{code}", self.data, entry.start)

    def value(self, start: int, end: int) -> bytes:
        """The bytes of a value that is looked into. Raises Maze if much is looked into twice."""
        value = self.data[start:end]
        self._values += len(value)
        if self._values > 2 * len(self.data) + _SLACK:
            raise Maze
        return value

    def without(self, directory: Directory, stays: list[Entry]) -> list[Patch]:
        """What takes the other entries out: the rest moves up, NULs fill the end."""
        gone = len(directory.entries) - len(stays)
        if not gone:
            return []
        order: Final = "little" if self.little else "big"
        count = self.number(directory.start, self.count_size) - gone
        following = self.data[directory.end : directory.end + self.slot]
        kept = b"".join(entry.raw for entry in stays)
        body = count.to_bytes(self.count_size, order) + kept + following
        size = directory.end + len(following) - directory.start
        return [Patch(directory.start, body.ljust(size, b"\0"))]


def subtract(spans: list[Span], kept: list[Span]) -> list[Span]:
    """``spans`` minus ``kept``, both in any order and overlapping as they like."""
    if not spans:
        return []
    edges = [(at, 0, step) for low, high in spans if low < high for at, step in _ends(low, high)]
    edges += [(at, step, 0) for low, high in kept if low < high for at, step in _ends(low, high)]
    left: list[Span] = []
    held = going = last = 0
    for at, keep, go in sorted(edges):
        if going > 0 and held == 0 and at > last:
            left.append((last, at))
        held, going, last = held + keep, going + go, at
    return left


def _ends(low: int, high: int) -> tuple[Span, Span]:
    return (low, 1), (high, -1)
