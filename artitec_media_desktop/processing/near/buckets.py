"""Hashes sorted by one band, so that those with a given value of it lie side by side."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .bands import Band
from .distinct import Hashes

Indexes = NDArray[np.int64]
Keys = NDArray[np.uint32]

#: A key that more hashes have says little about them.
POPULAR: Final = 1_000


@dataclass(frozen=True, slots=True)
class Bucket:
    """The hashes of one key without the band's bits, and the indexes they came from."""

    hashes: Hashes
    order: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Buckets:
    """A bucket holds the hashes of one value of the band, its key."""

    band: Band
    #: Sorted by key, with the keys and the indexes they came from.
    hashes: Hashes
    keys: Keys
    order: NDArray[np.uint32]
    #: By key, how many there are and where they begin.
    counts: NDArray[np.int32]
    starts: NDArray[np.int32]
    #: By key: there are some, but not very many.
    is_ordinary: NDArray[np.bool_]
    #: The keys of which there are very many.
    popular: Keys

    @classmethod
    def of(cls, hashes: Hashes, band: Band) -> "Buckets":
        """Sort hashes, fewer than 2**31 of them, by a band of at most 32 bits."""
        packed = hashes >> np.uint64(band.shift)
        packed &= np.uint64((1 << band.width) - 1)
        # The key and the index in one number are sorted several times as fast as indexes by keys.
        packed <<= np.uint64(32)
        packed |= np.arange(len(hashes), dtype=np.uint64)
        packed.sort()
        order = packed.astype(np.uint32)
        packed >>= np.uint64(32)
        keys = packed.astype(np.uint32)
        counts = np.bincount(keys, minlength=1 << band.width).astype(np.int32)
        starts = np.cumsum(counts, dtype=np.int32) - counts
        is_ordinary = (counts > 0) & (counts <= POPULAR)
        popular = np.flatnonzero(counts > POPULAR).astype(np.uint32)
        return cls(band, hashes[order], keys, order, counts, starts, is_ordinary, popular)

    def bucket(self, key: int) -> Bucket:
        """The hashes of a key."""
        start = int(self.starts[key])
        there = slice(start, start + int(self.counts[key]))
        shift = np.uint64(self.band.shift)
        above = self.hashes[there] >> np.uint64(self.band.shift + self.band.width) << shift
        below = self.hashes[there] & np.uint64((1 << self.band.shift) - 1)
        return Bucket(above | below, self.order[there])
