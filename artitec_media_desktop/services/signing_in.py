"""Signing in with the platform's own accounts."""

import hashlib
import json
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from ..database import accounts
from ..database.engine import Database
from ..domain.errors import Permanent
from ..domain.permissions import Account

_LOG = logging.getLogger(__name__)
_FREE_TRIES: Final = 3
_LONGEST_WAIT: Final = 300.0
#: bcrypt itself looks at no more of a password, in bytes.
_BCRYPT_LENGTH: Final = 72
#: Compared with where there is no such account, so that the time taken does not tell.
_NOBODYS: Final = b"$2b$12$XhNDc7PoT2HvTTsDL30sc.Lq8ubOSNsN3TEKLJRiFwaWik8mRNOuy"


class Tries:
    """Failed tries by e-mail address, kept in a file so that a new start does not forget them.

    This slows down somebody at this computer; it can't stop somebody who has the database's
    password (see “grants” for that).
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now

    def wait(self, email: str) -> float:
        """Seconds until the next try is let through; 0 for now."""
        count, last = self._read().get(_name(email), (0, 0.0))
        if count < _FREE_TRIES:
            return 0.0
        wait = min(_LONGEST_WAIT, 2.0 ** (count - _FREE_TRIES + 1))
        return max(0.0, min(wait, last + wait - self._now()))

    def failed(self, email: str) -> None:
        """Count one."""
        values = self._read()
        count, _ = values.get(_name(email), (0, 0.0))
        self._write(values | {_name(email): (count + 1, self._now())})

    def succeeded(self, email: str) -> None:
        """Forget them."""
        values = self._read()
        if values.pop(_name(email), None) is not None:
            self._write(values)

    def _read(self) -> dict[str, tuple[int, float]]:
        try:
            values: Any = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(key): (int(count), float(at)) for key, (count, at) in values.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _write(self, values: dict[str, tuple[int, float]]) -> None:
        temporary = self._path.with_suffix(".tmp")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(values), encoding="utf-8")
            temporary.replace(self._path)
        except OSError as error:
            _LOG.warning("failed tries could not be kept: %s", error.strerror)


class SigningIn:
    """Holds an e-mail address and a password against ``user_credentials``."""

    def __init__(self, database: Database, tries: Tries) -> None:
        self._database = database
        self._tries = tries

    def sign_in(self, email: str, password: str) -> Account:
        """The account. Raises Permanent, with nothing said of which of the two was wrong.

        ``sign_in_wait`` while earlier failures are waited for, ``sign_in_failed``, and
        ``account_not_active`` for the right password of an account that may not be used.
        """
        email = email.strip()
        if (wait := self._tries.wait(email)) > 0:
            raise Permanent(
                "sign_in_wait",
                f"Signing in as {email} failed several times. Try again in {wait:.0f} s.",
            )
        with self._database.read() as tx:
            account = accounts.by_email(tx, email)
            kept = None if account is None else accounts.password_hash(tx, account.user_id)
        if not _matches(password, kept) or account is None:
            self._tries.failed(email)
            raise Permanent(
                "sign_in_failed", "The e-mail address or the password is wrong. Check both."
            )
        self._tries.succeeded(email)
        if not account.active:
            raise Permanent(
                "account_not_active",
                f"The account {email} is suspended or was deleted. Ask an admin of the platform.",
            )
        return account


def _matches(password: str, kept: str | None) -> bool:
    import bcrypt

    given = password.encode("utf-8", "surrogatepass")[:_BCRYPT_LENGTH]
    try:
        return bcrypt.checkpw(given, kept.encode() if kept else _NOBODYS) and kept is not None
    except ValueError:  # a NUL in the password, or what is kept is no bcrypt hash
        return False


def _name(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode("utf-8", "surrogatepass")).hexdigest()[:16]
