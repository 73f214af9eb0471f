"""What a person changes in a page: one after another in a worker, with progress, toast and Undo."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from ..domain.changes import Change, ChangeKind, Stopped
from ..domain.errors import MediaError, NotFound
from ..domain.work import Work
from .change_words import counted, what
from .panel import Notice
from .upload_words import number
from .widgets import ProgressStrip

if TYPE_CHECKING:
    from ..bootstrap import App

#: So many different reasons are told of a batch that was done in part.
_REASONS: Final = 3
#: No faults: there is just nothing.
_NOTHING: Final = ("nothing_to_undo", "nothing_to_redo")


@dataclass(frozen=True, slots=True)
class Edit:
    """Something to be done.

    ``doing`` is shown while it lasts ("Moving to Trash"), ``done`` says what was done ("6 photos
    moved to Trash"; empty for no toast), ``detail`` stands below it; ``not_done`` heads the
    complaint. ``on_done`` gets the change, ``on_error`` the error, and ``on_end``, however it
    ended, what was done (None for nothing); ``icon`` and ``tone`` are the toast's.
    """

    doing: str
    act: Callable[[Work], Change]
    done: Callable[[Change], str]
    not_done: str
    on_done: Callable[[Change], None] | None = None
    on_error: Callable[[MediaError], None] | None = None
    on_end: Callable[[Change | None], None] | None = None
    tone: str = "success"
    icon: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Reversal(Edit):
    """An undoing, or its own undoing: what may be done again stays so."""


class Edits(QObject):
    """Carries edits out in the order they were asked for, and takes them back. One a window."""

    #: Notice
    noticed = Signal(object)
    #: Numbers of changes that were taken back: what was told of them holds no longer.
    reversed = Signal(object)
    #: The first begins, or nothing is left to do.
    busy_changed = Signal(bool)

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        #: To be put where it is seen on every page.
        self.strip = ProgressStrip()
        self._waiting: deque[Edit] = deque()
        self._now: Edit | None = None
        #: Whether one is under way.
        self.is_busy = False
        #: What was undone since the last edit, with the number of its undoing.
        self._undone: list[tuple[Change, int]] = []

    def carry_out(self, edit: Edit) -> None:
        """Do it as soon as those before it are done."""
        self._waiting.append(edit)
        if not self.is_busy:
            self.is_busy = True
            self.busy_changed.emit(True)
            self._next()

    def undo(
        self,
        change: Change | None = None,
        together: Sequence[int] = (),
        on_done: Callable[[Change], None] | None = None,
    ) -> None:
        """Reverse a change, or the last one of this account that no upload made.

        ``together`` are the numbers of uploads that are reversed as one.
        """
        found: list[Change] = []
        reasons: list[str] = []

        def act(work: Work) -> Change:
            last = change or self._app.undoing.last(uploads=False)
            if last is None:
                raise NotFound("nothing_to_undo", self.tr("There is nothing to undo"))
            found.append(last)
            if last.kind is ChangeKind.MODERATED and last.id is not None:
                reasons.append(self._app.activity.why(last.id))
            if together:
                return self._app.undoing.undo_uploads(together, work)
            return self._app.undoing.undo(last.id, work)

        def done(undoing: Change) -> str:
            if undoing.id is not None:
                self._undone.append((found[0], undoing.id))
            self.reversed.emit({found[0].id, *together})
            named = what(found[0], len(undoing.public_ids), "".join(reasons))
            return self.tr("Undone: {what}").format(what=named)

        words = self.tr("Undoing"), self.tr("Nothing was undone")
        icon = "arrow-counter-clockwise"
        self.carry_out(_Reversal(words[0], act, done, words[1], on_done, icon=icon))

    def redo(self) -> None:
        """Do again what was undone last in this window, unless something else was done since."""
        found: list[Change] = []
        reasons: list[str] = []
        numbers: set[int] = set()

        def act(work: Work) -> Change:
            if not self._undone:
                raise NotFound("nothing_to_redo", self.tr("There is nothing to redo"))
            change, number = self._undone.pop()
            found.append(change)
            numbers.add(number)
            if change.kind is ChangeKind.MODERATED and change.id is not None:
                reasons.append(self._app.activity.why(change.id))
            return self._app.undoing.redo(number, change.kind, work)

        def done(again: Change) -> str:
            self.reversed.emit(numbers)
            named = what(found[0], len(again.public_ids), "".join(reasons))
            return self.tr("Done again: {what}").format(what=named)

        words = self.tr("Doing it again"), self.tr("Nothing was done again")
        self.carry_out(_Reversal(words[0], act, done, words[1], icon="arrow-clockwise"))

    def _next(self) -> None:
        if not self._waiting:
            self.strip.end()
            self.is_busy = False
            self.busy_changed.emit(False)
            return
        edit = self._now = self._waiting.popleft()
        self.strip.begin(edit.doing)
        runner = self._app.runner
        task = runner.run(
            lambda work: _outcome(edit, work),
            self._ended,
            self._failed,
            self.strip.tell,
            self._unbegun,
        )
        if self._now is edit:
            self.strip.watch(task)

    def _go_on(self, change: Change | None = None) -> None:
        edit, self._now = self._now, None
        try:
            if edit is not None and edit.on_end is not None:
                edit.on_end(change)
        finally:
            self._next()

    def _unbegun(self) -> None:
        """It was stopped before anything was done."""
        edit = self._now
        assert edit is not None  # noqa: S101  # one answer each
        self.noticed.emit(Notice(edit.not_done, tone="info"))
        self._go_on()

    def _ended(self, outcome: Change | Stopped) -> None:
        edit = self._now
        assert edit is not None  # noqa: S101  # one answer each
        stopped = outcome if isinstance(outcome, Stopped) else None
        change = outcome.change if isinstance(outcome, Stopped) else outcome
        try:
            if not isinstance(edit, _Reversal):
                self._undone.clear()
            self._app.changes.happened.emit(change)
            if stopped is not None:
                self._tell_stopped(edit, stopped)
            else:
                self._tell_done(edit, change)
            self._tell_failed(change)
            if edit.on_done is not None and stopped is None:
                edit.on_done(change)
        finally:
            self._go_on(change)

    def _failed(self, error: MediaError) -> None:
        edit = self._now
        assert edit is not None  # noqa: S101  # one answer each
        try:
            if error.code in _NOTHING:
                self.noticed.emit(Notice(error.message.rstrip("."), tone="info"))
            else:
                self._complain(edit.not_done, error.message)
            if edit.on_error is not None:
                edit.on_error(error)
        finally:
            self._go_on()

    def _tell_done(self, edit: Edit, change: Change) -> None:
        words = edit.done(change) if change.media else ""
        if not words:
            return
        self._tell(words, edit.detail, edit.tone, change, edit.icon)

    def _tell_stopped(self, edit: Edit, stopped: Stopped) -> None:
        """What was done until then stays, and can be taken back."""
        done = len(stopped.change.public_ids)
        if not done:
            self.noticed.emit(Notice(edit.not_done, tone="info"))
            return
        words = self.tr("Stopped: {done} of {total} done").format(
            done=number(done), total=number(stopped.total)
        )
        self._tell(words, "", "warning", stopped.change, "")

    def _tell(self, words: str, detail: str, tone: str, change: Change, icon: str) -> None:
        """With Undo, where that can be."""
        may_undo = change.id is not None and not change.is_final
        undo = (lambda: self.undo(change)) if may_undo else None
        action = self.tr("Undo") if may_undo else ""
        self.noticed.emit(Notice(words, detail, tone, action, undo, icon, change.id))

    def _tell_failed(self, change: Change) -> None:
        """Of a batch, what could not be done, with the reasons."""
        done = set(change.public_ids)
        left = [each for each in change.failed if each.public_id not in done]
        old = [each for each in change.failed if each.public_id in done]
        if left:
            one, many = "{count} item could not be done", "{count} items could not be done"
            reasons = list(dict.fromkeys(each.error.message for each in left))
            self._complain(counted(len(left), one, many), "\n".join(reasons[:_REASONS]))
        elif old:
            self.noticed.emit(Notice(self.tr("Done, but"), old[0].error.message, "warning"))

    def _complain(self, title: str, text: str) -> None:
        copy = QGuiApplication.clipboard().setText
        self.noticed.emit(Notice(title, text, "danger", self.tr("Copy"), lambda: copy(text)))


def _outcome(edit: Edit, work: Work) -> Change | Stopped:
    """What was done; also where it was stopped before all of it was."""
    try:
        return edit.act(work)
    except Stopped as stopped:
        return stopped
