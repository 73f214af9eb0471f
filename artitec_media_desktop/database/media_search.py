"""Which media a query means, page by page, in order; how many, and of which kinds.

A page is looked for among the first rows of the order, which finds what is common at once; what
is rare is then looked for by the index of its words, or in a walk through all facts. All media of
a query come out of a server word by word first: its words lie together.
"""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select, true, union_all
from sqlalchemy.sql.expression import FromClause

from ..domain.listing import Cursor, Facets, Key, MediaQuery, bad_cursor
from ..domain.media import Media
from ..domain.search import Order, Term
from . import (
    media,
    numbers,
    search_index,
    search_media,
    search_terms,
    search_trigrams,
    search_words,
    shape,
)
from .engine import Tx
from .search_facts import OWN, RANKS, Facts, KeyColumn
from .search_terms import Condition, Places
from .tables import SEARCH, WORDS

#: So many rows of an order are looked at before all are.
_NEAR: Final = 5_000
#: Found among those, they are no rare ones: the order is followed until there are enough.
_SOME: Final = 10
_ALL_INDEXES: Final = ", ".join(
    f"idx_media_search_{each.value}" for each in Order if each is not Order.OLDEST
)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A query with its words looked up: where it looks, what has to hold."""

    there: Facts
    place: tuple[Condition, ...]
    conditions: tuple[Condition, ...]
    order: Order
    terms: tuple[Term, ...]
    places: tuple[tuple[Places, ...], ...]

    @property
    def index(self) -> str:
        """The index of ``media_search`` for this order."""
        order = {Order.OLDEST: Order.NEWEST}.get(self.order, self.order)
        return f"idx_media_search_{order.value}"

    @property
    def has_words(self) -> bool:
        """Whether any term is about words."""
        return any(each.field in search_terms.IN_WORDS for each in self.terms)

    @property
    def by_words(self) -> bool:
        """Whether every term is about words."""
        return all(each.field in search_terms.IN_WORDS for each in self.terms)

    @property
    def keys(self) -> tuple[KeyColumn, ...]:
        return self.there.keys(self.order)

    @property
    def ordering(self) -> list[ColumnElement[Any]]:
        return [each.ordered for each in self.keys]


def page(
    tx: Tx, query: MediaQuery, limit: int, after: Cursor | None = None
) -> tuple[list[Media], Cursor | None]:
    """The next ``limit`` media behind a place, and the place to go on from, if there are more.

    Raises Permanent ``bad_cursor`` for a place in another order.
    """
    plan = _plan(tx, query)
    if after is not None and (after.order, len(after.keys)) != (plan.order, len(plan.keys)):
        raise bad_cursor(after.encode())
    columns = [plan.there.id, *(each.value for each in plan.keys)]
    behind = true() if after is None else _behind(plan.keys, after.keys)
    wanted = select(*columns).order_by(*plan.ordering).limit(limit + 1)
    found: Sequence[Any] = ()
    if plan.conditions:
        found = tx.execute(_near(plan, behind, wanted)).all()
    if len(found) <= limit:
        found = tx.execute(_far(tx, plan, wanted.where(behind), len(found))).all()
    kept = found[:limit]
    rows = media.by_ids(tx, _still(tx, plan, [row[0] for row in kept]))
    items = [rows[row[0]] for row in kept if row[0] in rows]
    more = Cursor(plan.order, tuple(map(_key, kept[-1][1:]))) if len(found) > limit else None
    return items, more


def ids(tx: Tx, query: MediaQuery) -> "array[int]":
    """The numeric ids of all, in order; eight bytes each."""
    plan = _plan(tx, query)
    keys = plan.keys
    names = [f"key{at}" for at in range(len(keys))]
    columns = [
        plan.there.id.label("id"),
        *(k.value.label(n) for k, n in zip(keys, names, strict=True)),
    ]
    parts = _whole(tx, plan, select(*columns))
    if len(parts) == 1:
        return numbers.read(tx, parts[0].with_only_columns(columns[0]).order_by(*plan.ordering))
    rows = union_all(*parts).subquery()
    ordering = [replace(k, value=rows.c[n]).ordered for k, n in zip(keys, names, strict=True)]
    return numbers.read(tx, select(rows.c.id).order_by(*ordering))


def count(tx: Tx, query: MediaQuery) -> int:
    """How many there are."""
    plan = _plan(tx, query)
    return sum(tx.execute(each).scalar_one() for each in _whole(tx, plan, select(func.count())))


def facets(tx: Tx, query: MediaQuery) -> Facets:
    """How many there are of each status, type and slot."""
    plan = _plan(tx, query)
    there = plan.there
    columns = (
        there.rank.label("rank"),
        func.coalesce(there.flags["video"], False).label("video"),
        there.entity_type.label("kind"),
        there.entity_field.label("field"),
    )
    wanted = select(*columns, func.count().label("number")).group_by(*columns)
    statuses: Counter[str] = Counter()
    types: Counter[str] = Counter()
    slots: Counter[tuple[str, str | None]] = Counter()
    for part in _whole(tx, plan, wanted):
        for row in tx.execute(part):
            statuses[RANKS[row.rank].value] += row.number
            types["video" if row.video else "image"] += row.number
            slots[row.kind, row.field] += row.number
    return Facets(sum(types.values()), statuses, types, slots)


def facts(tx: Tx) -> Facts:
    """Where media are looked for in this database."""
    if tx.dialect.name == "sqlite":
        return OWN if shape.of(tx, SEARCH) is not None else search_media.of_media(tx)
    return search_words.OF_SERVER if search_index.usable(tx) else search_media.of_media(tx)


def _plan(tx: Tx, query: MediaQuery) -> _Plan:
    there = facts(tx)
    place = []
    if query.entity is not None:
        place += [there.entity_type == query.entity.type.value, there.entity_id == query.entity.id]
    if query.field is not None:
        place.append(there.entity_field == query.field)
    terms = query.search.terms
    places = tuple(search_terms.look_up(tx, each) for each in terms)
    conditions = _conditions(tx, there, terms, places)
    return _Plan(there, tuple(place), conditions, query.order, terms, places)


def _conditions(
    tx: Tx, there: Facts, terms: Sequence[Term], places: Sequence[tuple[Places, ...]]
) -> tuple[Condition, ...]:
    pairs = zip(terms, places, strict=True)
    return tuple(search_terms.condition(tx, there, term, where) for term, where in pairs)


def _still(tx: Tx, plan: _Plan, ids: list[int]) -> list[int]:
    """Those that still are what was asked for: on a server others may have written meanwhile."""
    if plan.there is not search_words.OF_SERVER or not plan.conditions:
        return ids
    there = search_media.of_media(tx)
    now = _conditions(tx, there, plan.terms, plan.places)
    return list(tx.execute(select(there.id).where(there.id.in_(ids), *now)).scalars())


def _near(plan: _Plan, behind: Condition, wanted: Select[Any]) -> Select[Any]:
    """Of the first rows of the order, those that are wanted."""
    first = select(plan.there.id.label("id")).where(*plan.place, behind)
    first = first.order_by(*plan.ordering).limit(_NEAR)
    if not plan.place:
        first = first.with_hint(SEARCH, f"FORCE INDEX ({plan.index})", "mysql")
    near = first.subquery("near")
    rows = near.join(plan.there.source, plan.there.id == near.c.id)
    found = _read(plan, wanted, rows).where(*plan.conditions)
    return found.with_hint(SEARCH, "FORCE INDEX (PRIMARY)", "mysql")


def _far(tx: Tx, plan: _Plan, wanted: Select[Any], near: int = 0) -> Select[Any]:
    """Of all rows, those that are wanted; so many were found ``near``."""
    chosen = _read(plan, wanted, plan.there.source).where(*plan.place, *plan.conditions)
    if plan.there is OWN:
        return _far_in_file(tx, plan, chosen)
    if plan.there is not search_words.OF_SERVER:
        return chosen
    if not plan.place and (near >= _SOME or not plan.conditions):
        # Enough are met soon, one after the other.
        return chosen.with_hint(SEARCH, f"FORCE INDEX ({plan.index})", "mysql")
    if not _few(tx, plan):
        chosen = chosen.where(*search_words.rare(tx, plan.terms, plan.places))
    # What meets the conditions is found by them and then put in order.
    return chosen.with_hint(SEARCH, f"IGNORE INDEX FOR ORDER BY ({_ALL_INDEXES})", "mysql")


def _whole(tx: Tx, plan: _Plan, wanted: Select[Any]) -> list[Select[Any]]:
    """All rows that are wanted, in parts that have none in common."""
    there = plan.there
    if there is not search_words.OF_SERVER or not plan.has_words or _few(tx, plan):
        return [_far(tx, plan, wanted.select_from(there.source))]
    # Words first, then the facts of what has them; what an entity's name finds is looked at apart.
    pairs = list(zip(plan.terms, plan.places, strict=True))
    alone = [({},) * len(where) if not term.field else where for term, where in pairs]
    rows = WORDS.join(there.source, search_words.ON)
    by_words = wanted.select_from(rows).prefix_with("STRAIGHT_JOIN")
    by_words = by_words.where(*plan.place, *_conditions(tx, there, plan.terms, alone))
    named = [each for term, where in pairs if not term.field for each in where if each]
    if not named:
        return [by_words]
    of_named = or_(*(search_terms.at(there, each) for each in named))
    by_name = _read(plan, wanted, there.source).where(*plan.place, of_named, *plan.conditions)
    return [by_words.where(not_(of_named)), by_name]


def _few(tx: Tx, plan: _Plan) -> bool:
    """Whether a server has so few of the place and the facts that their words can be read."""
    pairs = zip(plan.terms, plan.conditions, strict=True)
    facts = [each for term, each in pairs if term.field not in search_terms.IN_WORDS]
    if not plan.place and not facts:
        return False
    rows = select(plan.there.id).where(*plan.place, *facts).limit(_NEAR + 1)
    return tx.execute(select(func.count()).select_from(rows.subquery())).scalar_one() <= _NEAR


def _far_in_file(tx: Tx, plan: _Plan, chosen: Select[Any]) -> Select[Any]:
    if not plan.conditions:
        return chosen
    by_number = chosen.with_hint(SEARCH, "NOT INDEXED", "sqlite")
    rare = search_trigrams.rare(tx, plan.terms, plan.places)
    if rare is not None:
        # The numbers lead to the rows; an index would be walked from one end to the other.
        return by_number.where(plan.there.id.in_(rare))
    if plan.place:
        return chosen
    if plan.by_words and any(each.negated for each in plan.terms):
        # What few lack: the words of all have to be read, best as they lie.
        return by_number
    return chosen.with_hint(SEARCH, "INDEXED BY idx_media_search_newest", "sqlite")


def _read(plan: _Plan, wanted: Select[Any], rows: FromClause) -> Select[Any]:
    """Name what is read, with the words where a term looks at them, in that order."""
    if plan.there.words is None:
        return wanted.select_from(rows)
    if plan.has_words:
        rows = rows.join(plan.there.words, search_words.ON)
    return wanted.select_from(rows).prefix_with("STRAIGHT_JOIN")


def _behind(keys: Sequence[KeyColumn], place: Sequence[Key]) -> Condition:
    """Rows after a place: equal in the first keys, later in the next."""
    pairs = list(zip(keys, place, strict=True))
    later = [
        and_(*(k.same(v) for k, v in pairs[:n]), key.behind(value))
        for n, (key, value) in enumerate(pairs)
    ]
    first, value = pairs[0]
    # Said once more of the first key alone, which is what an index can be entered by.
    return and_(or_(first.same(value), first.behind(value)), or_(*later))


def _key(value: Any) -> Key:
    return value.isoformat(" ") if isinstance(value, datetime) else value
