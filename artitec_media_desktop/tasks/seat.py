"""By which a window knows what windows of this computer that are gone held in review."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from PySide6.QtCore import QLockFile

from ..domain.errors import MediaError

if TYPE_CHECKING:
    from ..services.moderation.queue import ReviewQueue

_LENGTH: Final = 12
_LOG = logging.getLogger(__name__)


class Seat:
    """A file that its process has locked: once that is gone, however it went, anybody can tell."""

    def __init__(self) -> None:
        self._lock: QLockFile | None = None

    def take(self, folder: Path, queue: "ReviewQueue") -> None:
        """Sit down at a queue, in a worker: what it leases by now is known to be this window's.

        What windows that are gone held is free at once. ``folder`` has the seats of this library.
        """
        self.release()
        name = uuid4().hex[:_LENGTH]
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return
        self._lock = _lock(folder / f"{name}.lock")
        queue.seat = name if self._lock.tryLock(0) else ""
        try:
            queue.free(_left(folder))
        except MediaError as error:
            _LOG.info("what windows that are gone held waits for its time: %s", error.code)

    def release(self) -> None:
        """Stand up."""
        if self._lock is not None:
            self._lock.unlock()


def _left(folder: Path) -> list[str]:
    """The seats of which nobody is there any more; each is told once."""
    found = []
    for path in folder.glob("*.lock"):
        lock = _lock(path)
        if lock.tryLock(0):
            found.append(path.stem)
            lock.unlock()  # which removes it
    return found


def _lock(path: Path) -> QLockFile:
    made = QLockFile(str(path))
    made.setStaleLockTime(0)  # how old it is says nothing, whether its process lives does
    return made
