"""The upload journal: a file is in it before anything happens to it."""

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    insert,
    or_,
    select,
    true,
    tuple_,
    update,
)

from ..domain.entities import EntityType
from ..domain.errors import Cancelled
from ..domain.slots import Slot
from ..domain.targets import Target
from ..domain.uploads import (
    CANCELLED,
    FINAL,
    FOLLOWS,
    UploadItem,
    UploadOptions,
    UploadPlan,
    UploadState,
)
from .engine import Database, Tx
from .journal_rows import among, item_of, options_out, place_out, plan_out
from .journal_tables import BATCHES, UPLOADS

_U: Final = UPLOADS.c
#: How far a watcher has read: a revision, and the number of the last row of it.
Seen = tuple[int, int]

# What each file asks several times is built once: building a statement takes longer than SQLite
# takes for it. Columns to be written come with the parameters.
_ROW: Final = select(UPLOADS).where(_U.id == bindparam("of"))
#: 1970 as a Julian day.
_EPOCH: Final = 2440587.5
#: MAX of two values is the larger one.
_NEXT_REVISION: Final = func.max(
    select(func.coalesce(func.max(_U.revision), 0) + 1).correlate(None).scalar_subquery(),
    cast((func.julianday("now") - _EPOCH) * 86_400_000, Integer),
)
_CHANGE: Final = (
    update(UPLOADS)
    .where(_U.id == bindparam("of"))
    .values(revision=_NEXT_REVISION)
    .returning(UPLOADS)
)
_PLAN: Final = _CHANGE.where(_U.state == UploadState.WORKING.value)
_NEXT: Final = (
    select(_U.id)
    .where(
        _U.state == UploadState.QUEUED.value,
        or_(_U.not_before.is_(None), _U.not_before <= bindparam("now")),
        or_(bindparam("whose", type_=String).is_(None), _U.account == bindparam("whose")),
    )
    .order_by(_U.rank, _U.batch, _U.position)
    .limit(1)
)
_CLAIM: Final = (
    update(UPLOADS)
    .where(_U.id == _NEXT.correlate(None).scalar_subquery())
    .values(
        state=UploadState.WORKING.value,
        wish=None,
        attempts=_U.attempts + 1,
        revision=_NEXT_REVISION,
    )
    .returning(UPLOADS)
)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file to journal; with an error it is final at once (an empty folder, a hidden file)."""

    path: str
    state: UploadState = UploadState.QUEUED
    error: tuple[str, str] | None = None


class Journal:
    """Every method is one transaction on the journal's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        dropped: Iterable[Dropped],
        target: Target | None,
        options: UploadOptions,
        account: str,
        *,
        first: bool = False,
    ) -> int:
        """Write one row a file, in their order; returns the number of the batch.

        Without a target they join all others of the account that wait until they are placed.
        ``first``: they are taken before everything that waits now.
        """
        now = now_utc()
        waiting = UploadState.UNPLACED if target is None else UploadState.QUEUED
        with self._database.write() as tx:
            batch, begin = _unplaced(tx, account) if target is None else (None, 0)
            batch = new_batch(tx, now) if batch is None else batch
            rank = _before_all(tx) if first else 0
            rows = [
                {
                    "revision": 0,
                    "batch": batch,
                    "position": position,
                    "path": os.fsencode(each.path),
                    **place_out(target),
                    "state": (each.state if each.state.is_final else waiting).value,
                    "rank": rank,
                    "attempts": 0,
                    "options": options_out(options),
                    "error_code": each.error[0] if each.error else None,
                    "error": each.error[1] if each.error else None,
                    "account": account,
                    "created_at": now,
                    "finished_at": now if each.state.is_final else None,
                }
                for position, each in enumerate(dropped, begin)
            ]
            if rows:
                revision = next_revision(tx)
                tx.execute(insert(UPLOADS), [row | {"revision": revision} for row in rows])
        return batch

    def items(self, batch: int | None = None) -> list[UploadItem]:
        """All rows, or those of a batch; the newest batch first, in the order of the drop."""
        statement = select(UPLOADS).order_by(_U.batch.desc(), _U.position)
        if batch is not None:
            statement = statement.where(_U.batch == batch)
        return self._read(statement)

    def get(self, item_id: int) -> UploadItem | None:
        """One row."""
        with self._database.read() as tx:
            row = tx.execute(_ROW, {"of": item_id}).one_or_none()
        return None if row is None else item_of(row)

    def newer(self, after: Seen, limit: int) -> tuple[list[UploadItem], Seen]:
        """At most so many rows written after ``after``, and how far that is.

        Rows are passed by revision and number: one drop gives thousands the same revision.
        """
        beyond = tuple_(_U.revision, _U.id) > tuple_(*after)
        with self._database.read() as tx:
            rows = tx.execute(
                select(UPLOADS).where(beyond).order_by(_U.revision, _U.id).limit(limit)
            ).all()
        last = (rows[-1].revision, rows[-1].id) if rows else after
        return [item_of(row) for row in rows], last

    def revision(self) -> int:
        """The revision now."""
        with self._database.read() as tx:
            return int(tx.execute(select(func.coalesce(func.max(_U.revision), 0))).scalar_one())

    def claim(self, account: str | None = None) -> UploadItem | None:
        """Take the next file that may be worked on now: it becomes WORKING.

        With an account only files that it dropped.
        """
        with self._database.write() as tx:
            row = tx.execute(_CLAIM, {"whose": account, "now": now_utc()}).one_or_none()
        return None if row is None else item_of(row)

    def next_due(self, account: str | None = None) -> datetime | None:
        """When the next waiting file (of an account) may be tried again; None where none waits."""
        with self._database.read() as tx:
            due = tx.execute(
                select(_U.not_before)
                .where(
                    _U.state == UploadState.QUEUED.value,
                    _U.account == account if account is not None else true(),
                )
                .order_by(_U.not_before)
                .limit(1)
            ).first()
        return None if due is None else (due[0] or now_utc())

    def recover(self, suspects: Collection[int] = ()) -> int:
        """Put back what a process that is gone had taken; returns how many rows.

        ``suspects`` were being decoded when it ended: one of them may have been the reason. Only
        the one process that works the journal off may call this.
        """
        with self._database.write() as tx:
            working = _U.state == UploadState.WORKING.value
            # Also one that was only looked at: its picture is shown while it waits.
            tx.execute(update(UPLOADS).where(among(suspects)).values(crashes=_U.crashes + 1))
            # What a person wanted of it meanwhile is done now.
            revision = next_revision(tx)
            count = 0
            for wish in (UploadState.SKIPPED, UploadState.PAUSED, None):
                wanted = true() if wish is None else _U.wish == wish.value
                values = _values(wish or UploadState.QUEUED) | {"revision": revision}
                if wish is None:
                    del values["error"], values["error_code"]  # why it was waiting
                count += tx.execute(update(UPLOADS).where(working, wanted).values(values)).rowcount
            return count

    def plan(self, item_id: int, plan: UploadPlan, size: int) -> None:
        """Fix the public id and all keys, before the first byte leaves.

        Raises Cancelled when the file was cancelled meanwhile: then nothing leaves.
        """
        values = {"of": item_id, "plan": plan_out(plan), "size": size}
        with self._database.write() as tx:
            if tx.execute(_PLAN, values).one_or_none() is None:
                raise Cancelled

    def forget_plan(self, item_id: int) -> None:
        """Drop a plan whose objects were removed."""
        with self._database.write() as tx:
            _change(tx, item_id, {"plan": None})

    def orders_needed(self, batch: int, target: Target) -> int:
        """How many sort orders ``order_base`` is about to give away; 0 where it gave them."""
        with self._database.read() as tx:
            known = tx.execute(select(BATCHES.c.order_base).where(BATCHES.c.id == batch)).scalar()
            if known is not None:  # for every file of a batch but the first
                return 0
            found = _orders(tx, batch, target)
        return sum(last + 1 for _, base, last in found if base is None)

    def order_base(self, batch: int, target: Target, used: int) -> int:
        """The sort order of a batch's first file: behind ``used`` and behind earlier drops.

        It is reserved once. Earlier drops on the same place that have none yet are served
        first, so that drops keep their order whichever file is finished first.
        """
        with self._database.write() as tx:
            known = tx.execute(select(BATCHES.c.order_base).where(BATCHES.c.id == batch)).scalar()
            if known is not None:  # for every file of a batch but the first
                return int(known)
            rows = _orders(tx, batch, target)
            last = max([used, *(base + count for _, base, count in rows if base is not None)])
            mine = last + 1
            for number, base, count in rows:
                if base is None:
                    base = last + 1
                    last += count + 1
                    tx.execute(
                        update(BATCHES).where(BATCHES.c.id == number).values(order_base=base)
                    )
                if number == batch:
                    mine = base
            return int(mine)

    def move(self, item: UploadItem, state: UploadState, **values: Any) -> UploadItem:
        """Bring a row into its next state, where the rules allow it; returns the row now.

        An ``error`` of before is forgotten. What a person wants of it meanwhile outweighs what is
        not final: then it is cancelled or paused instead.
        """
        allowed = [each.value for each in UploadState if state in FOLLOWS[each]]
        with self._database.write() as tx:
            now = tx.execute(_ROW, {"of": item.id}).one_or_none()
            if now is None:
                return item
            if now.state in allowed:
                if now.wish == UploadState.SKIPPED.value and not state.is_final:
                    state, values = UploadState.SKIPPED, {}
                elif now.wish == UploadState.PAUSED.value and state is UploadState.QUEUED:
                    state, values = UploadState.PAUSED, {}
                values = _values(state, values.pop("error", None)) | values
                now = _change(tx, item.id, values)
            return item_of(now)

    def added_by(self, batch: int) -> set[str]:
        """The public ids of the media that a batch has become so far."""
        with self._database.read() as tx:
            statement = select(_U.media_public_id).where(
                _U.batch == batch, _U.media_public_id.is_not(None)
            )
            return set(tx.execute(statement).scalars())

    def unfinished(self, ids: Collection[int] | None = None) -> list[UploadItem]:
        """The rows that ended without a media though objects may have been put for them."""
        without = [each.value for each in FINAL - {UploadState.DONE}]
        return self._read(
            select(UPLOADS).where(_U.plan.is_not(None), _U.state.in_(without), among(ids))
        )

    def planned_keys(self) -> set[str]:
        """Every key that an unfinished upload may have written."""
        return {
            key
            for item in self._read(
                select(UPLOADS).where(
                    _U.plan.is_not(None), _U.state.not_in([each.value for each in FINAL])
                )
            )
            if item.plan is not None
            for key in item.plan.keys.all
        }

    def _read(self, statement: Select[Any]) -> list[UploadItem]:
        with self._database.read() as tx:
            return [item_of(row) for row in tx.execute(statement)]


def _orders(tx: Tx, batch: int, target: Target) -> Sequence[Any]:
    """The batches up to this one on its place: number, first sort order, last position."""
    here = _at(target.entity_type, target.entity_id, target.slot)
    return tx.execute(
        select(BATCHES.c.id, BATCHES.c.order_base, func.max(_U.position))
        .join(UPLOADS, _U.batch == BATCHES.c.id)
        .where(here, BATCHES.c.id <= batch)
        .group_by(BATCHES.c.id, BATCHES.c.order_base)
        .order_by(BATCHES.c.id)
    ).all()


def _unplaced(tx: Tx, account: str) -> tuple[int | None, int]:
    """The batch of an account's files without a place, and the position behind its last file."""
    waits = (_U.state == UploadState.UNPLACED.value) & (_U.account == account)
    batch = tx.execute(select(func.max(_U.batch)).where(waits)).scalar()
    if batch is None:
        return None, 0
    last = tx.execute(select(func.max(_U.position)).where(_U.batch == batch)).scalar_one()
    return int(batch), int(last) + 1


def _before_all(tx: Tx) -> int:
    """A rank lower than that of every file something is still to be done about."""
    waits = _U.state.not_in([each.value for each in FINAL])
    return int(
        tx.execute(select(func.coalesce(func.min(_U.rank), 1) - 1).where(waits)).scalar_one()
    )


def _values(state: UploadState, error: tuple[str, str] | None = None) -> dict[str, Any]:
    """What a row holds as it comes into a state."""
    if state is UploadState.SKIPPED and error is None:
        error = CANCELLED
    code, sentence = error or (None, None)
    values = {"state": state.value, "wish": None, "error_code": code, "error": sentence}
    return values | {"finished_at": now_utc() if state.is_final else None}


def _change(tx: Tx, item_id: int, values: dict[str, Any]) -> Any:
    """Write some columns of a row; returns the row as it is now, None where it is gone."""
    return tx.execute(_CHANGE, values | {"of": item_id}).one_or_none()


def next_revision(tx: Tx) -> int:
    """What the rows of this transaction are marked with: always more than anything before.

    Never below the clock (milliseconds), because the newest rows may have been cleared: what came
    after them would look old to whoever has seen them.
    """
    return int(tx.execute(select(_NEXT_REVISION)).scalar_one())


def _at(entity_type: EntityType, entity_id: int, slot: Slot) -> Any:
    return (
        (_U.entity_type == entity_type.value) & (_U.entity_id == entity_id) & (_U.slot == slot.name)
    )


def new_batch(tx: Tx, now: datetime) -> int:
    """Begin a batch; returns its number."""
    key = tx.execute(insert(BATCHES).values(created_at=now)).inserted_primary_key
    return 0 if key is None else int(key[0])


def now_utc() -> datetime:
    """Now."""
    return datetime.now(UTC)
