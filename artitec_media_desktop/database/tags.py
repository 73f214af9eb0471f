"""Tags in use, for completion: from the newest media, in bounded time."""

import time
from collections import Counter
from typing import Any, Final

from sqlalchemy import select

from ..domain.search import Order, fold
from . import search_media, search_trigrams, shape
from .engine import Tx
from .media_search import facts
from .search_facts import MARK, OWN
from .tables import MEDIA

_NEWEST: Final = 20_000
_SECONDS: Final = 0.15


def in_use(tx: Tx, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Tags that begin so, in any case, with how often they were met, most used first.

    Counted among the newest media; in a library of our own, among those that have such a tag.
    """
    there = shape.media(tx)
    if not there.has("tags"):
        return []
    wanted = fold(prefix.strip())
    spelled: dict[str, Counter[str]] = {}
    until = time.monotonic() + _SECONDS
    rows = tx.execute(_rows(tx, wanted), execution_options={"yield_per": 1000})
    for found in rows.scalars():
        for tag in {str(each) for each in found} if isinstance(found, list) else ():
            folded = fold(tag)
            if folded.startswith(wanted):
                spelled.setdefault(folded, Counter())[tag] += 1
        if time.monotonic() > until:
            rows.close()
            break
    # Each as it is spelled most often.
    counted = [(each.most_common(1)[0][0], each.total()) for each in spelled.values()]
    return sorted(counted, key=lambda each: (-each[1], fold(each[0])))[:limit]


def _rows(tx: Tx, prefix: str) -> Any:
    known = facts(tx) if tx.dialect.name == "sqlite" else search_media.of_media(tx)
    newest = [each.ordered for each in known.keys(Order.NEWEST)]
    if known is not OWN:
        return select(MEDIA.c.tags).where(~known.flags["no tags"]).order_by(*newest).limit(_NEWEST)
    numbers = search_trigrams.with_words(tx, f"{MARK}{prefix}")
    if numbers is None:
        chosen = select(known.id).where(~known.flags["no tags"]).order_by(*newest)
        numbers = chosen.limit(_NEWEST)
    return select(MEDIA.c.tags).where(MEDIA.c.id.in_(numbers)).limit(_NEWEST)
