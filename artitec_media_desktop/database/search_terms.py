"""From the terms of a search to conditions in SQL."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    text,
    true,
    union_all,
)

from ..domain.entities import DERIVED_PREFIXES, EntityType
from ..domain.media import ModerationStatus
from ..domain.search import Term, fold
from ..domain.search_fields import ages, scores, sizes, times
from ..domain.slots import SLOTS
from . import entities, shape
from .engine import Tx
from .entities.names import full_name
from .review_tables import SCORES, SECOND_LOOKS
from .search_facts import Facts, contains
from .tables import MEDIA, SEARCH, USERS

Condition = ColumnElement[bool]
#: Fields that are looked for in words; the others are facts.
IN_WORDS: Final = ("", "tag", "camera")
#: Entities by type: numeric ids.
Places = dict[str, list[int]]


def look_up(tx: Tx, term: Term) -> tuple[Places, ...]:
    """The entities that the words of a term name, by word."""
    if term.field:
        return tuple(_entities(tx, each) for each in term.values if term.field == "entity")
    return tuple(named(tx, each) for each in term.values)


def condition(tx: Tx, there: Facts, term: Term, places: tuple[Places, ...]) -> Condition:
    """A term in SQL; what is NULL never meets it, and always its negation."""
    term = _affirmed(term)
    if term.field in ("", "entity"):
        each_value = [
            or_(_itself(there, term.field, value), *([at(there, where)] if where else []))
            for value, where in zip(term.values, places, strict=True)
        ]
    else:
        each_value = [_FIELDS[term.field](tx, there, value) for value in term.values]
    found = or_(*each_value) if each_value else false()
    if not term.negated:
        return found
    # Words of ours are never NULL; to ask costs a third of a walk through them.
    is_sure = there.source is SEARCH and term.field in IN_WORDS
    return not_(found if is_sure else func.coalesce(found, false()))


def _itself(there: Facts, field: str, value: str) -> Condition:
    if not field:
        return there.has_text(value)
    return there.entity_type == value.lower().replace("-", "_")


def _affirmed(term: Term) -> Term:
    """What has one of few values has one of the others, which an index finds."""
    every = _VALUES.get(term.field)
    if not term.negated or every is None:
        return term
    return Term(term.field, tuple(each for each in every if each not in term.values))


_VALUES: Final[dict[str, list[str]]] = {
    "status": [each.value for each in ModerationStatus],
    "type": ["image", "video"],
}


def at(there: Facts, places: Places) -> Condition:
    """Media of any of these entities."""
    return or_(
        false(),
        *(
            and_(there.entity_type == kind, there.entity_id.in_(ids))
            for kind, ids in places.items()
        ),
    )


def named(tx: Tx, word: str) -> Places:
    """The entities that have the word in their name or public id."""
    return _places(tx, lambda name, public_id: or_(contains(tx, name, word),
                                                   contains(tx, public_id, word)))  # fmt: skip


def _entities(tx: Tx, value: str) -> Places:
    word, colon, id_text = value.partition(":")
    if colon:
        try:
            ref = entities.find(tx, EntityType.from_word(word), id_text)
        except ValueError:
            ref = None
        return {} if ref is None else {ref.type.value: [ref.id]}
    exact = _places(tx, lambda _, public_id: func.lower(public_id) == fold(value))
    return exact or named(tx, value)


def _places(
    tx: Tx, wanted: Callable[[ColumnElement[Any], ColumnElement[Any]], Condition]
) -> Places:
    """Entities of every type that the database has, in one query."""
    each_type: list[Select[Any]] = []
    for kind, source in entities.SOURCES.items():
        there = shape.of(tx, source.table)
        if there is None:
            continue
        rows = source.rows(there).subquery()
        derived = literal(f"{DERIVED_PREFIXES.get(kind, '')}-").concat(cast(rows.c.id, String(20)))
        public_id = func.coalesce(rows.c.public_id, derived)
        each_type.append(
            select(literal(kind.value).label("kind"), rows.c.id).where(
                wanted(func.coalesce(rows.c.name, ""), public_id)
            )
        )
    found: Places = {}
    for row in tx.execute(union_all(*each_type)) if each_type else ():
        found.setdefault(row.kind, []).append(row.id)
    return found


def _size(tx: Tx, there: Facts, value: str) -> Condition:
    return _between(there.size, *sizes(value))


def _taken(tx: Tx, there: Facts, value: str) -> Condition:
    # As cameras write it; a time that is known is asked for even where there is no bound.
    low, high = (None if each is None else f"{each:%Y:%m:%d}" for each in times(value))
    return and_(there.taken.is_not(None), _between(there.taken, low, high))


def _added(tx: Tx, there: Facts, value: str) -> Condition:
    def written(moment: datetime | None) -> str | None:
        return None if moment is None else f"{moment:%Y-%m-%d}" + _MIDNIGHT[tx.dialect.name]

    low, high = map(written, times(value))
    # Zero dates, which are read as none, lie before every year that can be asked for.
    return _between(there.created.value, low or written(datetime(1000, 1, 1)), high)


def _age(tx: Tx, there: Facts, value: str) -> Condition:
    def ago(seconds: int | None) -> Any:
        # By the database's clock, which all clients share.
        if tx.dialect.name == "sqlite":
            return func.datetime("now", f"-{seconds} seconds")
        return func.timestampadd(text("SECOND"), -(seconds or 0), func.utc_timestamp())

    low, high = ages(value)
    since = there.since
    # One that is too old to be a date is a zero date, of which nobody knows the age.
    bounds = [since >= "1000-01-01" + _MIDNIGHT[tx.dialect.name]]
    bounds += [] if low is None else [since <= ago(low)]
    return and_(*bounds, *([] if high is None else [since > ago(high)]))


def _score(tx: Tx, there: Facts, value: str) -> Condition:
    if shape.of(tx, SCORES) is None:
        return false()
    if there.asked is None:
        within = _between(SCORES.c.score, *scores(value))
        return there.id.in_(select(SCORES.c.media_id).where(within))
    # Of the few that wait: as a value of each, or databases go through all that have such a score.
    score = select(SCORES.c.score).where(SCORES.c.media_id == there.id)
    return _between(score.correlate(there.source).scalar_subquery(), *scores(value))


def _look(tx: Tx, there: Facts, value: str) -> Condition:
    if shape.of(tx, SECOND_LOOKS) is None:
        return false()
    asked = SECOND_LOOKS.c
    wanted = select(MEDIA.c.id).join(SECOND_LOOKS, asked.public_id == MEDIA.c.public_id)
    # Not of the query around it, which may look at second looks itself.
    wanted = wanted.where(asked.answered_at.is_(None), asked.look == value).correlate(None)
    return there.id.in_(wanted)


#: SQLite keeps moments as text, which is compared letter by letter.
_MIDNIGHT: Final = {"sqlite": "", "mysql": " 00:00:00", "mariadb": " 00:00:00"}


def _between(value: ColumnElement[Any], low: Any, high: Any) -> Condition:
    bounds = [] if low is None else [value >= low]
    return and_(true(), *bounds, *([] if high is None else [value < high]))


def _slot(tx: Tx, there: Facts, value: str) -> Condition:
    if value in {each.field for each in SLOTS} - {each.name for each in SLOTS}:
        return there.entity_field == value
    fields: dict[str, list[str]] = {}
    for each in SLOTS:
        if value in (each.name, each.field):
            fields.setdefault(each.field, []).append(each.entity_type.value)
    return or_(
        *(
            and_(there.entity_field == name, there.entity_type.in_(types))
            for name, types in fields.items()
        )
    )


def _uploader(tx: Tx, there: Facts, value: str) -> Condition:
    ids = [value, value.upper()]
    if shape.of(tx, USERS) is not None and not value.upper().startswith("USR-"):
        who = select(USERS.c.user_id).where(contains(tx, full_name(USERS), value))
        ids += tx.execute(who).scalars()
    return there.uploader.in_(ids)


def _is(tx: Tx, there: Facts, value: str) -> Condition:
    return ~there.flags["public"] if value == "private" else there.flags[value]


def _type(tx: Tx, there: Facts, value: str) -> Condition:
    return there.flags["video"] if value == "video" else not_(there.flags["video"])


_FIELDS: Final[dict[str, Callable[[Tx, Facts, str], Condition]]] = {
    "tag": lambda _, there, value: there.has_tag(value),
    "status": lambda _, there, value: there.has_status(ModerationStatus(value)),
    "type": _type,
    "slot": _slot,
    "size": _size,
    "taken": _taken,
    "added": _added,
    "age": _age,
    "score": _score,
    "look": _look,
    "camera": lambda _, there, value: there.has_camera(value),
    "uploader": _uploader,
    "missing": lambda _, there, value: there.flags[f"no {value}"],
    "is": _is,
}
