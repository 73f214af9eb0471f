"""What is near to a look, read from the indexes of any table that keeps hashes in bands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, literal, select, union_all

from ..domain.hashes import (
    FINGERPRINT_VERSION,
    Fingerprint,
    bands,
    from_hex,
    hamming,
    probes,
    to_hex,
)
from .engine import Tx

#: So many looks that are near are told about.
_MOST: Final = 64


@dataclass(frozen=True, slots=True)
class Nearby:
    """The ``words`` of one table that may be near to a fingerprint.

    Those are hashes, not yet measured, and the sum of the bytes if that was met.
    """

    table: Table
    fingerprint: Fingerprint
    words: frozenset[str]

    @property
    def has_bytes(self) -> bool:
        """Whether the very bytes are there."""
        return self.fingerprint.sha256 in self.words

    def conditions(self, threshold: int) -> list[ColumnElement[bool]]:
        """What selects the same bytes, and each look at most so many bits apart, nearest first.

        Looks that were hashed in an earlier way say nothing about one of today; bytes always do.
        """
        columns = self.table.c
        same = [columns.sha256 == self.fingerprint.sha256] if self.has_bytes else []
        today = columns.version == FINGERPRINT_VERSION
        looks = [
            (columns.band0 == bands(other)[0]) & (columns.perceptual == to_hex(other)) & today
            for _, other in self._looks(threshold)
        ]
        return [*same, *looks]

    def distance(self, row: Any) -> int:
        """How many bits one of the table's rows is away; 0 for the same bytes."""
        ours, theirs = from_hex(self.fingerprint.perceptual), from_hex(row.perceptual)
        if row.sha256 == self.fingerprint.sha256 or ours is None or theirs is None:
            return 0
        return hamming(ours, theirs)

    def _looks(self, threshold: int) -> list[tuple[int, int]]:
        value = from_hex(self.fingerprint.perceptual)
        if value is None:
            return []
        others = (other for each in self.words if (other := from_hex(each)) is not None)
        measured = sorted((hamming(value, other), other) for other in others)
        return [each for each in measured if each[0] <= threshold][:_MOST]


def nearby(tx: Tx, asked: Sequence[tuple[Table, Fingerprint]]) -> list[Nearby]:
    """What may be near to each fingerprint in its table: one round trip, whatever their number."""
    ways = [
        way
        for number, (table, fingerprint) in enumerate(asked)
        for way in _ways(number, table.c, fingerprint)
    ]
    found: dict[int, set[str]] = {}
    for number, word in tx.execute(union_all(*ways)):
        found.setdefault(number, set()).add(word)
    return [
        Nearby(table, fingerprint, frozenset(found.get(number, ())))
        for number, (table, fingerprint) in enumerate(asked)
    ]


def _ways(number: int, columns: Any, fingerprint: Fingerprint) -> list[Any]:
    which = literal(number).label("number")
    sha256, perceptual = columns.sha256, columns.perceptual
    ways = [_one(which, sha256, sha256 == fingerprint.sha256)]
    value = from_hex(fingerprint.perceptual)
    if value is not None:
        look = to_hex(value)
        same = (columns.band0 == bands(value)[0]) & (perceptual == look)
        ways.append(_one(which, perceptual, same))
        for n, each in enumerate(probes(value)):
            band = columns[f"band{n}"]
            near = select(which, perceptual).where(band.in_(each), perceptual != look)
            # By the order of the index: of a look that very many have, one row is made.
            ways.append(near.group_by(band, perceptual))
    return ways


def _one(which: Any, column: ColumnElement[Any], condition: ColumnElement[bool]) -> Any:
    return select(select(which, column).where(condition).limit(1).subquery())
