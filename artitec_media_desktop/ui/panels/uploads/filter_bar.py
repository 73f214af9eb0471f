"""Chips that filter by state, and what can be done about many files at once."""

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ....domain.uploads import UploadState
from ...theme import Height, Space, font
from ...upload_queue import UploadQueue
from ...upload_words import tr
from ...widgets import Chip, button

_S = UploadState
#: Name, word, states (None: all), icon and its token, whether it is there even at zero.
_CHIPS: Final = (
    ("all", "All", None, "", "", True),
    (
        "needs_you",
        "Needs you",
        frozenset({_S.FAILED, _S.ASKING, _S.UNPLACED}),
        "warning-circle",
        "warning",
        True,
    ),
    ("adding", "Adding", frozenset({_S.WORKING}), "", "", True),
    ("waiting", "Waiting", frozenset({_S.QUEUED}), "", "", True),
    ("paused", "Paused", frozenset({_S.PAUSED}), "", "", False),
    ("added", "Added", frozenset({_S.DONE}), "", "", True),
    ("already_here", "Already here", frozenset({_S.DUPLICATE}), "", "", False),
    ("left_out", "Left out", frozenset({_S.SKIPPED}), "", "", False),
    ("failed", "Failed", frozenset({_S.FAILED}), "", "", False),
    ("to_compare", "To compare", frozenset({_S.ASKING}), "", "", False),
    ("unplaced", "Without a place", frozenset({_S.UNPLACED}), "", "", False),
)
#: What a button is wide besides its word: icon, padding, edge, and the gap to the next.
_AROUND_WORD: Final = 44


class FilterBar(QWidget):
    """Exactly one chip is on."""

    #: frozenset of states, or None for all.
    chosen = Signal(object)
    retry = Signal()
    clear = Signal()
    report = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chips: dict[str, Chip] = {}
        self.setFixedHeight(Height.FILTER_BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PANEL, 0, Space.S, 0)
        row.setSpacing(Space.XS)
        group = QButtonGroup(self)
        for name, word, states, icon_name, token, _ in _CHIPS:
            chip = Chip(tr(word), icon_name, token)
            chip.clicked.connect(lambda _=False, states=states: self.chosen.emit(states))
            group.addButton(chip)
            self.chips[name] = chip
            row.addWidget(chip)
        self.chips["all"].setChecked(True)
        row.addStretch(1)
        self.retry_button = button(tr("Retry failed"), "arrow-clockwise", "quiet", small=True)
        self.clear_button = button(tr("Clear finished"), "eraser", "quiet", small=True)
        self.report_button = button(tr("Save report"), "download-simple", "quiet", small=True)
        self.report_button.setToolTip(tr("What became of every file, as a table (CSV)"))
        self.retry_button.clicked.connect(self.retry)
        self.clear_button.clicked.connect(self.clear)
        self.report_button.clicked.connect(self.report)
        for each in self._buttons():
            each.setAccessibleName(each.text())
            row.addWidget(each)

    def minimumSizeHint(self) -> QSize:
        """Narrow windows get the buttons without their words, so this may be narrow too."""
        return QSize(0, Height.FILTER_BAR)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words of the buttons out where the chips need the room."""
        super().resizeEvent(event)
        self._fit()

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.retry_button, self.clear_button, self.report_button

    def _fit(self) -> None:
        """Show the chips there is room for: the last ones are parts of "Needs you"."""
        room = self.width() - Space.PANEL - Space.S
        least = len(self._buttons()) * (_AROUND_WORD + Space.XS)
        for name, _, _, _, _, always in _CHIPS:
            chip = self.chips[name]
            needed = chip.sizeHint().width() + Space.XS
            wanted = always or chip.isChecked() or bool(chip.count and room - needed >= least)
            chip.setVisible(wanted)
            room -= needed if wanted else 0
        words = [each.accessibleName() for each in self._buttons()]
        metrics = QFontMetrics(font("small_emphasis"))
        needed = sum(metrics.horizontalAdvance(word) + _AROUND_WORD for word in words)
        for each, word in zip(self._buttons(), words, strict=True):
            each.setText(word if room >= needed else "")

    def show_all(self) -> None:
        """Choose the first chip."""
        self.chips["all"].click()

    def show_counts(self, queue: UploadQueue) -> None:
        """Put the numbers behind the words; what is never met stays away until it is."""
        for name, _, states, _, _, _ in _CHIPS:
            count = len(queue.items)
            if states is not None:
                count = sum(queue.count(state) for state in states)
            self.chips[name].set_count(count)
        self._fit()
        again = any(batch.retriable for batch in queue.batches.values())
        finished = sum(queue.count(state) for state in _S if state.is_final)
        _offer(
            self.retry_button,
            again,
            tr("Try again what could end differently now  Ctrl+Shift+R"),
            tr("Nothing failed that could end differently with the same file."),
        )
        _offer(
            self.clear_button,
            finished > 0,
            tr("Take finished files off this list"),
            tr("Nothing is finished yet."),
        )


def _offer(made: QPushButton, on: bool, does: str, why_not: str) -> None:
    made.setEnabled(on)
    made.setToolTip(does if on else why_not)
