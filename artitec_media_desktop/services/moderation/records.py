"""The records of visual review: read in pages, exported, and as figures that rank nobody."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from ...database import review_facts, review_statistics, reviews
from ...database.engine import Database
from ...database.review_statistics import Count
from ...domain.media import ModerationStatus
from ...domain.moderation import Policy, Record
from ...domain.permissions import Action
from ...domain.review_statistics import ReviewStatistics
from ...domain.work import Unwatched, Work
from ..access import Access
from .exporting import FORMS, Line, form_of, line_of, save

#: So many records are in memory at a time.
_PAGE: Final = 2_000

K = TypeVar("K", bound=Hashable)


class ReviewRecords:
    """Reads only. Days are UTC, and bounds count themselves; None is no bound."""

    def __init__(self, database: Database, access: Access, policy: Callable[[], Policy]) -> None:
        """``policy`` gives the words of reasons."""
        self._database = database
        self._access = access
        self._policy = policy

    def records(
        self,
        after_id: int | None = None,
        limit: int = 200,
        since: date | None = None,
        until: date | None = None,
    ) -> list[Record]:
        """The next records after one, oldest first.

        Raises Forbidden ``not_allowed`` for all but admins: who decided what is in there.
        """
        self._access.require(Action.MODERATE, None)
        with self._database.read() as tx:
            after = None if after_id is None else reviews.get(tx, after_id)
            return reviews.page(tx, limit, after, since, until)

    def export(
        self,
        form: str,
        since: date | None = None,
        until: date | None = None,
        work: Work | None = None,
    ) -> Iterator[str]:
        """All records as the text of a file in pieces, oldest first; ``form`` is csv or json.

        The columns are those of ``exporting.COLUMNS``, in this order. Raises as ``records``, at
        once; KeyError for another form; while it is read, Transient and Cancelled.
        """
        self._access.require(Action.MODERATE, None)
        return FORMS[form](self._lines(since, until, work or Unwatched()))

    def save(
        self,
        path: Path,
        since: date | None = None,
        until: date | None = None,
        work: Work | None = None,
    ) -> None:
        """Export into a file, CSV or JSON by its name; it appears when all of it is there.

        Raises as ``export``, and Permanent ``bad_export`` and ``not_saved``.
        """
        save(self.export(form_of(path), since, until, work), path)

    def statistics(self, since: date | None = None, until: date | None = None) -> ReviewStatistics:
        """What was decided in these days.

        Raises Forbidden ``not_allowed`` for who can't decide on anything, and ``read_only``.
        """
        self._access.require_moderating()
        with self._database.read() as tx:
            counts = review_statistics.counts(tx, since, until)
            waited = sum(each.waited for each in counts)
            return ReviewStatistics(
                since=since,
                until=until,
                decided=sum(each.decided for each in counts),
                by_day=_by_day(counts),
                by_reason=_sum((each.reason, each.decided) for each in counts if each.reason),
                by_type=_sum(((e.entity_type, e.media_type), e.decided) for e in counts),
                by_status=_sum((ModerationStatus(e.status), e.decided) for e in counts),
                median_seconds=review_statistics.median(tx, waited, since, until),
                second_looks=review_statistics.second_looks(tx, since, until),
                flagged=review_statistics.flagged(tx, since, until),
            )

    def _lines(self, since: date | None, until: date | None, work: Work) -> Iterator[list[Line]]:
        policy = self._policy()
        last: Record | None = None
        done = 0
        while True:
            work.check_cancelled()
            with self._database.read() as tx:
                found = reviews.page(tx, _PAGE, last, since, until)
                names = review_facts.people(tx, {each.account for each in found})
            yield [line_of(each, names.get(each.account, ("",))[0], policy) for each in found]
            if len(found) < _PAGE:
                return
            last, done = found[-1], done + len(found)
            work.progress(done, 0)


def _sum(parts: Iterable[tuple[K, int]]) -> dict[K, int]:
    """The number of each, the largest first."""
    found: Counter[K] = Counter()
    for key, count in parts:
        found[key] += count
    return dict(found.most_common())


def _by_day(counts: Sequence[Count]) -> Mapping[date, Mapping[ModerationStatus, int]]:
    found: dict[date, dict[ModerationStatus, int]] = {}
    for each in sorted(counts, key=lambda one: one.day):
        day, status = found.setdefault(each.day, {}), ModerationStatus(each.status)
        day[status] = day.get(status, 0) + each.decided
    return found
