"""Accounts, read from the platform's users."""

from typing import Any

from sqlalchemy import func, select

from ..domain.permissions import Account, Role
from .engine import Tx
from .tables import COMMUNITY_ADMIN_PROFILES, USERS


def by_email(tx: Tx, email: str) -> Account | None:
    """The account of an e-mail address, in any case."""
    return _account(tx, tx.execute(select(USERS).where(func.lower(USERS.c.email) == email.lower())))


def first_admin(tx: Tx) -> Account | None:
    """The embedded library's one local administrator."""
    statement = select(USERS).where(func.lower(USERS.c.role) == Role.ADMIN.value)
    return _account(tx, tx.execute(statement.order_by(USERS.c.id).limit(1)))


def _account(tx: Tx, rows: Any) -> Account | None:
    row = rows.first()
    if row is None:
        return None
    may = select(func.max(COMMUNITY_ADMIN_PROFILES.c.can_moderate_threads)).where(
        COMMUNITY_ADMIN_PROFILES.c.user_id == row.user_id
    )
    name = " ".join(part for part in (row.first_name, row.last_name) if part)
    return Account(
        row.user_id,
        name or row.email,
        Role.read(row.role),
        str(row.status).lower() == "active",
        bool(tx.execute(may).scalar()),
    )
