"""One at a time, across every client of a shared library."""

from typing import Any

from sqlalchemy import func

from ..domain.entities import EntityRef
from .engine import Tx
from .tables import MEDIA_FIELDS


def hold(tx: Tx, entity: EntityRef, field: str) -> None:
    """Wait until no other transaction holds this field of an entity; hold it until the end.

    A row of our own is locked, since nobody but the platform's owner may lock the entity's.
    Raises Transient through the caller's transaction when it takes too long.
    """
    values = {"entity_type": entity.type.value, "entity_id": entity.id, "entity_field": field}
    _lock(tx, values)


def turn(tx: Tx, what: str) -> None:
    """Wait until no other transaction is at something that one client at a time may do.

    To be the first statement of a transaction: what it reads from then on is what the one before
    has left. Raises Transient through the caller's transaction when it takes too long.
    """
    _lock(tx, {"entity_type": "", "entity_id": 0, "entity_field": what})


def reserve_orders(tx: Tx, entity: EntityRef, field: str, used: int, count: int) -> int:
    """Reserve sort orders for a client alone; returns the one behind which ``count`` are free.

    ``used`` is the largest that was seen in use.
    """
    if tx.dialect.name == "sqlite":
        return used  # there is one client only
    from sqlalchemy.dialects.mysql import insert

    # One statement: what is set and told by LAST_INSERT_ID is this client's alone.
    wanted = {"entity_type": entity.type.value, "entity_id": entity.id, "entity_field": field}
    first = func.last_insert_id(used + count)
    reserved = func.coalesce(MEDIA_FIELDS.c.last_order, 0)
    further = func.last_insert_id(func.greatest(reserved, used) + count)
    statement = insert(MEDIA_FIELDS).values(wanted | {"last_order": first})
    done = tx.execute(statement.on_duplicate_key_update(last_order=further))
    return int(done.lastrowid) - count


def _lock(tx: Tx, row: dict[str, Any]) -> None:
    if tx.dialect.name == "sqlite":
        return  # BEGIN IMMEDIATE lets only one transaction write anyway
    from sqlalchemy.dialects.mysql import insert

    statement = insert(MEDIA_FIELDS).values(row)
    tx.execute(statement.on_duplicate_key_update(entity_field=statement.inserted.entity_field))
