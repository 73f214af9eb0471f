"""The queue as it is looked up: what waits and who looks at what, without holding anything."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import select

from ..domain.moderation import Listed
from ..domain.review_queue import QueueFilter
from . import leases, review_facts, review_queue
from .engine import Tx
from .review_queue import Reviewer
from .review_tables import LEASES

#: So many are read at a time.
_AT_ONCE: Final = 500


class _Held(NamedTuple):
    by: str
    until: datetime


def page(tx: Tx, wanted: QueueFilter, who: Reviewer, limit: int) -> list[Listed]:
    """The first items of a queue in their turn, held ones among them."""
    names = [each.public_id for each in review_queue.first(tx, wanted, who, limit)]
    # A media that waits and is asked to be looked at again is one item.
    names = list(dict.fromkeys(names))
    found: list[Listed] = []
    for start in range(0, len(names), _AT_ONCE):
        found += _read(tx, names[start : start + _AT_ONCE])
    return found


def _read(tx: Tx, public_ids: Sequence[str]) -> list[Listed]:
    items = review_queue.items(tx, public_ids)
    held = _held(tx, public_ids)
    people = review_facts.people(tx, {each.by for each in held.values()}) if held else {}
    found: list[Listed] = []
    for item in (items[each] for each in public_ids if each in items):
        if (one := held.get(item.public_id)) is None:
            found.append(Listed(item))
        else:
            holder = people[one.by][0] if one.by in people else one.by
            found.append(Listed(item, one.by, holder, one.until))
    return found


def _held(tx: Tx, public_ids: Sequence[str]) -> dict[str, _Held]:
    """Who looks at which of them; the tokens are nobody else's business."""
    columns = LEASES.c
    wanted = select(columns.public_id, columns.account, columns.until)
    rows = tx.execute(
        wanted.where(columns.public_id.in_(public_ids), leases.alive(leases.clock(tx)))
    )
    return {row.public_id: _Held(row.account, row.until) for row in rows}
