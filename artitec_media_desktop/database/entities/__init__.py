"""The entity tables, one file a type. A new type is a file here and its line in SOURCES."""

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import func, select

from ...domain.entities import Entity, EntityRef, EntityType, derived_public_id
from .. import shape
from ..engine import Tx
from ..tables import MEDIA
from . import amenity, builder, community, post, property, sales_rep, user  # noqa: A004
from .base import EntitySource, Rows

SOURCES: Final[dict[EntityType, EntitySource]] = {
    each.SOURCE.type: each.SOURCE
    for each in (community, amenity, builder, property, sales_rep, user, post)
}


def offered(tx: Tx) -> tuple[EntityType, ...]:
    """The types that this database has a table for."""
    return tuple(each for each in SOURCES if _selected(tx, each) is not None)


def all_of(tx: Tx, entity_type: EntityType) -> list[Entity]:
    """Every entity of a type by name, with the number of its media; none where it has no table."""
    counts = {
        row.entity_id: row.media_count
        for row in tx.execute(
            select(MEDIA.c.entity_id, func.count().label("media_count"))
            .where(MEDIA.c.entity_type == entity_type.value)
            .group_by(MEDIA.c.entity_id)
        )
    }
    selected = _selected(tx, entity_type)
    rows = [] if selected is None else tx.execute(selected).all()
    found = [_entity(entity_type, row, counts.get(row.id, 0)) for row in rows]
    return sorted(found, key=lambda each: (each.name.casefold(), each.ref.id))


def one(tx: Tx, ref: EntityRef) -> Entity | None:
    """One entity by its numeric id, with its media count, its holders and what it belongs to."""
    rows = _selected(tx, ref.type)
    if rows is None:
        return None
    source = SOURCES[ref.type]
    above = [column.label(f"above_{each.value}") for each, column in source.belongs_to.items()]
    found: Any = rows.add_columns(*above).where(source.table.c.id == ref.id)
    row: Any = tx.execute(found).first()
    if row is None:
        return None
    count = tx.execute(
        select(func.count()).where(
            MEDIA.c.entity_type == ref.type.value, MEDIA.c.entity_id == ref.id
        )
    ).scalar_one()
    numbers = {each: getattr(row, f"above_{each.value}") for each in source.belongs_to}
    belongs_to = tuple(EntityRef(each, number) for each, number in numbers.items() if number)
    return replace(_entity(ref.type, row, count, holders(tx, ref)), belongs_to=belongs_to)


def last_order(tx: Tx, ref: EntityRef, field: str) -> int | None:
    """The largest sort order in use in a field of an entity: 0 where nothing lies in it.

    None where the entity is gone. One query for both, since each is a round trip.
    """
    rows = _selected(tx, ref.type)
    if rows is None:
        return None
    last = select(func.max(MEDIA.c.sort_order)).where(
        MEDIA.c.entity_type == ref.type.value,
        MEDIA.c.entity_id == ref.id,
        MEDIA.c.entity_field == field,
    )
    there = rows.add_columns(last.scalar_subquery().label("last_order"))
    row: Any = tx.execute(there.where(SOURCES[ref.type].table.c.id == ref.id)).first()
    return None if row is None else row.last_order or 0


def find(tx: Tx, entity_type: EntityType, text: str) -> EntityRef | None:
    """By public id, derived public id (``PROP-789``) or numeric id, in this order."""
    selected = _selected(tx, entity_type)
    if selected is None or not text.isascii():
        return None
    rows = selected.subquery()
    by_public = tx.execute(
        select(rows.c.id).where(func.lower(rows.c.public_id) == text.lower())
    ).scalar()
    if by_public is not None:
        return EntityRef(entity_type, by_public)
    number = text.rpartition("-")[2]
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    if text != number and not _is_derived(entity_type, text, int(number)):
        return None
    by_number = tx.execute(select(rows.c.id).where(rows.c.id == int(number))).scalar()
    return None if by_number is None else EntityRef(entity_type, by_number)


def holders(tx: Tx, ref: EntityRef) -> frozenset[str]:
    """The ``users.user_id`` values of those who may put media on it."""
    source = SOURCES[ref.type]
    there = shape.of(tx, source.table)
    if there is None:
        return frozenset()
    rows: Any = tx.execute(source.holders(there, ref.id)).scalars()
    return frozenset(rows)


def public_ids(tx: Tx, refs: set[EntityRef]) -> dict[EntityRef, str]:
    """The public ids of many entities; one that is gone is left out."""
    found: dict[EntityRef, str] = {}
    for entity_type in {ref.type for ref in refs}:
        rows = _selected(tx, entity_type)
        if rows is None:
            continue
        wanted = [ref.id for ref in refs if ref.type is entity_type]
        for row in tx.execute(rows.where(SOURCES[entity_type].table.c.id.in_(wanted))):
            found[EntityRef(entity_type, row.id)] = _public_id(entity_type, row)
    return found


def many(tx: Tx, refs: set[EntityRef]) -> dict[EntityRef, Entity]:
    """Many entities, without counts and holders; one that is gone is left out."""
    found: dict[EntityRef, Entity] = {}
    for entity_type in {ref.type for ref in refs}:
        rows = _selected(tx, entity_type)
        if rows is None:
            continue
        wanted = [ref.id for ref in refs if ref.type is entity_type]
        for row in tx.execute(rows.where(SOURCES[entity_type].table.c.id.in_(wanted))):
            found[EntityRef(entity_type, row.id)] = _entity(entity_type, row, 0)
    return found


def _selected(tx: Tx, entity_type: EntityType) -> Rows | None:
    source = SOURCES[entity_type]
    there = shape.of(tx, source.table)
    return None if there is None else source.rows(there)


def _is_derived(entity_type: EntityType, text: str, number: int) -> bool:
    try:
        return derived_public_id(entity_type, number) == text.upper()
    except KeyError:
        return False


def _public_id(entity_type: EntityType, row: Any) -> str:
    return row.public_id or derived_public_id(entity_type, row.id)


def _entity(
    entity_type: EntityType, row: Any, count: int, held_by: frozenset[str] = frozenset()
) -> Entity:
    public_id = _public_id(entity_type, row)
    return Entity(
        EntityRef(entity_type, row.id),
        public_id,
        row.name or public_id,
        ", ".join(part for part in (row.city, row.state) if part),
        None if row.parent_id is None else EntityRef(EntityType.COMMUNITY, row.parent_id),
        count,
        held_by,
    )
