"""How a long piece of work reports and is stopped, without knowing who runs it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


class Lock(Protocol):
    """A lock or a semaphore of ``threading``."""

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        """Wait so many seconds; whether it is held now."""

    def release(self) -> None:
        """Give it back."""


#: Called between steps; raises Cancelled when the work is to stop.
Check = Callable[[], None]


@contextmanager
def held(lock: Lock, check: Check) -> Iterator[None]:
    """Hold a lock, or a place among a bounded number; whoever waits for it can be stopped."""
    while not lock.acquire(timeout=0.1):
        check()
    try:
        yield
    finally:
        lock.release()


def ignore() -> None:
    """Stand in for a Check where nothing can be cancelled."""
