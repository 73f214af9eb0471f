"""The window goes first where threads wait for Python's lock.

Whichever thread asks first gets the lock, and the window asks for it anew after every call into
Qt: behind five busy workers each of those calls takes milliseconds. So the window says when it is
at something, and workers, between two steps of theirs, let it finish.

Flags are enough, since only the window's thread writes them. Looking at that thread's frames would
need no word from the window, but ``sys._current_frames`` can hang a whole process.
"""

import threading
from collections.abc import Callable
from functools import wraps
from time import monotonic, sleep
from typing import Final, ParamSpec, TypeVar

#: Seconds that one wait takes at most; after one in vain a worker goes on for as long.
_LONGEST: Final = 0.03
#: After a wait that was not in vain it goes on for so much of it, so that a window that is always
#: at something, as while one scrolls, leaves the workers a fifth of the time.
_THEN: Final = 0.25
#: Seldom: whoever wakes up to look asks for the lock, and takes it from the window.
_LOOK_AGAIN: Final = 0.005
#: In seconds: after what a person did for so long, what is in no hurry begins nothing, though it
#: waits no longer than this for any one thing.
_RESTS: Final = 0.3
_PATIENCE: Final = 1.0

P = ParamSpec("P")
T = TypeVar("T")


class _Mine(threading.local):
    """Until when a worker goes on undisturbed, since it has waited."""

    until = 0.0


_mine = _Mine()
_is_busy = False
#: Until when the window is at something that takes more than one event.
_until = 0.0
#: When it last began such a thing.
_acted = -_RESTS


def first(work: Callable[P, T]) -> Callable[P, T]:
    """Have workers wait while the window's thread, the main one, is in ``work``; a decorator."""

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        global _is_busy
        if not _is_window():
            return work(*args, **kwargs)
        before, _is_busy = _is_busy, True
        try:
            return work(*args, **kwargs)
        finally:
            _is_busy = before

    return run


def hold(seconds: float) -> None:
    """Say that the window is at something that goes on after this event, as until it is painted.

    It ends after so many seconds, or with ``hold(0)``. Only for the window's thread.
    """
    global _until, _acted
    now = monotonic()
    _until = now + seconds if seconds > 0 else 0.0
    _acted = now if seconds > 0 else _acted


def give() -> None:
    """Wait while the window is at something; for workers, between two steps."""
    if not _is_taken() or monotonic() < _mine.until or _is_window():
        return
    began = now = monotonic()
    while _is_taken() and now < began + _LONGEST:
        sleep(_LOOK_AGAIN)
        now = monotonic()
    _mine.until = now + (now - began) * (_THEN if not _is_taken() else 1)


def wait_for_rest() -> None:
    """Wait until nobody has acted for a while, but not for ever; for workers in no hurry.

    A niceness is not enough for what fills a core: whoever wakes up waits some milliseconds for it.
    """
    if _is_window():
        return
    end = (now := monotonic()) + _PATIENCE
    while now < min(end, _acted + _RESTS):
        sleep(min(end, _acted + _RESTS) - now)
        now = monotonic()


def _is_taken() -> bool:
    return _is_busy or monotonic() < _until


def _is_window() -> bool:
    return threading.get_ident() == threading.main_thread().ident
