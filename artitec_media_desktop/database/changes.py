"""The audit trail: every change of every account, which is also what undo reverses."""

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import insert, select

from ..domain.changes import Change, ChangeKind, MediaChange
from ..domain.entities import EntityRef, EntityType
from .engine import Tx
from .tables import CHANGED_MEDIA, CHANGES

_C: Final = CHANGES.c
_M: Final = CHANGED_MEDIA.c


def add(tx: Tx, change: Change) -> Change:
    """Store a change in the transaction that makes it; returns it with its id.

    One that has an id is there already: its media are added to it.
    """
    stored = change
    if change.id is None:
        key = tx.execute(
            insert(CHANGES).values(kind=change.kind.value, account=change.account, at=change.at)
        ).inserted_primary_key
        stored = replace(change, id=None if key is None else key[0])
    if change.media:
        tx.execute(
            insert(CHANGED_MEDIA),
            [
                {
                    "change_id": stored.id,
                    "public_id": each.public_id,
                    "entity_type": each.entity.type.value if each.entity else None,
                    "entity_id": each.entity.id if each.entity else None,
                    "before": each.before,
                    "after": each.after,
                }
                for each in change.media
            ],
        )
    return stored


def history(tx: Tx, public_id: str) -> list[Change]:
    """Everything that happened to one media, oldest first."""
    rows = tx.execute(
        select(CHANGES, CHANGED_MEDIA)
        .join(CHANGED_MEDIA, _M.change_id == _C.id)
        .where(_M.public_id == public_id)
        .order_by(_C.id)
    )
    return [
        Change(ChangeKind(row.kind), (_media(row),), row.account, row.at, row.id) for row in rows
    ]


def _media(row: Any) -> MediaChange:
    entity = None
    if row.entity_type in set(EntityType):
        entity = EntityRef(EntityType(row.entity_type), row.entity_id)
    return MediaChange(row.public_id, entity, row.before or {}, row.after or {})
