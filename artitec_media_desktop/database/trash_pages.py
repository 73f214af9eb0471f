"""The trash as a list: a page of it, what a search finds, and how much that is."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Text, and_, cast, func, or_, select, type_coerce

from ..domain.entities import EntityRef, EntityType
from ..domain.trash import TrashPlace
from . import entities
from .engine import Tx
from .tables import TRASH, USERS
from .trash import Trashed, trashed

_T: Final = TRASH.c
#: The values of the kept row that words are looked for in.
_TEXTS: Final = ("original_filename", "alt_text", "caption")


def page(
    tx: Tx, words: Sequence[str], limit: int, after: TrashPlace | None
) -> tuple[list[Trashed], TrashPlace | None]:
    """The next of those that hold every word, last deleted first, and where to go on."""
    statement = select(TRASH).where(*_found(tx, words))
    if after is not None:
        earlier = _T.deleted_at < after.deleted_at
        same = and_(_T.deleted_at == after.deleted_at, _T.public_id < after.public_id)
        statement = statement.where(or_(earlier, same))
    newest = (_T.deleted_at.desc(), _T.public_id.desc())
    rows = tx.execute(statement.order_by(*newest).limit(limit + 1)).all()
    found = [trashed(row) for row in rows[:limit]]
    if len(rows) <= limit:
        return found, None
    return found, TrashPlace(found[-1].deleted_at, found[-1].media.public_id)


def totals(tx: Tx, words: Sequence[str]) -> tuple[int, int]:
    """How many hold every word, and their bytes."""
    size = cast(_value("file_size"), Integer)
    statement = select(func.count(), func.coalesce(func.sum(size), 0))
    row = tx.execute(statement.where(*_found(tx, words))).one()
    return int(row[0]), int(row[1])


def _found(tx: Tx, words: Sequence[str]) -> list[ColumnElement[bool]]:
    if not words:
        return []
    places = _places(tx)
    return [_holds(tx, word, places) for word in words]


def _holds(tx: Tx, word: str, places: dict[EntityRef, str]) -> ColumnElement[bool]:
    """In a text of the media, its public id, the name of its place, or of who deleted it."""
    held = [_contains(_value(name), word) for name in _TEXTS]
    held.append(_contains(_T.public_id, word))
    by_type: dict[EntityType, list[int]] = {}
    for ref, text in places.items():
        if word.casefold() in text:
            by_type.setdefault(ref.type, []).append(ref.id)
    held += [
        and_(_T.entity_type == kind.value, _T.entity_id.in_(ids)) for kind, ids in by_type.items()
    ]
    names = func.coalesce(USERS.c.first_name, "") + " " + func.coalesce(USERS.c.last_name, "")
    held.append(_T.deleted_by.in_(select(USERS.c.user_id).where(_contains(names, word))))
    return or_(*held)


def _places(tx: Tx) -> dict[EntityRef, str]:
    """Names, public ids and towns of all entities that the trash has media of."""
    rows: Any = tx.execute(select(_T.entity_type, _T.entity_id).distinct())
    refs = {
        EntityRef(EntityType(row.entity_type), row.entity_id)
        for row in rows
        if row.entity_type in set(EntityType)
    }
    return {
        ref: f"{each.name} {each.public_id} {each.place}".casefold()
        for ref, each in entities.many(tx, refs).items()
    }


def _value(name: str) -> ColumnElement[Any]:
    """A value of the kept row as text; NULL where it has none."""
    value = func.json_extract(type_coerce(_T.row, Text), f"$.{name}", type_=Text)
    return func.nullif(value, "null", type_=Text)


def _contains(text: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    # SQLite knows only the capitals of ASCII, so that a word is looked for as it may be spelled.
    spelled = dict.fromkeys((word.lower(), word, word.upper(), word.capitalize()))
    lower = func.lower(text, type_=Text)
    return or_(*(each.contains(s, autoescape=True) for each in (lower, text) for s in spelled))
