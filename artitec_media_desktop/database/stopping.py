"""Queries that nobody waits for any more: stopped in a file by a handler, on a server by KILL."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from ..domain.errors import Cancelled
from ..domain.work import Work

_LOG = logging.getLogger(__name__)
#: SQLite's own steps between two looks: a millisecond or two.
_STEPS: Final = 100_000
#: Seconds between two looks while a server computes.
_EVERY: Final = 0.05


@contextmanager
def stoppable(tx: Connection, work: Work | None) -> Iterator[None]:
    """While it is open, a query fails soon after ``work`` was cancelled."""
    if work is None:
        yield
    elif tx.dialect.name == "sqlite":
        connection: Any = tx.connection.driver_connection
        connection.set_progress_handler(lambda: _is_cancelled(work), _STEPS)
        try:
            yield
        finally:
            connection.set_progress_handler(None, 0)
    else:
        with _watched(tx, work):
            yield


@contextmanager
def _watched(tx: Connection, work: Work) -> Iterator[None]:
    connection: Any = tx.connection.driver_connection
    number = connection.thread_id()
    over, killing, killed = Event(), Lock(), Event()

    def watch() -> None:
        while not over.wait(_EVERY):
            if _is_cancelled(work):
                with killing:
                    if not over.is_set():
                        killed.set()
                        _kill(tx, number)

    Thread(target=watch, name="stopping", daemon=True).start()
    try:
        yield
    finally:
        with killing:  # so that it never meets the next one's query on this connection
            over.set()
        if killed.is_set():
            tx.invalidate()


def _kill(tx: Connection, number: int) -> None:
    try:
        with tx.engine.connect() as other:
            other.exec_driver_sql(f"KILL QUERY {number}")
    except SQLAlchemyError as error:
        _LOG.info("a query could not be stopped: %s", type(error).__name__)


def _is_cancelled(work: Work) -> bool:
    try:
        work.check_cancelled()
    except Cancelled:
        return True
    return False
