"""How a long piece of work reports and is stopped, without knowing who runs it."""

from collections.abc import Callable
from typing import Protocol


class Work(Protocol):
    """Given to everything that may take long; the runner's context is one."""

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Say how far it is; units are the work's own."""

    def check_cancelled(self) -> None:
        """Raise Cancelled when the person asked to stop."""


class Unwatched:
    """Work that nobody watches and nobody stops."""

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Say nothing."""

    def check_cancelled(self) -> None:
        """Never stop."""


#: Called between steps; raises Cancelled when the work is to stop.
Check = Callable[[], None]


def ignore() -> None:
    """Stand in for a Check where nothing can be cancelled."""
