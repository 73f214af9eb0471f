"""Rows of the shared ``media`` table."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from ..domain.entities import EntityRef
from ..domain.listing import Cursor, MediaQuery
from ..domain.media import Media
from .engine import Tx
from .tables import MEDIA

_COLUMNS: Final = tuple(each.name for each in fields(Media))
_C: Final = MEDIA.c
# As the text it is kept as, or a pattern would be written as JSON too.
_TAGS: Final = type_coerce(MEDIA.c.tags, Text)


@dataclass(frozen=True, slots=True)
class FieldSummary:
    """What lies in one field of an entity; ``total_bytes`` counts originals."""

    field: str | None
    count: int
    total_bytes: int


def add(tx: Tx, media: Media) -> Media:
    """Insert a row, every column written; ``media.id`` 0 takes the next number."""
    values = row_of(media)
    if not media.id:
        del values["id"]
    key = tx.execute(insert(MEDIA).values(values)).inserted_primary_key
    found = None if key is None else by_id(tx, key[0])
    if found is None:
        raise LookupError(f"{media.public_id} was inserted and is not there")
    return found


def row_of(media: Media) -> dict[str, Any]:
    """The columns of a media, as the table holds them."""
    values = {name: getattr(media, name) for name in _COLUMNS}
    values["tags"] = list(media.tags)
    return values


def by_public_id(tx: Tx, public_id: str) -> Media | None:
    """One media."""
    return _one(tx, select(MEDIA).where(_C.public_id == public_id))


def by_id(tx: Tx, media_id: int) -> Media | None:
    """One media by its numeric id."""
    return _one(tx, select(MEDIA).where(_C.id == media_id))


def by_ids(tx: Tx, ids: Sequence[int]) -> dict[int, Media]:
    """Many media by numeric id; what is gone is left out."""
    found: dict[int, Media] = {}
    for start in range(0, len(ids), 500):
        rows = tx.execute(select(MEDIA).where(_C.id.in_(ids[start : start + 500])))
        found |= {row.id: _media(row) for row in rows}
    return found


def by_public_ids(tx: Tx, public_ids: Sequence[str]) -> list[Media]:
    """Many media by public id; what is gone is left out."""
    found: list[Media] = []
    for start in range(0, len(public_ids), 500):
        wanted = public_ids[start : start + 500]
        found += map(_media, tx.execute(select(MEDIA).where(_C.public_id.in_(wanted))))
    return found


def page(tx: Tx, query: MediaQuery, limit: int, after: Cursor | None = None) -> list[Media]:
    """The next ``limit`` media behind a place."""
    statement = _filtered(select(MEDIA), query).order_by(*_order(query)).limit(limit)
    if after is not None:
        statement = statement.where(_behind(query, after))
    return [_media(row) for row in tx.execute(statement)]


def ids(tx: Tx, query: MediaQuery) -> list[int]:
    """The numeric ids of all, in order."""
    return list(tx.execute(_filtered(select(_C.id), query).order_by(*_order(query))).scalars())


def count(tx: Tx, query: MediaQuery) -> int:
    """How many there are."""
    return int(tx.execute(_filtered(select(func.count()).select_from(MEDIA), query)).scalar_one())


def summaries(tx: Tx, entity: EntityRef) -> list[FieldSummary]:
    """What lies in each field of an entity."""
    rows = tx.execute(
        select(_C.entity_field, func.count(), func.coalesce(func.sum(_C.file_size), 0))
        .where(_of(entity))
        .group_by(_C.entity_field)
    )
    return [FieldSummary(field, number, int(size)) for field, number, size in rows]


def cover(tx: Tx, entity: EntityRef, field: str) -> Media | None:
    """The picture that stands for a field: the primary one, else the first."""
    query = MediaQuery(entity, field)
    statement = _filtered(select(MEDIA), query)
    return _one(tx, statement.order_by(_C.is_primary.desc(), *_order(query)).limit(1))


def last_order(tx: Tx, entity: EntityRef, field: str) -> int:
    """The largest sort order in use in a field; 0 where there is none."""
    statement = select(func.max(_C.sort_order)).where(_of(entity), _C.entity_field == field)
    return tx.execute(statement).scalar() or 0


def demote(tx: Tx, entity: EntityRef, field: str, now: datetime) -> tuple[str, ...]:
    """Take the primary mark from every media of a field; returns who had it."""
    where = and_(_of(entity), _C.entity_field == field, _C.is_primary.is_(True))
    had = tuple(tx.execute(select(_C.public_id).where(where)).scalars())
    if had:
        tx.execute(update(MEDIA).where(where).values(is_primary=False, updated_at=now))
    return had


def change(tx: Tx, public_id: str, values: dict[str, Any]) -> None:
    """Write some columns of one row; ``updated_at`` has to be among them."""
    tx.execute(update(MEDIA).where(_C.public_id == public_id).values(values))


def remove(tx: Tx, media_ids: Sequence[int]) -> None:
    """Delete rows by numeric id."""
    tx.execute(delete(MEDIA).where(_C.id.in_(media_ids)))


def _filtered(statement: Select[Any], query: MediaQuery) -> Select[Any]:
    if query.entity is not None:
        statement = statement.where(_of(query.entity))
    if query.field is not None:
        statement = statement.where(_C.entity_field == query.field)
    if query.status is not None:
        statement = statement.where(func.lower(_C.moderation_status) == query.status.value)
    if query.tag:
        quoted = query.tag.replace("\\", "\\\\").replace('"', '\\"')
        statement = statement.where(_TAGS.contains(f'"{quoted}"', autoescape=True))
    for word in (query.search or "").split():
        columns = (_C.original_filename, _C.alt_text, _C.caption, _TAGS, _C.public_id)
        statement = statement.where(
            or_(*(func.lower(each).contains(word.lower(), autoescape=True) for each in columns))
        )
    return statement


def _of(entity: EntityRef) -> ColumnElement[bool]:
    return and_(_C.entity_type == entity.type.value, _C.entity_id == entity.id)


def _order(query: MediaQuery) -> tuple[ColumnElement[Any], ...]:
    newest = (_C.created_at.desc(), _C.id.desc())
    # Order means something within an entity only; across the library the newest come first.
    return newest if query.entity is None else (_C.sort_order.asc(), *newest)


def _behind(query: MediaQuery, place: Cursor) -> ColumnElement[bool]:
    at = datetime.fromisoformat(place.created_at)
    older = or_(_C.created_at < at, and_(_C.created_at == at, _C.id < place.id))
    if query.entity is None:
        return older
    return or_(_C.sort_order > place.sort_order, and_(_C.sort_order == place.sort_order, older))


def _one(tx: Tx, statement: Select[Any]) -> Media | None:
    row = tx.execute(statement).first()
    return None if row is None else _media(row)


def media_of(values: dict[str, Any]) -> Media:
    """A media out of its columns; NULL where the platform's older rows have it is forgiven."""
    known = {name: values[name] for name in _COLUMNS if name in values}
    tags = known.get("tags")
    known["tags"] = tuple(str(each) for each in tags) if isinstance(tags, list) else ()
    metadata = known.get("metadata")
    known["metadata"] = metadata if isinstance(metadata, dict) else {}
    return Media(**known)


def _media(row: Any) -> Media:
    return media_of(dict(row._mapping))
