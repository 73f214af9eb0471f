"""One picture after another, by themselves."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

#: How long each is shown, in milliseconds.
STAYS_MS: Final = 4_000


class Slideshow(QObject):
    """``advance`` turns to the next one and says whether there was one."""

    #: It runs, or it has ended.
    changed = Signal(bool)

    def __init__(self, advance: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._advance = advance
        self._timer = QTimer(self, interval=STAYS_MS)
        self._timer.timeout.connect(self._next)

    @property
    def is_running(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Begin or end."""
        if self.is_running:
            self.stop()
        else:
            self._timer.start()
            self.changed.emit(True)

    def stop(self) -> None:
        """End, if it runs."""
        if self.is_running:
            self._timer.stop()
            self.changed.emit(False)

    def wait(self) -> None:
        """Somebody turned by hand: what is shown now stays its full time."""
        if self.is_running:
            self._timer.start()

    def _next(self) -> None:
        if not self._advance():
            self.stop()
