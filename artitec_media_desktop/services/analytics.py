"""What the library uses: numbers and bytes of originals, as the database knows them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..database import entities, usage
from ..database import media as rows
from ..database.engine import Database
from ..database.usage import Sum
from ..domain.entities import Entity, EntityRef, EntityType
from ..domain.media import Media

#: So many of the largest places may be gone, or be the platform's own, and the list is full still.
_GONE: Final = 50


@dataclass(frozen=True, slots=True)
class Group:
    """Media that have something in common: the words that say what, their number and bytes."""

    key: tuple[str | None, ...]
    count: int
    total_bytes: int


@dataclass(frozen=True, slots=True)
class Analytics:
    """Totals, and the same by what people ask for; months in their order, the rest by size."""

    total_files: int
    total_bytes: int
    #: ``(entity type, media type)``
    by_entity_and_type: tuple[Group, ...]
    #: ``(month,)`` as ``2026-11``; None where no date is known
    by_month: tuple[Group, ...]
    #: ``(month, media type)``
    by_month_and_type: tuple[Group, ...]
    #: ``(status,)``
    by_status: tuple[Group, ...]


class AnalyticsService:
    """Reads only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def run(self, entity_type: EntityType | None = None) -> Analytics:
        """Sum up the library, or the media of one entity type."""
        with self._database.read() as tx:
            sums = usage.sums(tx, entity_type)
        months = _groups(sums, lambda each: (each.month,))
        both = _groups(sums, lambda each: (each.month, each.media_type.value))
        return Analytics(
            sum(each.count for each in sums),
            sum(each.total_bytes for each in sums),
            _by_size(_groups(sums, lambda each: (each.entity_type, each.media_type.value))),
            tuple(sorted(months, key=_month)),
            tuple(sorted(both, key=_month)),
            _by_size(_groups(sums, lambda each: (each.status.value,))),
        )

    def places(
        self, limit: int = 10, entity_type: EntityType | None = None
    ) -> list[tuple[Entity, Group]]:
        """The entities whose originals take most, the largest first; what is gone is left out."""
        with self._database.read() as tx:
            found = usage.places(tx, limit + _GONE, entity_type)
            refs = {
                EntityRef(EntityType(each.entity_type), each.entity_id): each
                for each in found
                if each.entity_type in set(EntityType)
            }
            there = entities.many(tx, set(refs))
        return [
            (there[ref], Group((each.entity_type,), each.count, each.total_bytes))
            for ref, each in refs.items()
            if ref in there
        ][:limit]

    def larger_than(self, size: int, entity_type: EntityType | None = None) -> tuple[int, int]:
        """How many pictures have an original of more than ``size`` bytes, and their bytes."""
        with self._database.read() as tx:
            return usage.larger_than(tx, size, entity_type)

    def largest(self, limit: int = 20) -> list[Media]:
        """The media with the largest originals, the largest first."""
        with self._database.read() as tx:
            ids = usage.largest(tx, limit)
            found = rows.by_ids(tx, ids)
        return [found[each] for each in ids if each in found]


def _groups(sums: Iterable[Sum], key: Callable[[Sum], tuple[str | None, ...]]) -> list[Group]:
    totals: dict[tuple[str | None, ...], list[int]] = {}
    for each in sums:
        total = totals.setdefault(key(each), [0, 0])
        total[0] += each.count
        total[1] += each.total_bytes
    return [Group(words, count, size) for words, (count, size) in totals.items()]


def _month(group: Group) -> str:
    return group.key[0] or ""


def _by_size(groups: Sequence[Group]) -> tuple[Group, ...]:
    def order(group: Group) -> Any:
        return (-group.total_bytes, [word or "" for word in group.key])

    return tuple(sorted(groups, key=order))
