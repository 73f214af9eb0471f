"""Keeps Python itself from holding the window up while workers are busy."""

import gc
import sys
from time import perf_counter
from typing import Any, Final

#: A worker gives Python's lock to the window after so many seconds, not after five thousandths. The
#: window asks anew after every call into Qt, some hundreds of times between a key and the picture.
_SWITCH_SECONDS: Final = 0.0002
#: So many modules more than at the last look, and what they hold is worth being left out.
_MANY_MODULES: Final = 50
#: A full collection that took longer has too many lasting objects to look through.
_LONG_SECONDS: Final = 0.02


class _Collections:
    """Takes what survived a long full collection out of the next ones.

    Modules and their classes alone are hundreds of thousands of objects that never go away;
    looking through them holds every thread up for a tenth of a second and more. So what is there
    when modules were loaded is not looked through even once.
    """

    def __init__(self) -> None:
        self._began = 0.0
        self._modules = len(sys.modules)

    def __call__(self, phase: str, info: dict[str, Any]) -> None:
        if info["generation"] < 2:
            return
        if phase == "start":
            self._began = perf_counter()
            if len(sys.modules) > self._modules + _MANY_MODULES:
                self._modules = len(sys.modules)
                gc.freeze()
        elif perf_counter() - self._began > _LONG_SECONDS:
            gc.freeze()


def keep_responsive() -> None:
    """To be called once, when the window is made."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.callbacks.append(_Collections())


def collect_all() -> None:
    """A whole window has gone: look through everything once."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
