"""The upload journal as the window knows it: one copy for the uploads page, rail and status bar.

It listens to the pump, which tells the whole journal after the start, some hundred rows at a time.
Counts and sizes are kept up to date with each change, so that asking for totals costs nothing at
10,000 rows.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ..domain import right_of_way
from ..domain.entities import EntityType
from ..domain.errors import MediaError
from ..domain.summary import summarize
from ..domain.uploads import FINAL, ItemProgress, UploadItem, UploadState
from .pace import Pace

if TYPE_CHECKING:
    from ..bootstrap import App

#: Where each stage begins and ends on the way of one file, for its bar.
_STAGES = {
    "checking": (0.0, 0.1),
    "making": (0.1, 0.4),
    "sending": (0.4, 0.95),
    "saving": (0.95, 1.0),
}
#: An entity by its type and public id.
Named = tuple[EntityType, str]
#: Totals are announced so many milliseconds after a change, and this often at most while more come.
_TOTALS_AFTER = 100
_TOTALS_EVERY = 250


@dataclass(slots=True)
class Batch:
    """The files of one drop, in the order in which they are taken.

    ``size``, ``size_final`` and ``size_resting`` (of what waits for a person) are bytes, where a
    size is known. ``unsized`` counts the files that wait and whose size nobody has looked at yet,
    ``retriable`` those that failed of something that may be mended by now.
    """

    id: int
    ids: list[int] = field(default_factory=list)
    counts: Counter[UploadState] = field(default_factory=Counter)
    size: int = 0
    size_final: int = 0
    size_resting: int = 0
    unsized: int = 0
    retriable: int = 0
    #: How many wait in the queue, by the account that dropped them.
    queued: Counter[str | None] = field(default_factory=Counter)
    #: Grows with every change of a file of it: what was said of the batch is out of date then.
    version: int = 0

    @property
    def total(self) -> int:
        """How many files it has."""
        return len(self.ids)

    @property
    def final(self) -> int:
        """How many of them nothing more happens to."""
        return sum(self.counts[state] for state in FINAL)

    @property
    def is_active(self) -> bool:
        """Whether something is still to be done for it."""
        return self.final < self.total

    @property
    def is_unplaced(self) -> bool:
        """Whether it has files that nobody has said a place for yet."""
        return self.counts[UploadState.UNPLACED] > 0


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the batches that are under way, or over all when none is; sizes in bytes.

    While files are ``unsized``, ``size`` takes them to be as large as the others.
    """

    counts: Counter[UploadState]
    total: int
    size: int
    size_done: int
    size_resting: int
    unsized: int
    bytes_per_second: float
    is_active: bool

    @property
    def final(self) -> int:
        """How many files nothing more happens to."""
        return sum(count for state, count in self.counts.items() if state.is_final)

    @property
    def seconds_left(self) -> float | None:
        """A guess from the pace so far, for what moves by itself; None where there is none yet."""
        if not any(count for state, count in self.counts.items() if state.is_moving):
            return None
        if self.bytes_per_second <= 0:
            return None
        return max(0, self.size - self.size_done - self.size_resting) / self.bytes_per_second


class UploadQueue(QObject):
    """Items, batches, progress and names by id."""

    #: Everything the journal holds is known.
    loaded = Signal()
    #: Items stand elsewhere than before; comes before ``changed``.
    moved = Signal()
    #: tuple[int, ...]: items that are new or another than before.
    changed = Signal(object)
    #: tuple[int, ...]: items that are gone.
    removed = Signal(object)
    #: tuple[int, ...]: items whose progress moved.
    progressed = Signal(object)
    #: Names of entities became known.
    names_changed = Signal()
    #: A Batch whose last file came to its end just now.
    batch_finished = Signal(object)
    totals_changed = Signal()

    def __init__(self, app: "App") -> None:
        super().__init__()
        self._app = app
        self.items: dict[int, UploadItem] = {}
        self.batches: dict[int, Batch] = {}
        self.progress: dict[int, ItemProgress] = {}
        #: False until the journal was read: an empty queue means nothing before.
        self.is_loaded = False
        self._names: dict[Named, str] = {}
        self._asked: set[Named] = set()
        self._pace = Pace()
        self._summaries: dict[int, tuple[int, str]] = {}
        self._totals_timer = QTimer(self)
        self._totals_timer.setSingleShot(True)
        self._totals_timer.timeout.connect(self._say_totals)
        self._announced = 0.0
        app.pump.items_changed.connect(self._take)
        app.pump.caught_up.connect(self._catch_up)
        app.pump.items_removed.connect(self._drop)
        app.pump.progressed.connect(self._take_progress)

    def totals(self) -> Totals:
        """Sums as of now."""
        active = [batch for batch in self.batches.values() if batch.is_active]
        batches = active or list(self.batches.values())
        counts: Counter[UploadState] = Counter()
        for batch in batches:
            counts.update(batch.counts)
        done = sum(batch.size_final for batch in batches)
        done += sum(round(self.share(item_id) * self._size(item_id)) for item_id in self.progress)
        total = sum(batch.total for batch in batches)
        size = sum(batch.size for batch in batches)
        unsized = sum(batch.unsized for batch in batches)
        if total > unsized:
            size += unsized * size // (total - unsized)
        return Totals(
            counts=counts,
            total=total,
            size=size,
            unsized=unsized,
            size_done=done,
            size_resting=sum(batch.size_resting for batch in batches),
            bytes_per_second=self._pace.per_second(done) if active else 0.0,
            is_active=bool(active),
        )

    def count(self, state: UploadState) -> int:
        """How many items of the whole journal are in a state."""
        return sum(batch.counts[state] for batch in self.batches.values())

    def summary(self, batch: Batch) -> str:
        """A batch in words, as a command says them: ``57 added, 1 failed: too large``.

        It is asked for with every paint, so it is kept until the batch changes.
        """
        known = self._summaries.get(batch.id)
        if known is None or known[0] != batch.version:
            words = summarize(self.items[each] for each in batch.ids)
            known = self._summaries[batch.id] = (batch.version, words)
        return known[1]

    def share(self, item_id: int) -> float:
        """How far a file that is being worked on is, 0 to 1."""
        progress = self.progress.get(item_id)
        if progress is None:
            return 0.0
        start, end = _STAGES.get(progress.stage, (0.0, 1.0))
        part = progress.done / progress.total if progress.total else 0.0
        return start + (end - start) * min(part, 1.0)

    def entity_name(self, item: UploadItem) -> str:
        """The entity's name, or its public id until that is known; empty without a place."""
        if item.place is None:
            return ""
        public_id = item.place.public_id
        return self._names.get((item.place.entity_type, public_id), public_id)

    def place(self, item: UploadItem) -> str:
        """Where a file goes: ``Willow Creek · Photos``."""
        if item.place is None:
            return self.tr("Choose a place")
        return f"{self.entity_name(item)} · {item.place.slot.label}"

    def next_after(self, batch: int, but: Collection[int]) -> int | None:
        """The file that is taken after all that wait of a batch; None where that is none."""
        waiting = sorted(
            (item for item in self.items.values() if not item.state.is_final),
            key=lambda item: (item.rank, item.batch, item.position),
        )
        mine = [at for at, item in enumerate(waiting) if item.batch == batch]
        rest = waiting[mine[-1] + 1 :] if mine else []
        return next((item.id for item in rest if item.id not in but), None)

    def waits_for(self, item: UploadItem) -> str:
        """The name of another account whose file it is; empty for a file of who is signed in."""
        if item.account in (None, self._app.account.user_id):
            return ""
        account = item.account or ""
        return self._names.get((EntityType.USER, account), account)

    def moving(self, batch: Batch) -> int:
        """How many files of a batch something will happen to by itself, as who is signed in."""
        mine = (None, self._app.account.user_id)
        others = sum(count for who, count in batch.queued.items() if who not in mine)
        return sum(count for state, count in batch.counts.items() if state.is_moving) - others

    def _size(self, item_id: int) -> int:
        item = self.items.get(item_id)
        return item.size or 0 if item else 0

    def _catch_up(self) -> None:
        if self._totals_timer.isActive() and self._rest() <= _TOTALS_AFTER:
            self._say_totals()
        if not self.is_loaded:
            self.is_loaded = True
            self.loaded.emit()
            self._announce_totals()

    def _take(self, items: Iterable[UploadItem]) -> None:
        items = tuple(sorted(items, key=_order))
        active = {number for number in {item.batch for item in items} if self._is_active(number)}
        unplaced = self._unplaced()
        unsorted: set[int] = set()
        left: dict[int, set[int]] = {}
        for item in items:
            known = self.items.get(item.id)
            if known is not None and known.batch != item.batch:
                left.setdefault(known.batch, set()).add(item.id)
            if not self._put(item):
                unsorted.add(item.batch)
        self._leave(left)
        for number in unsorted:
            self.batches[number].ids.sort(key=lambda each: _order(self.items[each]))
        if unsorted or left or unplaced != self._unplaced():
            self.moved.emit()
        self.changed.emit(tuple(item.id for item in items))
        ended = {item.batch for item in items if item.state.is_final}
        for number in sorted(active & ended):
            if not self._is_active(number):
                self.batch_finished.emit(self.batches[number])
        self._announce_totals()
        self._ask_names(items)

    def _unplaced(self) -> set[int]:
        return {number for number, batch in self.batches.items() if batch.is_unplaced}

    def _drop(self, ids: Iterable[int]) -> None:
        gone = tuple(item_id for item_id in ids if item_id in self.items)
        by_batch: dict[int, set[int]] = {}
        for item_id in gone:
            item = self.items.pop(item_id)
            self.progress.pop(item_id, None)
            self._count(item, -1)
            by_batch.setdefault(item.batch, set()).add(item_id)
        self._leave(by_batch)
        if gone:
            self.removed.emit(gone)
            self._announce_totals()

    def _leave(self, left: dict[int, set[int]]) -> None:
        """Take files off the lists of the batches that they are no longer in."""
        for number, lost in left.items():
            batch = self.batches[number]
            batch.ids = [item_id for item_id in batch.ids if item_id not in lost]
            if not batch.ids:
                del self.batches[number]
                self._summaries.pop(number, None)

    def _take_progress(self, progress: Iterable[ItemProgress]) -> None:
        moved = {each.item_id: each for each in progress if self._is_at_work(each.item_id)}
        if moved:
            self.progress |= moved
            self.progressed.emit(tuple(moved))
            self._announce_totals()

    def _is_at_work(self, item_id: int) -> bool:
        item = self.items.get(item_id)
        return item is not None and item.state is UploadState.WORKING

    def _is_active(self, number: int) -> bool:
        batch = self.batches.get(number)
        return batch is not None and batch.is_active

    def _put(self, item: UploadItem) -> bool:
        """Keep an item; False when it does not stand in its place among the files of its batch."""
        known = self.items.get(item.id)
        batch = self.batches.get(item.batch)
        if batch is None:
            batch = self.batches[item.batch] = Batch(item.batch)
        in_order = True
        if known is None or known.batch != item.batch:
            in_order = not batch.ids or _order(self.items[batch.ids[-1]]) <= _order(item)
            batch.ids.append(item.id)
        elif _order(known) != _order(item):
            in_order = False
        self.items[item.id] = item
        if known is not None:
            self._count(known, -1)
        self._count(item, 1)
        if item.state is not UploadState.WORKING:
            self.progress.pop(item.id, None)
        return in_order

    def _count(self, item: UploadItem, sign: int) -> None:
        batch = self.batches[item.batch]
        batch.version += 1
        batch.counts[item.state] += sign
        if item.state is UploadState.QUEUED:
            batch.queued[item.account] += sign
        if item.is_worth_retrying:
            batch.retriable += sign
        batch.size += sign * (item.size or 0)
        if item.size is None and not item.state.is_final:
            batch.unsized += sign
        if item.state.is_final:
            batch.size_final += sign * (item.size or 0)
        elif not item.state.is_moving:
            batch.size_resting += sign * (item.size or 0)

    def _announce_totals(self) -> None:
        if not self._totals_timer.isActive():
            self._totals_timer.start(max(_TOTALS_AFTER, self._rest()))

    def _rest(self) -> int:
        """Milliseconds until totals may be announced again."""
        return round(_TOTALS_EVERY - (monotonic() - self._announced) * 1000)

    @right_of_way.first
    def _say_totals(self) -> None:
        self._totals_timer.stop()
        self._announced = monotonic()
        self.totals_changed.emit()

    def _ask_names(self, items: Iterable[UploadItem]) -> None:
        wanted = {(i.place.entity_type, i.place.public_id) for i in items if i.place is not None}
        wanted |= {(EntityType.USER, i.account) for i in items if i.account and self.waits_for(i)}
        wanted -= self._asked
        if not wanted:
            return
        self._asked |= wanted

        def look_up(_: object) -> dict[Named, str]:
            found = {}
            for entity_type, public_id in wanted:
                try:
                    entity = self._app.library.resolve(entity_type, public_id)
                except MediaError:
                    # An entity that is gone keeps its id for a name.
                    continue
                found[entity_type, public_id] = entity.name
            return found

        self._app.runner.run(look_up, self._take_names, lambda _error: None)

    def _take_names(self, names: dict[Named, str]) -> None:
        self._names.update(names)
        self.names_changed.emit()


def _order(item: UploadItem) -> tuple[int, int, int]:
    """Files stand as they are taken; one that was put first has a lower rank."""
    return item.batch, item.rank, item.position
