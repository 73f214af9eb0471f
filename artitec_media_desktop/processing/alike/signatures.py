"""The signatures of a library as a structure of arrays."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..signature import FRAME, Hashes, unpacked


@dataclass(frozen=True, slots=True)
class Signatures:
    """All frames of all media: one of a picture, several of a video.

    ``ids`` and ``seconds`` (NaN for a picture) are of media; ``media`` (an index into ``ids``),
    ``number`` (0 for a picture, 1 and more for those of a video) and ``frames`` (records of
    ``signature.FRAME``) are of frames.
    """

    ids: NDArray[np.int64]
    seconds: NDArray[np.float32]
    media: NDArray[np.int32]
    number: NDArray[np.uint8]
    frames: NDArray[Any]

    @classmethod
    def of(cls, stored: Iterable[tuple[int, bytes]]) -> "Signatures":
        """Of media by id and ``Signature.to_bytes``; those of another version are left out.

        The frames are kept in a file without a name, which the system reads as it is needed.
        """
        ids: list[int] = []
        seconds: list[float] = []
        media: list[int] = []
        number: list[int] = []
        # The array outlives the file's name, not its bytes.
        with tempfile.TemporaryFile() as file:
            for each, data in stored:
                read = unpacked(data)
                if read is None:
                    continue
                length, frames = read
                count = len(frames) // FRAME.itemsize
                media += [len(ids)] * count
                number += range(1, count + 1) if length == length else [0] * count
                ids.append(each)
                seconds.append(length)
                file.write(frames)
            file.flush()
            frames_ = np.memmap(file, FRAME, "r", shape=(len(media),)) if media else _NONE
        return cls(
            np.array(ids, np.int64),
            np.array(seconds, np.float32),
            np.array(media, np.int32),
            np.array(number, np.uint8),
            frames_,
        )

    def __len__(self) -> int:
        return len(self.ids)

    def hashes(self, window: int) -> Hashes:
        """The hashes of that window of every frame (frames × 2)."""
        values: Hashes = np.ascontiguousarray(self.frames["hashes"][:, window], np.uint64)
        return values


_NONE: NDArray[Any] = np.empty(0, FRAME)
