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
from typing import Any, Final, Protocol, runtime_checkable

from ..database import changes, moves, trash
from ..database import media as rows
from ..database.engine import Database, Tx
from ..database.moves import Move, Pairs
from ..database.mysql_faults import UNKNOWN
from ..domain.changes import Change, ChangeKind, Failure, MediaChange, Stopped, merged
from ..domain.errors import Cancelled, MediaError, NotFound, Transient
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


@runtime_checkable
class EditTogether(Edit, Protocol):
    """What is done to several media in one transaction: to all of them or to none."""

    @property
    def beside(self) -> Sequence[str]:
        """Media that nobody else may write meanwhile, and that keep their objects' keys."""

    def check(self, tx: Tx) -> None:
        """Raise what speaks against it: Conflict where somebody decided otherwise meanwhile."""

    def begin(self, tx: Tx) -> Sequence[MediaChange]:
        """Write those beside, once all are held and checked, before any other is written."""

    def end(self, tx: Tx, change: Change) -> None:
        """Write what refers to the stored change."""


class _Alone:
    """An edit of one media."""

    beside: Sequence[str] = ()

    def __init__(self, edit: Edit) -> None:
        self.kind = edit.kind
        self.look = edit.look
        self.pairs = edit.pairs
        self.write = edit.write

    def check(self, tx: Tx) -> None:
        """Nothing else speaks against it."""

    def begin(self, tx: Tx) -> Sequence[MediaChange]:
        """Nothing is beside it."""
        return ()

    def end(self, tx: Tx, change: Change) -> None:
        """Nothing refers to it."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One media of an attempt: what it was when its objects were looked at, and their move."""

    seen: Media
    pairs: Pairs
    move: Move | None = None
    there: Pairs = ()


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What is written in one transaction."""

    edit: EditTogether
    parts: tuple[_Part, ...]
    batch: Change

    @property
    def moves(self) -> list[Move]:
        """Those of media whose objects move."""
        return [each.move for each in self.parts if each.move is not None]

    def is_overtaken(self, part: _Part, now: Media, store: ObjectStore) -> bool:
        """Whether a media changed since, in what decides where its objects belong."""
        before, after = (
            (each.moderation_status, each.is_public, self.edit.pairs(each, store))
            for each in (part.seen, now)
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
        self,
        edit: Edit | EditTogether,
        public_ids: Sequence[str],
        batch: Change,
        work: Work | None = None,
    ) -> Change:
        """As ``carry_out``, as a part of the change ``batch``; only Stopped is raised.

        Returns the change with its number, and with what of it was done and failed here.
        """
        work = work or Unwatched()
        done: list[MediaChange] = []
        failed: list[Failure] = []
        wanted = list(dict.fromkeys(public_ids))
        alone = edit if isinstance(edit, EditTogether) else _Alone(edit)
        for number, public_id in enumerate(wanted):
            check(work, batch, done, failed, len(wanted))
            work.progress(number, len(wanted))
            try:
                stored, faults = self._patiently(alone, [public_id], batch)
            except MediaError as error:
                failed.append(Failure(public_id, error))
                continue
            batch = replace(batch, id=stored.id)
            done += stored.media
            failed += [Failure(name, fault) for name, fault in faults.items()]
        return replace(batch, media=merged(done), failed=tuple(failed))

    def together(self, edit: EditTogether, public_ids: Sequence[str], batch: Change) -> Change:
        """Do it to all of these media in one transaction, as a part of the change ``batch``.

        ``failed`` of what is returned names those whose old objects are still there
        (``old_copy_left``). Raises what kept it from being done to any.
        """
        stored, faults = self._patiently(edit, sorted(set(public_ids)), batch)
        failed = tuple(Failure(public_id, error) for public_id, error in faults.items())
        return replace(stored, failed=failed)

    def finish(self, move: Move) -> MediaError | None:
        """Settle a move whose row was written already; see ``Settling.finish``."""
        return self._settling.finish(move)

    def recover(self, age: timedelta = LEASE) -> int:
        """Settle what clients that are gone have left; see ``Settling.recover``."""
        return self._settling.recover(age)

    def _patiently(
        self, edit: EditTogether, public_ids: Sequence[str], batch: Change
    ) -> tuple[Change, dict[str, MediaError]]:
        """Try again for a while where another client moves the same media."""
        for pause in _PAUSES:
            try:
                return self._once(edit, public_ids, batch)
            except Transient as error:
                if error.code != "moving":
                    raise
            self.recover()
            time.sleep(pause)
        return self._once(edit, public_ids, batch)

    def _once(
        self, edit: EditTogether, public_ids: Sequence[str], batch: Change
    ) -> tuple[Change, dict[str, MediaError]]:
        with self._database.read() as tx:
            edit.check(tx)
            seen = [edit.look(tx, public_id) for public_id in public_ids]
        parts = tuple(_Part(each, edit.pairs(each, self._store)) for each in seen)
        if not any(each.pairs for each in parts):
            return self._save(_Attempt(edit, parts, batch)), {}
        attempt = _Attempt(edit, self._begin(parts, batch.account), batch)
        try:
            self._step("intended")
            attempt = replace(attempt, parts=self._copied(attempt.parts))
            self._step("copied")
            change = self._save(attempt)
        except Exception:
            for move in attempt.moves:
                self._settling.take_back(move)
            raise
        self._step("saved")
        faults = {each.public_id: self._settling.finish(each) for each in attempt.moves}
        return change, {name: error for name, error in faults.items() if error is not None}

    def _begin(self, parts: Sequence[_Part], account: str) -> tuple[_Part, ...]:
        """Write all intents down, or none where another client moves one of the media."""

        def begin(tx: Tx) -> tuple[_Part, ...]:
            return tuple(self._begun(tx, each, account) if each.pairs else each for each in parts)

        return self._database.retrying(begin)

    def _begun(self, tx: Tx, part: _Part, account: str) -> _Part:
        move = moves.begin(tx, Move(part.seen.public_id, part.pairs, account))
        if move is None:
            raise _moving(part.seen)
        return replace(part, move=move)

    def _copied(self, parts: Sequence[_Part]) -> tuple[_Part, ...]:
        """With the pairs of those objects that were there to be copied."""
        return tuple(
            replace(part, there=tuple(
                pair for pair, is_there in zip(
                    part.pairs, side_by_side(self._store, self._copy, part.pairs), strict=True
                ) if is_there
            )) if part.pairs else part
            for part in parts
        )  # fmt: skip

    def _copy(self, source: str, target: str) -> bool:
        try:
            self._store.copy(source, target)
        except NotFound:
            # An object that was missing before does not stop a decision.
            _LOG.warning("“%s” is not in the storage; its row goes on naming it", source)
            return False
        return True

    def _save(self, attempt: _Attempt) -> Change:
        try:
            return self._database.retrying(lambda tx: self._write(tx, attempt))
        except Transient as error:
            if error.code != UNKNOWN:
                raise
        return self._database.retrying(
            lambda tx: self._written(tx, attempt) or self._write(tx, attempt)
        )

    def _write(self, tx: Tx, attempt: _Attempt) -> Change:
        """Compare with what was seen, write the rows and the history."""
        free = _hold(tx, attempt)
        attempt.edit.check(tx)
        parts = list(attempt.edit.begin(tx))
        for part in attempt.parts:
            now = attempt.edit.look(tx, part.seen.public_id)
            if attempt.is_overtaken(part, now, self._store):
                raise overtaken(tx, now, part.seen.moderation_status)
            if not free[part.seen.public_id]:
                raise _moving(now)
            parts += attempt.edit.write(tx, now, moved(now, part.there, self._store))
        change = replace(attempt.batch, media=merged(parts))
        stored = changes.add(tx, change) if parts else change
        attempt.edit.end(tx, stored)
        return stored

    def _written(self, tx: Tx, attempt: _Attempt) -> Change | None:
        """The change, where it was written although the answer was lost."""
        _hold(tx, attempt)  # waits for a COMMIT that is still under way
        batch = attempt.batch
        for last in changes.history(tx, attempt.parts[0].seen.public_id)[-1:]:
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


def _hold(tx: Tx, attempt: _Attempt) -> dict[str, bool]:
    """Let nobody else write these media; returns whether each may be written by us.

    That is while our move is ours, or, without one, while there is none. In one order, so that
    two clients don't wait for each other.
    """
    free: dict[str, bool] = {}
    known = {part.seen.public_id: part for part in attempt.parts}
    for public_id in sorted({*known, *attempt.edit.beside}):
        if public_id in known:
            move = known[public_id].move
            free[public_id] = (
                moves.find(tx, public_id) is None if move is None else moves.is_held(tx, move)
            )
        rows.hold(tx, public_id)
        trash.hold(tx, public_id)
    return free


def _moving(media: Media) -> Transient:
    return Transient(
        "moving",
        f"“{media.original_filename}” is being changed by somebody else just now. Try again in a "
        "moment.",
    )
