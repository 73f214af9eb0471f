"""Pictures are decoded so that a core is left to the window.

Two decoders on a computer of two cores keep the window waiting though they hold none of its locks:
what it paints is computed on the same cores, and Qt shares its own helping threads among all.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ..domain import right_of_way

_AT_ONCE: Final = max(1, (os.cpu_count() or 2) - 1)
_turns = threading.BoundedSemaphore(_AT_ONCE)


@contextmanager
def in_turn() -> Iterator[None]:
    """Decode, scale or veil a picture in here; for workers. Waits for a turn; never nested."""
    with _turns:
        right_of_way.give()
        yield
