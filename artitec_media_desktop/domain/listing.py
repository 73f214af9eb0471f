"""What is asked of the library: filters, order and the place to go on from."""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from .entities import EntityRef
from .errors import Permanent
from .media import Media
from .search import EVERYTHING, Order, Search

#: A value that media are ordered by, as the database writes it.
Key = str | int | None


@dataclass(frozen=True, slots=True)
class MediaQuery:
    """Which media, in which order; None does not matter. ``field`` is the column's value."""

    entity: EntityRef | None = None
    field: str | None = None
    search: Search = EVERYTHING

    @property
    def order(self) -> Order:
        """As searched for; else as the platform shows an entity, and the library newest first."""
        if self.search.order is not None:
            return self.search.order
        return Order.NEWEST if self.entity is None else Order.PLACE


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ends: rows that come or go meanwhile neither repeat nor hide others.

    ``keys`` are what its last media is ordered by, the numeric id last.
    """

    order: Order
    keys: tuple[Key, ...]

    def encode(self) -> str:
        """Write it as a word for scripts."""
        text = json.dumps([self.order.value, *self.keys])
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """Read it back. Raises Permanent ``bad_cursor``."""
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            order, *keys = json.loads(raw)
            if all(isinstance(each, Key) and not isinstance(each, bool) for each in keys):
                return cls(Order(order), tuple(keys))
        except (binascii.Error, ValueError, TypeError, RecursionError):
            pass
        raise bad_cursor(text)


def bad_cursor(text: str) -> Permanent:
    """A place in a list that is none, or one of another order."""
    return Permanent(
        "bad_cursor", f"“{text}” is no place in this list. Use the “next” of the last page."
    )


@dataclass(frozen=True, slots=True)
class MediaPage:
    """Some media in order, how many the query has in all, and where to go on."""

    items: tuple[Media, ...]
    total: int
    next: str | None


@dataclass(frozen=True, slots=True)
class Facets:
    """How many media of a query are of each kind; ``slots`` by (entity type, field)."""

    total: int
    statuses: Mapping[str, int]
    types: Mapping[str, int]
    slots: Mapping[tuple[str, str | None], int]


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a list has been seen: our last changes, and the table's own traces of the platform's.

    ``changes`` are the numbers of the last ones: one that began earlier may be written later.
    ``last_id`` is the largest number of a media. ``sums``, one of every ``updated_at`` of a group
    of neighbours, and ``count``, how many rows there are, are those of a whole look; ``count`` is
    None in a quick one.
    """

    changes: frozenset[int]
    last_id: int
    sums: frozenset[int] = frozenset()
    count: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether what the platform wrote or removed is told by it too."""
        return self.count is not None

    def quick(self) -> "Mark":
        """The same without what takes a look through the whole table."""
        return replace(self, sums=frozenset(), count=None)

    def and_seen(self, changes: Iterable[int]) -> "Mark":
        """As if these changes, and the media that came by them, had been seen already."""
        return replace(self, changes=self.changes.union(changes))


@dataclass(frozen=True, slots=True)
class Changed:
    """What happened since a mark; ``everything`` where it can't be said which media.

    ``entities`` are where the media were and where they are now.
    """

    mark: Mark
    ids: frozenset[int] = field(default=frozenset())
    removed: frozenset[int] = field(default=frozenset())
    everything: bool = False
    entities: frozenset[EntityRef] = field(default=frozenset())

    def __bool__(self) -> bool:
        return self.everything or bool(self.ids or self.removed)
