"""The automatic check: how far it is, why it can't be done, and a button that stops it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from .....domain.errors import Forbidden, MediaError
from .....tasks.screening import Screening
from ....theme import Space
from ....upload_words import number
from ....widgets import ElidedLabel, button
from ....widgets.track_bar import TrackBar
from ..parts import wrapped
from ..words import counted, tr

if TYPE_CHECKING:
    from .....bootstrap import App
    from .....services.moderation.screening import Screened

_TRACK: Final = 48


class ScreeningStatus(QWidget):
    """Shows what its ``task`` does; hidden while there is nothing to be said."""

    #: Items have scores that had none.
    screened = Signal()
    #: It says something, or nothing any more.
    changed = Signal()

    def __init__(self, app: "App", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        #: The only one of the window.
        self.task = Screening(app.runner, lambda: app.screening, self)
        self._is_unwanted = False
        self.words, self.count = wrapped("small", "muted"), ElidedLabel("", "small")
        self.again = button(tr("Check automatically"), small=True)
        self.cancel = button(tr("Stop"), small=True)
        self.track = TrackBar(tr("Automatic check"), _TRACK)
        self.again.clicked.connect(self._go_on)
        self.cancel.clicked.connect(self._stop)
        self.task.progressed.connect(self._tell)
        self.task.done.connect(self._done)
        self.task.failed.connect(self._failed)
        self._lay_out()
        self._show("")

    @property
    def says(self) -> bool:
        """Whether there is anything to be said."""
        return not self.isHidden()

    def start(self) -> None:
        """The page is shown: check what waits, unless the person has stopped it."""
        if not self._is_unwanted:
            self.task.start()

    def stop(self) -> None:
        """The page is left."""
        self.task.stop()
        if not self._is_unwanted:
            self._show("")

    # ---- what a person does

    def _go_on(self) -> None:
        self._is_unwanted = False
        self._show("")
        self.task.start()

    def _stop(self) -> None:
        self._is_unwanted = True
        self.task.stop()
        self._show(tr("Stopped. What has no score yet is not checked."), again=True)

    # ---- what the task says

    def _tell(self, done: int, total: int) -> None:
        if self.count.isHidden():
            self._show("", running=True)
        words = tr("Checking {done} of {total}")
        self.count.setText(words.format(done=number(done), total=number(total)))
        self.track.set_share(done / total if total else 0)

    def _done(self, found: "Screened") -> None:
        failed = len(found.failed)
        words = counted(failed, "{count} could not be checked", "{count} could not be checked")
        self._show(words if failed else "")
        self.words.setToolTip(found.failed[0].error.message if failed else "")
        if found.count:
            self.screened.emit()

    def _failed(self, error: MediaError) -> None:
        # Who may not check has no use for being told so at every item.
        self._show("" if isinstance(error, Forbidden) else error.message)

    def _show(self, words: str, *, running: bool = False, again: bool = False) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.again.setVisible(again)
        for part in (self.count, self.track, self.cancel):
            part.setVisible(running)
        self.setVisible(bool(words) or running or again)
        self.changed.emit()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.count, 1)
        for part in (self.track, self.cancel):
            row.addWidget(part)
        below = QHBoxLayout()
        below.addWidget(self.again)
        below.addStretch(1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, Space.XS, 0, 0)
        down.setSpacing(Space.XS)
        down.addWidget(self.words)
        down.addLayout(row)
        down.addLayout(below)
