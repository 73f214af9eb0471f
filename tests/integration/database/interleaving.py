"""Somebody else acts between two looks: at one look after another, never left to chance."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event

from artitec_media_desktop.database.options import WRITES
from artitec_media_desktop.domain.errors import Transient

#: A machine that stands still for so many waits for a lock is left alone.
_TRIES = 9


@contextmanager
def before_look(
    database, number: int, act: Callable[[], None], everywhere: bool = False
) -> Iterator[list[str]]:
    """Run ``act`` right before the look of that number, counted from 0.

    A look is a statement outside of a transaction that writes, or the first of one: where nothing
    is held yet, so that another client need not wait. ``everywhere`` it is any statement; then
    ``act`` has to be of a client that does not wait, see ``hurried``. ``act`` uses a database of
    its own. Yields the looks there were; where they are no more than ``number``, nothing was run.
    """
    looks: list[str] = []
    writing: set[object] = set()

    def look(connection, _cursor, statement, *_rest):
        if connection.get_execution_options().get(WRITES) and not everywhere:
            transaction = connection.get_transaction()
            if transaction in writing:
                return
            writing.add(transaction)
        looks.append(statement)
        if len(looks) == number + 1:
            act()

    event.listen(database.engine, "before_cursor_execute", look)
    try:
        yield looks
    finally:
        event.remove(database.engine, "before_cursor_execute", look)


def hurried(platform):
    """Connections of a client that is refused at once where it would have to wait for another."""
    database = platform.open()

    def connected(connection, _entry):
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION innodb_lock_wait_timeout = 0")

    event.listen(database.engine, "connect", connected)
    return database


def patiently(act, *arguments, **values):
    """Do again what others keep waiting for long, as a window does, however slow the machine is."""
    for _ in range(_TRIES):
        try:
            return act(*arguments, **values)
        except Transient as error:
            fault = error
    raise fault
