"""What of ``media`` can be edited, as it is kept: NULL as None, so that undo can bring it back."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import String, Text, and_, case, func, select, type_coerce, update

from ..domain.entities import EntityRef, EntityType
from ..domain.media import ModerationStatus
from . import shape
from .engine import Tx
from .tables import MEDIA

_C: Final = MEDIA.c
#: Columns whose values undo knows, besides ``tags`` and ``moderation_status``.
_PLAIN: Final = (
    "alt_text",
    "caption",
    "sort_order",
    "is_primary",
    "is_public",
    "is_approved",
    "filename",
    "entity_type",
    "entity_id",
    "entity_field",
)
#: How tags are kept that are no list: as the text that they are.
_RAW: Final = "raw"


@dataclass(frozen=True, slots=True)
class Row:
    """One media's editable columns, as JSON values."""

    id: int
    public_id: str
    name: str
    values: dict[str, Any]

    @property
    def entity(self) -> EntityRef | None:
        """Where it is; None for a type that only the platform knows."""
        kind = self.values["entity_type"]
        known = kind in set(EntityType) and self.values["entity_id"] is not None
        return EntityRef(EntityType(kind), self.values["entity_id"]) if known else None

    @property
    def field(self) -> str | None:
        """The field that it lies in."""
        value = self.values["entity_field"]
        return None if value is None else str(value)

    @property
    def is_open(self) -> bool:
        """Whether everybody may see it, as ``Media.is_open``."""
        status = self.values["moderation_status"] or ModerationStatus.APPROVED
        return bool(self.values["is_public"]) and status == ModerationStatus.APPROVED


def rows(tx: Tx, public_ids: Collection[str], hold: bool = False) -> dict[str, Row]:
    """Some media by public id; with ``hold`` nobody else writes them until the end."""
    words = [each for each in public_ids if each.isascii()]
    statement = _selected(tx).where(_C.public_id.in_(words)).order_by(_C.id)
    found = tx.execute(statement.with_for_update() if hold else statement)
    return {each.public_id: each for each in map(_row, found)}


def missing(tx: Tx, columns: Collection[str]) -> list[str]:
    """The columns that this deployment's table lacks."""
    there = shape.media(tx)
    return sorted(each for each in columns if not there.has(each))


def write(tx: Tx, wanted: Mapping[int, Mapping[str, Any]], now: datetime) -> None:
    """Write columns by the media's number; those with the same values in one statement."""
    there = shape.media(tx)
    groups: dict[str, list[int]] = {}
    for media_id, values in wanted.items():
        groups.setdefault(json.dumps(values, sort_keys=True, default=str), []).append(media_id)
    for ids in groups.values():
        values = there.written(dict(wanted[ids[0]]) | {"updated_at": now})
        tags = values.get("tags")
        if isinstance(tags, dict):
            values["tags"] = type_coerce(tags[_RAW], Text)
        tx.execute(update(MEDIA).where(_C.id.in_(ids)).values(values))


def primaries(tx: Tx, entity: EntityRef, field: str, hold: bool = True) -> list[Row]:
    """The media that are marked as primary in a field; with ``hold`` until the end."""
    if not shape.media(tx).has("is_primary"):
        return []
    where = and_(_in_field(entity, field), _C.is_primary.is_(True))
    found = _selected(tx).where(where)
    return [_row(each) for each in tx.execute(found.with_for_update() if hold else found)]


def heir(tx: Tx, entity: EntityRef, field: str, but: Collection[str], newest: bool) -> Row | None:
    """Who is next in a field, in its order or by age; None in a table without that role.

    What everybody may see comes before what waits, was rejected or is private: the primary media
    is what the platform shows first.
    """
    there = shape.media(tx)
    if not there.has("is_primary"):
        return None
    status = func.lower(type_coerce(there["moderation_status"], String))
    seen = and_(status == ModerationStatus.APPROVED.value, there["is_public"].is_(True))
    age = (case((seen, 0), else_=1), _C.created_at.desc(), _C.id.desc())
    order = age if newest else (age[0], func.coalesce(_C.sort_order, 0), *age[1:])
    statement = _selected(tx).where(_in_field(entity, field)).order_by(*order)
    for each in tx.execute(statement.limit(len(but) + 1)):
        if each.public_id not in but:
            return _row(each)
    return None


def hidden(tx: Tx, entity: EntityRef, field: str) -> list[Row]:
    """The media of a field that wait or were rejected."""
    status = func.lower(type_coerce(shape.media(tx)["moderation_status"], String))
    where = and_(_in_field(entity, field), status != ModerationStatus.APPROVED.value)
    return [_row(each) for each in tx.execute(_selected(tx).where(where))]


def by_age(tx: Tx, entity: EntityRef, field: str) -> list[Row]:
    """A field's media, newest first, which is their order where sort orders agree; held."""
    statement = _selected(tx).where(_in_field(entity, field))
    ordered = statement.order_by(_C.created_at.desc(), _C.id.desc()).with_for_update()
    return [_row(each) for each in tx.execute(ordered)]


def counts(tx: Tx, entity: EntityRef) -> dict[str | None, int]:
    """How many media lie in each field of an entity."""
    where = and_(_C.entity_type == entity.type.value, _C.entity_id == entity.id)
    statement = (
        select(_C.entity_field, func.count().label("number")).where(where).group_by(_C.entity_field)
    )
    return {row.entity_field: int(row.number) for row in tx.execute(statement)}


def _selected(tx: Tx) -> Any:
    there = shape.media(tx)
    return select(
        _C.id,
        _C.public_id,
        _C.original_filename,
        type_coerce(there["tags"], Text).label("tags"),
        func.lower(type_coerce(there["moderation_status"], String)).label("moderation_status"),
        *(there[name].label(name) for name in _PLAIN),
    )


def _in_field(entity: EntityRef, field: str) -> Any:
    return and_(
        _C.entity_type == entity.type.value, _C.entity_id == entity.id, _C.entity_field == field
    )


def _row(found: Any) -> Row:
    values = {name: getattr(found, name) for name in (*_PLAIN, "moderation_status")}
    values["tags"] = _tags(found.tags)
    return Row(found.id, found.public_id, found.original_filename or found.public_id, values)


def _tags(text: Any) -> Sequence[Any] | dict[str, str] | None:
    if text is None:
        return None
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    return found if isinstance(found, list) else {_RAW: str(text)}
