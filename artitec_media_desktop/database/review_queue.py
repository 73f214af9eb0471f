"""What waits for a moderator: media without a decision, and decisions that are looked at again.

Whose queue it is decides what is in it: nothing that somebody may not decide. All of that is asked
of the database, so that of many thousands only the first few are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    not_,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.sql.expression import FromClause

from ..domain.moderation import Look, Waiting
from ..domain.review_queue import AGES, QueueCounts, QueueFilter, buckets
from . import media, media_search, search_terms, search_words, shape
from .engine import Tx
from .entities import amenity, community
from .leases import clock
from .review_tables import LEASES, SCORES, SECOND_LOOKS
from .search_facts import Facts
from .search_terms import Condition, Places
from .tables import MEDIA
from .types import Utc

_L: Final = LEASES.c
_S: Final = SECOND_LOOKS.c
_ASKED: Final = ("look", "decided_by", "asked_by", "asked", "asked_at")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Whose queue it is. ``places`` is where they may decide, None for everywhere.

    ``own`` is whether they may decide on what they uploaded themselves.
    """

    account: str
    own: bool = False
    places: Places | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item in its turn; ``is_held`` while somebody looks at it."""

    public_id: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of what waits: rows, the facts they are looked at by, and what has to hold."""

    there: Facts
    rows: FromClause
    conditions: tuple[Condition, ...]


def places_of(tx: Tx, user_id: str) -> Places:
    """The communities that somebody holds, and their amenities."""
    mine = [row[0] for row in tx.execute(community.held_by(user_id))]
    theirs = [row[0] for row in tx.execute(amenity.within(mine))] if mine else []
    return {"community": mine, "amenity": theirs}


def first(tx: Tx, wanted: QueueFilter, who: Reviewer, limit: int) -> list[Candidate]:
    """The items of a queue in their turn, held ones among them; fewer only where it ends."""
    some = [_first(each, wanted.by_score, limit) for each in _parts(tx, wanted, who)]
    if not some:
        return []
    each = union_all(*(select(one.subquery()) for one in some)).subquery()
    alive = _L.until > func.current_timestamp(type_=Utc)
    rows = each.join(MEDIA, MEDIA.c.id == each.c.id)
    rows = rows.outerjoin(LEASES, and_(_L.public_id == MEDIA.c.public_id, alive))
    held = _L.public_id.is_not(None).label("held")
    statement = select(MEDIA.c.public_id, held).select_from(rows)
    statement = statement.order_by(
        *_ordering(each.c.score, each.c.since, each.c.id, wanted.by_score)
    ).limit(limit)
    return [Candidate(row.public_id, bool(row.held)) for row in tx.execute(statement)]


def counts(tx: Tx, wanted: QueueFilter, who: Reviewer) -> QueueCounts:
    """How many there are, of which age."""
    now = clock(tx)
    others = held_by_others(tx, who, now)
    parts = _parts(tx, wanted, who)
    if not parts:
        return QueueCounts(held_by_others=others)
    rows = tx.execute(union_all(*(_counted(each, now) for each in parts))).all()
    total = sum(row.number for row in rows)
    known = [each for row in rows if (each := _moment(row.oldest)) is not None]
    young = [sum(int(row[2 + n] or 0) for row in rows) for n in range(len(AGES))]
    return QueueCounts(total, min(known, default=None), buckets(young, total), others)


def held_by_others(tx: Tx, who: Reviewer, now: datetime) -> int:
    """How many items other people look at now."""
    if shape.of(tx, LEASES) is None:
        return 0
    theirs = select(func.count()).select_from(LEASES)
    return tx.execute(theirs.where(_L.until > now, _L.account != who.account)).scalar_one()


def items(tx: Tx, public_ids: Sequence[str]) -> dict[str, Waiting]:
    """These media as they are now, with the second look that is asked for, by public id."""
    asked = and_(_S.public_id == MEDIA.c.public_id, _S.answered_at.is_(None))
    rows = MEDIA.outerjoin(SCORES, SCORES.c.media_id == MEDIA.c.id).outerjoin(SECOND_LOOKS, asked)
    more = (SCORES.c.score, *(_S[name] for name in _ASKED))
    columns = [*shape.media(tx).all, *(each.label(f"review_{each.name}") for each in more)]
    wanted = select(*columns).select_from(rows).where(MEDIA.c.public_id.in_(public_ids))
    now = clock(tx)
    found = [_waiting(dict(row._mapping), now) for row in tx.execute(wanted)]
    return {each.public_id: each for each in found}


def _waiting(values: dict[str, Any], now: datetime) -> Waiting:
    one = media.media_of(values)
    score = values["review_score"]
    if values["review_look"] is None:
        # What the platform left without any time begins to wait when it is first seen.
        return Waiting(one, one.created_at or one.updated_at or now, score=score)
    return Waiting(
        one,
        values["review_asked_at"] or now,
        Look.APPEAL if values["review_look"] == Look.APPEAL.value else Look.SAMPLE,
        score,
        values["review_decided_by"],
        values["review_asked"],
        values["review_asked_by"],
    )


def _parts(tx: Tx, wanted: QueueFilter, who: Reviewer) -> list[_Part]:
    """First looks, a status each, which an index has in order; and second looks."""
    there = media_search.facts(tx)
    terms = [each for each in wanted.search.terms if each.field not in ("status", "look")]
    places = [search_terms.look_up(tx, each) for each in terms]
    has_words = any(each.field in search_terms.IN_WORDS for each in terms)

    def part(facts: Facts, rows: FromClause, *conditions: Condition) -> _Part:
        pairs = zip(terms, places, strict=True)
        said = [search_terms.condition(tx, facts, term, where) for term, where in pairs]
        if facts.words is not None and has_words:
            rows = rows.join(facts.words, search_words.ON)
        return _Part(facts, rows, (*conditions, *_allowed(facts, who), *said))

    found = []
    if wanted.has_first_looks:
        new = replace(there, asked=there.created.value)
        found = [part(new, new.source, new.has_status(each)) for each in wanted.statuses]
    if not wanted.statuses or shape.of(tx, SECOND_LOOKS) is None:
        return found
    asked = replace(there, asked=type_coerce(_S.asked_at, Text))
    rows = SECOND_LOOKS.join(MEDIA, MEDIA.c.public_id == _S.public_id)
    if there.source is not MEDIA:
        rows = rows.join(there.source, there.id == MEDIA.c.id)
    return [*found, part(asked, rows, *_asked_of_others(there, wanted, who))]


def _asked_of_others(there: Facts, wanted: QueueFilter, who: Reviewer) -> list[Condition]:
    """Second looks that wait for this person."""
    not_mine = or_(_S.asked_by.is_(None), _S.asked_by != who.account)
    found: list[Condition] = [_S.answered_at.is_(None), _S.decided_by != who.account, not_mine]
    if wanted.says_status:
        found.append(or_(*(there.has_status(each) for each in wanted.statuses)))
    for term in wanted.search.terms:
        if term.field == "look":
            is_one = _S.look.in_(term.values)
            found.append(not_(is_one) if term.negated else is_one)
    return found


def _allowed(there: Facts, who: Reviewer) -> list[Condition]:
    """What the person may decide on."""
    found: list[Condition] = []
    if not who.own:
        found.append(or_(there.uploader.is_(None), there.uploader != who.account))
    if who.places is not None:
        found.append(search_terms.at(there, who.places))
    return found


def _first(part: _Part, by_score: bool, limit: int) -> Select[Any]:
    rows = part.rows
    score: ColumnElement[Any] = cast(null(), Float)
    if by_score:
        rows, score = rows.outerjoin(SCORES, SCORES.c.media_id == part.there.id), SCORES.c.score
    id_, since = part.there.id.label("id"), part.there.since.label("since")
    some = select(id_, since, score.label("score")).select_from(rows).where(*part.conditions)
    return some.order_by(*_ordering(score, part.there.since, part.there.id, by_score)).limit(limit)


def _ordering(score: Any, since: Any, number: Any, by_score: bool) -> list[ColumnElement[Any]]:
    first = [score.is_(None), score.desc()] if by_score else []
    return [*first, since, number]


def _counted(part: _Part, now: datetime) -> Select[Any]:
    since = part.there.since
    younger = [
        func.sum(case((since > f"{now - age:%Y-%m-%d %H:%M:%S}", 1), else_=0)) for _, age in AGES
    ]
    columns = [func.count().label("number"), func.min(since).label("oldest"), *younger]
    return select(*columns).select_from(part.rows).where(*part.conditions)


def _moment(value: Any) -> datetime | None:
    """A moment as the database writes it; None for what is none."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if isinstance(found, datetime) else None
