"""Changes of a media after which its objects belong to other keys: another area or place.

An intent is written down, the objects are copied, one transaction writes the row with its new
keys, then the old objects are removed: the row never names an object that is not there, and when
the call returns nothing is left at the former address. See ``settling`` for what a crash leaves.
"""

import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from ..database import changes, moves, trash
from ..database import media as rows
from ..database.engine import Database, Tx
from ..database.moves import Move, Pairs
from ..database.mysql_faults import UNKNOWN
from ..domain.changes import Change, ChangeKind, Failure, MediaChange, Stopped, merged
from ..domain.errors import Cancelled, Conflict, MediaError, NotFound, Transient
from ..domain.media import Media
from ..domain.work import Unwatched, Work
from ..storage import ObjectStore
from .areas import moved
from .overtaken import overtaken
from .settling import LEASE, Settling, side_by_side

_LOG = logging.getLogger(__name__)
#: Seconds between tries where another client moves the same media.
_PAUSES: Final = (0.1, 0.2, 0.4, 0.8, 1.6)

#: Where a crash is tried in the tests, in this order.
STEPS: Final = ("intended", "copied", "saved", "removed")


class Edit(Protocol):
    """What is done to a media, in the transactions it is given."""

    @property
    def kind(self) -> ChangeKind:
        """What the history calls it."""

    def look(self, tx: Tx, public_id: str) -> Media:
        """The media as it is. Raises NotFound, Forbidden, and Conflict where it is overtaken."""

    def pairs(self, media: Media, store: ObjectStore) -> Pairs:
        """The key now and the key to be of each of its objects that gets another one."""

    def write(self, tx: Tx, media: Media, columns: dict[str, Any]) -> Sequence[MediaChange]:
        """Write the row; ``columns`` are those that hold keys, as far as they change.

        Returns what became of it, and of those that the primary role passed to or from.
        """


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One media's part of a batch: what it was when its objects were looked at."""

    edit: Edit
    seen: Media
    pairs: Pairs
    batch: Change

    def is_overtaken_by(self, now: Media, store: ObjectStore) -> bool:
        """Whether the media changed since, in what decides where its objects belong."""
        before, after = (
            (each.moderation_status, each.is_public, self.edit.pairs(each, store))
            for each in (self.seen, now)
        )
        return before != after


class Relocating:
    """Carries out edits of media, with their objects."""

    def __init__(
        self,
        database: Database,
        store: ObjectStore,
        step: Callable[[str], None] = lambda _name: None,
    ) -> None:
        self._database = database
        self._store = store
        self._step = step
        self._settling = Settling(database, store, step)

    def carry_out(self, edit: Edit, public_ids: Sequence[str], account: str) -> Change:
        """Do the same to each media, every one by itself, as one change of the history.

        ``failed`` of what is returned names those that something went wrong with; where that is
        all of them, the first one's error is raised: NotFound, Forbidden, Conflict ``overtaken``,
        Transient ``moving`` and ``old_copy_left``, and as database and store do.
        """
        batch = begun(edit.kind, account)
        change = self.each(edit, public_ids, batch)
        raise_if_none(change, public_ids)
        return change

    def each(
        self, edit: Edit, public_ids: Sequence[str], batch: Change, work: Work | None = None
    ) -> Change:
        """As ``carry_out``, as a part of the change ``batch``; only Stopped is raised.

        Returns the change with its number, and with what of it was done and failed here.
        """
        work = work or Unwatched()
        done: list[MediaChange] = []
        failed: list[Failure] = []
        wanted = list(dict.fromkeys(public_ids))
        for number, public_id in enumerate(wanted):
            check(work, batch, done, failed, len(wanted))
            work.progress(number, len(wanted))
            try:
                stored, fault = self._patiently(edit, public_id, batch)
            except MediaError as error:
                failed.append(Failure(public_id, error))
                continue
            batch = replace(batch, id=stored.id)
            done += stored.media
            if fault is not None:
                failed.append(Failure(public_id, fault))
        return replace(batch, media=merged(done), failed=tuple(failed))

    def finish(self, move: Move) -> MediaError | None:
        """Settle a move whose row was written already; see ``Settling.finish``."""
        return self._settling.finish(move)

    def recover(self, age: timedelta = LEASE) -> int:
        """Settle what clients that are gone have left; see ``Settling.recover``."""
        return self._settling.recover(age)

    def _patiently(
        self, edit: Edit, public_id: str, batch: Change
    ) -> tuple[Change, MediaError | None]:
        """Try again for a while where another client moves the same media."""
        for pause in _PAUSES:
            try:
                return self._one(edit, public_id, batch)
            except Transient as error:
                if error.code != "moving":
                    raise
            self.recover()
            time.sleep(pause)
        return self._one(edit, public_id, batch)

    def _one(self, edit: Edit, public_id: str, batch: Change) -> tuple[Change, MediaError | None]:
        with self._database.read() as tx:
            seen = edit.look(tx, public_id)
        pairs = edit.pairs(seen, self._store)
        attempt = _Attempt(edit, seen, pairs, batch)
        if not pairs:
            return self._save(attempt, None, ()), None
        move = self._begin(Move(public_id, pairs, batch.account), seen)
        try:
            self._step("intended")
            copied = side_by_side(self._copied, pairs)
            there = tuple(each for each, is_there in zip(pairs, copied, strict=True) if is_there)
            self._step("copied")
            change = self._save(attempt, move, there)
        except Exception:
            self._settling.take_back(move)
            raise
        self._step("saved")
        return change, self._settling.finish(move)

    def _begin(self, move: Move, media: Media) -> Move:
        try:
            begun = self._database.retrying(lambda tx: moves.begin(tx, move))
        except Conflict:
            begun = None
        if begun is None:
            raise _moving(media)
        return begun

    def _copied(self, source: str, target: str) -> bool:
        try:
            self._store.copy(source, target)
        except NotFound:
            # An object that was missing before does not stop a decision.
            _LOG.warning("“%s” is not in the storage; its row goes on naming it", source)
            return False
        return True

    def _save(self, attempt: _Attempt, move: Move | None, there: Pairs) -> Change:
        try:
            return self._database.retrying(lambda tx: self._write(tx, attempt, move, there))
        except Transient as error:
            if error.code != UNKNOWN:
                raise
        return self._database.retrying(
            lambda tx: self._written(tx, attempt, move) or self._write(tx, attempt, move, there)
        )

    def _write(self, tx: Tx, attempt: _Attempt, move: Move | None, there: Pairs) -> Change:
        """Compare with what was seen, write the row and the history."""
        free = _hold(tx, attempt.seen, move)
        now = attempt.edit.look(tx, attempt.seen.public_id)
        if attempt.is_overtaken_by(now, self._store):
            raise overtaken(tx, now, attempt.seen.moderation_status)
        if not free:
            raise _moving(now)
        parts = attempt.edit.write(tx, now, moved(now, there, self._store))
        change = replace(attempt.batch, media=merged(parts))
        return changes.add(tx, change) if parts else change

    def _written(self, tx: Tx, attempt: _Attempt, move: Move | None) -> Change | None:
        """The change, where it was written although the answer was lost."""
        _hold(tx, attempt.seen, move)  # waits for a COMMIT that is still under way
        for last in changes.history(tx, attempt.seen.public_id)[-1:]:
            batch = attempt.batch
            if (last.kind, last.account, last.at) == (batch.kind, batch.account, batch.at):
                return last
        return None


def begun(kind: ChangeKind, account: str) -> Change:
    """A change that begins now; whole seconds, as the database keeps them."""
    return Change(kind, (), account, datetime.now(UTC).replace(microsecond=0))


def check(
    work: Work, batch: Change, done: Sequence[MediaChange], failed: Sequence[Failure], total: int
) -> None:
    """Raise Stopped, with what was done and failed so far, when the person asked to stop."""
    try:
        work.check_cancelled()
    except Cancelled:
        so_far = replace(batch, media=merged(done), failed=tuple(failed))
        raise Stopped(so_far, total) from None


def raise_if_none(change: Change, public_ids: Collection[str]) -> None:
    """Raise the first error where nothing at all could be done."""
    if change.failed and len(change.failed) == len(set(public_ids)):
        raise change.failed[0].error


def _hold(tx: Tx, media: Media, move: Move | None) -> bool:
    """Let nobody else write this media; returns whether it may be written by us.

    That is while our move is ours, or, without one, while there is none.
    """
    free = moves.find(tx, media.public_id) is None if move is None else moves.is_held(tx, move)
    rows.hold(tx, media.public_id)
    trash.hold(tx, media.public_id)
    return free


def _moving(media: Media) -> Transient:
    return Transient(
        "moving",
        f"“{media.original_filename}” is being changed by somebody else just now. Try again in a "
        "moment.",
    )
