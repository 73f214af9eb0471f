"""Accounts, read from the platform's users."""

from typing import Any

from sqlalchemy import column, func, select, table

from ..domain.permissions import Account, Role
from .engine import Tx
from .tables import COMMUNITY_ADMIN_PROFILES, USERS

# The platform's alone: an embedded library has none.
_CREDENTIALS = table("user_credentials", column("user_id"), column("password_hash"))


def by_email(tx: Tx, email: str) -> Account | None:
    """The account of an e-mail address, in any case."""
    return _account(tx, tx.execute(select(USERS).where(func.lower(USERS.c.email) == email.lower())))


def by_user_id(tx: Tx, user_id: str) -> Account | None:
    """The account of a public user id."""
    return _account(tx, tx.execute(select(USERS).where(USERS.c.user_id == user_id)))


def password_hash(tx: Tx, user_id: str) -> str | None:
    """The bcrypt hash of an account's password; None for one that can't sign in."""
    statement = (
        select(_CREDENTIALS.c.password_hash)
        .join(USERS, USERS.c.id == _CREDENTIALS.c.user_id)
        .where(USERS.c.user_id == user_id)
    )
    found = tx.execute(statement).scalar()
    return None if found is None else str(found)


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
