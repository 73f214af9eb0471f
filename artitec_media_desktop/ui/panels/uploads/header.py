"""The head of the uploads page: its name, one sentence, and what is done about all files."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ....domain.uploads import UploadState
from ...theme import Height, Space, icon
from ...upload_queue import UploadQueue
from ...upload_words import number, tr
from ...widgets import button, icon_button, label


class UploadsHeader(QWidget):
    """``pause`` pauses everything, or lets everything go on where nothing moves."""

    #: True: pause all; False: go on with all.
    pause_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(Height.HEADER)
        self._sentence = label(role="small")
        self.details = icon_button("pencil-simple", tr("Details"), "Ctrl+I")
        self.details.setCheckable(True)
        self.pause = button(tr("Pause all"), "pause")
        self.add = button(tr("Add files"), "plus", "primary")
        self._pauses = True
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(label(tr("Uploads"), "title"))
        words.addWidget(self._sentence)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        row.setSpacing(Space.S)
        row.addLayout(words, 1)
        for each in (self.details, self.pause, self.add):
            row.addWidget(each)
        self.pause.clicked.connect(self.toggle)

    def toggle(self) -> None:
        """Pause all, or let all go on."""
        if self.pause.isEnabled():
            self.pause_wanted.emit(self._pauses)

    def show_queue(self, queue: UploadQueue) -> None:
        """Say how many batches there are, and what the button does now."""
        count = len(queue.batches)
        batches = tr("1 batch") if count == 1 else tr("{count} batches")
        carries_on = tr("everything here carries on after a restart")
        batches = batches.format(count=number(count))
        self._sentence.setText(f"{batches} · {carries_on}" if count else carries_on.capitalize())
        moving = queue.count(UploadState.QUEUED) + queue.count(UploadState.WORKING)
        paused = queue.count(UploadState.PAUSED)
        self._offer(pauses=bool(moving) or not paused)
        self.pause.setEnabled(bool(moving or paused))
        self.details.setEnabled(count > 0)
        if not (moving or paused):
            self.pause.setToolTip(tr("Nothing is on its way."))
        else:
            what = tr("Pause all") if self._pauses else tr("Go on with all")
            self.pause.setToolTip(f"{what}  Shift+Space")

    def _offer(self, *, pauses: bool) -> None:
        if pauses != self._pauses:
            self._pauses = pauses
            self.pause.setText(tr("Pause all") if pauses else tr("Go on"))
            self.pause.setIcon(icon("pause" if pauses else "play"))
