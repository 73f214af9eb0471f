"""What happened to media since one looked: by this application's changes and the platform's own."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Select, Text, cast, func, select, type_coerce

from ..domain.entities import EntityRef, EntityType
from ..domain.listing import Changed, Mark
from .engine import Tx
from .tables import CHANGED_MEDIA, CHANGES, MEDIA, TRASH

_C: Final = MEDIA.c
_M: Final = CHANGED_MEDIA.c
#: Of more than this many the whole list is read anew.
_MOST: Final = 5_000
#: So many of our last changes are known by number: the numbers are given when a change begins,
#: and of two that are under way the second may be there before the first.
_LAST: Final = 64


def mark(tx: Tx, whole: bool = False) -> Mark:
    """How far everything is seen.

    Our own history and the largest number are found at once. A ``whole`` look goes through a
    server's table from one end to the other, since the platform has no index on ``updated_at``.
    """
    last = select(CHANGES.c.id).order_by(CHANGES.c.id.desc()).limit(_LAST)
    changes = frozenset(tx.execute(last).scalars())
    last_id = tx.execute(select(func.coalesce(func.max(_C.id), 0))).scalar_one()
    if not whole or tx.dialect.name == "sqlite":
        return Mark(changes, last_id)
    updated = func.max(type_coerce(_C.updated_at, Text))
    row: Any = tx.execute(
        select(func.coalesce(cast(updated, Text), ""), func.max(_C.id), func.count())
    ).one()
    return Mark(changes, row[1] or 0, row[0], row[2])


def since(tx: Tx, seen: Mark) -> Changed:
    """Which media came, changed or went since a mark; ``everything`` where that can't be told."""
    now = mark(tx, seen.is_whole)
    parts = _parts(tx, seen)
    if parts == [] and (now.last_id, now.updated, now.count) == (
        seen.last_id,
        seen.updated,
        seen.count,
    ):
        return Changed(now)
    rows = select(_C.public_id, _C.id, _C.entity_type, _C.entity_id)
    added = _few(tx, rows.where(_C.id > seen.last_id, ~_came_by(seen)))
    # From the same second on: more may have been written in it after it was looked at.
    later = type_coerce(_C.updated_at, Text) >= seen.updated
    written = _few(tx, rows.where(later)) if seen.is_whole else []
    if parts is None or added is None or written is None:
        return Changed(now, everything=True)
    changed = {each.public_id for each in parts}
    there = tx.execute(rows.where(_C.public_id.in_(changed))).all()
    lost = changed - {each.public_id for each in there}
    gone = tx.execute(select(TRASH.c.media_id).where(TRASH.c.public_id.in_(lost))).scalars()
    removed = frozenset(gone)
    # What went without a trace in our trash was taken by the platform, or purged.
    missing = (seen.count or 0) + len(added) - (now.count or 0)
    unknown = len(lost) > len(removed) or missing > len(removed)
    alive = [*there, *added, *written]
    ids = frozenset(each.id for each in alive)
    return Changed(now, ids, removed, unknown, _entities([*alive, *parts]))


def _parts(tx: Tx, seen: Mark) -> list[Any] | None:
    """What our changes since then name; None where that is too much."""
    first = min(seen.changes, default=0)
    new = (CHANGES.c.id > first, CHANGES.c.id.not_in(seen.changes))
    numbers = _few(tx, select(CHANGES.c.id).where(*new))
    if not numbers:
        return numbers
    wanted = select(_M.public_id, _M.entity_type, _M.entity_id)
    return _few(tx, wanted.where(_M.change_id.in_([each.id for each in numbers])).distinct())


def _came_by(seen: Mark) -> Any:
    """Whether a media was added by one of the changes that were seen."""
    by = select(_M.public_id).where(_M.public_id == _C.public_id, _M.change_id.in_(seen.changes))
    return by.exists()


def _entities(rows: Iterable[Any]) -> frozenset[EntityRef]:
    pairs = {(each.entity_type, each.entity_id) for each in rows}
    known = set(EntityType)
    return frozenset(EntityRef(EntityType(kind), key) for kind, key in pairs if kind in known)


def _few(tx: Tx, wanted: Select[Any]) -> list[Any] | None:
    """The rows; None where they are too many to name each."""
    found = list(tx.execute(wanted.limit(_MOST + 1)))
    return None if len(found) > _MOST else found
