"""Rows of the shared ``media`` table, in every shape that it is met in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from ..domain import right_of_way
from ..domain.entities import EntityRef
from ..domain.media import COLUMNS, Media
from . import locks, shape
from .engine import Tx
from .tables import MEDIA
from .types import Unread

_C: Final = MEDIA.c
#: A column of a file may hold anything; what is of another kind is read as NULL.
_KINDS: Final[dict[str, type]] = {
    **dict.fromkeys(("file_size", "width", "height", "duration", "entity_id", "sort_order"), int),
    "tags": list,
    "metadata": dict,
}
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
    values = {name: getattr(media, name) for name in COLUMNS}
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
        rows = tx.execute(_all(tx).where(_C.id.in_(list(ids[start : start + 500]))))
        found |= {row.id: _media(row) for row in rows}
    return found


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
    place = (func.coalesce(_C.sort_order, 0), _C.created_at.desc(), _C.id.desc())
    primary = (_C.is_primary.desc(),) if shape.media(tx).has("is_primary") else ()
    statement = _all(tx).where(_of(entity), _C.entity_field == field)
    return _one(tx, statement.order_by(*primary, *place).limit(1))


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


def _of(entity: EntityRef) -> ColumnElement[bool]:
    return and_(_C.entity_type == entity.type.value, _C.entity_id == entity.id)


def _one(tx: Tx, statement: Select[Any]) -> Media | None:
    row = tx.execute(statement).first()
    return None if row is None else _media(row)


def media_of(values: dict[str, Any]) -> Media:
    """A media out of its columns; NULL where the platform's older rows have it is forgiven."""
    known = {name: values[name] for name in COLUMNS if name in values}
    unread = [name for name, value in known.items() if not _is_readable(name, value)]
    for name in unread:
        known[name] = known[name].instead if isinstance(known[name], Unread) else None
    known["tags"] = tuple(str(each) for each in known.get("tags") or ())
    known["metadata"] = known.get("metadata") or {}
    for name, blank in _BLANK.items():
        if name in known and known[name] is None:
            known[name] = blank
    return Media(**known, unread=tuple(unread))


def _is_readable(name: str, value: Any) -> bool:
    if isinstance(value, Unread):
        return False
    return value is None or isinstance(value, _KINDS.get(name, object))


def _media(row: Any) -> Media:
    right_of_way.give()
    return media_of(dict(row._mapping))
