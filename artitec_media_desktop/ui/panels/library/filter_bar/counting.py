"""Counts what the quick chips and the bar say, in a worker, after the grid has been asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from .....domain.changes import Change
from .....domain.errors import MediaError
from .....domain.listing import MediaQuery
from .....domain.search import EVERYTHING, Search, Term

if TYPE_CHECKING:
    from .....bootstrap import App
    from .....services.library import LibraryService

_NO_ALT: Final = Term("missing", ("alt",))
_STATUSES: Final = tuple(Term("status", (each,)) for each in ("pending", "flagged", "rejected"))
_VIDEOS: Final = Term("type", ("video",))
#: The conditions of the quick chips, in their order.
QUICK: Final = (_NO_ALT, *_STATUSES, _VIDEOS)
#: The grid comes first.
_LATER_MS: Final = 150
#: After changes, which come in numbers.
_CALM_MS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Counts:
    """``total`` without any search; ``quick`` says how many of what is found meet a condition."""

    query: MediaQuery
    total: int
    quick: Mapping[Term, int]


def count(library: "LibraryService", query: MediaQuery) -> Counts:
    """Count for the quick chips; for a worker."""
    found = library.facets(query)
    total = found.total if not query.search else _number(library, query, EVERYTHING)
    quick = {each: found.statuses.get(each.values[0], 0) for each in _STATUSES}
    quick[_VIDEOS] = found.types.get("video", 0)
    quick[_NO_ALT] = _number(library, query, query.search.plus(_NO_ALT)) if found.total else 0
    return Counts(query, total, quick)


def _number(library: "LibraryService", query: MediaQuery, search: Search) -> int:
    return library.page(replace(query, search=search), 1).total


class Counting(QObject):
    """One count at a time; only the answer to the last query is told."""

    #: Counts
    counted = Signal(object)

    def __init__(self, app: "App", parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._query: MediaQuery | None = None
        self._busy = False
        self._again = False
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._run)
        app.changes.happened.connect(self._happened)
        app.changes.noticed.connect(lambda _: self.count_again())

    def count(self, query: MediaQuery) -> None:
        """Count for another query."""
        self._query = query
        self._later.start(_LATER_MS)

    def count_again(self) -> None:
        """Something changed."""
        if self._query is not None and not self._later.isActive():
            self._later.start(_CALM_MS)

    def _happened(self, change: Change) -> None:
        where = None if self._query is None else self._query.entity
        if where is None or where in change.entities:
            self.count_again()

    def _run(self) -> None:
        query = self._query
        if query is None:
            return
        self._again = self._busy
        if self._busy:
            return
        self._busy = True
        app = self._app
        self._app.runner.run(lambda _: count(app.library, query), self._done, self._failed)

    def _done(self, counts: Counts) -> None:
        if counts.query == self._query:
            self.counted.emit(counts)
        self._end()

    def _failed(self, _error: MediaError) -> None:
        self._end()  # the grid says what is wrong

    def _end(self) -> None:
        self._busy = False
        if self._again:
            self._run()
