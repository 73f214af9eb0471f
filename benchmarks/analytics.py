"""How long the sums of the storage page take, of 1,000,000 media in a file of one's own.

Each three times, the median. Where MariaDB is installed, the same is asked of a platform's server,
of fewer media, since it takes long to fill.
Run: ``make bench BENCH=analytics`` (``ARGS="media media-on-the-server"``).
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from artitec_media_desktop.database import newest
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.services.analytics import AnalyticsService

from .million import in_a_file, on_a_server
from .report import report

_ROUNDS: Final = 3
_LARGE: Final = 8 << 20


def main() -> int:
    """Measure and print; returns 0 when every reach is met."""
    here, there = (int(each) for each in (*sys.argv[1:], "1000000", "200000")[:2])
    with tempfile.TemporaryDirectory() as folder:
        with in_a_file(Path(folder), here) as library:
            figures = {"media": float(here)} | measured(library, "")
        if shutil.which("mariadbd") and there:
            with on_a_server(Path(folder) / "mariadb", there) as database:
                figures |= {"mariadb_media": float(there)} | measured(database, "mariadb_")
    reach = {name: ("<=", 1000.0) for name in figures if name.endswith("sums_ms")}
    return report("analytics", figures, reach)


def measured(database: Database, name: str) -> dict[str, float]:
    """Milliseconds by what was asked."""
    analytics = AnalyticsService(database)

    def quick() -> None:
        with database.read() as tx:
            newest.mark(tx)

    def whole() -> None:
        with database.read() as tx:
            newest.mark(tx, whole=True)

    asked: dict[str, Callable[[], object]] = {
        "sums": analytics.run,
        "sums_of_type": lambda: analytics.run(EntityType.PROPERTY),
        "places": analytics.places,
        "large": lambda: analytics.larger_than(_LARGE),
        "largest": analytics.largest,
        "mark": quick,
        "whole_mark": whole,
    }
    return {f"{name}{what}_ms": round(_milliseconds(work)) for what, work in asked.items()}


def _milliseconds(work: Callable[[], object]) -> float:
    took = []
    for _ in range(_ROUNDS):
        began = perf_counter()
        work()
        took.append((perf_counter() - began) * 1000)
    return median(took)


if __name__ == "__main__":
    sys.exit(main())
