"""How far a long command is, on standard error."""

import sys
from time import monotonic
from typing import Final

from ..domain.work import Unwatched

_SECONDS: Final = 2.0


class Progress(Unwatched):
    """Says now and then how far it is."""

    def __init__(self) -> None:
        self._said = monotonic()

    def progress(self, done: int, total: int, text: str = "") -> None:
        """A line every two seconds."""
        if monotonic() - self._said >= _SECONDS:
            self._said = monotonic()
            far = f"{done} of {total}" if total else f"{done}"
            print(f"{far}: {text}" if text else far, file=sys.stderr, flush=True)
