"""How a search is cut into bands: the cheapest way that can miss no pair.

Each band allows a pair so many differing bits. Where what the bands allow, and one more for each,
comes to more than r, a pair at most r bits apart is within what some band allows: if it had one bit
too many in each, they would be more than r. For r = 5: three bands of 21 bits that allow one bit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb, log2
from typing import Final

#: What things take, in nanoseconds, found by trying: an entry of a band's table, sorting a hash
#: once, looking for the partners of a hash, comparing two that were found, and any two; a call.
_ENTRY: Final = 6.0
_SORT: Final = 90.0
_LOOK: Final = 3.0
_COMPARE: Final = 14.0
_ANY: Final = 2.5
_CALL: Final = 60_000.0


@dataclass(frozen=True, slots=True)
class Band:
    """Bits ``shift`` to ``shift + width - 1``, in which a pair may differ by ``flips`` bits."""

    shift: int
    width: int
    flips: int

    @property
    def mask(self) -> int:
        """Its bits."""
        return ((1 << self.width) - 1) << self.shift

    @property
    def share(self) -> float:
        """The part of all random pairs that differ in it by no more than it allows."""
        return _share(self.width, self.flips)

    def patterns(self) -> Iterator[int]:
        """Every difference that it allows, none first; the band's lowest bit is bit 0."""
        for count in range(self.flips + 1):
            for bits in combinations(range(self.width), count):
                yield sum(1 << bit for bit in bits)


def bands(bits: int, radius: int, left: int, right: int | None) -> list[Band]:
    """The bands of a search through hashes of so many bits; none where comparing all is cheaper.

    ``left`` hashes are looked for among ``right`` ones, or, without these, among themselves.
    """
    best: list[Band] = []
    least = _ANY * _pairs(left, right)
    for count in range(1, min(radius, 5) + 2):
        found = _cut(bits, radius, count, max(left, right or 0))
        cost = _cost(found, left, right)
        if cost < least and all(each.width for each in found):
            best, least = found, cost
    return best


def _cut(bits: int, radius: int, count: int, hashes: int) -> list[Band]:
    """So many bands, each bit given where it spares most; a table is no longer than its hashes."""
    allowed = radius + 1 - count
    flips = [allowed // count + (n < allowed % count) for n in range(count)]
    widths = [0] * count
    longest = round(log2(max(hashes, 2))) + 1
    for _ in range(bits):
        room = [n for n in range(count) if widths[n] < longest]
        if not room:
            break
        widths[max(room, key=lambda n: _share(widths[n], flips[n]))] += 1
    return [Band(sum(widths[:n]), widths[n], flips[n]) for n in range(count)]


def _share(width: int, flips: int) -> float:
    return sum(comb(width, n) for n in range(flips + 1)) / (1 << width)


def _pairs(left: int, right: int | None) -> float:
    return left * left / 2 if right is None else left * right


def _cost(found: list[Band], left: int, right: int | None) -> float:
    hashes = left + (right or 0)
    made = sum(_ENTRY * (1 << each.width) + _SORT * hashes for each in found)
    looks = sum(each.share * (1 << each.width) for each in found)
    compared = sum(each.share for each in found) * _pairs(left, right)
    return made + looks * (_CALL + _LOOK * left) + compared * _COMPARE
