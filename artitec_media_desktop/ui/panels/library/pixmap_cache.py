"""Pictures that were loaded, up to a number of bytes; what could not be loaded is kept too."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtGui import QPixmap


@dataclass(frozen=True, slots=True)
class Miss:
    """There is no picture to be had; ``code`` is that of the error."""

    code: str


#: What a miss costs, so that a million of them are bounded as well.
_MISS_BYTES = 200


class PixmapCache:
    """Keyed by a picture's number and its width in device pixels; the longest unused goes first."""

    def __init__(self, limit: int) -> None:
        """``limit`` is in bytes."""
        self._limit = limit
        self._entries: OrderedDict[tuple[int, int], QPixmap | Miss] = OrderedDict()
        self._widths: dict[int, set[int]] = {}
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: int, width: int) -> QPixmap | Miss | None:
        """The picture of exactly that width, or why there is none; None when it is not known."""
        found = self._entries.get((key, width))
        if found is not None:
            self._entries.move_to_end((key, width))
        return found

    def has(self, key: int, width: int) -> bool:
        """Whether that is known; without using it."""
        return (key, width) in self._entries

    def nearest(self, key: int, width: int) -> QPixmap | None:
        """The picture in the next best width, to be shown until the right one is there."""
        widths = [
            each
            for each in self._widths.get(key, ())
            if isinstance(self._entries[(key, each)], QPixmap)
        ]
        if not widths:
            return None
        best = min(widths, key=lambda each: (each < width, abs(each - width)))
        found = self._entries[(key, best)]
        return found if isinstance(found, QPixmap) else None

    def put(self, key: int, width: int, entry: QPixmap | Miss) -> None:
        """Remember one; others go when there is no room."""
        self._remove((key, width))
        self._entries[(key, width)] = entry
        self._widths.setdefault(key, set()).add(width)
        self.bytes += _bytes(entry)
        while self.bytes > self._limit and len(self._entries) > 1:
            self._remove(next(iter(self._entries)))

    def forget_misses(self) -> None:
        """What could not be loaded may be tried again."""
        for place in [each for each, entry in self._entries.items() if isinstance(entry, Miss)]:
            self._remove(place)

    def _remove(self, place: tuple[int, int]) -> None:
        entry = self._entries.pop(place, None)
        if entry is None:
            return
        self.bytes -= _bytes(entry)
        widths = self._widths[place[0]]
        widths.discard(place[1])
        if not widths:
            del self._widths[place[0]]


def _bytes(entry: QPixmap | Miss) -> int:
    if isinstance(entry, Miss):
        return _MISS_BYTES
    return entry.width() * entry.height() * entry.depth() // 8
