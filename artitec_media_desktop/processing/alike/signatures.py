"""The signatures of a library as a structure of arrays, most of it in a file."""

import mmap
import sys
import tempfile
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..signature import FRAME, GREY, WINDOWS, Hashes, unpacked

#: So many frames are written together, window by window: a window of all of them is read in runs.
_TOGETHER: Final = 1024
_BLOCK: Final = np.dtype(
    [
        ("hashes", "<u8", (len(WINDOWS), _TOGETHER, 2)),
        ("grey", "u1", (_TOGETHER, GREY, GREY)),
    ]
)


@dataclass(frozen=True, slots=True)
class Signatures:
    """All frames of all media: one of a picture, several of a video.

    ``ids`` and ``seconds`` (NaN for a picture) are of media; ``media`` (an index into ``ids``) and
    ``number`` (0 for a picture, 1 and more for those of a video) are of frames. Hashes and small
    pictures, 1.5 KB a frame, are in a file without a name, of which only what is asked for is read.
    """

    ids: NDArray[np.int64]
    seconds: NDArray[np.float32]
    media: NDArray[np.int32]
    number: NDArray[np.uint8]
    _file: mmap.mmap

    @classmethod
    def of(cls, stored: Iterable[tuple[int, bytes]]) -> "Signatures":
        """Of media by id and ``Signature.to_bytes``; those of another version are left out.

        Raises OSError where there is no room for the file.
        """
        # Arrays of the standard library: lists of objects would be the most of all memory.
        ids, seconds, media, number = array("q"), array("f"), array("i"), array("B")
        waiting = bytearray()
        # What is mapped outlives the file's name.
        with tempfile.TemporaryFile() as file:
            for each, data in stored:
                read = unpacked(data)
                if read is None:
                    continue
                length, frames = read
                count = len(frames) // FRAME.itemsize
                media.extend([len(ids)] * count)
                number.extend(range(1, count + 1) if length == length else [0] * count)
                ids.append(each)
                seconds.append(length)
                waiting += frames
                while len(waiting) >= _TOGETHER * FRAME.itemsize:
                    file.write(_block(waiting[: _TOGETHER * FRAME.itemsize]))
                    del waiting[: _TOGETHER * FRAME.itemsize]
            file.write(_block(waiting))
            file.flush()
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return cls(
            np.array(ids, np.int64),
            np.array(seconds, np.float32),
            np.array(media, np.int32),
            np.array(number, np.uint8),
            mapped,
        )

    def __len__(self) -> int:
        return len(self.ids)

    def hashes(self, window: int) -> Hashes:
        """The hashes of that window of every frame (frames × 2)."""
        values: Hashes = np.array(self._blocks["hashes"][:, window]).reshape(-1, 2)
        self._release()
        return values[: len(self.media)]

    def greys(self, frames: NDArray[Any]) -> NDArray[np.uint8]:
        """The small pictures of some frames (n × 32 × 32); meant for a few thousand at a time."""
        block, place = np.divmod(frames, _TOGETHER)
        values: NDArray[np.uint8] = self._blocks["grey"][block, place]
        self._release()
        return values

    @property
    def _blocks(self) -> NDArray[Any]:
        return np.frombuffer(self._file, _BLOCK)

    def _release(self) -> None:
        """What was read counts as the program's memory until the system is told it is done with."""
        if sys.platform != "win32":
            self._file.madvise(mmap.MADV_DONTNEED)


def _block(frames: bytes | bytearray) -> bytes:
    read = np.frombuffer(frames, FRAME)
    block = np.zeros((), _BLOCK)
    block["hashes"][:, : len(read)] = read["hashes"].swapaxes(0, 1)
    block["grey"][: len(read)] = read["grey"]
    return block.tobytes()
