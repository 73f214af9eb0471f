"""What people decided about look-alikes, by public id and by the sum of the bytes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, insert, or_, select, update

from ..domain.duplicates import Verdict
from .engine import Tx
from .tables import DECISION_MEMBERS, DECISIONS, FINGERPRINTS, MEDIA

_D: Final = DECISIONS.c
_M: Final = DECISION_MEMBERS.c
_SOME: Final = 500

#: A media by its public id and the SHA-256 of its bytes, None where that is not known.
Token = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Member:
    """One media of a decision that stands; ``media_id`` is None where it is not live."""

    decision: int
    verdict: Verdict
    account: str
    public_id: str
    sha256: str | None
    media_id: int | None = None


def add(
    tx: Tx, verdict: Verdict, members: Sequence[Token], account: str, at: datetime, change_id: int
) -> int:
    """Store a decision in the transaction that makes it; returns its number."""
    values = {"kind": verdict.value, "account": account, "at": at, "change_id": change_id}
    key = tx.execute(insert(DECISIONS).values(values)).inserted_primary_key
    number = 0 if key is None else int(key[0])
    tx.execute(
        insert(DECISION_MEMBERS),
        [{"decision_id": number, "public_id": p, "sha256": s} for p, s in members],
    )
    return number


def mark_undone(tx: Tx, change_ids: Collection[int], at: datetime) -> None:
    """Take back what came with these changes."""
    where = _D.change_id.in_(change_ids) & _D.undone_at.is_(None)
    tx.execute(update(DECISIONS).where(where).values(undone_at=at))


def repeat(tx: Tx, of_change: int, change_id: int, account: str, at: datetime) -> None:
    """Decide once more what a change decided that was undone."""
    rows = select(_D.id, _D.kind).where(_D.change_id == of_change)
    for row in tx.execute(rows).all():
        wanted = select(_M.public_id, _M.sha256).where(_M.decision_id == row.id)
        members = [(each.public_id, each.sha256) for each in tx.execute(wanted)]
        add(tx, Verdict(row.kind), members, account, at, change_id)


def tokens(tx: Tx, public_ids: Collection[str]) -> list[Token]:
    """Live media with the sums of their bytes, by public id."""
    found: dict[str, str | None] = {}
    wanted = list(public_ids)
    for start in range(0, len(wanted), _SOME):
        rows = (
            select(MEDIA.c.public_id, FINGERPRINTS.c.sha256)
            .outerjoin(FINGERPRINTS, FINGERPRINTS.c.media_id == MEDIA.c.id)
            .where(MEDIA.c.public_id.in_(wanted[start : start + _SOME]))
        )
        found |= {row.public_id: row.sha256 for row in tx.execute(rows)}
    return sorted(found.items())


def standing(tx: Tx) -> list[Member]:
    """All decisions that stand, a row a member."""
    wanted = _members(MEDIA.c.id.label("media_id")).outerjoin(
        MEDIA, MEDIA.c.public_id == _M.public_id
    )
    return [_member(row, row.media_id) for row in tx.execute(wanted)]


def around(tx: Tx, tokens: Collection[Token]) -> list[Member]:
    """All decisions that say anything of these media, or of what is the same as one of them."""
    reached = _reached(tokens)
    wanted = _members().where(_D.id.in_(select(reached.c.id)))
    return [_member(row) for row in tx.execute(wanted)]


def _reached(tokens: Collection[Token]) -> Any:
    public_ids = sorted({public_id for public_id, _ in tokens if public_id})
    sums = sorted({sha256 for _, sha256 in tokens if sha256})
    named = or_(_M.public_id.in_(public_ids), _M.sha256.in_(sums))
    first = _decided(select(_D.id.label("id")).join(DECISION_MEMBERS, _M.decision_id == _D.id))
    reached = first.where(named).cte("reached", recursive=True)
    same, mine, theirs = DECISIONS.alias(), DECISION_MEMBERS.alias(), DECISION_MEMBERS.alias()
    further: Select[Any] = (
        select(_D.id)
        .select_from(reached)
        .join(same, (same.c.id == reached.c.id) & (same.c.kind == Verdict.SAME.value))
        .join(mine, mine.c.decision_id == same.c.id)
        .join(theirs, _is_same(mine, theirs))
        .join(DECISIONS, _D.id == theirs.c.decision_id)
    )
    return reached.union(_decided(further))


def _is_same(mine: Any, theirs: Any) -> ColumnElement[bool]:
    return or_(theirs.c.public_id == mine.c.public_id, theirs.c.sha256 == mine.c.sha256)


def _decided(statement: Select[Any]) -> Select[Any]:
    return statement.where(_D.undone_at.is_(None))


def _members(*more: Any) -> Select[Any]:
    columns = (_D.id, _D.kind, _D.account, _M.public_id, _M.sha256)
    joined = select(*columns, *more).join(DECISION_MEMBERS, _M.decision_id == _D.id)
    return _decided(joined).order_by(_D.id)


def _member(row: Any, media_id: int | None = None) -> Member:
    return Member(row.id, Verdict(row.kind), row.account, row.public_id, row.sha256, media_id)
