"""Scores what waits in visual review while somebody is at it; see services.moderation.screening."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ..domain.errors import MediaError, Transient
from .runner import Pool, Runner, Task

if TYPE_CHECKING:
    from ..services.moderation.screening import Screened, ScreeningService

_AGAIN_MS: Final = 30_000


class Screening(QObject):
    """For a page to start when it is shown, and to stop when it is left.

    One picture at a time, behind everything else; what came meanwhile is looked for every half a
    minute. ``service`` is called in workers only: the services are loaded there.
    """

    #: int, int: so many are scored, of so many.
    progressed = Signal(int, int)
    #: Screened: nothing waits for a score now.
    done = Signal(object)
    #: MediaError: it is tried again where that may pass, else it has stopped.
    failed = Signal(object)

    def __init__(
        self,
        runner: Runner,
        service: "Callable[[], ScreeningService]",
        parent: QObject | None = None,
        again: int = _AGAIN_MS,
    ) -> None:
        """``again`` is in milliseconds."""
        super().__init__(parent)
        self._runner, self._service = runner, service
        self._task: Task | None = None
        self._wanted = False
        self._next = QTimer(self, singleShot=True, interval=again)
        self._next.timeout.connect(self._run)

    @property
    def is_on(self) -> bool:
        """Whether it was started and nothing has stopped it since."""
        return self._wanted

    def start(self) -> None:
        """Begin at once, unless it has."""
        self._wanted = True
        self._run()

    def stop(self) -> None:
        """End after the picture that it is at; what is scored stays."""
        self._wanted = False
        self._next.stop()
        if self._task is not None:
            self._task.cancel()

    def _run(self) -> None:
        if self._task is None and self._wanted:
            self._next.stop()
            self._task = self._runner.run(
                lambda task: self._service().run(task),
                self._done,
                self._failed,
                self._progressed,
                self._stopped,
                pool=Pool.SCREENING,
            )

    def _progressed(self, done: int, total: int, _name: str) -> None:
        if self._wanted:
            self.progressed.emit(done, total)

    def _done(self, screened: "Screened") -> None:
        self._task = None
        if self._wanted:
            self._next.start()
            self.done.emit(screened)

    def _failed(self, error: MediaError) -> None:
        self._task = None
        if not self._wanted:
            return
        if isinstance(error, Transient):
            self._next.start()
        else:
            self._wanted = False
        self.failed.emit(error)

    def _stopped(self) -> None:
        self._task = None
        self._run()  # where it was started again meanwhile
