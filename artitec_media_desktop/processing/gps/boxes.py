"""Boxes of MP4 and QuickTime files: where they are, without reading what is in them.

Source: ISO/IEC 14496-12. Sizes may lie: everything is bounded by the box around it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from .bounds import Bound
from .ifd import Span
from .patches import Patch, zeros

#: Boxes up to this are read whole where their content matters.
SMALL: Final = 8 << 20
_KIND: Final = re.compile(rb"[ -~\xa9\0][ -~\0]{3}")
_MAX_BOXES = 200_000


@dataclass(frozen=True, slots=True)
class Box:
    """``start`` is the header's, ``body`` the content's first byte, ``end`` one past the last."""

    kind: bytes
    start: int
    body: int
    end: int


@dataclass(slots=True)
class BoxReader:
    """Reads boxes of ``file``; gathers what should be overwritten in ``patches``."""

    file: BinaryIO
    patches: list[Patch] = field(default_factory=list)
    _bound: Bound = field(default_factory=lambda: Bound(_MAX_BOXES), init=False)

    def read(self, start: int, end: int) -> bytes:
        """The bytes of a range, at most :data:`SMALL` of them."""
        self.file.seek(start)
        return self.file.read(min(max(0, end - start), SMALL))

    def boxes(self, start: int, end: int) -> Iterator[Box]:
        """The boxes of a range as far as they make sense. Raises Permanent for very many."""
        while end - start >= 8:
            self._bound.count()
            header = self.read(start, start + 16)
            size, body = int.from_bytes(header[:4], "big"), start + 8
            if size == 1:
                size, body = int.from_bytes(header[8:], "big"), start + 16
            elif size == 0:
                size = end - start
            if size < body - start or len(header) < 8:
                return
            yield Box(header[4:8], start, body, min(start + size, end))
            start += size

    def child(self, box: Box, *path: bytes) -> Box | None:
        """The first box at ``path`` below ``box``."""
        for kind in path:
            found = next(
                (each for each in self.boxes(box.body, box.end) if each.kind == kind), None
            )
            if found is None:
                return None
            box = found
        return box

    def body(self, box: Box | None) -> bytes:
        """What a small box holds; nothing where there is no such box."""
        return b"" if box is None else self.read(box.body, box.end)

    def erase(self, box: Box) -> None:
        """Make it a ``free`` box of NULs, so that nothing moves."""
        self.patches.append(Patch(box.start + 4, b"free"))
        self.patches += zeros(box.body, box.end)

    def clear(self, spans: list[Span]) -> None:
        """NULs in the given ranges."""
        for span in spans:
            self.patches += zeros(*span)


def plausible(box: Box) -> bool:
    """False for bytes that only by chance read as a box."""
    return _KIND.fullmatch(box.kind) is not None
