"""Keys that are held down: what a person pressed, and what the keyboard made of it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeyEvent

#: A press that belongs to a release has come by then.
_WAIT_MS: Final = 20


class Repeats(QObject):
    """To be told every press and release of a page.

    X11 sends each repetition of a held key as a release and a press of the same moment. Qt sees
    that they are one only where both have come when it reads the first; otherwise it says that
    somebody let go and pressed again, and a held key would decide again and again.
    """

    def __init__(self, ended: Callable[[], None], parent: QObject | None = None) -> None:
        """``ended`` is called once a key is let go for which ``end`` was called."""
        super().__init__(parent)
        self._released: tuple[int, int] | None = None
        self._end = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._end.timeout.connect(ended)

    def is_one(self, event: QKeyEvent) -> bool:
        """Whether a press is only the repetition of a key that is held."""
        same = event.timestamp() != 0 and (event.key(), event.timestamp()) == self._released
        return same or event.isAutoRepeat()

    def release(self, event: QKeyEvent) -> None:
        """Remember which key was let go when."""
        self._released = event.key(), event.timestamp()

    def end(self) -> None:
        """What was held is let go, unless a press of the same moment follows."""
        self._end.start()

    def go_on(self) -> None:
        """It is still held."""
        self._end.stop()
