"""Leases: who looks at which item of visual review, so that nobody else is given it meanwhile.

A lease counts until its time is over, by the database's clock; from then on the item is anybody's.
Its token is known to one client alone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from ..domain.errors import Conflict
from ..domain.moderation import Lease
from . import accounts, shape
from .engine import Tx
from .review_tables import LEASES
from .types import Utc

_L: Final = LEASES.c
_TOKEN: Final = 32


def clock(tx: Tx) -> datetime:
    """What time it is for all clients: the database's."""
    now: datetime = tx.execute(select(func.current_timestamp(type_=Utc))).scalar_one()
    return now


def alive(now: datetime) -> ColumnElement[bool]:
    """Rows of ``media_leases`` whose time is not over."""
    return _L.until > now


def find(tx: Tx, public_id: str) -> Lease | None:
    """Who holds an item or did last; that stays so until the transaction ends."""
    row = tx.execute(select(LEASES).where(_L.public_id == public_id).with_for_update()).first()
    return None if row is None else _lease(row)


def check(tx: Tx, public_id: str, lease: Lease | None, account: str, name: str = "") -> None:
    """Raise Conflict unless the account may decide now, with its lease or without one.

    ``lease_lost``: the lease is not the current one, or its time is over. ``held``: there is none,
    and somebody else holds the item. ``name`` is what the sentence calls it. Until the transaction
    ends, nobody else gets a lease of it.
    """
    # One round trip tells the time as well.
    now = func.current_timestamp(type_=Utc).label("now")
    row = tx.execute(select(LEASES, now).where(_L.public_id == public_id).with_for_update()).first()
    holder = _lease(row) if row is not None and row.until > row.now else None
    if lease is None:
        if holder is not None and holder.account != account:
            raise held(tx, holder, name)
        return
    if holder is None:
        raise Conflict("lease_lost", f"{_lost(public_id, name)}: its time ran out. Open it again.")
    if holder.token != lease.token:
        who = "another of your windows" if holder.account == account else _who(tx, holder)
        raise Conflict(
            "lease_lost", f"{_lost(public_id, name)}: {who} holds it until {_until(holder)}."
        )


def held(tx: Tx, lease: Lease, name: str = "") -> Conflict:
    """What is said of an item that somebody else holds."""
    return Conflict(
        "held",
        f"“{name or lease.public_id}” is with {_who(tx, lease)} until {_until(lease)}. "
        "Take another one, or wait.",
    )


def take(
    tx: Tx,
    public_ids: Sequence[str],
    account: str,
    now: datetime,
    lasting: timedelta,
    seat: str = "",
) -> list[Lease]:
    """Lease these items from ``now`` on; what a live lease is of is left out.

    Their token begins with ``seat``. Two that take at the same time wait for each other; see
    ``locks.turn``.
    """
    if not public_ids:
        return []
    token, until = f"{seat}{uuid4().hex}"[:_TOKEN], now + lasting
    # In one order, so that clients do not lock rows crosswise.
    rows = [
        {"public_id": each, "token": token, "account": account, "until": until}
        for each in sorted(public_ids)
    ]
    tx.execute(_where_over(tx, rows, now))
    mine = select(_L.public_id).where(_L.public_id.in_(public_ids), _L.token == token)
    taken = set(tx.execute(mine).scalars())
    return [Lease(each, token, account, until) for each in public_ids if each in taken]


def _where_over(tx: Tx, rows: list[dict[str, Any]], now: datetime) -> Any:
    """Write leases that are new, and over those whose time is over."""
    names = ("token", "account", "until")
    if tx.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert

        put = insert(LEASES).values(rows)
        values = {name: put.excluded[name] for name in names}
        return put.on_conflict_do_update([_L.public_id], set_=values, where=_L.until <= now)
    from sqlalchemy.dialects.mysql import insert as mysql_insert

    new = mysql_insert(LEASES).values(rows)
    # In this order: each is written before the next is looked at.
    over = [(name, func.IF(_L.until <= now, new.inserted[name], _L[name])) for name in names]
    return new.on_duplicate_key_update(over)


def renew(tx: Tx, leases: Sequence[Lease], lasting: timedelta) -> list[Lease]:
    """Hold on to those that are still one's own and alive; the others are left out."""
    if not leases:
        return []
    now = clock(tx)
    until = now + lasting
    tx.execute(update(LEASES).where(_own(leases), alive(now)).values(until=until))
    kept = tx.execute(select(LEASES).where(_own(leases), alive(now))).all()
    return [_lease(row) for row in kept]


def give_back(tx: Tx, leases: Sequence[Lease]) -> None:
    """Let anyone have these items at once; of those that are somebody else's now, nothing."""
    if leases:
        tx.execute(delete(LEASES).where(_own(leases)))


def of_seats(tx: Tx, seats: Sequence[str]) -> list[Lease]:
    """The leases whose tokens begin with one of these."""
    rows = tx.execute(select(LEASES).where(or_(*(_L.token.startswith(each) for each in seats))))
    return [_lease(row) for row in rows]


def release(tx: Tx, public_id: str) -> None:
    """Forget an item's lease, whoever holds it: it is decided."""
    tx.execute(delete(LEASES).where(_L.public_id == public_id))


def among(tx: Tx, public_ids: Sequence[str]) -> list[Lease]:
    """The live leases of these items, whoever holds them."""
    found = select(LEASES).where(_L.public_id.in_(public_ids), alive(clock(tx)))
    return [_lease(row) for row in tx.execute(found)]


def forget_old(tx: Tx) -> int:
    """Remove what has been over for a day, as clients that are gone left it; how many."""
    if shape.of(tx, LEASES) is None:
        return 0
    old = delete(LEASES).where(_L.until < clock(tx) - timedelta(days=1))
    return int(tx.execute(old).rowcount)


def _own(leases: Sequence[Lease]) -> ColumnElement[bool]:
    # By their keys in one order, so that clients do not lock rows crosswise.
    pairs = sorted((each.public_id, each.token) for each in leases)
    some = _L.public_id.in_([public_id for public_id, _ in pairs])
    return and_(some, or_(*(and_(_L.public_id == p, _L.token == t) for p, t in pairs)))


def _lost(public_id: str, name: str) -> str:
    return f"You no longer hold “{name or public_id}”, so nothing was decided"


def _who(tx: Tx, lease: Lease) -> str:
    account = accounts.by_user_id(tx, lease.account)
    return lease.account if account is None else account.name


def _until(lease: Lease) -> str:
    # As the clock on the wall of whoever reads this.
    return f"{lease.until.astimezone():%H:%M}"


def _lease(row: Any) -> Lease:
    return Lease(row.public_id, row.token, row.account, row.until)
