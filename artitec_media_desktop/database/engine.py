"""One database: an engine, and short transactions opened by the caller's thread."""

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ..domain import right_of_way
from ..domain.errors import MediaError, Transient, Unusable
from ..domain.work import Work
from . import mysql, mysql_faults, sqlite
from .mysql import Tls
from .options import SEEN, WRITES
from .stopping import stoppable

__all__ = ["Database", "Tls", "Tx", "first"]

_LOG = logging.getLogger(__name__)
_TRIES: Final = 4
_RETRY_SECONDS: Final = 10.0

T = TypeVar("T")

#: What a function of this package takes to run inside its caller's transaction.
Tx = Connection


class Database:
    """Lazy: nothing is opened before the first transaction."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.name = name
        self._engine = engine
        self._seen: dict[str, Any] = {}
        engine.update_execution_options(**{SEEN: self._seen})
        event.listen(engine, "before_cursor_execute", _let_the_window_go_first)

    @classmethod
    def file(cls, path: Path, name: str = "library") -> "Database":
        """Open an SQLite file in WAL mode, with foreign keys on; made on first use."""
        return cls(sqlite.engine(URL.create("sqlite", database=str(path))), name)

    @classmethod
    def server(
        cls,
        url: URL | str,
        tls: Tls | None = None,
        answer_within: float = 30.0,
        password: str | None = None,
    ) -> "Database":
        """Use a MySQL or MariaDB server; ``tls`` and ``password`` outweigh what the URL says.

        Each answer is waited for at most ``answer_within`` seconds. Raises Permanent
        ``bad_database_url`` or ``bad_ca``; the password is in no message and no log.
        """
        where, asked = mysql.address(url)
        if password is not None:
            where = where.set(password=password)
        return cls(mysql.engine(where, tls or asked, answer_within), mysql.place(where))

    @property
    def is_shared(self) -> bool:
        """True for a server, whose tables are the platform's; False for a file of our own."""
        return self._engine.dialect.name != "sqlite"

    @property
    def engine(self) -> Engine:
        """For migrations only."""
        return self._engine

    @contextmanager
    def read(self, work: Work | None = None) -> Iterator[Tx]:
        """One look: consistent in a file; on a server each query sees what is committed then.

        Where ``work`` is cancelled, a query under way is stopped. Raises Transient or Permanent,
        and Cancelled.
        """
        with self._faults(work), self._engine.connect() as tx, stoppable(tx, work):
            if self.is_shared:
                yield tx
            else:
                with tx.begin():
                    yield tx

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """One transaction: all of it or nothing. Raises Transient or Permanent.

        Transient ``commit_unknown`` says that the answer to COMMIT was lost: whether it took
        effect has to be looked up, by public id, before anything is tried again.
        """
        with (
            self._faults(),
            self._engine.connect().execution_options(**{WRITES: True}) as tx,
            tx.begin() as transaction,
        ):
            yield tx
            try:
                transaction.commit()
            except DBAPIError as error:
                if self.is_shared and error.connection_invalidated:
                    raise mysql_faults.unknown(self.name) from error
                raise

    def retrying(self, work: Callable[[Tx], T]) -> T:
        """Run ``work`` in one transaction; do all of it again where nothing of it was written.

        That is after a deadlock, a lock wait, or a connection that broke before COMMIT was
        sent: at most four times, and not again once it has taken ten seconds: a server that hangs
        is not waited for four times over. So ``work`` may not have effects outside its
        transaction. Raises as ``write``.
        """
        until = time.monotonic() + _RETRY_SECONDS
        for left in reversed(range(_TRIES)):
            try:
                with self.write() as tx:
                    return work(tx)
            except Transient as error:
                if error.code not in mysql_faults.HARMLESS:
                    raise
                if not left or time.monotonic() > until:
                    raise
                _LOG.info("a transaction is done again: %s", error.code)
                time.sleep(random.uniform(0.02, 0.1) * 2 ** (_TRIES - left))  # noqa: S311
        raise AssertionError("the last try returns or raises")

    def look_again(self) -> None:
        """Forget what was found out about the tables."""
        self._seen.clear()

    def close(self) -> None:
        """Give back every connection that is not in use."""
        self._engine.dispose()

    @contextmanager
    def _faults(self, work: Work | None = None) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if work is not None:
                work.check_cancelled()
            _LOG.info("the database %s failed: %s", self.name, _first_line(error))
            fault = self._fault(error)
            if fault is None:
                raise
            if fault.code in mysql_faults.CHANGED_TABLES:
                self.look_again()
            raise fault from error
        except PoolTimeout as error:
            raise Transient(
                "database_busy", f"The database {self.name} is busy. Trying again."
            ) from error
        except RuntimeError as error:
            # The driver's way to say that it would have to send the password in the clear.
            if self.is_shared and "cryptography" in str(error):
                raise Unusable(
                    "database_tls",
                    f"The database {self.name} takes the password of this account only over an "
                    "encrypted connection. Turn TLS on at the server.",
                ) from error
            raise

    def _fault(self, error: DBAPIError) -> MediaError | None:
        if self.is_shared:
            return mysql_faults.fault(error, self.name)
        return sqlite.fault(error, self.name)


def first(tx: Tx, statement: Any) -> Any:
    """Return the first column of the first row; None where there is no row."""
    return tx.execute(statement).scalar()


def _let_the_window_go_first(*_: Any) -> None:
    right_of_way.give()


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).partition("\n")[0][:300]
