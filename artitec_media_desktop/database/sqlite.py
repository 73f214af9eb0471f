"""An SQLite file as a database: how it is opened, and what its faults mean."""

import sqlite3
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from ..domain.errors import MediaError, Transient, Unusable
from ..domain.search import fold
from .options import WRITES


def engine(url: URL) -> Engine:
    """Make an engine in WAL mode, with foreign keys on; the file is made on first use."""
    made = create_engine(url)
    made.dialect.statement_compiler = _Compiler
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def fault(error: DBAPIError, name: str) -> MediaError | None:
    """Say what a fault means; None for one that is a fault of ours."""
    text = str(error.orig).lower()
    if "full" in text:
        return Transient("disk_full", f"The disk of the {name} database is full. Free some space.")
    if "locked" in text or "busy" in text:
        return Transient("database_busy", f"The {name} database is busy. Trying again.")
    if "malformed" in text or "not a database" in text:
        return Unusable(
            "database_damaged",
            f"The {name} database is damaged. Put back a copy of its file, or move it away to "
            "start with an empty one.",
        )
    if "disk i/o" in text:
        return Transient(
            "disk_fault",
            f"The disk of the {name} database can't be read or written. See whether it is full or "
            "damaged.",
        )
    if "unable to open" in text or "readonly" in text:
        return Unusable(
            "database_closed",
            f"The {name} database can't be opened. Check the rights of its folder.",
        )
    if error.connection_invalidated:
        return Transient("database_gone", f"The {name} database did not answer. Trying again.")
    return None


class _Compiler(SQLiteCompiler):
    """With hints for indexes, which SQLAlchemy leaves out for SQLite."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:
        return text


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # SQLAlchemy's advice for SQLite: the driver leaves BEGIN to us (see _begin).
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
    # Text that is none (a row written by hand) takes nothing from the others.
    connection.text_factory = _text
    # SQLite's own LOWER and LIKE know the letters of ASCII only.
    connection.create_function("fold", 1, _fold, deterministic=True)


def _fold(text: object) -> str:
    return fold(_text(text)) if isinstance(text, bytes) else ""


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _begin(tx: Connection) -> None:
    # A deferred BEGIN that writes later can fail at once with "locked", whatever the timeout.
    writes = tx.get_execution_options().get(WRITES)
    tx.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
