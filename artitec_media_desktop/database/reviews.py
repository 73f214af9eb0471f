"""The records of visual review: what was decided of which media, when, by whom and why."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, insert, or_, select, update

from ..domain.media import ModerationStatus
from ..domain.moderation import Look, Record, Rule
from . import shape
from .engine import Tx
from .review_tables import REVIEWS

_R: Final = REVIEWS.c


def add(tx: Tx, record: Record) -> None:
    """Put a decision on record, in the transaction that carries it out; its ``id`` is not used."""
    values = asdict(record)
    del values["id"]
    tx.execute(insert(REVIEWS).values(values))


def mark_undone(tx: Tx, records: Collection[Record], at: datetime) -> None:
    """Say that decisions were taken back."""
    numbers = [each.id for each in records]
    tx.execute(update(REVIEWS).where(_R.id.in_(numbers)).values(undone_at=at))


def history(tx: Tx, public_id: str) -> list[Record]:
    """Everything that was decided of a media, oldest first; what was undone too."""
    rows = tx.execute(select(REVIEWS).where(_R.public_id == public_id).order_by(_R.id))
    return [record_of(row) for row in rows]


def standing(records: Sequence[Record]) -> list[Record]:
    """Those that were not taken back; the taking back itself is none."""
    return [each for each in records if each.undone_at is None and each.rule is not Rule.UNDO]


def by_change(tx: Tx, public_id: str) -> dict[int, Record]:
    """What was decided of a media, by the number of the change that it came with.

    Nothing in a database without this table.
    """
    if shape.of(tx, REVIEWS) is None:
        return {}
    return {each.change_id: each for each in history(tx, public_id) if each.change_id is not None}


def of_changes(tx: Tx, numbers: Collection[int]) -> dict[int, list[Record]]:
    """What was decided by these changes: of decisions that are alike, one.

    Nothing in a database without this table.
    """
    if not numbers or shape.of(tx, REVIEWS) is None:
        return {}
    alike = (_R.change_id, _R.before, _R.after, _R.look, _R.reason, _R.note, _R.rule)
    one = select(func.min(_R.id)).where(_R.change_id.in_(numbers)).group_by(*alike)
    found: dict[int, list[Record]] = {}
    for row in tx.execute(select(REVIEWS).where(_R.id.in_(one.scalar_subquery()))):
        found.setdefault(row.change_id, []).append(record_of(row))
    return found


def page(
    tx: Tx, limit: int, after: Record | None, since: date | None, until: date | None
) -> list[Record]:
    """The next records in the order of time, after one; of whole days (UTC)."""
    where = within_days(_R.at, since, until)
    if after is not None:
        where += [_R.at >= after.at, or_(_R.at > after.at, _R.id > after.id)]
    rows = tx.execute(select(REVIEWS).where(*where).order_by(_R.at, _R.id).limit(limit))
    return [record_of(row) for row in rows]


def within_days(at: Any, since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """The conditions that a moment is on these days (UTC), both included; None is no bound."""
    found = [] if since is None else [at >= datetime.combine(since, time(), UTC)]
    if until is not None:
        found.append(at < datetime.combine(until + timedelta(days=1), time(), UTC))
    return found


def get(tx: Tx, number: int) -> Record | None:
    """One record by its number."""
    row = tx.execute(select(REVIEWS).where(_R.id == number)).first()
    return None if row is None else record_of(row)


def record_of(row: Any) -> Record:
    """A row of the table."""
    values = {name: row._mapping[name] for name in Record.__dataclass_fields__}
    before = values["before"]
    return Record(
        **values
        | {
            "before": None if before is None else ModerationStatus(before),
            "after": ModerationStatus(values["after"]),
            "look": Look(values["look"]),
            "rule": None if values["rule"] is None else Rule(values["rule"]),
        }
    )
