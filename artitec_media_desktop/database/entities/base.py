"""What the database has to know of one entity type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Column, Select, Table
from sqlalchemy.sql.expression import CompoundSelect

from ...domain.entities import EntityType
from ..shape import Shape

Rows = Select[tuple[int, str | None, str | None, str | None, str | None, int | None]]
Holders = Select[tuple[str]] | CompoundSelect[tuple[str]]


@dataclass(frozen=True, slots=True)
class EntitySource:
    """One entity type's table; where a deployment has none, the type is not offered.

    ``rows`` selects id, public_id (None: derived from the id), name, city, state and parent_id
    (the numeric id of an amenity's community); ``holders`` selects the ``users.user_id`` values
    of those who may put media on the entity of a numeric id. Both are given the table as the
    database really has it, which matters where its columns are not agreed on. ``belongs_to`` are
    the columns with the numeric id of another entity.
    """

    type: EntityType
    table: Table
    rows: Callable[[Shape], Rows]
    holders: Callable[[Shape, int], Holders]
    belongs_to: Mapping[EntityType, Column[int]] = field(default_factory=dict)
