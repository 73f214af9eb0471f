"""The audit trail: every change of every account, which is also what undo reverses."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, select, update

from ..domain.changes import FINAL, Change, ChangeKind, MediaChange, merged
from ..domain.entities import EntityRef, EntityType
from .engine import Tx
from .tables import CHANGED_MEDIA, CHANGES

_C: Final = CHANGES.c
_M: Final = CHANGED_MEDIA.c


def add(tx: Tx, change: Change) -> Change:
    """Store a change in the transaction that makes it; returns it with its id.

    One that has an id is there already: its media are added to it. The history is never rewritten,
    so that a media which is there as well begins a change of its own, undone by itself.
    """
    if change.id is not None and change.media and _has_any(tx, change):
        change = replace(change, id=None)
    stored = change
    if change.id is None:
        key = tx.execute(
            insert(CHANGES).values(kind=change.kind.value, account=change.account, at=change.at)
        ).inserted_primary_key
        stored = replace(change, id=None if key is None else key[0])
    parts = merged(change.media)
    if parts:
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
                for each in parts
            ],
        )
    return stored


def get(tx: Tx, change_id: int) -> tuple[Change, datetime | None] | None:
    """A whole change, and when it was undone."""
    row = tx.execute(select(CHANGES).where(_C.id == change_id)).first()
    if row is None:
        return None
    parts = tx.execute(select(CHANGED_MEDIA).where(_M.change_id == change_id))
    media = tuple(_media(each) for each in parts)
    return Change(ChangeKind(row.kind), media, row.account, row.at, row.id), row.undone_at


def last_of(tx: Tx, account: str, uploads: bool = True) -> int | None:
    """The number of an account's last change that could be undone."""
    final = [each.value for each in FINAL] + ([] if uploads else [ChangeKind.UPLOADED.value])
    where = (_C.account == account, _C.undone_at.is_(None), _C.kind.not_in(final))
    found = tx.execute(select(_C.id).where(*where).order_by(_C.id.desc()).limit(1)).scalar()
    return None if found is None else int(found)


def newest(tx: Tx) -> int:
    """The number of the last change of anybody; 0 before the first."""
    return int(tx.execute(select(_C.id).order_by(_C.id.desc()).limit(1)).scalar() or 0)


def is_undone(tx: Tx, change_id: int) -> bool:
    """Whether a change was undone; that stays so until the transaction ends."""
    held = select(_C.undone_at).where(_C.id == change_id).with_for_update()
    return tx.execute(held).scalar() is not None


def mark_undone(tx: Tx, change_ids: Collection[int], at: datetime) -> None:
    """Say that changes were undone."""
    tx.execute(update(CHANGES).where(_C.id.in_(change_ids)).values(undone_at=at))


def history(tx: Tx, public_id: str) -> list[Change]:
    """Everything that happened to one media, oldest first."""
    return _history(tx, _M.public_id == public_id)


def standing(tx: Tx, public_id: str, after: int) -> list[Change]:
    """As ``history``, of what happened after a change and was not undone."""
    no_undoing = (_C.undone_at.is_(None), _C.kind != ChangeKind.UNDONE.value)
    return _history(tx, _M.public_id == public_id, _C.id > after, *no_undoing)


def _history(tx: Tx, *where: Any) -> list[Change]:
    joined = select(CHANGES, CHANGED_MEDIA).join(CHANGED_MEDIA, _M.change_id == _C.id)
    return [
        Change(ChangeKind(row.kind), (_media(row),), row.account, row.at, row.id)
        for row in tx.execute(joined.where(*where).order_by(_C.id))
    ]


def _has_any(tx: Tx, change: Change) -> bool:
    """Whether one of these media is in the change already."""
    public_ids = [each.public_id for each in change.media]
    where = (_M.change_id == change.id) & _M.public_id.in_(public_ids)
    return tx.execute(select(_M.public_id).where(where).limit(1)).first() is not None


def _media(row: Any) -> MediaChange:
    entity = None
    if row.entity_type in set(EntityType):
        entity = EntityRef(EntityType(row.entity_type), row.entity_id)
    return MediaChange(row.public_id, entity, row.before or {}, row.after or {})
