"""What the database has to know of one entity type."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select, Table
from sqlalchemy.sql.expression import CompoundSelect

from ...domain.entities import EntityType

Holders = Select[tuple[str]] | CompoundSelect[tuple[str]]


@dataclass(frozen=True, slots=True)
class EntitySource:
    """One entity type's table.

    ``rows`` selects id, public_id (None: derived from the id), name, city, state and parent_id
    (the numeric id of an amenity's community); ``holders`` selects the ``users.user_id`` values
    of those who may put media on the entity of a numeric id.
    """

    type: EntityType
    table: Table
    rows: Select[tuple[int, str | None, str | None, str | None, str | None, int | None]]
    holders: Callable[[int], Holders]
