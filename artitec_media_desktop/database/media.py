"""Rows of the shared ``media`` table, in every shape that it is met in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Text,
    and_,
    cast,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from ..domain.entities import EntityRef
from ..domain.listing import Cursor, MediaQuery
from ..domain.media import Media, ModerationStatus
from . import locks, shape
from .engine import Tx
from .shape import Shape
from .tables import MEDIA

_COLUMNS: Final = tuple(each.name for each in fields(Media))
_C: Final = MEDIA.c
#: Older than any media; zero dates, which are read as None, lie before it.
_NEVER: Final = datetime(1000, 1, 2)
#: What NULL is read as where the application needs a value.
_BLANK: Final[dict[str, Any]] = {
    name: blank
    for blank, names in (
        ("", ("public_id", "filename", "original_filename", "content_type", "storage_path",
              "original_url", "entity_type")),
        (0, ("file_size", "entity_id", "sort_order")),
        (False, ("is_primary", "is_public", "is_approved")),
    )
    for name in names
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldSummary:
    """What lies in one field of an entity; ``total_bytes`` counts originals."""

    field: str | None
    count: int
    total_bytes: int


def add(tx: Tx, media: Media, own: dict[str, Any] | None = None) -> Media:
    """Insert a row, every column written; ``media.id`` 0 takes the next number.

    ``own`` are values for columns that only this deployment has.
    """
    there = shape.media(tx)
    values = there.written(row_of(media)) | there.required() | (own or {})
    if not media.id:
        del values["id"]
    key = tx.execute(insert(there.whole).values(values)).inserted_primary_key
    if key is None:
        raise LookupError(f"{media.public_id} was inserted and has no number")
    return replace(media, id=int(key[0]))


def row_of(media: Media) -> dict[str, Any]:
    """The columns of a media, as the table holds them."""
    values = {name: getattr(media, name) for name in _COLUMNS}
    values["tags"] = list(media.tags)
    return values


def own_values(tx: Tx, media_id: int) -> dict[str, Any]:
    """The values of columns that only this deployment has, as text."""
    there = shape.media(tx)
    columns = [there.whole.c[each.name] for each in there.own if not each.computed]
    if not columns:
        return {}
    row = tx.execute(select(*columns).where(there.whole.c.id == media_id)).one()
    return {
        name: str(value)
        for name, value in row._mapping.items()
        if value is not None and not isinstance(value, bytes)
    }


def by_public_id(tx: Tx, public_id: str) -> Media | None:
    """One media."""
    if not public_id.isascii():
        return None
    return _one(tx, _all(tx).where(_C.public_id == public_id))


def hold(tx: Tx, public_id: str) -> None:
    """Keep others from writing this row until the transaction ends."""
    if public_id.isascii():
        tx.execute(select(_C.id).where(_C.public_id == public_id).with_for_update())


def by_id(tx: Tx, media_id: int) -> Media | None:
    """One media by its numeric id."""
    return _one(tx, _all(tx).where(_C.id == media_id))


def sharing(tx: Tx, media: Media) -> list[Media]:
    """Media of the same entity whose files may be the same objects: they have the same name."""
    addresses = (media.storage_path, media.original_url)
    names = {each.rpartition("/")[2] for each in addresses} - {""}
    statement = _all(tx).where(
        _C.entity_type == media.entity_type,
        _C.entity_id == media.entity_id,
        _C.public_id != media.public_id,
        or_(
            false(),
            *(
                column.endswith(name, autoescape=True)
                for column in (_C.storage_path, _C.original_url)
                for name in sorted(names)
            ),
        ),
    )
    return [_media(row) for row in tx.execute(statement)]


def by_ids(tx: Tx, ids: Sequence[int]) -> dict[int, Media]:
    """Many media by numeric id; what is gone is left out."""
    found: dict[int, Media] = {}
    for start in range(0, len(ids), 500):
        rows = tx.execute(_all(tx).where(_C.id.in_(ids[start : start + 500])))
        found |= {row.id: _media(row) for row in rows}
    return found


def page(tx: Tx, query: MediaQuery, limit: int, after: Cursor | None = None) -> list[Media]:
    """The next ``limit`` media behind a place."""
    statement = _filtered(tx, _all(tx), query).order_by(*_order(query)).limit(limit)
    if after is not None:
        statement = statement.where(_behind(query, after))
    return [_media(row) for row in tx.execute(statement)]


def ids(tx: Tx, query: MediaQuery) -> list[int]:
    """The numeric ids of all, in order."""
    return list(tx.execute(_filtered(tx, select(_C.id), query).order_by(*_order(query))).scalars())


def count(tx: Tx, query: MediaQuery) -> int:
    """How many there are."""
    statement = _filtered(tx, select(func.count()).select_from(MEDIA), query)
    return int(tx.execute(statement).scalar_one())


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
    order = _order(query)
    if shape.media(tx).has("is_primary"):
        order = (_C.is_primary.desc(), *order)
    return _one(tx, _filtered(tx, _all(tx), query).order_by(*order).limit(1))


def demote(tx: Tx, entity: EntityRef, field: str, now: datetime) -> None:
    """Take the primary mark from every media of a field.

    Until the transaction ends, no other of this application can do the same, so that whoever
    marks one after this keeps the only mark.
    """
    there = shape.media(tx)
    if not there.has("is_primary"):
        return
    locks.hold(tx, entity, field)
    where = and_(_of(entity), _C.entity_field == field, _C.is_primary.is_(True))
    change = there.written({"is_primary": False, "updated_at": now})
    tx.execute(update(MEDIA).where(where).values(change))


def change(tx: Tx, public_id: str, values: dict[str, Any]) -> None:
    """Write some columns of one row; ``updated_at`` has to be among them."""
    written = shape.media(tx).written(values)
    if written:
        tx.execute(update(MEDIA).where(_C.public_id == public_id).values(written))


def remove(tx: Tx, media_ids: Sequence[int]) -> None:
    """Delete rows by numeric id."""
    tx.execute(delete(MEDIA).where(_C.id.in_(media_ids)))


def _all(tx: Tx) -> Select[Any]:
    return select(*shape.media(tx).all)


def _filtered(tx: Tx, statement: Select[Any], query: MediaQuery) -> Select[Any]:
    there = shape.media(tx)
    # As the text it is kept as, or a pattern would be written as JSON too.
    tags = type_coerce(there["tags"], Text)
    if query.entity is not None:
        statement = statement.where(_of(query.entity))
    if query.field is not None:
        statement = statement.where(_C.entity_field == query.field)
    if query.status is not None:
        statement = statement.where(_has_status(there, query.status))
    if query.tag:
        # The platform may have written letters beyond ASCII as escapes.
        spelled = {json.dumps(query.tag, ensure_ascii=escape) for escape in (True, False)}
        statement = statement.where(or_(*(_contains(tags, each) for each in sorted(spelled))))
    for word in (query.search or "").split():
        columns = (_C.original_filename, _C.alt_text, _C.caption, tags, _C.public_id)
        found = [_contains(column, word) for column in columns]
        if not word.isascii():
            found.append(_contains(tags, json.dumps(word)[1:-1]))
        statement = statement.where(or_(*found))
    return statement


def _contains(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    # CAST, since a column in Latin-1 or ASCII can't be compared with letters that it lacks.
    return func.lower(cast(column, Text), type_=Text).contains(word.lower(), autoescape=True)


def _has_status(there: Shape, status: ModerationStatus) -> ColumnElement[bool]:
    column = type_coerce(there["moderation_status"], String)
    # Both spellings rather than a function of the column, which no index would serve.
    found = column.in_((status.value, status.value.upper()))
    return or_(found, column.is_(None)) if status is ModerationStatus.APPROVED else found


def _of(entity: EntityRef) -> ColumnElement[bool]:
    return and_(_C.entity_type == entity.type.value, _C.entity_id == entity.id)


def _order(query: MediaQuery) -> tuple[ColumnElement[Any], ...]:
    newest = (_C.created_at.desc(), _C.id.desc())
    # Order means something within an entity only; across the library the newest come first.
    return newest if query.entity is None else (func.coalesce(_C.sort_order, 0).asc(), *newest)


def _behind(query: MediaQuery, place: Cursor) -> ColumnElement[bool]:
    undated = or_(_C.created_at.is_(None), _C.created_at < _NEVER)
    if place.created_at:
        at = datetime.fromisoformat(place.created_at)
        older = or_(_C.created_at < at, and_(_C.created_at == at, _C.id < place.id), undated)
    else:
        older = and_(undated, _C.id < place.id)
    if query.entity is None:
        return older
    order = func.coalesce(_C.sort_order, 0)
    return or_(order > place.sort_order, and_(order == place.sort_order, older))


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
    for name, blank in _BLANK.items():
        if name in known and known[name] is None:
            known[name] = blank
    return Media(**known)


def _media(row: Any) -> Media:
    return media_of(dict(row._mapping))
