"""The automatic check: what it has still to look at, and a button that starts it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ....domain.errors import MediaError
from ....domain.permissions import Decision
from ...theme import Space
from ...upload_words import number
from ...widgets import button, label
from ...widgets.track_bar import TrackBar
from .words import counted, tr

if TYPE_CHECKING:
    from ....bootstrap import App
    from ....services.moderation.screening import Screened
    from ....tasks.runner import Task

_TRACK = 96
#: After anything that somebody waits for.
_LAST = -1_000


class ScreeningStatus(QWidget):
    """Goes on while other pages are in front; what was stopped goes on where it was."""

    #: Items have scores that had none.
    screened = Signal()

    def __init__(self, app: "App", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._task: Task | None = None
        self.is_running = False
        self.words = label("", "small", "muted")
        self.words.setWordWrap(True)
        self.start, self.cancel = (
            button(tr("Check automatically"), small=True),
            button(tr("Cancel"), small=True),
        )
        self.track = TrackBar(tr("Automatic check"), _TRACK)
        self.start.clicked.connect(self.run)
        self.cancel.clicked.connect(self._stop)
        self._lay_out()
        self.start.hide()
        self._show_running(False)

    def read(self) -> None:
        """Ask what is still to be looked at."""
        if self.is_running:
            return

        def ask(_: object) -> tuple[Decision, int]:
            screening = self._app.screening
            decision = screening.available()
            return decision, screening.pending_count() if decision else 0

        self._app.runner.run(ask, self._show, lambda error: self._say(error.message))

    def run(self) -> None:
        """Look at all that has no score yet, while nothing else is to be done."""
        if self.is_running:
            return
        self._show_running(True)
        self._say(tr("Checking"))
        self.track.set_share(0)
        self._task = self._app.runner.run(
            lambda work: self._app.screening.run(work),
            self._done,
            self._failed,
            self._tell,
            self._stopped,
            priority=_LAST,
        )

    def showEvent(self, event: QShowEvent) -> None:
        """It may be another number by now."""
        super().showEvent(event)
        self.read()

    # ---- what came of it

    def _show(self, answer: tuple[Decision, int]) -> None:
        decision, count = answer
        if self.is_running:
            return
        self.start.setVisible(bool(decision) and count > 0)
        lacking = counted(count, "{count} not checked yet", "{count} not checked yet")
        checked = tr("All that waits was checked") if not count else lacking
        self._say(checked if decision else decision.reason)

    def _tell(self, done: int, total: int, _name: str) -> None:
        words = tr("Checking {done} of {total}")
        self._say(words.format(done=number(done), total=number(total)))
        self.track.set_share(done / total if total else 0)

    def _done(self, found: "Screened") -> None:
        self._end()
        if not found.failed:
            self.read()
            return
        failed = len(found.failed)
        self._say(counted(failed, "{count} could not be checked", "{count} could not be checked"))
        self.words.setToolTip(found.failed[0].error.message)

    def _failed(self, error: MediaError) -> None:
        self._end()
        self._say(error.message)

    def _stopped(self) -> None:
        self._end()
        self.read()

    def _stop(self) -> None:
        self.cancel.setEnabled(False)
        if self._task is not None:
            self._task.cancel()

    def _end(self) -> None:
        self._task = None
        self._show_running(False)
        self.screened.emit()

    def _show_running(self, running: bool) -> None:
        self.is_running = running
        self.cancel.setEnabled(True)
        for part in (self.cancel, self.track):
            part.setVisible(running)
        if running:
            self.start.hide()

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setToolTip("")

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for part in (self.start, self.track, self.cancel):
            row.addWidget(part)
        row.addStretch(1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(Space.XS)
        down.addWidget(self.words)
        down.addLayout(row)
