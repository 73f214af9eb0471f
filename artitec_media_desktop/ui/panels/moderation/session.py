"""The items that are held for this window: some are read ahead, all are given back in the end."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ....domain.errors import MediaError
from ....domain.moderation import Claimed, Lease, Policy
from ....domain.review_facts import ItemFacts
from ....domain.review_queue import Held, QueueFilter
from ...panel import Notice
from .entries import Entries, Entry
from .words import counted, title, tr

if TYPE_CHECKING:
    from ....bootstrap import App

#: So many are held that are still to be decided; below the other number more are taken.
AHEAD: Final = 12
_REFILL: Final = 9
#: Of decided ones so many stay in the strip. Once there are so many more, those leave together: the
#: strip is laid out anew then.
_KEPT: Final = 200
_TOGETHER: Final = 16
#: While nothing waits, it is looked again after so many milliseconds.
_LOOK_AGAIN: Final = 10_000
_MINUTE_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class _Taken:
    claimed: list[Claimed]
    policy: Policy
    asked: int
    held: Held


class Session(QObject):
    """One stay on the page. ``front`` is the entry that is looked at."""

    #: Another entry is in front, or none; Entry or None.
    turned = Signal(object)
    #: What is there, or why nothing is, changed.
    changed = Signal()
    #: Policy: another one holds.
    policy_changed = Signal(object)
    #: Leases were renewed.
    renewed = Signal()
    #: Notice
    noticed = Signal(object)

    def __init__(
        self, app: "App", is_busy: Callable[[str], bool], parent: QObject | None = None
    ) -> None:
        """``is_busy`` says whether a decision on a media is under way."""
        super().__init__(parent)
        self._app, self._is_busy = app, is_busy
        self.entries = Entries(self)
        self.front: Entry | None = None
        self.filter = QueueFilter()
        self.policy = Policy()
        #: Why the queue could not be read; None while it can.
        self.error: MediaError | None = None
        self.is_on = self.is_reading = False
        #: It was on, and the person left it.
        self.is_resting = False
        #: The queue gave less than it was asked for.
        self.is_at_end = False
        #: What of it is looked at elsewhere, once nothing else is left.
        self.held = Held()
        self._skipped: set[str] = set()
        #: What does not come again as long as one stays: it may not be decided here, or was
        #: flagged just now, and waits for somebody else.
        self.passed: set[str] = set()
        self._taking = self._releasing = 0
        #: Answers to what was asked before it ended or began anew are given back.
        self._stay = 0
        self._renewal = QTimer(self)
        self._renewal.timeout.connect(self._renew)
        self._look = QTimer(self, singleShot=True, interval=_LOOK_AGAIN)
        self._look.timeout.connect(self.refill)

    # ---- beginning and ending

    def start(self) -> None:
        """Hold items from now on; harmless while it does."""
        self.is_on, self.is_resting = True, False
        self.error = None
        self.refill()

    def leave(self) -> None:
        """Give back what is not decided."""
        self.is_on, self.is_resting = False, self.is_on or self.is_resting
        self._begin_anew()
        self._skipped.clear()
        self.passed.clear()
        self._look.stop()
        self._renewal.stop()

    def set_filter(self, wanted: QueueFilter) -> None:
        """Another queue: what is held of this one is given back."""
        if wanted != self.filter:
            self.filter = wanted
            self._begin_anew()
            self._skipped.clear()
            self.passed.clear()
            self.start()

    def _begin_anew(self) -> None:
        self._stay += 1
        self.is_reading = self.is_at_end = False
        self.held = Held()
        left = [each for each in self.entries if each.ruling is None]
        for entry in left:
            self.entries.remove(entry)
        held = [e for e in left if e.is_held and not self._is_busy(e.public_id)]
        self.release([each.claimed.lease for each in held])
        self._turn_to(None)

    # ---- what is held

    @property
    def open_entries(self) -> list[Entry]:
        """Those still to be decided, in order."""
        return [each for each in self.entries if each.is_open]

    def ahead(self, count: int) -> list[Entry]:
        """Those that come after the one in front."""
        row = self.entries.row_of(self.front)
        later = (each for each in self.entries.after(row) if each.is_open)
        return list(islice(later, count))

    def refill(self) -> None:
        """Take more, unless enough are held."""
        lacking = AHEAD - len(self.open_entries)
        if not self.is_on or self.is_reading or lacking < AHEAD - _REFILL:
            return
        self.is_reading = True
        self._taking += 1
        self._look.stop()
        stay, asked, skipped = self._stay, self.filter, self._skipped | self.passed
        held = [each.public_id for each in self.entries if self._is_ours(each)]

        def take(_: object) -> _Taken:
            policy, queue = self._app.policy.get(), self._app.review_queue
            claimed = queue.take(asked, lacking, held, skipped)
            elsewhere = Held() if claimed else queue.held(asked, held)
            return _Taken(claimed, policy, lacking, elsewhere)

        self._app.runner.run(
            take,
            lambda taken: self._took(stay, taken),
            lambda error: self._failed(stay, error),
            None,
            self._untaken,
        )

    def take_over(self) -> None:
        """Have what other windows of this account hold: they may be gone."""
        stay, asked = self._stay, self.filter
        held = [each.public_id for each in self.entries if self._is_ours(each)]
        self._app.runner.run(
            lambda _: self._app.review_queue.take_over(asked, held),
            lambda _: self.refill(),
            lambda error: self._refused(stay, error),
        )

    def _is_ours(self, entry: Entry) -> bool:
        return entry.is_held or self._is_busy(entry.public_id)

    def _untaken(self) -> None:
        self._taking -= 1

    def _took(self, stay: int, taken: _Taken) -> None:
        self._taking -= 1
        if stay != self._stay:
            self.release([each.lease for each in taken.claimed])
            return
        self.is_reading, self.error = False, None
        if taken.policy != self.policy:
            self.policy = taken.policy
            self.policy_changed.emit(taken.policy)
        self._accept(taken.claimed)
        self.held = taken.held
        self.is_at_end = len(taken.claimed) < taken.asked
        minutes = max(1, self.policy.lease_minutes)
        if not self._renewal.isActive() or self._renewal.interval() != minutes * _MINUTE_MS // 3:
            self._renewal.start(minutes * _MINUTE_MS // 3)
        if self.is_at_end and self._skipped and not self.open_entries:
            self._skipped.clear()
            self.noticed.emit(Notice(tr("What you skipped is left"), tone="info"))
            self.refill()
        elif self.is_at_end:
            self._look.start()
        if self.front is None or not taken.claimed:
            self._turn_to(self.front or self._next_open(-1))
        self.changed.emit()

    def _accept(self, claimed: Sequence[Claimed]) -> None:
        fresh = []
        for each in claimed:
            known = self.entries.find(each.item.public_id)
            if known is None:
                fresh.append(Entry(each))
            elif not self._is_busy(known.public_id):
                known.claimed, known.is_held, known.ruling = each, True, None
                self.entries.touch(known)
        self.entries.add(fresh)

    def _failed(self, stay: int, error: MediaError) -> None:
        self._taking -= 1
        self._refused(stay, error)

    def _refused(self, stay: int, error: MediaError) -> None:
        if stay == self._stay:
            self.is_reading, self.error = False, error
            self._look.start()
            self.changed.emit()

    # ---- which one is in front

    def go_to(self, entry: Entry | None) -> None:
        """Look at this one."""
        if entry is not None and entry is not self.front:
            self._turn_to(entry)
            self.refill()

    def step(self, by: int) -> None:
        """Another one, decided or not."""
        self.go_to(self.entries.at(self.entries.row_of(self.front) + by))

    def go_on(self) -> None:
        """The next one that is to be decided, first of those that come later."""
        self._turn_to(self._next_open(self.entries.row_of(self.front)))
        self._forget_old()
        self.refill()
        self.changed.emit()

    def skip(self, entries: Sequence[Entry]) -> None:
        """Give them back; they come again when nothing else is left."""
        self._skipped.update(each.public_id for each in entries)
        self._drop(entries)
        # What a decision is under way of is let go by its answer.
        free = [e for e in entries if e.is_held and not self._is_busy(e.public_id)]
        self.release([each.claimed.lease for each in free])

    def lose(self, entries: Sequence[Entry]) -> None:
        """They are not this window's any more: the next one comes in front."""
        for each in entries:
            each.is_held = False
        self._drop(entries)

    def give_up(self, entry: Entry) -> None:
        """It may not be decided here: it does not come again in this session."""
        self.passed.add(entry.public_id)
        self.lose([entry])

    def bring_back(self, entries: Sequence[Entry]) -> None:
        """Look at the first of these again; they may have left the strip."""
        missing = [each for each in entries if self.entries.row_of(each) < 0]
        self.entries.add(missing, max(self.entries.row_of(self.front), 0))
        for each in entries:
            self.entries.touch(each)
        self._turn_to(entries[0])
        self.changed.emit()

    def learn(self, found: Mapping[str, ItemFacts]) -> None:
        """Scores that came since these were taken: what is suspected is veiled before it is seen.

        What is in front was seen already.
        """
        for entry in self.entries:
            facts = found.get(entry.public_id)
            if facts is None or facts.score is None or entry is self.front:
                continue
            if entry.item.score is None:
                scored = replace(entry.item, score=facts.score)
                entry.claimed = replace(entry.claimed, item=scored)
                self.entries.touch(entry)

    def _drop(self, entries: Sequence[Entry]) -> None:
        row = self.entries.row_of(self.front)
        was_front = self.front in entries
        for each in entries:
            self.entries.remove(each)
        if was_front:
            self._turn_to(self._next_open(row - 1))
        self.refill()
        self.changed.emit()

    def _next_open(self, row: int) -> Entry | None:
        """The first that is to be decided behind a row, else the first of all."""
        later = (each for each in self.entries.after(row) if each.is_open)
        return next(later, None) or next((each for each in self.entries if each.is_open), None)

    def _turn_to(self, entry: Entry | None) -> None:
        if entry is not self.front:
            self.front = entry
            self.turned.emit(entry)

    def _forget_old(self) -> None:
        decided = [each for each in self.entries if each.ruling is not None]
        if len(decided) < _KEPT + _TOGETHER:
            return
        for each in decided[:-_KEPT]:
            if each is not self.front and not self._is_busy(each.public_id):
                self.entries.remove(each)

    # ---- leases

    def release(self, leases: Collection[Lease]) -> None:
        """Others may have them at once; where that fails, once their time has run out."""
        if leases:
            given = list(leases)
            self._releasing += 1
            self._app.runner.run(
                lambda _: self._app.review_queue.release(given),
                lambda _: self._released(),
                lambda _error: self._released(),
                None,
                self._released,
            )

    def _released(self) -> None:
        self._releasing -= 1

    @property
    def is_given_back(self) -> bool:
        """Whether nothing is on its way back, and nothing is on its way here."""
        return not self._releasing and not self._taking

    def _renew(self) -> None:
        asked = {each.public_id: each.claimed.lease for each in self.entries if each.is_held}
        if not asked:
            return
        stay = self._stay
        self._app.runner.run(
            lambda _: self._app.review_queue.renew(list(asked.values())),
            lambda still: self._renewed(stay, asked, still),
            lambda _error: None,  # the next time is soon; deciding says what was lost
        )

    def _renewed(self, stay: int, asked: dict[str, Lease], still: Sequence[Lease]) -> None:
        if stay != self._stay:
            return
        renewed = {each.public_id: each for each in still}
        lost = []
        for public_id, before in asked.items():
            entry = self.entries.find(public_id)
            if entry is None or not entry.is_held or entry.claimed.lease.token != before.token:
                continue
            if public_id in renewed:
                entry.claimed = replace(entry.claimed, lease=renewed[public_id])
            elif not self._is_busy(public_id):
                lost.append(entry)
        if lost:
            self._say_lost(lost)
            self.lose(lost)
        self.renewed.emit()

    def _say_lost(self, lost: Sequence[Entry]) -> None:
        one, many = (
            "{count} item is no longer held for you",
            "{count} items are no longer held for you",
        )
        names = ", ".join(f"“{title(each.item.media)}”" for each in lost[:3])
        words = tr("{names}: the time ran out, so somebody else may look at it.")
        self.noticed.emit(
            Notice(counted(len(lost), one, many), words.format(names=names), "warning")
        )
