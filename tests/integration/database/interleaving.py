"""Somebody else acts between two looks: at one look after another, never left to chance."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event

from artitec_media_desktop.database.options import WRITES


@contextmanager
def before_look(database, number: int, act: Callable[[], None]) -> Iterator[list[str]]:
    """Run ``act`` right before the look of that number, counted from 0.

    A look is a statement outside of a transaction that writes, or the first of one: where nothing
    is held yet, so that another client need not wait. ``act`` uses a database of its own. Yields
    the looks there were; where they are no more than ``number``, nothing was run.
    """
    looks: list[str] = []
    writing: set[object] = set()

    def look(connection, _cursor, statement, *_rest):
        if connection.get_execution_options().get(WRITES):
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
