"""How long a first page of a search takes, of 1,000,000 media: in a file, and on a server.

Each search three times, the median; of the medians the worst counts. The server is measured where
MariaDB is installed; its memory holds the tables, as that of a platform does.
Run: ``make bench BENCH=search`` (``ARGS="--rows N --only file|server --keep FOLDER"``; what is
kept is not made again the next time).
"""

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Final

from artitec_media_desktop.database import media_search, newest, tags
from artitec_media_desktop.database.engine import Database, Tx
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.search import parse

from .million import in_both
from .report import report

_PAGE: Final = 100
_ROUNDS: Final = 3
#: Common, rare and never met, alone and together.
_FILTERS: Final = [
    "status:pending",
    "status:flagged",
    "-status:approved",
    "type:video",
    "type:image",
    "size:>11mb",
    "size:>20mb",
    "taken:2024-06",
    "taken:2030",
    "camera:canon",
    "camera:leica",
    "uploader:USR-101",
    "uploader:nobody",
    "missing:alt",
    "missing:tags",
    "is:primary",
    "is:private",
    "slot:cover",
    "entity:sales_rep",
    "entity:CMY-456",
    "added:2020-02",
    "added:..2019-02",
    "tag:kitchen",
    "tag:küche",
    "tag:none",
    "-tag:kitchen",
    "tag:pool,patio+status:flagged+size:>10mb",
    "type:video+sort:size",
    "status:flagged+sort:name",
    "sort:size",
    "sort:name",
    "sort:taken",
    "sort:status",
    "sort:place",
    "sort:oldest",
]
_TEXTS: Final = [
    "kitchen",
    "balwick",
    "zzz",
    "jpg",
    "po",
    "zq",
    "willow",
    "kitchen+pool",
    '"the+kitchen+with+a+pool"',
    "küche",
    "jpg+status:flagged",
    "jpg+is:primary+status:flagged+sort:size",
    "-jpg+-mp4",
    "kitchen+sort:name",
]


def main() -> int:
    """Measure and print; returns 0 when every reach is met."""
    figures = in_both(_measured)
    bounds = {"filter_ms": ("<=", 150.0), "text_ms": ("<=", 300.0)}
    reach = {
        name: bound for name in figures if (bound := bounds.get(name.removeprefix("mariadb_")))
    }
    return report("search", figures, reach)


def _measured(database: Database, name: str) -> dict[str, float]:
    figures: dict[str, float] = {}
    for kind, searches in (("filter", _FILTERS), ("text", _TEXTS)):
        took = {each: _page(database, each.replace("+", " ")) for each in searches}
        for each, milliseconds in took.items():
            print(f"{name}{kind} {milliseconds:>6.0f} ms  {each}")
        figures[f"{name}{kind}_ms"] = round(max(took.values()))
        figures[f"{name}{kind}_median_ms"] = round(median(took.values()))
    kitchen = MediaQuery(search=parse("kitchen"))
    for what, work in {
        "all_ids": lambda tx: media_search.ids(tx, MediaQuery()),
        "text_ids": lambda tx: media_search.ids(tx, kitchen),
        "text_count": lambda tx: media_search.count(tx, kitchen),
        "facets": lambda tx: media_search.facets(tx, MediaQuery()),
        "tags": lambda tx: tags.in_use(tx, "k", 10),
        "mark": newest.mark,
    }.items():
        figures[f"{name}{what}_ms"] = round(_milliseconds(database, work))
    return figures


def _page(database: Database, search: str) -> float:
    query = MediaQuery(search=parse(search))
    return _milliseconds(database, lambda tx: media_search.page(tx, query, _PAGE))


def _milliseconds(database: Database, work: Callable[[Tx], object]) -> float:
    took = []
    for _ in range(_ROUNDS):
        began = perf_counter()
        with database.read() as tx:
            work(tx)
        took.append((perf_counter() - began) * 1000)
    return median(took)


if __name__ == "__main__":
    sys.exit(main())
