"""Same-length overwrites of a file, and a view of the file that has them applied."""

import io
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

_ZEROS: Final = bytes(1 << 16)


@dataclass(frozen=True, slots=True)
class Patch:
    """The bytes that a file has to have from ``offset`` on."""

    offset: int
    data: bytes

    @property
    def end(self) -> int:
        """Offset of the first byte after it."""
        return self.offset + len(self.data)


def zeros(start: int, end: int) -> list[Patch]:
    """Patches that clear ``[start, end)``; long runs share one block of memory."""
    whole = [Patch(at, _ZEROS) for at in range(start, end - len(_ZEROS) + 1, len(_ZEROS))]
    rest = start + len(whole) * len(_ZEROS)
    return [*whole, Patch(rest, bytes(end - rest))] if rest < end else whole


def apply(data: bytes, patches: Sequence[Patch]) -> bytes:
    """``data`` with the patches, later ones winning; the same object where they change nothing."""
    if not patches:
        return data
    out = bytearray(data)
    for patch in patches:
        end = min(patch.end, len(out))
        out[patch.offset : end] = patch.data[: end - patch.offset]
    return data if out == data else bytes(out)


def merged(patches: Iterable[Patch]) -> tuple[Patch, ...]:
    """The same overwrites in order and without overlap; a later patch wins over an earlier one."""
    ranked = enumerate(patch for patch in patches if patch.data)
    heap: list[tuple[int, Patch]] = []  # those that overlap, with their ranks
    done: list[Patch] = []
    end = 0
    for rank, patch in sorted(ranked, key=lambda each: each[1].offset):
        if heap and patch.offset >= end:
            done.append(_painted(heap))
            heap = []
        heap.append((rank, patch))
        end = max(end, patch.end)
    return (*done, _painted(heap)) if heap else ()


def _painted(heap: list[tuple[int, Patch]]) -> Patch:
    if len(heap) == 1:
        return heap[0][1]
    start = heap[0][1].offset
    out = bytearray(max(patch.end for _, patch in heap) - start)
    for _, patch in sorted(heap, key=lambda each: each[0]):
        out[patch.offset - start : patch.end - start] = patch.data
    return Patch(start, bytes(out))


class PatchedReader(io.RawIOBase):
    """A seekable binary file that reads as ``file`` does once the patches are in it.

    Used to hash and store a video without a second copy of it. ``patches`` may not overlap, as
    those of :func:`video_patches`. Closing it leaves ``file`` to its owner.
    """

    def __init__(self, file: BinaryIO, patches: Sequence[Patch]) -> None:
        super().__init__()
        self._file = file
        self._patches = sorted(patches, key=lambda patch: patch.offset)
        self._starts = [patch.offset for patch in self._patches]

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As of any binary file."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As of any binary file."""
        return self._file.tell()

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to ``size`` bytes, all the rest where it is negative or None."""
        start = self._file.tell()
        data = self._file.read(-1 if size is None else size)
        index = max(0, bisect_right(self._starts, start) - 1)
        out: bytearray | None = None
        end = start + len(data)
        for patch in self._patches[index : bisect_right(self._starts, end)]:
            low, high = max(patch.offset, start), min(patch.end, end)
            if low < high:
                out = bytearray(data) if out is None else out
                out[low - start : high - start] = patch.data[
                    low - patch.offset : high - patch.offset
                ]
        return data if out is None else bytes(out)

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as the file goes; the number of bytes."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def readall(self) -> bytes:
        """All that is left."""
        return self.read(-1)
