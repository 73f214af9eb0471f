"""How long the figures of visual review take, of 1,000,000 records, and the facts of one item.

On a file of one's own and, where MariaDB is installed, on a server; figures are the median of three
times, facts of 60 items in a library of 100,000 media.
Run: ``make bench BENCH=review_statistics`` (``ARGS="records records-on-the-server"``).
"""

import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.domain.moderation import Policy
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.moderation.facts import ReviewFacts
from artitec_media_desktop.services.moderation.records import ReviewRecords

from .duplicates_door import prepare
from .million import library_file, platform_server
from .report import report

_ROUNDS: Final = 3
_DAYS: Final = 730
_START: Final = datetime.now(UTC) - timedelta(days=_DAYS)
_MEDIA: Final = 100_000
_ASKED: Final = 60
_TOGETHER: Final = 8
_REASONS: Final = (
    "off_topic", "no_consent", "advertising", "unsafe", "poor_quality", "other",
)  # fmt: skip
_TYPES: Final = ("post", "post", "post", "community", "property", "user", "amenity", "builder")
_COLUMNS: Final = (
    "public_id", "change_id", "account", "at", "before", "after", "entity_type", "media_type",
    "look", "reason", "note", "rule", "waited", "undone_at", "uploaded_by", "day",
)  # fmt: skip


def main() -> int:
    """Measure and print; returns 0 when every reach is met."""
    here, there = (int(each) for each in (*sys.argv[1:], "1000000", "1000000")[:2])
    with tempfile.TemporaryDirectory() as folder:
        with library_file(Path(folder)) as library:
            figures = measured(library, here, "")
        if shutil.which("mariadbd") and there:
            with (
                platform_server(Path(folder) / "mariadb") as platform,
                closing(platform.open()) as database,
            ):
                figures |= measured(database, there, "mariadb_")
    reach = {name: ("<=", 1000.0) for name in figures if name.endswith("figures_ms")}
    return report("review_statistics", figures, reach | {"prefetched_ms": ("<=", 5.0)})


def measured(database: Database, count: int, name: str) -> dict[str, float]:
    """Fill a library, and say how many milliseconds each takes."""
    prepare(database, _MEDIA)
    fill(database, count)
    access = Access(database, lambda: Account("USR-1", "Ada", Role.ADMIN))
    records = ReviewRecords(database, access, Policy)
    facts = ReviewFacts(database, access)
    today = datetime.now(UTC).date()
    asked: dict[str, Callable[[], object]] = {
        "figures": records.statistics,
        "year_figures": lambda: records.statistics(today - timedelta(days=365)),
        "month_figures": lambda: records.statistics(today - timedelta(days=30)),
    }
    took = {what: median(_times(work, _ROUNDS)) for what, work in asked.items()}
    # Of what waits, as ``library.fill`` makes it.
    ids = [f"MED-{1_546_300_800 + 97 * n}-{97 * n:06X}" for n in range(1, 2 * _ASKED + 1)]
    facts.many(ids[_ASKED:])
    each = [_times(partial(facts.of, one), 1)[0] for one in ids[:_ASKED]]
    parts = [ids[n : n + _TOGETHER] for n in range(0, _ASKED, _TOGETHER)]
    together = [_times(partial(facts.many, part), 1)[0] / len(part) for part in parts]
    took |= {"facts": median(each), "slowest_facts": max(each), "prefetched": median(together)}
    return {f"{name}records": float(count)} | {
        f"{name}{what}_ms": round(milliseconds, 1) for what, milliseconds in took.items()
    }


def _times(work: Callable[[], object], rounds: int) -> list[float]:
    took = []
    for _ in range(rounds):
        began = perf_counter()
        work()
        took.append((perf_counter() - began) * 1000)
    return took


def fill(database: Database, count: int) -> None:
    """Put ``count`` records and a twentieth of that of second looks into empty tables."""
    mark = "%s" if database.is_shared else "?"
    names = ", ".join("`before`" if each == "before" else each for each in _COLUMNS)
    marks = ", ".join([mark] * len(_COLUMNS))
    insert = f"INSERT INTO media_reviews ({names}) VALUES ({marks})"  # noqa: S608
    made = _rows(count)
    while part := list(islice(made, 20_000)):
        with database.write() as tx:
            tx.exec_driver_sql(insert, part)
    looks = (
        "INSERT INTO media_second_looks (public_id, look, decided_by, asked_at, answered_by, "
        "answered_at, agreed) SELECT public_id, 'sample', account, at, 'USR-9', at, id % 60 > 0 "
        "FROM media_reviews WHERE id % 20 = 0"
    ).replace("%", "%%" if database.is_shared else "%")
    with database.write() as tx:
        tx.exec_driver_sql(looks)
        if database.is_shared:
            tx.exec_driver_sql("ANALYZE TABLE media_reviews, media_second_looks")


def _rows(count: int) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(5)  # noqa: S311
    every = timedelta(days=_DAYS) / count
    for number in range(1, count + 1):
        at = _START + every * number
        after = chance.choices(("approved", "rejected", "flagged", "pending"), (85, 10, 4, 1))[0]
        reason = chance.choice(_REASONS) if after in ("rejected", "flagged") else None
        note = "It shows a banner of another company." if reason == "advertising" else None
        rule = "known_bad" if number % 50 == 0 else "undo" if number % 77 == 0 else None
        yield (
            f"MED-{1_546_300_800 + number}-{number:06X}", number, f"USR-{number % 7}",
            f"{at:%Y-%m-%d %H:%M:%S}", "pending", after, chance.choice(_TYPES),
            "VIDEO" if number % 25 == 0 else "IMAGE", "sample" if number % 20 == 0 else "first",
            reason, note, rule, int(chance.expovariate(1 / 20_000)),
            f"{at:%Y-%m-%d %H:%M:%S}" if number % 76 == 0 else None, f"USR-{100 + number % 300}",
            f"{at:%Y-%m-%d}",
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
