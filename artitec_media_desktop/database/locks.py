"""One at a time, across every client of a shared library."""

from ..domain.entities import EntityRef
from .engine import Tx
from .tables import MEDIA_FIELDS


def hold(tx: Tx, entity: EntityRef, field: str) -> None:
    """Wait until no other transaction holds this field of an entity; hold it until the end.

    A row of our own is locked, since nobody but the platform's owner may lock the entity's.
    Raises Transient through the caller's transaction when it takes too long.
    """
    if tx.dialect.name == "sqlite":
        return  # BEGIN IMMEDIATE lets only one transaction write anyway
    from sqlalchemy.dialects.mysql import insert

    values = {"entity_type": entity.type.value, "entity_id": entity.id, "entity_field": field}
    statement = insert(MEDIA_FIELDS).values(values)
    tx.execute(statement.on_duplicate_key_update(entity_field=statement.inserted.entity_field))
