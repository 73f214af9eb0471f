"""Wishes that touch rows alone: some hundred in a transaction."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from ..database import changes, media_edits
from ..database.engine import Database, Tx
from ..database.media_edits import Row
from ..database.mysql_faults import REFUSED, UNKNOWN
from ..domain.changes import Change, Failure, MediaChange, merged
from ..domain.entities import EntityRef
from ..domain.errors import MediaError, NotFound, Permanent, Transient
from ..domain.permissions import Action, Decision
from ..domain.work import Unwatched, Work
from . import wishes
from .access import Access
from .overtaken import refuse_overtaken
from .relocating import check
from .wishes import Plan

_BATCH: Final = 250


class Wording:
    """Writes texts, tags, order and the primary role."""

    def __init__(self, database: Database, access: Access) -> None:
        self._database = database
        self._access = access

    def each(
        self, plan: Plan, public_ids: Sequence[str], batch: Change, work: Work | None = None
    ) -> Change:
        """Write each row as a part of the change ``batch``; ``failed`` says which could not be.

        Raises Stopped between two transactions; what is written then stays, and undo knows it.
        Where the database is gone, what is left has failed.
        """
        work = work or Unwatched()
        wanted = list(dict.fromkeys(public_ids))
        done: list[MediaChange] = []
        failed: list[Failure] = []
        waiting = deque(wanted[at : at + _BATCH] for at in range(0, len(wanted), _BATCH))
        while waiting:
            check(work, batch, done, failed, len(wanted))
            work.progress(len(wanted) - sum(map(len, waiting)), len(wanted))
            some = waiting.popleft()
            try:
                change = self._some(plan, some, batch)
            except MediaError as error:
                half = len(some) // 2
                if error.code == REFUSED and half:  # one row takes nothing from the others
                    waiting.extendleft((some[half:], some[:half]))
                else:
                    failed += [Failure(each, error) for each in some]
                continue
            batch = replace(batch, id=change.id)
            done += change.media
            failed += change.failed
        return replace(batch, media=merged(done), failed=tuple(failed))

    def _some(self, plan: Plan, public_ids: Sequence[str], batch: Change) -> Change:
        attempt = _Batch(self._access, plan, public_ids, batch)
        try:
            return self._database.retrying(attempt.write)
        except Transient as error:
            if error.code != UNKNOWN:
                raise
        return self._database.retrying(lambda tx: attempt.written(tx) or attempt.write(tx))


class _Batch:
    """One transaction's worth; it may have to be written again."""

    def __init__(
        self, access: Access, plan: Plan, public_ids: Sequence[str], batch: Change
    ) -> None:
        self._access = access
        self._plan = plan
        self._public_ids = public_ids
        self._batch = batch
        self._last = batch
        self._decisions: dict[EntityRef | None, Decision] = {}

    def write(self, tx: Tx) -> Change:
        now = datetime.now(UTC)
        rows = media_edits.rows(tx, self._public_ids, hold=True)
        written: dict[int, dict[str, Any]] = {}
        parts: list[MediaChange] = []
        failed: list[Failure] = []
        for public_id in self._public_ids:
            try:
                row = _there(rows, public_id)
                wanted, asides = self._one(tx, row, now)
            except Permanent as error:
                failed.append(Failure(public_id, error))
                continue
            if wanted:
                written[row.id] = wanted
                parts += [wishes.part_of(row, wanted), *asides]
        media_edits.write(tx, written, now)
        change = replace(self._batch, media=merged(parts))
        stored = changes.add(tx, change) if parts else change
        self._last = replace(stored, failed=tuple(failed))
        return self._last

    def written(self, tx: Tx) -> Change | None:
        """What was written although the answer was lost."""
        media_edits.rows(tx, self._public_ids, hold=True)  # waits for a COMMIT under way
        for part in self._last.media[:1]:
            for last in changes.history(tx, part.public_id)[-1:]:
                mine = self._batch
                same = (last.kind, last.account, last.at) == (mine.kind, mine.account, mine.at)
                if same and last.media[0].after.items() >= part.after.items():
                    return replace(self._last, id=last.id)
        return None

    def _one(self, tx: Tx, row: Row, now: datetime) -> tuple[dict[str, Any], list[MediaChange]]:
        wish = self._plan(tx, row)
        decision = self._decisions.get(row.entity)
        if decision is None:
            decision = self._access.decide(Action.EDIT, row.entity, tx)
            self._decisions[row.entity] = decision
        if not decision:
            self._access.require(Action.EDIT, row.entity, tx)
        refuse_overtaken(tx, row, wish.expected, wish.wanted)
        wanted = wishes.differing(row, wish.wanted)
        asides = wishes.seize(tx, row, wish, wanted, now)
        if wanted.get("is_primary"):  # before the next row of the batch asks who is
            media_edits.write(tx, {row.id: {"is_primary": True}}, now)
        return wanted, asides


def _there(rows: dict[str, Row], public_id: str) -> Row:
    found = rows.get(public_id)
    if found is None:
        raise NotFound("no_media", f"There is no media “{public_id}” in the library.")
    return found
