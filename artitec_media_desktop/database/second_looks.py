"""Decisions that somebody else is to look at again: drawn by lot, or asked for by the uploader.

A media has at most one that is open. One that nobody answered is closed without ``answered_by``
and ``agreed``: what it was about no longer stands.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, select, update

from ..domain.moderation import Look
from .engine import Tx
from .review_tables import SECOND_LOOKS

_S: Final = SECOND_LOOKS.c


@dataclass(frozen=True, slots=True)
class SecondLook:
    """One row. ``decided_by`` took the decision of ``change_id`` that is looked at again.

    ``decided_by`` is empty where it was decided on the platform. Open while ``answered_at`` is
    None; ``agreed`` says whether the answer left the status as it was.
    """

    id: int
    public_id: str
    look: Look
    decided_by: str
    asked_at: datetime
    change_id: int | None = None
    asked_by: str | None = None
    asked: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    agreed: bool | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.answered_at is None


def add(tx: Tx, one: SecondLook) -> None:
    """Ask for a second look; the ``id`` is not used."""
    values = {name: getattr(one, name) for name in SecondLook.__dataclass_fields__ if name != "id"}
    tx.execute(insert(SECOND_LOOKS).values(values))


def of(tx: Tx, public_id: str) -> list[SecondLook]:
    """All of a media, oldest first."""
    rows = tx.execute(select(SECOND_LOOKS).where(_S.public_id == public_id).order_by(_S.id))
    return [_second_look(row) for row in rows]


def answer(tx: Tx, number: int, account: str, agreed: bool, at: datetime) -> None:
    """Somebody looked again."""
    _write(tx, number, answered_by=account, answered_at=at, agreed=agreed)


def withdraw(tx: Tx, number: int, at: datetime) -> None:
    """Close it without an answer."""
    _write(tx, number, answered_at=at)


def open_again(tx: Tx, number: int) -> None:
    """What closed it was taken back: it waits again."""
    _write(tx, number, answered_by=None, answered_at=None, agreed=None)


def _write(tx: Tx, number: int, **values: Any) -> None:
    tx.execute(update(SECOND_LOOKS).where(_S.id == number).values(values))


def _second_look(row: Any) -> SecondLook:
    values = {name: row._mapping[name] for name in SecondLook.__dataclass_fields__}
    return SecondLook(**values | {"look": Look(values["look"])})
