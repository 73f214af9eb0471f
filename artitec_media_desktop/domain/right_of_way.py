"""The window's thread goes first where threads wait for Python's lock.

Whichever thread asks first gets the lock, and the window asks for it anew after every call into
Qt: behind five busy workers each of those calls takes milliseconds. So workers look, between two
steps of theirs, whether the window is at something, and let it finish.
"""

import sys
import threading
from time import monotonic, sleep
from types import FrameType
from typing import Final

#: Seconds that one wait takes at most.
_LONGEST: Final = 0.03
_LOOK_AGAIN: Final = 0.001


class _Mine(threading.local):
    """Until when a worker goes on undisturbed, since it has waited for as long."""

    until = 0.0


_mine = _Mine()
#: The window's thread, and where in its code it waits for events.
_window: tuple[int, FrameType] | None = None


def take(rest: FrameType | None) -> None:
    """Let the calling thread go first whenever it is anywhere but in ``rest``; None: no more."""
    global _window
    _window = None if rest is None else (threading.get_ident(), rest)


def give() -> None:
    """Wait while the window is at something, but half of the time at most; for workers."""
    window = _window
    if window is None or monotonic() < _mine.until or not _is_busy(window):
        return
    began = now = monotonic()
    while now < began + _LONGEST and _is_busy(window):
        sleep(_LOOK_AGAIN)
        now = monotonic()
    _mine.until = now + (now - began)


def _is_busy(window: tuple[int, FrameType]) -> bool:
    thread, rest = window
    return thread != threading.get_ident() and sys._current_frames().get(thread) is not rest
