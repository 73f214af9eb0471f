"""Intents: which objects are being moved to other keys, written down before the first is touched.

An intent is a lock as well. Whoever holds its token may touch the objects; a holder that was not
heard of for a while can be relieved of it, and is told so by the token when it wants to go on.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from .engine import Tx
from .tables import MEDIA_MOVES
from .types import Utc

_M: Final = MEDIA_MOVES.c
#: Long before any lease began: the holder gave up, anyone may go on.
_LONG_AGO: Final = datetime.fromisoformat("2000-01-01T00:00:00+00:00")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One media's intent: each object's key before and after, and who wants it."""

    public_id: str
    pairs: Pairs
    account: str
    token: str = ""


def begin(tx: Tx, move: Move) -> Move | None:
    """Write an intent down; None where another move of this media is under way."""
    if find(tx, move.public_id) is not None:
        return None
    begun = replace(move, token=move.token or uuid4().hex)
    values = {
        "public_id": begun.public_id,
        "token": begun.token,
        "pairs": [list(each) for each in begun.pairs],
        "account": begun.account,
        "held_since": func.current_timestamp(),
    }
    try:
        tx.execute(insert(MEDIA_MOVES).values(values))
    except IntegrityError:
        return None  # it began at the same moment
    return begun


def find(tx: Tx, public_id: str) -> Move | None:
    """The intent of a media; nobody else gets it until the transaction ends."""
    row = tx.execute(select(MEDIA_MOVES).where(_M.public_id == public_id).with_for_update()).first()
    return None if row is None else _move(row)


def is_held(tx: Tx, move: Move) -> bool:
    """Whether its holder was not relieved; until the transaction ends, that stays so."""
    found = find(tx, move.public_id)
    return found is not None and found.token == move.token


def keep(tx: Tx, move: Move) -> Move | None:
    """Go on holding an intent of one's own; None where another client has it now.

    One that another client settled meanwhile begins anew.
    """
    if not is_held(tx, move):
        return begin(tx, move)
    tx.execute(update(MEDIA_MOVES).where(_mine(move)).values(held_since=func.current_timestamp()))
    return move


def take(tx: Tx, move: Move) -> Move | None:
    """Relieve the holder of an intent; None where another was faster."""
    if not is_held(tx, move):
        return None
    taken = replace(move, token=uuid4().hex)
    change = {"token": taken.token, "held_since": func.current_timestamp()}
    tx.execute(update(MEDIA_MOVES).where(_mine(move)).values(change))
    return taken


def let_go(tx: Tx, move: Move) -> None:
    """Let anyone take the intent at once."""
    tx.execute(update(MEDIA_MOVES).where(_mine(move)).values(held_since=_LONG_AGO))


def end(tx: Tx, move: Move) -> None:
    """Forget an intent that is settled."""
    tx.execute(delete(MEDIA_MOVES).where(_mine(move)))


def older_than(tx: Tx, age: timedelta) -> list[Move]:
    """Intents whose holders were not heard of for so long, by the database's clock."""
    now: datetime = tx.execute(select(func.current_timestamp(type_=Utc))).scalar_one()
    return [_move(row) for row in tx.execute(select(MEDIA_MOVES)) if row.held_since <= now - age]


def _mine(move: Move) -> Any:
    return (_M.public_id == move.public_id) & (_M.token == move.token)


def _move(row: Any) -> Move:
    pairs = tuple((str(source), str(target)) for source, target in row.pairs or ())
    return Move(row.public_id, pairs, row.account, row.token)
