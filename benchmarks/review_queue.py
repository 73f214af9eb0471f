"""How long the queue of visual review takes, of 1,000,000 media of which 30,000 wait.

Taking the next twelve and counting all, for an admin, by score, with filters, and for an admin of
few communities: in a file, and on a server where MariaDB is installed. Each three times, the
median; of the medians the worst counts.
Run: ``make bench BENCH=review-queue`` (``ARGS="--rows N --only file|server --keep FOLDER"``).
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from time import perf_counter
from typing import Final

from sqlalchemy import insert, select

from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.database.review_tables import LEASES, SCORES, SECOND_LOOKS
from artitec_media_desktop.database.tables import COMMUNITY_ADMIN_PROFILES, MEDIA
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.domain.review_queue import QueueFilter
from artitec_media_desktop.domain.search import parse
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.moderation.queue import ReviewQueue

from .library import settle
from .million import in_both
from .report import report

_NEXT: Final = 12
_WAITING: Final = 33
_ROUNDS: Final = 3
_ADMIN: Final = Account("USR-1", "Ada", Role.ADMIN)
_FILTERS: Final = (
    "",
    "age:>2d",
    "age:<1h",
    "type:video",
    "entity:property",
    "uploader:USR-101",
    "score:>0.9",
    "score:<0.9",
    "look:sample",
    "kitchen",
    "balwick",
    "tag:pool",
    "status:flagged",
)


def main() -> int:
    """Measure and print; returns 0 when every reach is met."""
    figures = in_both(_measured, _WAITING)
    reach = {name: ("<=", 150.0) for name in figures if name.endswith("_ms")}
    return report("review-queue", figures, reach)


def _measured(database: Database, name: str) -> dict[str, float]:
    _reviewed(database)
    settle(database)
    filters = {each: QueueFilter(parse(each)) for each in _FILTERS}
    filters["(by score)"] = QueueFilter(by_score=True)
    queues = {
        "": _queue_of(database, _ADMIN),
        "few communities ": _queue_of(database, _few(database)),
    }
    figures: dict[str, float] = {"waiting": queues[""].waiting_count()}
    for what, work in _WORK.items():
        worst = 0.0
        for who, queue in queues.items():
            for search, wanted in filters.items():
                took = _milliseconds(work, queue, wanted)
                print(f"{name}{what} {took:>6.0f} ms  {who}{search}")
                worst = max(worst, took)
        figures[f"{name}{what}_ms"] = round(worst)
    return figures


def _queue_of(database: Database, account: Account) -> ReviewQueue:
    return ReviewQueue(database, Access(database, lambda: account))


def _taken(queue: ReviewQueue, wanted: QueueFilter) -> None:
    queue.release([each.lease for each in queue.take(wanted, _NEXT)])


_WORK: Final[dict[str, Callable[[ReviewQueue, QueueFilter], object]]] = {
    "take": _taken,
    "counts": ReviewQueue.counts,
}


def _few(database: Database) -> Account:
    """Who may decide on what is of one community."""
    with database.read() as tx:
        found = tx.execute(select(COMMUNITY_ADMIN_PROFILES.c.user_id)).scalars().first()
    return Account(found or "USR-none", "Beth", Role.COMMUNITY_ADMIN, can_moderate=True)


def _reviewed(database: Database) -> None:
    """Scores of one media in three, second looks of a few thousand, what others hold."""
    now = datetime.now(UTC)
    with database.write() as tx:
        if tx.execute(select(SCORES.c.media_id).limit(1)).first() is not None:
            return
        known = list(tx.execute(select(MEDIA.c.id, MEDIA.c.public_id).where(MEDIA.c.id % 3 == 0)))
        scores = [
            {"media_id": n, "model": "bench", "score": n % 1009 / 1009, "at": now} for n, _ in known
        ]
        looks = [
            {"public_id": each, "look": "sample", "decided_by": f"USR-{at % 3}", "asked_at": now,
             "answered_at": now if at % 10 else None}
            for at, (n, each) in enumerate(known[::15])
        ]  # fmt: skip
        held = [
            {"public_id": each, "token": "x", "account": "USR-2", "until": now.replace(year=2100)}
            for n, each in known[: 11 * _WAITING : 11]
        ]
        for table, rows in ((SCORES, scores), (SECOND_LOOKS, looks), (LEASES, held)):
            for start in range(0, len(rows), 20_000):
                tx.execute(insert(table), rows[start : start + 20_000])


def _milliseconds(
    work: Callable[[ReviewQueue, QueueFilter], object], queue: ReviewQueue, wanted: QueueFilter
) -> float:
    took = []
    for _ in range(_ROUNDS):
        began = perf_counter()
        work(queue, wanted)
        took.append((perf_counter() - began) * 1000)
    return median(took)


if __name__ == "__main__":
    sys.exit(main())
