"""The history as a list: a page of changes, what a search finds, and what is said of each.

Pages walk along the primary key of ``media_changes``, backwards from where the last one ended.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Text,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    type_coerce,
)

from ..domain.activity import KINDS, ActivityMedia, ActivityQuery
from ..domain.changes import ChangeKind
from ..domain.entities import EntityRef, EntityType
from ..domain.media import MediaType
from .engine import Tx
from .entities.names import full_name
from .search_facts import contains
from .search_terms import named
from .tables import CHANGED_MEDIA, CHANGES, MEDIA, TRASH, USERS

_C: Final = CHANGES.c
_M: Final = CHANGED_MEDIA.c
#: So many parts of a change are looked at, of what may be ten thousand.
_SAMPLE: Final = 8
# Parts that nobody named: the primary role passed to or from them.
_RAISED: Final = type_coerce(_M.after, Text) == '{"is_primary": true}'
_LOWERED: Final = type_coerce(_M.after, Text) == '{"is_primary": false}'


@dataclass(slots=True)
class Parts:
    """What a change did to its media. ``sample`` are the first: public id, columns as after."""

    count: int = 0
    place_count: int = 0
    sample: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    places: dict[EntityRef, None] = field(default_factory=dict)


def page(
    tx: Tx, query: ActivityQuery, account: str, limit: int, before: int | None
) -> tuple[list[Any], int | None]:
    """The next changes, newest first, and the number to go on before. ``account`` is who asks."""
    statement = wanted(tx, query, account)
    if before is not None:
        statement = statement.where(_C.id < before)
    rows = tx.execute(statement.order_by(_C.id.desc()).limit(limit + 1)).all()
    found = list(rows[:limit])
    return found, found[-1].id if len(rows) > limit else None


def wanted(tx: Tx, query: ActivityQuery, account: str) -> Select[Any]:
    """The changes of a query, in no order."""
    statement = select(CHANGES)
    if query.mine:
        statement = statement.where(_C.account == account)
    if query.kind:
        kinds = sorted(each.value for each in KINDS[query.kind])
        statement = statement.where(_C.kind.in_(kinds))
    return statement.where(*(_holds(tx, word) for word in query.text.split()))


def parts(tx: Tx, ids: Collection[int]) -> dict[int, Parts]:
    """What these changes did."""
    found = {each: Parts() for each in ids}
    place = _M.entity_type.concat(":").concat(cast(_M.entity_id, String(20)))
    sums = select(
        _M.change_id,
        func.count().label("all"),
        func.sum(case((_RAISED, 1), else_=0)).label("raised"),
        func.sum(case((_LOWERED, 1), else_=0)).label("lowered"),
        func.count(place.distinct()).label("places"),
    )
    row: Any
    for row in tx.execute(sums.where(_M.change_id.in_(ids)).group_by(_M.change_id)):
        one = found[row.change_id]
        named_ones = row.all - row.raised - row.lowered
        one.count = int(named_ones or row.raised or row.lowered)
        one.place_count = row.places
    rank = case((_LOWERED, 2), (_RAISED, 1), else_=0)
    order = func.row_number().over(partition_by=_M.change_id, order_by=(rank, _M.public_id))
    columns = (_M.change_id, _M.public_id, _M.entity_type, _M.entity_id, _M.after)
    ranked = select(*columns, order.label("nth")).where(_M.change_id.in_(ids)).subquery()
    first = select(ranked).where(ranked.c.nth <= _SAMPLE).order_by(ranked.c.change_id, ranked.c.nth)
    for row in tx.execute(first):
        one, after = found[row.change_id], row.after or {}
        if len(one.sample) < one.count:
            one.sample.append((row.public_id, after))
            places = (row.entity_type, row.entity_id), (_text(after, "entity_type"), _number(after))
            one.places |= dict.fromkeys(_refs(places))
    for one in found.values():
        one.place_count = max(one.place_count, len(one.places))
    return found


def media(tx: Tx, public_ids: Collection[str]) -> dict[str, ActivityMedia]:
    """The names and types of media, in the library or in the trash."""
    there = select(MEDIA.c.public_id, MEDIA.c.original_filename, MEDIA.c.media_type)
    row: Any
    found = {
        row.public_id: ActivityMedia(row.public_id, row.original_filename, row.media_type)
        for row in tx.execute(there.where(MEDIA.c.public_id.in_(public_ids)))
    }
    rest = [each for each in public_ids if each not in found]
    kept = select(TRASH.c.public_id, TRASH.c.row).where(TRASH.c.public_id.in_(rest))
    for row in tx.execute(kept) if rest else ():
        values = row.row or {}
        is_video = str(values.get("media_type", "")).lower() == MediaType.VIDEO.value.lower()
        kind = MediaType.VIDEO if is_video else MediaType.IMAGE
        name = str(values.get("original_filename") or row.public_id)
        found[row.public_id] = ActivityMedia(row.public_id, name, kind, in_trash=True)
    return found


def undoers(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    """Who undid these changes: the last undoing of their media before they were marked."""
    if not ids:
        return {}
    theirs, undoing = CHANGED_MEDIA.alias(), CHANGES.alias()
    last = (
        select(_M.change_id, func.max(undoing.c.id).label("by"))
        .join(CHANGES, _C.id == _M.change_id)
        .join(theirs, theirs.c.public_id == _M.public_id)
        .join(undoing, undoing.c.id == theirs.c.change_id)
        .where(_M.change_id.in_(ids), undoing.c.kind == ChangeKind.UNDONE.value)
        .where(undoing.c.id > _M.change_id, undoing.c.at <= _C.undone_at)
        .group_by(_M.change_id)
        .subquery()
    )
    who = select(last.c.change_id, _C.account).join(CHANGES, _C.id == last.c.by)
    rows: Any = tx.execute(who)
    return {row.change_id: row.account for row in rows}


def _holds(tx: Tx, word: str) -> ColumnElement[bool]:
    """In the name of who did it, of a place or of a media, or in a public id."""
    people = contains(tx, full_name(USERS), word)
    who = list(tx.execute(select(USERS.c.user_id).where(people)).scalars())
    moved_to = _after("entity_type"), _after("entity_id")
    here = [contains(tx, _M.public_id, word), contains(tx, _after("filename"), word)]
    for kind, ids in named(tx, word).items():
        here.append(and_(_M.entity_type == kind, _M.entity_id.in_(ids)))
        here.append(and_(moved_to[0] == kind, moved_to[1].in_([str(each) for each in ids])))
    name = func.json_extract(type_coerce(TRASH.c.row, Text), "$.original_filename", type_=Text)
    for table, text in ((MEDIA, MEDIA.c.original_filename), (TRASH, name)):
        same = table.c.public_id == _M.public_id
        here.append(exists().where(same, contains(tx, text, word)))
    return or_(_C.account.in_(who), exists().where(_M.change_id == _C.id, or_(*here)))


def _after(name: str) -> ColumnElement[Any]:
    """A value that a part wrote, as text without quotes; NULL where it wrote none."""
    value = func.json_extract(type_coerce(_M.after, Text), f"$.{name}", type_=Text)
    # A server's JSON_EXTRACT leaves the quotes, SQLite's doesn't.
    return func.replace(value, '"', "", type_=Text)


def _refs(pairs: Iterable[tuple[Any, Any]]) -> Sequence[EntityRef]:
    known = set(EntityType)
    return [EntityRef(EntityType(kind), key) for kind, key in pairs if kind in known and key]


def _text(after: dict[str, Any], name: str) -> str:
    value = after.get(name)
    return value if isinstance(value, str) else ""


def _number(after: dict[str, Any]) -> int:
    value = after.get("entity_id")
    return value if isinstance(value, int) else 0
