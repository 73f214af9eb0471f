"""What a person changes in a page: one after another in a worker, with progress, toast and Undo."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from ..domain.changes import Change
from ..domain.errors import MediaError
from ..domain.work import Work
from .panel import Notice
from .widgets import ProgressStrip

if TYPE_CHECKING:
    from ..bootstrap import App


@dataclass(frozen=True, slots=True)
class Edit:
    """Something to be done.

    ``doing`` is shown while it lasts ("Moving to Trash"), ``done`` says what was done ("6 photos
    moved to Trash"; empty for no toast), ``not_done`` heads the complaint. ``on_done`` gets the
    change, ``on_error`` the error; ``icon`` and ``tone`` are the toast's.
    """

    doing: str
    act: Callable[[Work], Change]
    done: Callable[[Change], str]
    not_done: str
    on_done: Callable[[Change], None] | None = None
    on_error: Callable[[MediaError], None] | None = None
    tone: str = "success"
    icon: str = ""


class Edits(QObject):
    """Carries edits out in the order they were asked for, and takes them back."""

    #: Notice
    noticed = Signal(object)

    def __init__(self, app: "App", strip: ProgressStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._strip = app, strip
        self._waiting: deque[Edit] = deque()
        self._now: Edit | None = None

    @property
    def is_busy(self) -> bool:
        """Whether one is under way."""
        return self._now is not None

    def carry_out(self, edit: Edit) -> None:
        """Do it as soon as those before it are done."""
        self._waiting.append(edit)
        if self._now is None:
            self._next()

    def undo(self, change: Change | None = None) -> None:
        """Reverse a change, or the last one of this account that is not undone."""
        number = None if change is None else change.id
        self.carry_out(
            Edit(
                self.tr("Undoing"),
                lambda work: self._app.undoing.undo(number, work),
                lambda _: self.tr("Undone"),
                self.tr("Nothing was undone"),
            )
        )

    def _next(self) -> None:
        if not self._waiting:
            self._strip.end()
            return
        edit = self._now = self._waiting.popleft()
        self._strip.begin(edit.doing)
        runner = self._app.runner
        task = runner.run(edit.act, self._done, self._failed, self._strip.tell, self._go_on)
        self._strip.watch(task)

    def _go_on(self) -> None:
        self._now = None
        self._next()

    def _done(self, change: Change) -> None:
        edit = self._now
        assert edit is not None  # noqa: S101  # one answer each
        self._app.changes.happened.emit(change)
        words = edit.done(change) if change.media else ""
        if words:
            may_undo = change.id is not None and not change.is_final
            undo = (lambda: self.undo(change)) if may_undo else None
            action = self.tr("Undo") if may_undo else ""
            self.noticed.emit(Notice(words, "", edit.tone, action, undo, edit.icon))
        self._tell_failed(change)
        if edit.on_done is not None:
            edit.on_done(change)
        self._go_on()

    def _failed(self, error: MediaError) -> None:
        edit = self._now
        assert edit is not None  # noqa: S101  # one answer each
        self._complain(edit.not_done, error.message)
        if edit.on_error is not None:
            edit.on_error(error)
        self._go_on()

    def _tell_failed(self, change: Change) -> None:
        """Of a batch, what could not be done, with the first reason."""
        done = set(change.public_ids)
        left = [each for each in change.failed if each.public_id not in done]
        old = [each for each in change.failed if each.public_id in done]
        if left:
            title = self.tr("%n item(s) could not be done", "", len(left))
            self._complain(title, left[0].error.message)
        elif old:
            self.noticed.emit(Notice(self.tr("Done, but"), old[0].error.message, "warning"))

    def _complain(self, title: str, text: str) -> None:
        copy = QGuiApplication.clipboard().setText
        self.noticed.emit(Notice(title, text, "danger", self.tr("Copy"), lambda: copy(text)))
