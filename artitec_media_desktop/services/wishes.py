"""What is to become of one row, for an edit and for its undoing."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from ..database.engine import Tx
from ..database.media_edits import Row
from ..domain.changes import MediaChange
from ..domain.entities import EntityRef, EntityType
from ..domain.errors import Permanent
from . import roles

#: The columns that say where a media is.
PLACE: Final = ("entity_type", "entity_id", "entity_field")


@dataclass(frozen=True, slots=True)
class Wish:
    """Columns of one row as they are to be, as JSON values.

    ``expected`` is what they have to be now; ``last`` puts it at the end of the field it goes
    to. ``keys`` are the public keys to be of its objects, by those now. The primary role is taken
    ``role_from`` these alone, and passes to ``heir`` (else to the next in order) where the media
    leaves its field, unless it came by the role there (``passes_on``).
    """

    wanted: Mapping[str, Any]
    expected: Mapping[str, Any] = field(default_factory=dict)
    last: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    role_from: Collection[str] | None = None
    heir: str | None = None
    passes_on: bool = True


#: Finds out what is wanted of a row; raises MediaError where it can't be.
Plan = Callable[[Tx, Row], Wish]


def differing(row: Row, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The wanted columns that hold something else now; NULL is not the same as empty."""
    return {
        name: value
        for name, value in wanted.items()
        if row.values[name] != value or (row.values[name] is None) != (value is None)
    }


def place_of(row: Row, wanted: Mapping[str, Any]) -> tuple[EntityRef | None, str | None]:
    """Where the row will be, on which entity and in which field."""
    kind, number, name = (wanted.get(each, row.values[each]) for each in PLACE)
    known = kind in set(EntityType) and number is not None
    return EntityRef(EntityType(kind), number) if known else None, name


def seize(
    tx: Tx, row: Row, wish: Wish, wanted: Mapping[str, Any], now: datetime
) -> list[MediaChange]:
    """Take the primary role for a row that is to have it where it goes; see ``roles.take``."""
    was = bool(row.values["is_primary"])
    moves = any(name in wanted for name in PLACE)
    if not wanted.get("is_primary", was) or (was and not moves):
        return []
    entity, name = place_of(row, wanted)
    if entity is None or name is None:
        if not moves:
            raise Permanent(
                "no_place",
                f"“{row.name}” lies in no slot that is known here, so it can't be the primary one.",
            )
        return []
    return roles.take(tx, entity, name, row.public_id, now, wish.role_from)


def leave(
    tx: Tx,
    row: Row,
    wish: Wish,
    wanted: Mapping[str, Any],
    leaving: Collection[str],
    now: datetime,
) -> list[MediaChange]:
    """Pass the primary role on where a row went elsewhere; see ``roles.pass_on``."""
    went = row.values["is_primary"] and any(name in wanted for name in PLACE)
    if not went or not wish.passes_on or row.entity is None or row.field is None:
        return []
    return roles.pass_on(tx, row.entity, row.field, leaving, now, wish.heir)


def part_of(row: Row, wanted: Mapping[str, Any]) -> MediaChange:
    """What the history keeps of a row that was written."""
    before = {name: row.values[name] for name in wanted}
    return MediaChange(row.public_id, row.entity, before, dict(wanted))
