"""Screening by a model, an optional extra: it sorts and blurs what waits, and never decides.

Pictures are scored, and videos by their poster: one frame, so a low score of a video says little.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from ...config.program import is_packaged
from ...database import media as rows
from ...database import scores
from ...database.engine import Database
from ...domain.changes import Failure
from ...domain.errors import Forbidden, NotFound, Permanent
from ...domain.media import Media
from ...domain.permissions import Decision
from ...domain.work import Unwatched, Work
from ...processing.screening import MODEL, Score, is_installed, screener
from ...storage import ObjectStore
from ..access import Access
from ..pictures import Pictures

_INSTALL: Final = (
    "Screening by a model is an extra that is not installed. "
    'Install it: pip install "artitec-media-desktop[ai]"'
)
#: Nothing can be installed into an installer's program.
_NOT_PACKAGED: Final = (
    "The automatic check by a model is not part of the installer: "
    'it comes with the Python package, pip install "artitec-media-desktop[ai]".'
)
_PAGE: Final = 50
#: The model sees 256 × 256; the smallest variant that is about as wide will do.
_PIXELS: Final = 256


@dataclass(frozen=True, slots=True)
class Screened:
    """``count`` media got a score; ``failed`` says of each other why not."""

    count: int
    failed: tuple[Failure, ...] = ()


class ScreeningService:
    """Scores what is pending or flagged and has no score yet; nothing else is written."""

    def __init__(self, database: Database, store: ObjectStore, access: Access) -> None:
        self._database = database
        self._access = access
        # Not by the pictures kept on this disk: each is needed once.
        self._pictures = Pictures(store)

    def available(self) -> Decision:
        """Whether it can be done here, by this account; if not, what is to be done about it."""
        if not (may := self._access.decide_moderating()):
            return may
        return Decision(True) if is_installed() else Decision(False, _not_installed())

    def pending_count(self) -> int:
        """How many media wait for a score."""
        with self._database.read() as tx:
            return scores.lacking_count(tx, MODEL, datetime.now(UTC))

    def run(self, work: Work | None = None, limit: int | None = None) -> Screened:
        """Score those that lack one, at most ``limit``, the oldest first, one at a time.

        Each is stored by itself, so whatever ends this loses nothing: the next run goes on, also
        when another client does the same. What can't be read is named in the answer, and tried
        again a day later. Raises Forbidden, Permanent ``no_model``, Transient, Cancelled.
        """
        work = work or Unwatched()
        self._require()
        total = self.pending_count() if limit is None else min(limit, self.pending_count())
        done, failed = 0, []
        if total:
            with screener() as score:
                for media in self._lacking(limit):
                    work.check_cancelled()
                    if (failure := self._screen(media, score)) is not None:
                        failed.append(failure)
                    done += 1
                    work.progress(done, max(done, total), media.original_filename)
        if limit is None:
            self._database.retrying(scores.sweep)
        return Screened(done - len(failed), tuple(failed))

    def _require(self) -> None:
        decision = self.available()
        if not decision and decision.reason == _not_installed():
            raise Permanent("no_model", decision.reason)
        if not decision:
            raise Forbidden("not_allowed", decision.reason)

    def _lacking(self, limit: int | None) -> Iterator[Media]:
        last, left = -1, limit
        while left is None or left > 0:
            with self._database.read() as tx:
                count = _PAGE if left is None else min(_PAGE, left)
                ids = scores.lacking(tx, MODEL, datetime.now(UTC), last, count)
                found = rows.by_ids(tx, ids)
            if not ids:
                return
            last = ids[-1]
            left = None if left is None else left - len(ids)
            yield from (found[each] for each in ids if each in found)

    def _screen(self, media: Media, score: Score) -> Failure | None:
        """Score and store one; says why where that can't be done."""
        value, failure = None, None
        try:
            value = score(self._pictures.of(media, _PIXELS))
        except (NotFound, Permanent) as error:
            failure = Failure(media.public_id, error)
        now = datetime.now(UTC)
        self._database.retrying(lambda tx: scores.keep(tx, media.id, MODEL, value, now))
        return failure


def _not_installed() -> str:
    """What is said where the model is not there."""
    return _NOT_PACKAGED if is_packaged() else _INSTALL
