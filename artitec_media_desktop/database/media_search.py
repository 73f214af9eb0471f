"""Which media a query means, page by page, in order; how many, and of which kinds.

A page is looked for among the first rows of the order, which finds what is common at once; what
is rare is then looked for by the index of its words, or in a walk through all facts.
"""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
    union,
)

from ..domain.listing import Cursor, Facets, Key, MediaQuery, bad_cursor
from ..domain.media import Media
from ..domain.search import Order, Term
from . import media, search_terms
from .engine import Tx
from .search_facts import MARK, RANKS, Facts, KeyColumn, facts, forms
from .search_terms import Condition, Found
from .tables import SEARCH

#: So many rows of an order are looked at before all are.
_NEAR: Final = 5_000
#: What more rows than this have in common is no help in finding them.
_COMMON: Final = 100_000
_GRAM: Final = 3
_MOST_GRAMS: Final = 4
_MOST_THREES: Final = 200


@dataclass(frozen=True, slots=True)
class _Plan:
    """A query with its words looked up: where it looks, what has to hold."""

    there: Facts
    place: tuple[Condition, ...]
    conditions: tuple[Condition, ...]
    order: Order
    terms: tuple[Term, ...]
    found: tuple[Found, ...]

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
        near = _near(plan, behind)
        found = tx.execute(wanted.where(plan.there.id == near.c.id, *plan.conditions)).all()
    if len(found) <= limit:
        found = tx.execute(_far(tx, plan, wanted.where(behind))).all()
    kept = found[:limit]
    rows = media.by_ids(tx, [row[0] for row in kept])
    items = [rows[row[0]] for row in kept if row[0] in rows]
    more = Cursor(plan.order, tuple(map(_key, kept[-1][1:]))) if len(found) > limit else None
    return items, more


def ids(tx: Tx, query: MediaQuery) -> "array[int]":
    """The numeric ids of all, in order; eight bytes each."""
    plan = _plan(tx, query)
    wanted = select(plan.there.id).order_by(*plan.ordering)
    rows = tx.execute(_far(tx, plan, wanted), execution_options={"yield_per": 20_000})
    return array("q", rows.scalars())


def count(tx: Tx, query: MediaQuery) -> int:
    """How many there are."""
    plan = _plan(tx, query)
    wanted = select(func.count()).select_from(plan.there.source)
    return int(tx.execute(_far(tx, plan, wanted)).scalar_one())


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
    wanted = select(*columns, func.count().label("number")).select_from(there.source)
    rows = tx.execute(_far(tx, plan, wanted.group_by(*columns)))
    statuses: Counter[str] = Counter()
    types: Counter[str] = Counter()
    slots: Counter[tuple[str, str | None]] = Counter()
    for row in rows:
        statuses[RANKS[row.rank].value] += row.number
        types["video" if row.video else "image"] += row.number
        slots[row.kind, row.field] += row.number
    return Facets(sum(types.values()), statuses, types, slots)


def _plan(tx: Tx, query: MediaQuery) -> _Plan:
    there = facts(tx)
    place = []
    if query.entity is not None:
        place += [there.entity_type == query.entity.type.value, there.entity_id == query.entity.id]
    if query.field is not None:
        place.append(there.entity_field == query.field)
    terms = query.search.terms
    found = tuple(search_terms.read(tx, there, each) for each in terms)
    conditions = tuple(each.condition for each in found)
    return _Plan(there, tuple(place), conditions, query.order, terms, found)


def _near(plan: _Plan, behind: Condition) -> Any:
    """The first rows of the order."""
    rows = select(plan.there.id.label("id")).where(*plan.place, behind)
    return rows.order_by(*plan.ordering).limit(_NEAR).subquery("near")


def _far(tx: Tx, plan: _Plan, wanted: Select[Any]) -> Select[Any]:
    """All rows."""
    chosen = wanted.where(*plan.place, *plan.conditions)
    if plan.there.source is not SEARCH or not plan.conditions:
        return chosen
    rare = _rare(tx, plan)
    if rare is not None:
        # The numbers lead to the rows; an index would be walked from one end to the other.
        return chosen.where(plan.there.id.in_(rare)).with_hint(SEARCH, "NOT INDEXED", "sqlite")
    if not plan.place:
        return chosen.with_hint(SEARCH, "INDEXED BY idx_media_search_newest", "sqlite")
    return chosen


def _rare(tx: Tx, plan: _Plan) -> Select[Any] | Any | None:
    """The numbers of few rows among which are all that are wanted, by the index of words."""
    best, least = None, _COMMON
    for term, found in zip(plan.terms, plan.found, strict=True):
        rows = _candidates(tx, plan.there, term, found)
        if rows is None:
            continue
        number = tx.execute(
            select(func.count()).select_from(rows.limit(least + 1).subquery())
        ).scalar_one()
        if number <= least:
            best, least = rows, number
    return best


def _candidates(tx: Tx, there: Facts, term: Term, found: Found) -> Any | None:
    """Rows that may meet a term; None where the index can't tell."""
    if term.negated or term.field not in ("", "tag", "camera"):
        return None
    if term.field == "camera" and min(map(len, term.values)) < _GRAM:
        return None
    marked = [f"{MARK}{v}{MARK}" if term.field == "tag" else v for v in term.values]
    by_words = with_words(tx, *marked)
    if by_words is None:
        return None
    places = [select(there.id).where(search_terms.at(there, each)) for each in found.places if each]
    return union(by_words, *places) if places else by_words


def with_words(tx: Tx, *words: str) -> Select[Any] | None:
    """The numbers of rows that may have any of these words; None where the index can't tell."""
    grams = [_grams(tx, spelled) for word in words for spelled in forms(word)]
    if not all(grams):
        return None
    matches = " OR ".join(f"({each})" for each in grams)
    match = text("media_words MATCH :words").bindparams(words=matches)
    return select(literal_column("rowid").label("id")).select_from(text("media_words")).where(match)


def _grams(tx: Tx, word: str) -> str:
    """What the index of words knows of a word; empty where it does not help.

    It folds letters as an older Unicode did, hence only those that it surely knows.
    """
    starts = [*range(0, len(word) - _GRAM, _GRAM), len(word) - _GRAM]
    grams = dict.fromkeys(word[at : at + _GRAM] for at in starts if at >= 0)
    known = [each for each in grams if all(c < "\u0590" or c.lower() == c.upper() for c in each)]
    if known:
        return " AND ".join(map(_quoted, known[:_MOST_GRAMS]))
    # Behind every two letters stands a third, since a row's words end with a mark.
    return " OR ".join(map(_quoted, _beginning(tx, word))) if len(word) == _GRAM - 1 else ""


def _beginning(tx: Tx, two: str) -> list[str]:
    """The threes that begin so; of too many, none."""
    if not two.isascii():
        return []
    rows = text("SELECT term FROM media_words_known WHERE term >= :two AND term < :end LIMIT :most")
    found = tx.execute(rows, {"two": two, "end": two + "\U0010ffff", "most": _MOST_THREES + 1})
    threes = list(found.scalars()) or [two + MARK]
    return threes if len(threes) <= _MOST_THREES else []


def _quoted(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'


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
