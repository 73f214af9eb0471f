"""The records of visual review: what was decided of which media, when, by whom and why."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, select, update

from ..domain.media import ModerationStatus
from ..domain.moderation import Look, Record, Rule
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
