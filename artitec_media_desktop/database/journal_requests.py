"""What a person asks of the files in the upload journal."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, or_, select, update

from ..domain.targets import Target
from ..domain.uploads import FINAL, FOLLOWS, OnDuplicate, UploadOptions, UploadState
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
        """Bring rows from one of these states into another; ``error`` is the reason of a final one.

        Where WORKING is among them, only the wish is noted, for their worker, which may be another
        process; they are returned. A cancel stays one, whatever is wished later. A row that waits
        for a fault to pass waits no longer.
        """
        if any(state not in FOLLOWS[each] for each in before):
            raise ValueError(f"{state} does not follow all of {before}")
        code, sentence = error or (None, None)
        values: dict[str, Any] = {"state": state.value, "not_before": None}
        values |= {"error_code": code, "error": sentence}
        if state.is_final:
            values["finished_at"] = now_utc()
        resting = [each.value for each in before if each is not UploadState.WORKING]
        with self._database.write() as tx:
            values["revision"] = next_revision(tx)
            tx.execute(update(UPLOADS).where(_U.state.in_(resting), among(ids)).values(values))
            if UploadState.WORKING not in before:
                return ()
            working = (_U.state == UploadState.WORKING.value) & among(ids)
            if state is not UploadState.SKIPPED:
                working &= or_(_U.wish.is_(None), _U.wish != UploadState.SKIPPED.value)
            wish = None if state is UploadState.QUEUED else state.value
            noted = update(UPLOADS).where(working, _U.wish.is_distinct_from(wish))
            noted = noted.values(wish=wish, revision=values["revision"])
            return tuple(tx.execute(noted.returning(_U.id)).scalars())

    def decide(self, ids: Collection[int], on_duplicate: OnDuplicate) -> None:
        """Let files that a person was asked about go on as was decided."""
        decided = func.json_set(_U.options, "$.on_duplicate", on_duplicate.value)
        with self._database.write() as tx:
            tx.execute(
                update(UPLOADS)
                .where(_U.state == UploadState.ASKING.value, among(ids))
                .values(
                    options=decided,
                    state=UploadState.QUEUED.value,
                    attempts=0,
                    not_before=None,
                    revision=next_revision(tx),
                )
            )

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
            _each(tx, {item_id: {"position": position} for position, item_id in enumerate(moved)})
            tx.execute(update(UPLOADS).where(among(moved)).values(changed))
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
                select(_U.id, _U.rank, _U.batch, _U.position)
                .where(_U.state.not_in(final))
                .order_by(_U.rank, _U.batch, _U.position)
            ).all()
            there = {row.id: row for row in rows}
            others = [item_id for item_id in there if item_id not in chosen]
            at = others.index(before) if before in others else len(others)
            moved = [item_id for item_id in chosen if item_id in there]
            wanted = [there[item_id] for item_id in (*others[:at], *moved, *others[at:])]
            ranks = _ranks([(row.rank, row.batch, row.position) for row in wanted])
            revision = next_revision(tx)
            _each(
                tx,
                {
                    row.id: {"rank": rank, "revision": revision}
                    for row, rank in zip(wanted, ranks, strict=True)
                    if rank != row.rank
                },
            )

    def describe(
        self, ids: Collection[int], change: Callable[[UploadOptions], UploadOptions]
    ) -> list[str]:
        """Change what is written with files that are not done yet.

        Returns the public ids of the media that the others have become.
        """
        with self._database.write() as tx:
            found = tx.execute(select(UPLOADS).where(among(ids))).all()
            rows = [row for row in found if row.state != UploadState.DONE.value]
            revision = next_revision(tx)
            _each(
                tx,
                {
                    row.id: {
                        "options": options_out(change(item_of(row).options)),
                        "revision": revision,
                    }
                    for row in rows
                },
            )
        done = [row.media_public_id for row in found if row.state == UploadState.DONE.value]
        return [each for each in done if each]

    def clear(self) -> tuple[int, ...]:
        """Forget every final row; returns which."""
        with self._database.write() as tx:
            done = _U.state.in_([each.value for each in FINAL])
            ids = tuple(tx.execute(select(_U.id).where(done)).scalars())
            tx.execute(delete(UPLOADS).where(done))
            _forget_empty_batches(tx)
        return ids


def _ranks(places: Sequence[tuple[int, int, int]]) -> list[int]:
    """The ranks that bring rows into this order, as few changed as that takes: from the last on.

    A place is the rank, the batch and the position in it.
    """
    ranks: list[int] = []
    after: tuple[int, int, int] | None = None
    for rank, batch, position in reversed(places):
        if after is not None:
            rank = min(rank, after[0])
            rank -= (rank, batch, position) > after
        after = (rank, batch, position)
        ranks.append(rank)
    return ranks[::-1]


def _each(tx: Tx, changes: dict[int, dict[str, Any]]) -> None:
    """Change many rows, each in its own way; all in the same columns."""
    if not changes:
        return
    names = next(iter(changes.values()))
    statement = update(UPLOADS).where(_U.id == bindparam("of"))
    statement = statement.values({name: bindparam(f"new_{name}") for name in names})
    rows = [
        {"of": item_id} | {f"new_{name}": value for name, value in values.items()}
        for item_id, values in changes.items()
    ]
    tx.execute(statement, rows)


def _forget_empty_batches(tx: Tx) -> None:
    left = select(_U.batch).distinct()
    tx.execute(delete(BATCHES).where(BATCHES.c.id.not_in(left)))
