"""Empties the trash: rows and objects go for good."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from ..database import changes, moves, trash
from ..database.engine import Database, Tx
from ..database.moves import Move
from ..database.mysql_faults import UNKNOWN
from ..domain.changes import Change, ChangeKind, Failure, MediaChange, merged
from ..domain.errors import MediaError, NotFound, Transient
from ..domain.permissions import Action
from ..domain.work import Unwatched, Work
from ..storage import ObjectStore
from .access import Access, entity_of
from .areas import keys_of
from .relocating import Relocating, begun, check, raise_if_none
from .settling import of_others

#: How long the trash is kept.
KEPT_DAYS: Final = 30


class PurgeService:
    """One transaction takes the row out and writes down which objects are to go; then they go.

    What a crash leaves is told by the intent, so that any client's recovery removes it: a row in
    the trash has its objects at any moment.
    """

    def __init__(
        self, database: Database, store: ObjectStore, access: Access, relocating: Relocating
    ) -> None:
        self._database = database
        self._store = store
        self._access = access
        self._relocating = relocating

    def due(self, older_than_days: float = KEPT_DAYS) -> list[str]:
        """The public ids of what lies in the trash for longer than that, oldest first."""
        before = datetime.now(UTC) - timedelta(days=older_than_days)
        with self._database.read() as tx:
            return trash.deleted_before(tx, before)

    def purge(
        self,
        older_than_days: float = KEPT_DAYS,
        public_ids: Sequence[str] | None = None,
        work: Work | None = None,
    ) -> Change:
        """Remove for good what was deleted that long ago, or these media of the trash.

        ``failed`` names what could not be removed; with ``old_copy_left`` the row is gone, and its
        objects go as soon as the storage allows. Raises Forbidden (only an admin may), the first
        error where nothing could be done, and Stopped.
        """
        self._access.require(Action.PURGE, None)
        work = work or Unwatched()
        wanted = list(
            dict.fromkeys(self.due(older_than_days) if public_ids is None else public_ids)
        )
        batch = begun(ChangeKind.PURGED, self._access.account.user_id)
        done: list[MediaChange] = []
        failed: list[Failure] = []
        for number, public_id in enumerate(wanted):
            check(work, batch, done, failed, len(wanted))
            work.progress(number, len(wanted))
            try:
                stored, fault = self._one(public_id, batch)
            except MediaError as error:
                failed.append(Failure(public_id, error))
                continue
            batch = replace(batch, id=stored.id)
            done += stored.media
            if fault is not None:
                failed.append(Failure(public_id, fault))
        result = replace(batch, media=merged(done), failed=tuple(failed))
        if not done:
            raise_if_none(result, wanted)
        return result

    def _one(self, public_id: str, batch: Change) -> tuple[Change, MediaError | None]:
        try:
            stored, move = self._database.retrying(lambda tx: self._take(tx, public_id, batch))
        except Transient as error:
            if error.code != UNKNOWN:
                raise
            stored, move = self._database.retrying(
                lambda tx: _taken(tx, public_id, batch) or self._take(tx, public_id, batch)
            )
        return stored, None if move is None else self._relocating.finish(move)

    def _take(self, tx: Tx, public_id: str, batch: Change) -> tuple[Change, Move | None]:
        trash.hold(tx, public_id)
        kept = trash.get(tx, public_id)
        if kept is None:
            raise NotFound("no_media", f"There is no media “{public_id}” in the trash.")
        keys = keys_of(kept.media, self._store)
        shared = of_others(tx, kept.media, tuple((key, key) for key in keys), self._store)
        pairs = tuple((key, key) for key in keys if key not in shared)
        move = moves.begin(tx, Move(public_id, pairs, batch.account))
        if move is None:
            raise Transient(
                "moving", f"{public_id} is being changed by somebody else just now. Try again."
            )
        trash.remove(tx, public_id)
        what = {"trashed": True}, {"purged": True}
        part = MediaChange(public_id, entity_of(kept.media), *what)
        return changes.add(tx, replace(batch, media=(part,))), move


def _taken(tx: Tx, public_id: str, batch: Change) -> tuple[Change, Move | None] | None:
    """What was written although the answer was lost."""
    trash.hold(tx, public_id)
    for last in changes.history(tx, public_id)[-1:]:
        if (last.kind, last.account, last.at) == (batch.kind, batch.account, batch.at):
            return last, moves.find(tx, public_id)
    return None
