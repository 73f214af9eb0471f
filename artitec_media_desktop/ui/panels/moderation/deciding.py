"""Decisions: the next item is in front at once, the library follows, what it refuses is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ....domain.changes import Change, ChangeKind
from ....domain.errors import Conflict, MediaError
from ....domain.media import ModerationStatus
from ....domain.moderation import Claimed, Lease, Look, Ruling
from ....domain.work import Work
from ...panel import Notice
from .entries import Entry
from .session import Session
from .steps import DONE_ANYHOW, Step, Steps
from .words import counted, done_word, title, tr

if TYPE_CHECKING:
    from ....bootstrap import App

#: Somebody else has the item, or has decided on it.
_GONE: Final = frozenset({"overtaken", "held", "lease_lost", "no_media"})
#: So many decisions of a session can be taken back one by one.
_KEPT: Final = 500


@dataclass(slots=True, eq=False)
class Decision:
    """One of this session, on one item or on many. ``before`` is what stood of each until then."""

    entries: tuple[Entry, ...]
    ruling: Ruling
    before: tuple[Ruling | None, ...]
    step: Step | None = None
    change: Change | None = None

    @property
    def public_ids(self) -> tuple[str, ...]:
        """Of its items, in order."""
        return tuple(each.public_id for each in self.entries)


@dataclass(slots=True)
class _Undone:
    """``change`` is None where somebody else was faster to take it back."""

    change: Change | None = None
    claimed: list[Claimed] = field(default_factory=list)
    refused: list[MediaError] = field(default_factory=list)


class Deciding(QObject):
    """Sends decisions and takes them back, one by one; none waits for another's answer."""

    #: Decision: it was taken.
    decided = Signal(object)
    #: So many more decisions stand, or fewer.
    counted = Signal(int)
    #: A decision was carried out, refused or taken back.
    settled = Signal()
    #: Notice
    noticed = Signal(object)

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self.steps = Steps(app, self)
        self.session = Session(app, self.steps.is_busy, self)
        #: Those that stand, the last one last.
        self.standing: list[Decision] = []
        #: What was taken back since, the last one last.
        self.reversed: list[Decision] = []
        self._is_telling = False
        app.changes.happened.connect(self._happened)
        app.finishing.append(self.is_through)

    def is_through(self) -> bool:
        """The window goes: give back what is held; whether all that was decided is sent."""
        self.session.leave()
        return not self.steps.count and self.session.is_given_back

    # ---- deciding

    def decide(self, entries: Sequence[Entry], ruling: Ruling) -> None:
        """Decide on these; those that stand so already are left."""
        self.reversed.clear()
        self._decide(entries, ruling)

    def _decide(self, entries: Sequence[Entry], ruling: Ruling) -> None:
        wanted = [each for each in entries if each.status is not ruling.status or _agrees(each)]
        if not wanted:
            words = tr("This is {status} already").format(status=done_word(ruling.status))
            self.noticed.emit(Notice(words, tone="info"))
            return
        decision = Decision(tuple(wanted), ruling, tuple(each.ruling for each in wanted))
        seen = {each.public_id: each.status for each in wanted}
        names = list(seen)

        def prepare() -> Callable[[Work], Change]:
            leases = {each.public_id: each.claimed.lease for each in wanted if each.is_held}
            return lambda work: self._carry_out(names, ruling, seen, leases, work)

        for each in wanted:
            each.ruling = ruling
            self.session.entries.touch(each)
        if ruling.status is ModerationStatus.FLAGGED:
            self.session.passed.update(names)
        else:
            self.session.passed.difference_update(names)
        self.standing.append(decision)
        del self.standing[:-_KEPT]
        decision.step = Step(
            frozenset(names),
            prepare,
            lambda change: self._done(decision, change),
            lambda error: self._refused(decision, error),
        )
        self.session.go_on()
        self.counted.emit(len(wanted))
        self.decided.emit(decision)
        self.steps.add(decision.step)

    def _carry_out(
        self,
        names: Sequence[str],
        ruling: Ruling,
        seen: Mapping[str, ModerationStatus],
        leases: Mapping[str, Lease],
        work: Work,
    ) -> Change:
        """For a worker. What was done, and only left old copies, is a change as any other."""
        change = self._app.moderation.decide(names, ruling, seen, leases, work, partly=True)
        if change.failed and not change.media:
            raise change.failed[0].error
        return change

    def _done(self, decision: Decision, change: Change) -> None:
        decision.change = change
        failed = {each.public_id: each.error for each in change.failed}
        for entry in decision.entries:
            error = failed.get(entry.public_id)
            if error is None or error.code == DONE_ANYHOW:
                entry.is_held = False
        if change.media:
            self._app.changes.happened.emit(change)
        for public_id, error in failed.items():
            entry = next(each for each in decision.entries if each.public_id == public_id)
            if error.code == DONE_ANYHOW:
                self.noticed.emit(Notice(tr("Done, but"), error.message, "warning"))
            else:
                self._take_out(decision, entry, error)
        self.settled.emit()

    def _refused(self, decision: Decision, error: MediaError) -> None:
        for entry in decision.entries:
            self._take_out(decision, entry, error, tell=entry is decision.entries[0])
        if decision in self.standing:
            self.standing.remove(decision)
        self.settled.emit()

    def _take_out(
        self, decision: Decision, entry: Entry, error: MediaError, *, tell: bool = True
    ) -> None:
        """It was not decided so: it leaves the strip, or waits on."""
        at = decision.entries.index(entry)
        stands = decision in self.standing  # else it was taken back meanwhile
        if stands:
            self.counted.emit(-1)
        if entry.ruling is decision.ruling:
            entry.ruling = decision.before[at]
        self.session.entries.touch(entry)
        if error.code in _GONE or (error.code == "no_move" and not entry.is_held):
            self.session.lose([entry])
        elif error.code in ("own_decision", "own_upload", "not_allowed"):
            self.session.give_up(entry)
            self.session.release([entry.claimed.lease])
        elif self.session.entries.row_of(entry) < 0 and self.session.is_on:
            self.session.bring_back([entry])
        if tell and stands:
            words = tr("“{name}” was not {status}").format(
                name=title(entry.item.media), status=done_word(decision.ruling.status)
            )
            tone = "warning" if isinstance(error, Conflict) else "danger"
            self.noticed.emit(Notice(words, error.message, tone))

    # ---- taking back

    @property
    def may_undo(self) -> bool:
        """Whether a decision of this session stands."""
        return bool(self.standing)

    def undo(self) -> None:
        """Take back the last one that stands, also while it is under way."""
        if not self.standing:
            older = tr("Ctrl+Z takes back what you did last, also on another day.")
            self.noticed.emit(Notice(tr("Nothing was decided here by now"), older, "info"))
            return
        decision = self.standing.pop()
        self.reversed.append(decision)
        self.session.passed.difference_update(decision.public_ids)
        for entry, before in zip(decision.entries, decision.before, strict=True):
            entry.ruling = before
        self.counted.emit(-len(decision.entries))
        self.session.bring_back(decision.entries)
        step = decision.step
        if step is None or not self.steps.drop(step):
            self._reverse(decision)
        self.settled.emit()

    @property
    def may_redo(self) -> bool:
        """Whether the last that was taken back can be decided so again."""
        return bool(self.reversed) and bool(self._redoable())

    def redo(self) -> None:
        """Decide so again what was taken back last, where it is still here."""
        entries = self._redoable() if self.reversed else []
        if not entries:
            self.noticed.emit(Notice(tr("There is nothing to redo"), tone="info"))
            return
        self._decide(entries, self.reversed.pop().ruling)

    def _redoable(self) -> list[Entry]:
        entries = self.reversed[-1].entries
        return [each for each in entries if self.session.entries.row_of(each) >= 0]

    def _reverse(self, decision: Decision) -> None:
        def prepare() -> Callable[[Work], _Undone] | None:
            change = decision.change
            if change is None or change.id is None:
                return None  # it was refused meanwhile, which was told
            number, ids = change.id, change.public_ids
            wanted = [
                entry.public_id
                for entry, before in zip(decision.entries, decision.before, strict=True)
                if before is None and entry.public_id in ids
            ]
            for entry in decision.entries:
                entry.is_held = False
            return lambda work: self._undone(number, wanted, work)

        self.steps.add(
            Step(
                frozenset(decision.public_ids),
                prepare,
                lambda undone: self._taken_back(decision, undone),
                lambda error: self._stands(decision, error),
            )
        )

    def _undone(self, number: int, wanted: Sequence[str], work: Work) -> _Undone:
        """For a worker: reverse the change, and hold its items again."""
        found = _Undone()
        try:
            found.change = self._app.undoing.undo(number, work)
        except MediaError as error:
            if error.code not in ("undone_already", DONE_ANYHOW):
                raise
        for public_id in wanted:
            try:
                found.claimed.append(self._app.review_queue.claim(public_id))
            except MediaError as error:
                found.refused.append(error)
        return found

    def _taken_back(self, decision: Decision, undone: _Undone) -> None:
        held = {each.item.public_id: each for each in undone.claimed}
        lost = []
        for entry, before in zip(decision.entries, decision.before, strict=True):
            if before is not None:
                continue
            if entry.public_id in held:
                entry.claimed, entry.is_held = held[entry.public_id], True
                self.session.entries.touch(entry)
            else:
                lost.append(entry)
        shown = {each.public_id for each in self.session.entries}
        gone = [each.lease for each in undone.claimed if each.item.public_id not in shown]
        self.session.release(gone)  # one has left the page meanwhile
        self.session.lose(lost)
        for error in undone.refused[:1]:
            self.noticed.emit(Notice(tr("Taken back, but not held for you"), error.message, "info"))
        if undone.change is not None:
            self._is_telling = True
            self._app.changes.happened.emit(undone.change)
            self._is_telling = False
        self.session.renewed.emit()
        self.settled.emit()

    def _stands(self, decision: Decision, error: MediaError) -> None:
        """It could not be taken back."""
        for entry, before in zip(decision.entries, decision.before, strict=True):
            if entry.ruling is before:
                entry.ruling = decision.ruling
                self.session.entries.touch(entry)
        self.counted.emit(len(decision.entries))
        words = counted(
            len(decision.entries),
            "The decision was not taken back",
            "The decisions were not taken back",
        )
        self.noticed.emit(Notice(words, error.message, "danger"))
        self.session.go_on()
        self.settled.emit()

    def _happened(self, change: Change) -> None:
        """Something was undone by another way; if it is ours, it waits in the queue again."""
        if change.kind is not ChangeKind.UNDONE or self._is_telling:
            return
        names = set(change.public_ids)
        ours = [each for each in self.standing if each.change and names & set(each.public_ids)]
        for decision in ours[-1:]:
            self.standing.remove(decision)
            self.counted.emit(-len(decision.entries))
            for entry in decision.entries:
                entry.ruling = None
            self.session.lose(decision.entries)
            self.settled.emit()


def _agrees(entry: Entry) -> bool:
    """Whether the same status again is a decision: in a second look it is."""
    return entry.is_open and entry.item.look is not Look.FIRST
