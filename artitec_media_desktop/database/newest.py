"""What happened to media since one looked: by this application's changes and the platform's own."""

from typing import Any, Final

from sqlalchemy import Select, Text, cast, func, select, type_coerce

from ..domain.listing import Changed, Mark
from .engine import Tx
from .tables import CHANGED_MEDIA, CHANGES, MEDIA, TRASH

_C: Final = MEDIA.c
#: Of more than this many the whole list is read anew.
_MOST: Final = 5_000


def mark(tx: Tx) -> Mark:
    """How far everything is seen.

    A file is written by us alone, so our changes tell everything. On a server the table is looked
    at from one end to the other, since the platform has no index on ``updated_at``.
    """
    change = tx.execute(select(func.coalesce(func.max(CHANGES.c.id), 0))).scalar_one()
    if tx.dialect.name == "sqlite":
        last = tx.execute(select(func.coalesce(func.max(_C.id), 0))).scalar_one()
        return Mark(change, "", last, 0)
    row: Any = tx.execute(
        select(
            func.coalesce(cast(func.max(type_coerce(_C.updated_at, Text)), Text), ""),
            func.coalesce(func.max(_C.id), 0),
            func.count(),
        )
    ).one()
    return Mark(change, *row)


def since(tx: Tx, seen: Mark) -> Changed:
    """Which media came, changed or went since a mark; ``everything`` where that can't be told."""
    now = mark(tx)
    if now == seen:
        return Changed(now)
    changed = _few(tx, select(CHANGED_MEDIA.c.public_id).distinct().where(
        CHANGED_MEDIA.c.change_id > seen.change))  # fmt: skip
    added = _few(tx, select(_C.id).where(_C.id > seen.last_id))
    # From the same second on: more may have been written in it after it was looked at.
    later = type_coerce(_C.updated_at, Text) >= seen.updated
    written = _few(tx, select(_C.id).where(later)) if now.updated else set()
    if changed is None or added is None or written is None:
        return Changed(now, everything=True)
    rows = tx.execute(select(_C.public_id, _C.id).where(_C.public_id.in_(changed)))
    there = {row.public_id: row.id for row in rows}
    lost = changed - there.keys()
    gone = tx.execute(select(TRASH.c.media_id).where(TRASH.c.public_id.in_(lost))).scalars()
    removed = frozenset(gone)
    # What went without a trace in our trash was taken by the platform, or purged.
    missing = seen.count + len(added) - now.count if now.count or seen.count else 0
    unknown = len(lost) > len(removed) or missing > len(removed)
    return Changed(now, frozenset(there.values()) | added | written, removed, unknown)


def _few(tx: Tx, wanted: Select[Any]) -> set[Any] | None:
    """The first column; None where it is too much to name each."""
    found = set(tx.execute(wanted.limit(_MOST + 1)).scalars())
    return None if len(found) > _MOST else found
