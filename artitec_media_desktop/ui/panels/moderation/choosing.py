"""From a key to a decision: a reject waits for its reason, and many at once for Enter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from ....domain.media import ModerationStatus
from ....domain.moderation import OTHER, REASONED, Reason, Ruling
from .entries import Entry
from .sidebar import Sidebar
from .words import question


@dataclass(frozen=True, slots=True)
class Asked:
    """What waits for Enter."""

    entries: tuple[Entry, ...]
    ruling: Ruling
    words: str


class Choosing(QObject):
    """What is started is dropped by Esc, and by turning to another item."""

    #: What was started, or is asked, changed.
    changed = Signal()
    #: Sequence[Entry], Ruling: decided.
    chosen = Signal(object, object)
    #: What was written is done with: the keyboard goes back.
    released = Signal()

    def __init__(
        self, sidebar: Sidebar, meant: Callable[[], Sequence[Entry]], parent: QObject | None = None
    ) -> None:
        """``meant`` are the items that a key is about."""
        super().__init__(parent)
        self._sidebar, self._meant = sidebar, meant
        #: REJECTED or FLAGGED while its reason is waited for.
        self.started: ModerationStatus | None = None
        self._lacks_note: Reason | None = None
        self.asked: Asked | None = None
        sidebar.reason_chosen.connect(self._clicked)
        sidebar.note_entered.connect(self._note_entered)
        sidebar.note_dropped.connect(self._note_dropped)

    def begin(self, status: ModerationStatus) -> None:
        """Approve at once; a status that takes a reason waits for its number."""
        entries = self._meant()
        if not entries:
            return
        if status not in REASONED:
            self._propose(entries, Ruling(status, note=self._sidebar.note() or None))
            return
        self.drop()
        self.started = status
        flagging = status is ModerationStatus.FLAGGED
        self._sidebar.arm_reject(True, flagging=flagging)
        self.changed.emit()

    def choose(self, number: int) -> bool:
        """The reason of a number, from 1; False where nothing waits for one."""
        if self.started is None:
            return False
        if number <= len(self._sidebar.reasons):
            self._take(self._sidebar.reasons[number - 1])
        return True

    def confirm(self) -> bool:
        """Enter; False where nothing was asked."""
        asked = self.asked
        if asked is None:
            return False
        self.drop()
        self._sidebar.clear_note()
        self.chosen.emit(asked.entries, asked.ruling)
        return True

    def drop(self) -> bool:
        """Forget what was started; False where nothing was."""
        was = self.started is not None or self.asked is not None
        self.started = self._lacks_note = self.asked = None
        if was:
            self._sidebar.arm_reject(False)
            self.changed.emit()
        return was

    def _clicked(self, code: str) -> None:
        reason = next((each for each in self._sidebar.reasons if each.code == code), None)
        if reason is None or not self._meant():
            return
        if self.started is None:
            self.begin(ModerationStatus.REJECTED)
        self._take(reason)

    def _take(self, reason: Reason) -> None:
        if reason.code == OTHER and not self._sidebar.note():
            self._lacks_note = reason
            self._sidebar.ask_note()
            return
        if self.started is not None:
            note = self._sidebar.note() or None
            self._propose(self._meant(), Ruling(self.started, reason.code, note), reason.text)

    def _note_entered(self) -> None:
        reason = self._lacks_note
        if reason is not None and not self._sidebar.note():
            return
        self.released.emit()
        if reason is not None:
            self._take(reason)

    def _note_dropped(self) -> None:
        self._sidebar.clear_note()
        self.released.emit()
        self.drop()

    def _propose(self, entries: Sequence[Entry], ruling: Ruling, reason: str = "") -> None:
        """One is decided at once; of several the count is shown first."""
        self.drop()
        if len(entries) > 1:
            words = question(ruling.status, len(entries), reason)
            self.asked = Asked(tuple(entries), ruling, words)
            self.changed.emit()
            return
        self._sidebar.clear_note()
        self.chosen.emit(entries, ruling)
