"""What is sent to the library: a few at a time, never two of the same media, in their order."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ....domain.errors import MediaError, Transient
from ....domain.work import Work

if TYPE_CHECKING:
    from ....bootstrap import App

#: A slow network is waited for side by side; a worker stays free for what is read meanwhile.
AT_ONCE: Final = 2
#: In a library on this computer there is no network to be waited for.
_EMBEDDED: Final = 1
#: Seconds until what the library did not answer is tried again.
_PAUSES: Final = (2, 4, 8, 16, 30, 60)
#: It was done, and only old copies are still there.
DONE_ANYHOW: Final = "old_copy_left"


@dataclass(slots=True, eq=False)
class Step:
    """``prepare`` is called just before it is sent, and gives what a worker does; None for nothing.

    ``done`` gets its result, ``failed`` what ended it for good.
    """

    public_ids: frozenset[str]
    prepare: Callable[[], Callable[[Work], Any] | None]
    done: Callable[[Any], None]
    failed: Callable[[MediaError], None]


class Steps(QObject):
    """A fault of the network ends nothing: it is tried again, and what came after it waits."""

    #: The error of what is tried again, or None once it went through.
    stuck = Signal(object)
    #: Nothing is left to do.
    drained = Signal()

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._waiting: deque[Step] = deque()
        self._running: list[Step] = []
        self._tries = 0
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.go_on)

    def add(self, step: Step) -> None:
        """Do it after all before it that concern the same media."""
        self._waiting.append(step)
        self.go_on()

    def drop(self, step: Step) -> bool:
        """Forget it; False where it was sent already."""
        if step not in self._waiting:
            return False
        self._waiting.remove(step)
        self._end()
        return True

    @property
    def count(self) -> int:
        """How many are not through."""
        return len(self._waiting) + len(self._running)

    @property
    def is_stuck(self) -> bool:
        """Whether the library does not answer."""
        return self._tries > 0

    def is_busy(self, public_id: str) -> bool:
        """Whether something about this media is not through."""
        return any(public_id in each.public_ids for each in (*self._running, *self._waiting))

    def go_on(self) -> None:
        """Send what may be sent; while nobody answers, one at a time."""
        if self._again.isActive():
            self._again.stop()
        blocked = {each for step in self._running for each in step.public_ids}
        for step in tuple(self._waiting):
            if len(self._running) >= self._at_once():
                return
            if blocked.isdisjoint(step.public_ids) and step in self._waiting:
                self._waiting.remove(step)
                self._send(step)
            blocked |= step.public_ids

    def _at_once(self) -> int:
        profile = self._app.profile
        is_here = profile is not None and profile.is_embedded
        return 1 if self._tries else _EMBEDDED if is_here else AT_ONCE

    def _send(self, step: Step) -> None:
        work = step.prepare()
        if work is None:
            QTimer.singleShot(0, self, self._end)
            return
        self._running.append(step)
        self._app.runner.run(
            work,
            lambda result: self._done(step, result),
            lambda error: self._failed(step, error),
            None,
            lambda: self._cancelled(step),
        )

    def _done(self, step: Step, result: Any) -> None:
        self._running.remove(step)
        self._through()
        step.done(result)
        self._end()

    def _failed(self, step: Step, error: MediaError) -> None:
        self._running.remove(step)
        if isinstance(error, Transient) and error.code != DONE_ANYHOW:
            self._waiting.appendleft(step)
            self._again.start(1_000 * _PAUSES[min(self._tries, len(_PAUSES) - 1)])
            self._tries += 1
            self.stuck.emit(error)
            return
        self._through()
        step.failed(error)
        self._end()

    def _through(self) -> None:
        if self._tries:
            self._tries = 0
            self.stuck.emit(None)

    def _cancelled(self, step: Step) -> None:
        """The window closes; the library does not know of it."""
        self._running.remove(step)
        self._end()

    def _end(self) -> None:
        self.go_on()
        if not self.count:
            self.drained.emit()
