"""A MySQL or MariaDB server as a database: addresses, connections, sessions.

Connections are in the driver's autocommit mode, so that a look costs one round trip a query and
nothing else; a transaction that writes says BEGIN itself. What is left open when a connection
comes back (a transaction that failed) is rolled back before anyone else gets it.
"""

import ssl
import time
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolResetState

from ..domain import right_of_way
from ..domain.errors import Permanent
from .options import WRITES

#: A connection that lay idle for longer (seconds) is asked whether it is alive before its use.
_PING_AFTER: Final = 1.0
#: Seconds after which a connection is not used again: below the usual limits of proxies.
_RECYCLE: Final = 1500
_CONNECT_TIMEOUT: Final = 8.0
_IN_TRANSACTION: Final = 1  # SERVER_STATUS_IN_TRANS of the protocol

# Lock waits end before the driver gives up on an answer; lock_wait_timeout is that of ALTER TABLE,
# behind which everybody else would queue. Strict: nothing is cut to fit without a word. Zero dates
# are met in old rows, so what forbids them is not asked for. Numbers are read joined to one value.
# The last two: a client whose line went dead must not hold its rows for the eight hours of the
# server's usual patience, since it comes back for the same rows (MySQL knows only the first).
_SESSION: Final = (
    "SET SESSION time_zone='+00:00', "
    "sql_mode='STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', "
    "innodb_lock_wait_timeout=10, lock_wait_timeout=10, autocommit=1, "
    "group_concat_max_len=16777216, wait_timeout=300"
    "/*M!100300 , idle_write_transaction_timeout=30 */"
)
_ISOLATION: Final = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"


@dataclass(frozen=True, slots=True)
class Tls:
    """Encryption that is insisted on.

    ``ca`` is a file of certificates to trust instead of the system's; without ``verify`` neither
    the certificate nor the host's name is checked.
    """

    ca: str | None = None
    verify: bool = True

    def context(self) -> ssl.SSLContext:
        """Make it ready for the driver. Raises Permanent ``bad_ca``."""
        try:
            made = ssl.create_default_context(cafile=self.ca)
        except (OSError, ValueError) as error:
            raise Permanent(
                "bad_ca",
                f"The CA file {self.ca} can't be used ({error}). Give a PEM file of certificates.",
            ) from error
        # Certificates that MySQL makes for itself fail the strict rules of Python 3.13.
        made.verify_flags &= ~ssl.VERIFY_X509_STRICT
        if not self.verify:
            made.check_hostname = False
            made.verify_mode = ssl.CERT_NONE
        return made


def address(text: str | URL) -> tuple[URL, Tls | None]:
    """Read a ``DATABASE_URL`` in any of the spellings met, with the TLS it asks for.

    ``mysql://``, ``mariadb://`` and any driver (``mysql+aiomysql://``) are the same server; of the
    options ``ssl_ca``, ``ssl_verify_cert``, ``ssl_verify_identity`` and ``unix_socket`` count.
    Raises Permanent ``bad_database_url``, which never repeats the text: it holds a password.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.get_backend_name() not in ("mysql", "mariadb"):
        raise _bad_address()
    options = {name: value for name, value in url.query.items() if isinstance(value, str)}
    socket = options.get("unix_socket")
    if not url.database or not (url.host or socket):
        raise _bad_address()
    ca = options.get("ssl_ca")
    verify = [options.get(name) for name in ("ssl_verify_cert", "ssl_verify_identity")]
    tls = None
    if ca or any(each is not None for each in verify):
        tls = Tls(ca, not any(each in ("0", "false", "False", "no") for each in verify))
    kept = {"unix_socket": socket} if socket else {}
    return url.set(drivername="mysql+pymysql", query=kept), tls


def place(url: URL) -> str:
    """Name a database for people, without its account."""
    where = url.host or "this machine"
    if url.port not in (None, 3306):
        where += f":{url.port}"
    return f"“{url.database}” on {where}"


def engine(url: URL, tls: Tls | None, answer_within: float) -> Engine:
    """Make an engine; nothing is opened yet. ``answer_within`` bounds each answer, in seconds.

    Without ``tls`` the connection is encrypted where the server offers it, unchecked.
    """
    arguments: dict[str, Any] = {
        "charset": "utf8mb4",
        "connect_timeout": _CONNECT_TIMEOUT,
        "read_timeout": answer_within,
        "write_timeout": answer_within,
        "autocommit": None,
        "init_command": _SESSION,
        "conv": _conversions(),
        # Bytes, since the driver would take a password for Latin-1; and so no URL holds it.
        "password": (url.password or "").encode(),
    }
    if tls is not None:
        arguments["ssl"] = tls.context()
    made = create_engine(
        url.set(password=None),
        connect_args=arguments,
        hide_parameters=True,
        pool_size=8,
        max_overflow=4,
        pool_timeout=30,
        pool_recycle=_RECYCLE,
        pool_reset_on_return=None,  # see _reset
        skip_autocommit_rollback=True,
    )
    event.listen(made, "connect", _connected)
    event.listen(made, "checkout", _checked_out)
    event.listen(made, "reset", _reset)
    event.listen(made, "begin", _begin)
    return made


def _conversions() -> dict[Any, Any]:
    """The driver's own, of which whole numbers let the window go first.

    The driver is written in Python: it takes ten milliseconds for a page of media, in which it
    would take its lock from the window again and again. Every row has such a number, its id.
    """
    from pymysql.constants import FIELD_TYPE  # type: ignore[import-untyped]
    from pymysql.converters import conversions  # type: ignore[import-untyped]

    return {**conversions, FIELD_TYPE.LONG: _whole, FIELD_TYPE.LONGLONG: _whole}


def _whole(digits: str) -> int:
    right_of_way.give()
    return int(digits)


def _connected(connection: Any, entry: ConnectionPoolEntry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ISOLATION)
    entry.info["used"] = time.monotonic()


def _checked_out(connection: Any, entry: ConnectionPoolEntry, _proxy: Any) -> None:
    """Ping, as SQLAlchemy's pre-ping does, but only what lay idle: each costs a round trip."""
    if time.monotonic() - entry.info["used"] < _PING_AFTER:
        return
    try:
        connection.ping()
    except Exception as error:
        raise DisconnectionError("the connection was dropped while it was idle") from error


def _reset(connection: Any, entry: ConnectionPoolEntry, state: PoolResetState) -> None:
    entry.info["used"] = time.monotonic()
    if state.terminate_only or not connection.open:
        return
    if connection.server_status & _IN_TRANSACTION:
        connection.rollback()


def _begin(tx: Connection) -> None:
    if tx.get_execution_options().get(WRITES):
        tx.exec_driver_sql("BEGIN")


def _bad_address() -> Permanent:
    return Permanent(
        "bad_database_url",
        "The database's address can't be read. It looks like "
        "mysql://account:password@host:3306/database; other characters than letters and digits "
        "in the password are written as %40 and the like.",
    )
