"""How far a longer piece of work is, over the rows, with a way to stop it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ..theme import Height, Space
from .buttons import button
from .labels import label
from .track_bar import TrackBar

if TYPE_CHECKING:
    from ...tasks.runner import Task

#: What is shorter needs no progress.
_AFTER_MS: Final = 200
_TRACK: Final = 160


class ProgressStrip(QWidget):
    """Comes into view only where the work takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self._task: Task | None = None
        self._words = ""
        self._label = label(role="emphasis")
        self._track = TrackBar(self.tr("Progress"), _TRACK)
        self.cancel = button(self.tr("Cancel"), small=True)
        self.cancel.clicked.connect(self._stop)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(Height.FILTER_BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        row.setSpacing(Space.M)
        row.addWidget(self._label)
        row.addStretch(1)
        row.addWidget(self._track)
        row.addWidget(self.cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self.hide()

    def begin(self, words: str) -> None:
        """``words`` say what is being done, as "Putting back"."""
        self._words, self._task = words, None
        self._label.setText(words)
        self._track.set_share(0)
        self.cancel.setEnabled(True)
        self._timer.start(_AFTER_MS)

    def watch(self, task: "Task") -> None:
        """What Cancel stops."""
        self._task = task

    def tell(self, done: int, total: int, _text: str = "") -> None:
        """So many are done."""
        of, number = self.tr("{words} {done} of {total}"), QLocale().toString
        self._label.setText(of.format(words=self._words, done=number(done), total=number(total)))
        self._track.set_share(done / total if total else 0)

    def end(self) -> None:
        """It is over, one way or another."""
        self._timer.stop()
        self._task = None
        self.hide()

    def _stop(self) -> None:
        self.cancel.setEnabled(False)
        if self._task is not None:
            self._task.cancel()
