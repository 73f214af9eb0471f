"""What the tables of one database really have.

The platform's deployments differ: an older ``media`` lacks columns, ENUMs are spelled in either
case, ``posts`` may be missing. Each table is looked at once per Database; from then on a missing
column is read as its default and left out of what is written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    MetaData,
    Table,
    inspect,
    literal,
    null,
    text,
    type_coerce,
)

from ..domain.errors import Permanent
from ..domain.media import ModerationStatus
from .engine import Tx
from .options import SEEN
from .tables import MEDIA
from .types import LenientJson, Word

#: What a missing column of ``media`` is read as; NULL for all others.
_DEFAULTS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "moderation_status": ModerationStatus.APPROVED,
        "is_primary": False,
        "is_public": True,
        "is_approved": True,
        "sort_order": 0,
    }
)
_NUMBER: Final = re.compile(
    r"((big|small|medium|tiny)?int|bool|decimal|numeric|float|double|real)", re.IGNORECASE
)
_COLUMNS: Final = text(
    "SELECT column_name AS name, column_type AS type, is_nullable AS nullable, "
    "column_default AS standard, extra FROM information_schema.columns "
    "WHERE table_schema = DATABASE() AND table_name = :name ORDER BY ordinal_position"
)


@dataclass(frozen=True, slots=True)
class Actual:
    """A column as the database declares it, its ``type`` in the database's own words."""

    name: str
    type: str
    nullable: bool
    #: The server gives a value where none is written.
    has_default: bool = False
    #: A formula of other columns: never written.
    computed: bool = False

    @property
    def members(self) -> tuple[str, ...]:
        """The values of an ENUM; none for other types."""
        if not self.type.lower().startswith("enum("):
            return ()
        quoted = re.findall(r"'((?:[^']|'')*)'", self.type)
        return tuple(each.replace("''", "'") for each in quoted)

    @property
    def is_number(self) -> bool:
        """True where 0 is a value, as in flags."""
        return _NUMBER.match(self.type) is not None

    def empty(self) -> Any:
        """What the server itself would put into a NOT NULL column outside its strict mode."""
        if self.members:
            return self.members[0]
        if self.type.lower().startswith(("date", "time")):
            return datetime.now(UTC)
        return 0 if self.is_number else ""


class Shape:
    """One table: expressions to read every column by, and values as they can be written."""

    def __init__(self, table: Table, there: Mapping[str, Actual]) -> None:
        self.table = table
        self.there = there
        #: The table with the columns of the deployment's own, for INSERT.
        self.whole = table.to_metadata(MetaData())
        self.own = tuple(each for each in there.values() if each.name not in table.c)
        for actual in self.own:
            self.whole.append_column(Column(actual.name))
        self._expressions = {
            each.name: each if each.name in there else _instead(each) for each in table.c
        }

    def has(self, name: str) -> bool:
        """Tell whether the column is there."""
        return name in self.there

    def __getitem__(self, name: str) -> ColumnElement[Any]:
        return self._expressions[name]

    @property
    def all(self) -> list[ColumnElement[Any]]:
        """Every column by its name, for a SELECT; those that may hold anything tell so."""
        return [_telling(each).label(name) for name, each in self._expressions.items()]

    def written(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out what has no column, spell ENUMs as declared, fill what may not be NULL.

        Raises Permanent ``database_too_narrow`` for a word that an ENUM does not have.
        """
        return {
            name: self._value(self.there[name], value)
            for name, value in values.items()
            if name in self.there
        }

    def required(self) -> dict[str, Any]:
        """Values for columns of the deployment's own that have to be given one."""
        empty = {
            each.name: each.empty()
            for each in self.own
            if not (each.nullable or each.has_default or each.computed)
        }
        return {
            name: value.replace(tzinfo=None) if isinstance(value, datetime) else value
            for name, value in empty.items()
        }

    def _value(self, actual: Actual, value: Any) -> Any:
        if value is None:
            return None if actual.nullable else actual.empty()
        if not actual.members:
            return value
        for each in actual.members:
            if each.lower() == str(value).lower():
                return each
        raise Permanent(
            "database_too_narrow",
            f"The platform's table {self.table.name} does not know “{value}” for {actual.name}. "
            "Its administrator has to add it.",
        )


def of(tx: Tx, table: Table) -> Shape | None:
    """Look at a table, or remember it; None where the database has no such table."""
    seen: dict[str, Shape | None] = tx.get_execution_options().get(SEEN, {})
    if table.name in seen:
        return seen[table.name]
    there = look(tx, table.name)
    found = seen[table.name] = Shape(table, there) if there else None
    return found


def media(tx: Tx) -> Shape:
    """The shared table. Raises Permanent ``database_not_ready`` where there is none."""
    found = of(tx, MEDIA)
    if found is None:
        raise no_media()
    return found


def no_media() -> Permanent:
    """The database is another one than it was taken for."""
    return Permanent(
        "database_not_ready",
        "The database has no table “media”, so it is not the platform's. Check its name.",
    )


def look(tx: Tx, name: str) -> dict[str, Actual]:
    """The columns that a table has now; empty where there is no such table."""
    if tx.dialect.name != "sqlite":
        found = [
            Actual(
                row.name,
                str(row.type),
                row.nullable == "YES",
                row.standard is not None or "auto_increment" in row.extra.lower(),
                "generated" in row.extra.lower().replace("default_generated", ""),
            )
            for row in tx.execute(_COLUMNS, {"name": name})
        ]
    elif inspect(tx).has_table(name):
        found = [
            Actual(
                each["name"],
                str(each["type"]),
                bool(each["nullable"]),
                each.get("default") is not None or bool(each.get("primary_key")),
                "computed" in each,
            )
            for each in inspect(tx).get_columns(name)
        ]
    else:
        found = []
    return {each.name: each for each in found}


def _telling(column: ColumnElement[Any]) -> ColumnElement[Any]:
    kind = column.type
    return type_coerce(column, kind.telling()) if isinstance(kind, Word | LenientJson) else column


def _instead(column: Any) -> ColumnElement[Any]:
    if column.name in _DEFAULTS and column.table is MEDIA:
        return literal(_DEFAULTS[column.name], column.type)
    return null()
