"""What happened to media since one looked: by this application's changes and the platform's own."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Text, func, literal_column, select, type_coerce

from ..domain.changes import ChangeKind
from ..domain.entities import EntityRef, EntityType
from ..domain.listing import Changed, Mark
from . import numbers
from .engine import Tx
from .tables import CHANGED_MEDIA, CHANGES, MEDIA, TRASH

_C: Final = MEDIA.c
_M: Final = CHANGED_MEDIA.c
#: Of more than this many the whole list is read anew.
_MOST: Final = 5_000
#: So many of our last changes are known by number: the numbers are given when a change begins,
#: and of two that are under way the second may be there before the first.
_LAST: Final = 64
#: About so many sums stand for a whole table.
_GROUPS: Final = 1 << 15


def mark(tx: Tx, whole: bool = False) -> Mark:
    """How far everything is seen.

    Our own history and the largest number are found at once. A ``whole`` look goes through a
    server's table from one end to the other. The latest ``updated_at`` would not tell: whoever
    writes it has a clock of their own, and a second may see two writes.
    """
    last = select(CHANGES.c.id).order_by(CHANGES.c.id.desc()).limit(_LAST)
    changes = frozenset(tx.execute(last).scalars())
    last_id = tx.execute(select(func.coalesce(func.max(_C.id), 0))).scalar_one()
    if not whole or tx.dialect.name == "sqlite":
        return Mark(changes, last_id)
    group = _C.id.op("DIV")(_step(last_id)).label("group")
    sums = func.bit_xor(func.crc32(func.concat_ws(" ", _C.id, type_coerce(_C.updated_at, Text))))
    counted = select(group, sums.label("sum"), func.count().label("count"))
    groups, found, counts = numbers.columns(tx, counted.group_by(literal_column("1")))
    both = zip(groups, found, strict=True)
    return Mark(changes, last_id, frozenset(at << 32 | value for at, value in both), sum(counts))


def since(tx: Tx, seen: Mark) -> Changed:
    """Which media came, changed or went since a mark; ``everything`` where that can't be told."""
    now = mark(tx, seen.is_whole)
    parts = _parts(tx, seen)
    if parts == [] and (now.last_id, now.sums) == (seen.last_id, seen.sums):
        return Changed(now)
    rows = select(_C.public_id, _C.id, _C.entity_type, _C.entity_id)
    added = _few(tx, rows.where(_C.id > seen.last_id, ~_came_by(seen)))
    suspects = _suspects(seen, now)
    if parts is None or added is None or suspects is None:
        return Changed(now, everything=True)
    written = tx.execute(rows.where(_C.id.in_(suspects))).all() if suspects else []
    changed = {each.public_id for each in parts}
    there = tx.execute(rows.where(_C.public_id.in_(changed))).all()
    lost = changed - {each.public_id for each in there}
    gone = tx.execute(select(TRASH.c.media_id).where(TRASH.c.public_id.in_(lost))).scalars()
    removed = frozenset(gone)
    unknown = len(lost) > len(removed) or _is_any_missing(tx, seen, now, len(added), removed)
    alive = [*there, *added, *written]
    ids = frozenset(each.id for each in alive)
    return Changed(now, ids, removed, unknown, _entities([*alive, *parts]))


def among(tx: Tx, seen: Mapping[int, datetime | None]) -> tuple[frozenset[int], frozenset[int]]:
    """Which of these media, by number with their ``updated_at``, were written, and which are gone.

    A file needs no such look: whatever is written there is in our history.
    """
    if not seen or tx.dialect.name == "sqlite":
        return frozenset(), frozenset()
    rows = tx.execute(select(_C.id, _C.updated_at).where(_C.id.in_(seen)))
    now: dict[int, datetime | None] = {row.id: row.updated_at for row in rows}
    written = frozenset(key for key, at in now.items() if at != seen[key])
    return written, frozenset(seen.keys() - now.keys())


def _step(last_id: int) -> int:
    """How many neighbours share a sum: a power of two, so that it seldom is another one."""
    return 1 << (last_id // _GROUPS).bit_length()


def _suspects(seen: Mark, now: Mark) -> list[int] | None:
    """The numbers that the platform may have written; None for too many."""
    step = _step(seen.last_id)
    groups = {each >> 32 for each in seen.sums ^ now.sums}
    if (seen.is_whole and step != _step(now.last_id)) or len(groups) * step > _MOST:
        return None
    return [number for each in groups for number in range(each * step, (each + 1) * step)]


def _is_any_missing(tx: Tx, seen: Mark, now: Mark, added: int, removed: Collection[int]) -> bool:
    """Whether a media may have gone without a trace in our trash: by the platform, or purged."""
    if seen.count is None or now.count is None:
        return False
    # What came back may have been in the trash when it was counted, and hides one that went.
    kinds = [ChangeKind.RESTORED.value, ChangeKind.UNDONE.value]
    back = (
        select(_C.id)
        .join(CHANGED_MEDIA, _M.public_id == _C.public_id)
        .join(CHANGES, CHANGES.c.id == _M.change_id)
        .where(*_new(seen), CHANGES.c.kind.in_(kinds))
        .distinct()
    )
    number = tx.execute(select(func.count()).select_from(back.subquery())).scalar_one()
    known = sum(each <= seen.last_id for each in removed)
    return bool(seen.count + added + number - now.count > known)


def _new(seen: Mark) -> tuple[ColumnElement[bool], ...]:
    """Our changes that were not seen."""
    first = min(seen.changes, default=0)
    return CHANGES.c.id > first, CHANGES.c.id.not_in(seen.changes)


def _parts(tx: Tx, seen: Mark) -> list[Any] | None:
    """What our changes since then name; None where that is too much."""
    numbers = _few(tx, select(CHANGES.c.id).where(*_new(seen)))
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
