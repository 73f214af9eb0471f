"""The foot of the sidebar: for how long the item is held for this person."""

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from .....domain.moderation import Lease
from ....theme import Space
from ....theme.stylesheet import set_property
from ....widgets import ElidedLabel, label
from ..facts_words import aware
from ..words import tr

_HIGH: Final = 40
_TICK_MS: Final = 1_000
#: So little is told in seconds, and in amber.
_SHORT: Final = 60


def left_text(seconds: float) -> str:
    """``9 min``, ``45 s``; empty where nothing is left."""
    if seconds <= 0:
        return ""
    if seconds < _SHORT:
        return tr("{count} s").format(count=int(seconds))
    return tr("{count} min").format(count=int(seconds // 60))


class LeaseFoot(QWidget):
    """Counts down while it is in view; a renewed lease is shown by ``show_lease``."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_HIGH)
        self._lease: Lease | None = None
        self.words, self.left = ElidedLabel("", "small"), label("", "small_strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.words, 1)
        row.addWidget(self.left)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tell)

    def show_lease(self, lease: Lease | None) -> None:
        """Count down to another end; None for nothing held."""
        self._lease = lease
        self.tell()

    def tell(self, now: datetime | None = None) -> None:
        """Say how much is left by this computer's clock."""
        if self._lease is None:
            words, left, tone = tr("Nothing is held for you"), "", "muted"
        else:
            until = aware(self._lease.until)
            seconds = (until - (now or datetime.now(UTC))).total_seconds()
            left = left_text(seconds)
            words = tr("Held for you, nobody else sees it")
            tone = "warning" if seconds < _SHORT else "text"
            if not left:
                words = tr("Your time ran out: others may get it")
        if words != self.words.text():
            self.words.setText(words)
        if left != self.left.text():
            self.left.setText(left)
            self.setAccessibleName(f"{words} {left}".strip())
        set_property(self.left, "tone", tone)
        set_property(self.words, "tone", "warning" if self._lease and not left else "muted")

    def showEvent(self, event: QShowEvent) -> None:
        """Count again."""
        super().showEvent(event)
        self.tell()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._timer.stop()
