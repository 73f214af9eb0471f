"""One database: an engine, and short transactions opened by the caller's thread."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from ..domain.errors import MediaError, Permanent, Transient

_LOG = logging.getLogger(__name__)

#: What a function of this package takes to run inside its caller's transaction.
Tx = Connection

_WRITES = "artitec_writes"


class Database:
    """Lazy: nothing is opened before the first transaction."""

    def __init__(self, url: URL | str, name: str = "library") -> None:
        self.name = name
        self._engine = create_engine(url)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)

    @classmethod
    def file(cls, path: Path, name: str = "library") -> "Database":
        """Open an SQLite file in WAL mode, with foreign keys on; made on first use."""
        return cls(URL.create("sqlite", database=str(path)), name)

    @property
    def engine(self) -> Engine:
        """For migrations only."""
        return self._engine

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """One consistent look. Raises Transient or Permanent."""
        with self._faults(), self._engine.connect() as tx, tx.begin():
            yield tx

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """One transaction: all of it or nothing. Raises Transient or Permanent."""
        with (
            self._faults(),
            self._engine.connect().execution_options(**{_WRITES: True}) as tx,
            tx.begin(),
        ):
            yield tx

    def close(self) -> None:
        """Give back every connection that is not in use."""
        self._engine.dispose()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise _fault(error, self.name) from error


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # SQLAlchemy's advice for SQLite: the driver leaves BEGIN to us (see _begin_sqlite).
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(tx: Connection) -> None:
    # A deferred BEGIN that writes later can fail at once with "locked", whatever the timeout.
    writes = tx.get_execution_options().get(_WRITES)
    tx.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _fault(error: DBAPIError, name: str) -> MediaError:
    text = str(error.orig).lower()
    _LOG.info("the %s database failed: %s", name, error.orig)
    if "full" in text:
        return Transient("disk_full", f"The disk of the {name} database is full. Free some space.")
    if "locked" in text or "busy" in text:
        return Transient("database_busy", f"The {name} database is busy. Trying again.")
    if "malformed" in text or "not a database" in text:
        return Permanent(
            "database_damaged",
            f"The {name} database is damaged. Put back a copy of its file, or move it away to "
            "start with an empty one.",
        )
    if "unable to open" in text or "readonly" in text or "disk i/o" in text:
        return Permanent(
            "database_closed",
            f"The {name} database can't be opened. Check the rights of its folder.",
        )
    if error.connection_invalidated:
        return Transient("database_gone", f"The {name} database did not answer. Trying again.")
    raise error


def first(tx: Tx, statement: Any) -> Any:
    """Return the first column of the first row; None where there is no row."""
    return tx.execute(statement).scalar()
