"""Whether the tables of a shared library are those that this version of the application needs."""

from enum import StrEnum

from sqlalchemy import select

from . import schema, shape
from .engine import Database


class State(StrEnum):
    """What was found, as the log says it."""

    READY = "ready"
    OLDER = "not migrated"
    NEWER = "of a newer version"


def state(database: Database) -> State:
    """Look at the version that the tables are at. Raises Transient or Permanent."""
    current, head = schema.current(database), schema.HEADS["library"]
    if current == head:
        return State.READY
    # Revisions are numbered: library_002 comes after library_001.
    return State.NEWER if current is not None and current > head else State.OLDER


def check_platform(database: Database) -> None:
    """Raise Permanent unless the account may read the platform's ``media`` and there is one."""
    with database.read() as tx:
        tx.execute(select(shape.media(tx).table.c.id).limit(1))
