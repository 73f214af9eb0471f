"""What a person asks of the files in the upload journal."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from sqlalchemy import delete, select, update

from ..domain.targets import Target
from ..domain.uploads import FINAL, FOLLOWS, UploadOptions, UploadState
from .engine import Database, Tx
from .journal import new_batch, next_revision, now_utc
from .journal_rows import among, item_of, options_out, place_out
from .journal_tables import BATCHES, UPLOADS

_U: Final = UPLOADS.c
#: What may go to another place.
_MOVABLE: Final = frozenset(
    {
        UploadState.UNPLACED,
        UploadState.QUEUED,
        UploadState.PAUSED,
        UploadState.ASKING,
        UploadState.FAILED,
    }
)


class JournalRequests:
    """Every method is one transaction; ``ids`` None means all. A file keeps its row throughout."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def retry(self, codes: Collection[str], ids: Collection[int] | None = None) -> int:
        """Queue failed rows again that ended with one of these codes; returns how many."""
        with self._database.write() as tx:
            return tx.execute(
                update(UPLOADS)
                .where(
                    _U.state == UploadState.FAILED.value,
                    _U.error_code.in_(list(codes)),
                    among(ids),
                )
                .values(
                    state=UploadState.QUEUED.value,
                    attempts=0,
                    crashes=0,
                    error=None,
                    error_code=None,
                    not_before=None,
                    finished_at=None,
                    revision=next_revision(tx),
                )
            ).rowcount

    def hurry(self) -> int:
        """Let every waiting file be tried at once, as if for the first time."""
        with self._database.write() as tx:
            return tx.execute(
                update(UPLOADS)
                .where(_U.state == UploadState.QUEUED.value, _U.not_before.is_not(None))
                .values(not_before=None, attempts=0, revision=next_revision(tx))
            ).rowcount

    def turn(
        self,
        before: Collection[UploadState],
        state: UploadState,
        ids: Collection[int] | None = None,
        error: tuple[str, str] | None = None,
    ) -> tuple[int, ...]:
        """Bring rows from one of these states into another.

        Of those that are being worked on only the wish is noted, for their worker, which may be
        another process; they are returned. A row that waits for a fault to pass waits no longer.
        """
        if any(state not in FOLLOWS[each] for each in before):
            raise ValueError(f"{state} does not follow all of {before}")
        values: dict[str, Any] = {"state": state.value, "not_before": None}
        if state.is_final:
            values["finished_at"] = now_utc()
        if error is not None:
            values |= {"error_code": error[0], "error": error[1]}
        with self._database.write() as tx:
            revision = next_revision(tx)
            tx.execute(
                update(UPLOADS)
                .where(_U.state.in_([each.value for each in before]), among(ids))
                .values(values | {"revision": revision})
            )
            working = (_U.state == UploadState.WORKING.value) & among(ids)
            wish = None if state is UploadState.QUEUED else state.value
            tx.execute(update(UPLOADS).where(working).values(wish=wish, revision=revision))
            return tuple(tx.execute(select(_U.id).where(working)).scalars())

    def place(self, ids: Collection[int], target: Target) -> int:
        """Let files go to another place, as a batch of their own; returns its number.

        Files that are being worked on, or are settled and did not fail, stay where they are.
        """
        now = now_utc()
        movable = [each.value for each in _MOVABLE]
        with self._database.write() as tx:
            chosen = select(_U.id).where(among(ids), _U.state.in_(movable))
            order = chosen.order_by(_U.rank, _U.batch, _U.position)
            moved = list(tx.execute(order).scalars())
            batch = new_batch(tx, now)
            changed = place_out(target) | {"batch": batch, "revision": next_revision(tx)}
            for position, item_id in enumerate(moved):
                values = changed | {"position": position}
                tx.execute(update(UPLOADS).where(_U.id == item_id).values(values))
            tx.execute(
                update(UPLOADS)
                .where(among(moved), _U.state != UploadState.PAUSED.value)
                .values(
                    state=UploadState.QUEUED.value,
                    attempts=0,
                    error=None,
                    error_code=None,
                    finished_at=None,
                )
            )
            _forget_empty_batches(tx)
        return batch

    def reorder(self, ids: Sequence[int], before: int | None) -> None:
        """Take files right before another one, or last; those that wait only."""
        chosen = dict.fromkeys(ids)
        final = [each.value for each in FINAL]
        with self._database.write() as tx:
            rows = tx.execute(
                select(_U.id, _U.rank)
                .where(_U.state.not_in(final))
                .order_by(_U.rank, _U.batch, _U.position)
            ).all()
            there = {row.id: row.rank for row in rows}
            others = [item_id for item_id in there if item_id not in chosen]
            at = others.index(before) if before in others else len(others)
            moved = [item_id for item_id in chosen if item_id in there]
            wanted = [*others[:at], *moved, *others[at:]]
            revision = next_revision(tx)
            for rank, item_id in enumerate(wanted, start=-len(wanted)):
                if there[item_id] != rank:
                    values = {"rank": rank, "revision": revision}
                    tx.execute(update(UPLOADS).where(_U.id == item_id).values(values))

    def describe(
        self, ids: Collection[int], change: Callable[[UploadOptions], UploadOptions]
    ) -> None:
        """Change what is written with files that are not done yet."""
        with self._database.write() as tx:
            rows = tx.execute(
                select(UPLOADS).where(among(ids), _U.state != UploadState.DONE.value)
            ).all()
            revision = next_revision(tx)
            for row in rows:
                options = options_out(change(item_of(row).options))
                values = {"options": options, "revision": revision}
                tx.execute(update(UPLOADS).where(_U.id == row.id).values(values))

    def clear(self) -> tuple[int, ...]:
        """Forget every final row; returns which."""
        with self._database.write() as tx:
            done = _U.state.in_([each.value for each in FINAL])
            ids = tuple(tx.execute(select(_U.id).where(done)).scalars())
            tx.execute(delete(UPLOADS).where(done))
            _forget_empty_batches(tx)
        return ids


def _forget_empty_batches(tx: Tx) -> None:
    left = select(_U.batch).distinct()
    tx.execute(delete(BATCHES).where(BATCHES.c.id.not_in(left)))
