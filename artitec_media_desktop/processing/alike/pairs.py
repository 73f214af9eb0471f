"""All pairs of media that look alike."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...domain.work import Unwatched, Work
from .candidates import Candidates, candidates
from .correlation import agree, has_detail
from .signatures import Signatures

#: So many frames with the same hashes are not compared each with each.
_CROWD: Final = 50
#: Videos that are the same differ by no more: seconds, and as a share of the longer one.
_SECONDS: Final = 1.0
_SHARE: Final = 0.02

_Indexes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class AlikePairs:
    """Which media are alike: the n-th of ``first`` and of ``second``, indexes into the ids given.

    ``first`` is below ``second``; no pair comes twice; sorted by ``first``, then ``second``.
    ``distance`` (0 … 10) is in bits of 64, the smallest over windows, orientations and both hashes.
    """

    first: _Indexes
    second: _Indexes
    distance: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.first)

    def within(self, threshold: int) -> "AlikePairs":
        """Only those at most so many bits apart."""
        near = self.distance <= threshold
        return AlikePairs(self.first[near], self.second[near], self.distance[near])


def find_alike(signatures: Signatures, radius: int = 10, work: Work | None = None) -> AlikePairs:
    """Every pair of media at most ``radius`` bits apart whose small pictures agree.

    Whole pictures, unturned, are compared up to ``radius``; turned, mirrored and cropped ones up to
    5 bits, since the nearest of several windows is near. Pictures without detail (blank ones,
    smooth gradients) are like nothing. Videos are alike that are equally long and agree in most of
    their frames, in two at least. Where more than 50 have the same hashes (one logo, 5,000 times),
    only the first of them is compared with others, and each of them with the first: a star at
    distance 0 instead of all pairs. Raises Cancelled.
    """
    work = work or Unwatched()
    rows = np.flatnonzero(has_detail(signatures, work)).astype(np.int32)
    rows, found = _without_crowds(signatures, rows, work)
    for block in candidates(signatures, rows, radius, work):
        found.append(_checked(signatures, block, work))
    return _of_media(signatures, found, rows)


@dataclass(frozen=True, slots=True)
class _Near:
    """Frames that are alike; a pair may come several times."""

    first: _Indexes
    second: _Indexes
    distance: NDArray[np.uint8]


def _checked(signatures: Signatures, which: Candidates, work: Work) -> _Near:
    alike = agree(signatures, which, work)
    return _Near(which.first[alike], which.second[alike], which.distance[alike])


def _without_crowds(
    signatures: Signatures, rows: _Indexes, work: Work
) -> tuple[_Indexes, list[_Near]]:
    """The frames to be compared, and those of a crowd that are the same as its first."""
    hashes, number = signatures.hashes(0)[rows], signatures.number[rows]
    order = np.lexsort((number, hashes[:, 1], hashes[:, 0]))
    work.check_cancelled()
    hashes, number, members = hashes[order], number[order], rows[order]
    is_new = np.ones(len(rows), bool)
    is_new[1:] = (hashes[1:] != hashes[:-1]).any(axis=1) | (number[1:] != number[:-1])
    starts = np.flatnonzero(is_new)
    counts = np.diff(starts, append=len(rows))
    leaders = np.repeat(members[starts], counts)
    crowded = (np.repeat(counts, counts) > _CROWD) & (leaders != members)
    members, leaders = members[crowded], leaders[crowded]
    zeros = np.zeros(len(members), np.int8)
    all_ = Candidates(leaders, members, zeros, zeros, zeros, zeros.astype(np.uint8))
    near = _checked(signatures, all_, work)
    return rows[~np.isin(rows, near.second)], [near]


def _of_media(signatures: Signatures, found: list[_Near], rows: _Indexes) -> AlikePairs:
    """From frames to media, each pair once, at its smallest distance."""
    first, second, distance = (
        np.concatenate([getattr(each, name) for each in found]) for name in _Near.__slots__
    )
    number = signatures.number[first].astype(np.int64)
    media = np.sort(np.column_stack((signatures.media[first], signatures.media[second])), axis=1)
    # One line a pair of frames, then one a pair of media.
    pairs = np.column_stack((media, number))
    pairs, distance = _smallest(pairs, distance, np.minimum)
    is_video = pairs[:, 2] > 0
    pictures, apart = pairs[~is_video, :2], distance[~is_video]
    videos, far = _videos(signatures, pairs[is_video], distance[is_video], rows)
    pairs = np.concatenate((pictures, videos)).astype(np.int32)
    distance = np.concatenate((apart, far))
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return AlikePairs(pairs[order, 0], pairs[order, 1], distance[order])


def _smallest(keys: Any, distance: Any, choose: np.ufunc) -> tuple[Any, Any]:
    """Every key once, with the chosen one of its distances."""
    order = np.lexsort(keys.T[::-1])
    keys, distance = keys[order], distance[order]
    if not len(keys):
        return keys, distance
    is_new = np.ones(len(keys), bool)
    is_new[1:] = (keys[1:] != keys[:-1]).any(axis=1)
    return keys[is_new], choose.reduceat(distance, np.flatnonzero(is_new))


def _videos(
    signatures: Signatures, pairs: Any, distance: Any, rows: _Indexes
) -> tuple[Any, NDArray[np.uint8]]:
    """Videos that are equally long and agree in most frames that both have, and in two at least."""
    media, furthest = _smallest(pairs[:, :2], distance, np.maximum)
    _, agreeing = _smallest(pairs[:, :2], np.ones(len(pairs), np.int64), np.add)
    length = signatures.seconds[media]
    allowed = np.maximum(_SECONDS, _SHARE * length.max(axis=1, initial=0))
    same = np.abs(length[:, 0] - length[:, 1]) <= allowed
    telling = np.bincount(signatures.media[rows], minlength=len(signatures))
    common = telling[media].min(axis=1, initial=255)
    same &= (2 * agreeing > common) & (agreeing > 1)
    return media[same], furthest[same].astype(np.uint8)
