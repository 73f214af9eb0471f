"""Changes of a media after which its objects belong into another area, public or private.

An intent is written down, the objects are copied, one transaction writes the row with its new
keys, then the old objects are removed: the row never names an object that is not there, and when
the call returns nothing is left at the former address. See ``settling`` for what a crash leaves.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from ..database import changes, moves, trash
from ..database import media as rows
from ..database.engine import Database, Tx
from ..database.moves import Move, Pairs
from ..database.mysql_faults import UNKNOWN
from ..domain.changes import Change, ChangeKind, Failure, MediaChange
from ..domain.errors import Conflict, MediaError, NotFound, Transient
from ..domain.media import Media
from ..storage import ObjectStore
from .areas import moved, pairs_of
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

    def is_private(self, media: Media) -> bool:
        """Whether its objects belong into the private area afterwards."""

    def write(self, tx: Tx, media: Media, columns: dict[str, Any]) -> MediaChange:
        """Write the row; ``columns`` are those that hold keys, as far as they change."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One media's part of a batch: what it was when its objects were looked at."""

    edit: Edit
    seen: Media
    private: bool
    pairs: Pairs
    batch: Change

    def is_overtaken_by(self, now: Media, store: ObjectStore) -> bool:
        """Whether the media changed since, in what decides where its objects belong."""
        before, after = (
            (each.moderation_status, each.is_public, pairs_of(each, self.private, store))
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
        batch = Change(edit.kind, (), account, datetime.now(UTC).replace(microsecond=0))
        done: list[MediaChange] = []
        failed: list[Failure] = []
        for public_id in dict.fromkeys(public_ids):
            try:
                stored, fault = self._patiently(edit, public_id, batch)
            except MediaError as error:
                failed.append(Failure(public_id, error))
                continue
            batch = replace(batch, id=stored.id)
            done += stored.media
            if fault is not None:
                failed.append(Failure(public_id, fault))
        if failed and len(failed) == len(dict.fromkeys(public_ids)):
            raise failed[0].error
        return replace(batch, media=tuple(done), failed=tuple(failed))

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
        private = edit.is_private(seen)
        pairs = pairs_of(seen, private, self._store)
        attempt = _Attempt(edit, seen, private, pairs, batch)
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
        part = attempt.edit.write(tx, now, moved(now, there, self._store))
        return changes.add(tx, replace(attempt.batch, media=(part,)))

    def _written(self, tx: Tx, attempt: _Attempt, move: Move | None) -> Change | None:
        """The change, where it was written although the answer was lost."""
        _hold(tx, attempt.seen, move)  # waits for a COMMIT that is still under way
        for last in changes.history(tx, attempt.seen.public_id)[-1:]:
            batch = attempt.batch
            if (last.kind, last.account, last.at) == (batch.kind, batch.account, batch.at):
                return last
        return None


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
