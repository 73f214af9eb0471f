"""Sums over the records of visual review, each read from an index alone."""

from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, select

from ..domain.moderation import Look, Rule
from ..domain.review_statistics import SecondLooks
from .engine import Tx
from .review_tables import COUNTED_BY, REVIEWS, SECOND_LOOKS
from .reviews import within_days

_R: Final = REVIEWS.c
_S: Final = SECOND_LOOKS.c


class Count(NamedTuple):
    """Decisions of one kind on one day; ``waited`` is how many of them a time is known of."""

    day: date
    status: str
    reason: str | None
    entity_type: str
    media_type: str
    decided: int
    waited: int


def counts(tx: Tx, since: date | None, until: date | None) -> list[Count]:
    """Every combination that occurs, in one walk along an index."""
    keys = [_R[name] for name in COUNTED_BY]
    wanted = select(*keys, func.count(), _number(_waited())).where(*_within(_R.day, since, until))
    return [Count._make(row) for row in tx.execute(wanted.where(_stands()).group_by(*keys))]


def flagged(tx: Tx, since: date | None, until: date | None) -> int:
    """How many uploads the door held for what they look like."""
    where = (_R.rule == Rule.KNOWN_BAD.value, _R.undone_at.is_(None))
    wanted = select(func.count()).where(*where, *_within(_R.day, since, until))
    return int(tx.execute(wanted).scalar_one())


def median(tx: Tx, count: int, since: date | None, until: date | None) -> float | None:
    """The median of the seconds until a decision; ``count`` is how many there are.

    No server that we meet has a function for it everywhere: an index has them in order.
    """
    if not count:
        return None
    # No condition on the column itself: the index of days would be taken, and everything sorted.
    days = _within(func.coalesce(_R.day, _R.day), since, until)
    middle = (
        select(_R.waited)
        .where(_stands(), _waited(), *days)
        .order_by(_R.waited)
        .offset((count - 1) // 2)
        .limit(2 - count % 2)
    )
    found = [int(each) for each in tx.execute(middle).scalars() if each is not None]
    return sum(found) / len(found) if found else None


def second_looks(tx: Tx, since: date | None, until: date | None) -> dict[Look, SecondLooks]:
    """What was answered in these days."""
    where = [_S.agreed.is_not(None), *within_days(_S.answered_at, since, until)]
    sums = select(_S.look, func.count(), _number(_S.agreed.is_(False)))
    return {
        Look(look): SecondLooks(answered, changed)
        for look, answered, changed in tx.execute(sums.where(*where).group_by(_S.look))
    }


def _stands() -> ColumnElement[bool]:
    """A person decided, and nobody took it back."""
    return and_(_R.rule.is_(None), _R.undone_at.is_(None))


def _waited() -> ColumnElement[bool]:
    return and_(_R.waited.is_not(None), _R.look == Look.FIRST.value)


def _within(day: Any, since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    found = [] if since is None else [day >= since]
    return found if until is None else [*found, day <= until]


def _number(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    # Counted, not summed: a server's sums are decimals.
    return func.count(case((condition, 1)))
