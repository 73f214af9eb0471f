"""The upload journal as the window knows it: one copy for the uploads page, rail and status bar.

It listens to the pump and never asks the journal again after the start. Counts and sizes are kept
up to date with each change, so that asking for totals costs nothing at 10,000 rows.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ..domain.entities import EntityRef
from ..domain.errors import MediaError
from ..domain.uploads import ItemProgress, UploadItem, UploadState
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
#: Totals are announced this often at most, in milliseconds.
_TOTALS_EVERY = 500


@dataclass(slots=True)
class Batch:
    """The files of one drop. ``size`` and ``size_final`` are bytes, where a size is known.

    ``unsized`` counts the files that wait and whose size nobody has looked at yet.
    """

    id: int
    ids: list[int] = field(default_factory=list)
    counts: Counter[UploadState] = field(default_factory=Counter)
    size: int = 0
    size_final: int = 0
    unsized: int = 0

    @property
    def total(self) -> int:
        """How many files it has."""
        return len(self.ids)

    @property
    def final(self) -> int:
        """How many of them nothing more happens to."""
        return sum(count for state, count in self.counts.items() if state.is_final)

    @property
    def is_active(self) -> bool:
        """Whether something is still to be done for it."""
        return self.final < self.total


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the batches that are under way, or over all when none is; sizes in bytes.

    While files are ``unsized``, ``size`` takes them to be as large as the others.
    """

    counts: Counter[UploadState]
    total: int
    size: int
    size_done: int
    unsized: int
    bytes_per_second: float
    is_active: bool

    @property
    def final(self) -> int:
        """How many files nothing more happens to."""
        return sum(count for state, count in self.counts.items() if state.is_final)

    @property
    def seconds_left(self) -> float | None:
        """A guess from the pace so far; None where there is none yet."""
        if not self.is_active or self.bytes_per_second <= 0:
            return None
        return (self.size - self.size_done) / self.bytes_per_second


class UploadQueue(QObject):
    """Items, batches, progress and names by id."""

    reset = Signal()
    #: tuple[int, ...]: items that are new or another than before.
    changed = Signal(object)
    #: tuple[int, ...]: items that are gone.
    removed = Signal(object)
    #: One item's progress moved.
    progressed = Signal(int)
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
        self._names: dict[EntityRef, str] = {}
        self._asked: set[EntityRef] = set()
        self._pace = Pace()
        self._totals_timer = QTimer(self)
        self._totals_timer.setSingleShot(True)
        self._totals_timer.setInterval(_TOTALS_EVERY)
        self._totals_timer.timeout.connect(self.totals_changed)
        app.pump.items_changed.connect(self._take)
        app.pump.items_removed.connect(self._drop)
        app.pump.progressed.connect(self._take_progress)

    def load(self) -> None:
        """Read the journal in a worker; to be called once, when the library is open."""
        self._app.runner.run(
            lambda _: self._app.uploads.items(), self._take_journal, lambda _error: None
        )

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
            bytes_per_second=self._pace.per_second(done) if active else 0.0,
            is_active=bool(active),
        )

    def count(self, state: UploadState) -> int:
        """How many items of the whole journal are in a state."""
        return sum(batch.counts[state] for batch in self.batches.values())

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
        return self._names.get(item.place.entity, item.place.public_id)

    def place(self, item: UploadItem) -> str:
        """Where a file goes: ``Willow Creek · Photos``."""
        if item.place is None:
            return self.tr("Choose a place")
        return f"{self.entity_name(item)} · {item.place.slot.label}"

    def _size(self, item_id: int) -> int:
        item = self.items.get(item_id)
        return item.size or 0 if item else 0

    def _take_journal(self, items: list[UploadItem]) -> None:
        # What the pump said meanwhile is newer than what was read.
        for item in items:
            if item.id not in self.items:
                self._put(item)
        self.is_loaded = True
        self.reset.emit()
        self._announce_totals()
        self._ask_names(self.items.values())

    def _take(self, items: Iterable[UploadItem]) -> None:
        items = tuple(sorted(items, key=lambda item: (item.batch, item.position)))
        touched = {item.batch for item in items}
        active = {number for number in touched if self._is_active(number)}
        in_order = [self._put(item) for item in items]
        if all(in_order):
            self.changed.emit(tuple(item.id for item in items))
        else:
            self.reset.emit()
        for number in sorted(active):
            if not self._is_active(number):
                self.batch_finished.emit(self.batches[number])
        self._announce_totals()
        self._ask_names(items)

    def _drop(self, ids: Iterable[int]) -> None:
        gone = tuple(item_id for item_id in ids if item_id in self.items)
        by_batch: dict[int, set[int]] = {}
        for item_id in gone:
            item = self.items.pop(item_id)
            self.progress.pop(item_id, None)
            self._count(item, -1)
            by_batch.setdefault(item.batch, set()).add(item_id)
        for number, lost in by_batch.items():
            batch = self.batches[number]
            batch.ids = [item_id for item_id in batch.ids if item_id not in lost]
            if not batch.ids:
                del self.batches[number]
        if gone:
            self.removed.emit(gone)
            self._announce_totals()

    def _take_progress(self, progress: ItemProgress) -> None:
        item = self.items.get(progress.item_id)
        if item is None or item.state is not UploadState.WORKING:
            return
        self.progress[progress.item_id] = progress
        self.progressed.emit(progress.item_id)
        self._announce_totals()

    def _is_active(self, number: int) -> bool:
        batch = self.batches.get(number)
        return batch is not None and batch.is_active

    def _put(self, item: UploadItem) -> bool:
        """Keep an item; False when it came after files of its batch that stand behind it."""
        known = self.items.get(item.id)
        batch = self.batches.get(item.batch)
        if batch is None:
            batch = self.batches[item.batch] = Batch(item.batch)
        self.items[item.id] = item
        in_order = True
        if known is None:
            in_order = not batch.ids or self.items[batch.ids[-1]].position <= item.position
            batch.ids.append(item.id)
            if not in_order:
                batch.ids.sort(key=lambda each: self.items[each].position)
        else:
            self._count(known, -1)
        self._count(item, 1)
        if item.state is not UploadState.WORKING:
            self.progress.pop(item.id, None)
        return in_order

    def _count(self, item: UploadItem, sign: int) -> None:
        batch = self.batches[item.batch]
        batch.counts[item.state] += sign
        batch.size += sign * (item.size or 0)
        if item.size is None and not item.state.is_final:
            batch.unsized += sign
        if item.state.is_final:
            batch.size_final += sign * (item.size or 0)

    def _announce_totals(self) -> None:
        if not self._totals_timer.isActive():
            self._totals_timer.start()

    def _ask_names(self, items: Iterable[UploadItem]) -> None:
        wanted = {item.place.entity: item.place.public_id for item in items if item.place}
        for ref in self._asked.intersection(wanted):
            del wanted[ref]
        if not wanted:
            return
        self._asked.update(wanted)

        def look_up(_: object) -> dict[EntityRef, str]:
            found = {}
            for ref, public_id in wanted.items():
                try:
                    found[ref] = self._app.library.resolve(ref.type, public_id).name
                except MediaError:
                    # An entity that is gone keeps its id for a name.
                    continue
            return found

        self._app.runner.run(look_up, self._take_names, lambda _error: None)

    def _take_names(self, names: dict[EntityRef, str]) -> None:
        self._names.update(names)
        self.names_changed.emit()
