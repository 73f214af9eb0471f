"""Whether the shared library answers: looks every now and then, and at once after a fault."""

from collections.abc import Callable
from enum import StrEnum
from time import monotonic
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from ..domain.errors import MediaError, Transient
from .runner import Runner

_EVERY_MS: Final = 20_000
#: After the first fault; doubled by each further one, up to ``_EVERY_MS``.
_FIRST_WAIT_MS: Final = 1_000
#: A look that takes this long is said to hang, before it fails.
_SLOW_MS: Final = 5_000
_OFFLINE_MS: Final = 15_000


class ConnectionState(StrEnum):
    """What a person is told; offline is a fault that lasts."""

    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    OFFLINE = "offline"


class ConnectionWatch(QObject):
    """Begins as connected, when ``start`` is called; ``look`` runs in a worker.

    It raises MediaError where database or store do not answer; a Permanent one counts as well,
    since a server may come back as another one. All times are in milliseconds.
    """

    #: ConnectionState, and why: a sentence, empty when connected.
    changed = Signal(object, str)
    #: ``look`` found everything in order.
    looked = Signal()

    def __init__(
        self,
        runner: Runner,
        look: Callable[[], None],
        parent: QObject | None = None,
        *,
        every: int = _EVERY_MS,
        first_wait: int = _FIRST_WAIT_MS,
        slow: int = _SLOW_MS,
        offline: int = _OFFLINE_MS,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._look = look
        self._every, self._first_wait = every, first_wait
        self._wait = first_wait
        self._state = ConnectionState.CONNECTED
        self._reason = ""
        self._looking = False
        self._running = False
        self._next = self._timer(every, self.look_now)
        self._slow = self._timer(slow, self._hangs)
        self._lasting = self._timer(offline, self._lasts)
        self._next_at = 0.0
        runner.faulted.connect(self._fault_elsewhere)

    @property
    def state(self) -> ConnectionState:
        """What was told last."""
        return self._state

    @property
    def reason(self) -> str:
        """Why it is not connected."""
        return self._reason

    @property
    def seconds_left(self) -> float:
        """Until the next look; 0 while one is under way."""
        return 0.0 if self._looking else max(0.0, self._next_at - monotonic())

    def start(self) -> None:
        """Look every now and then from now on."""
        self._running = True
        self._again_in(self._every)

    def stop(self) -> None:
        """Look no more, and tell nothing more."""
        self._running = False
        for timer in (self._next, self._slow, self._lasting):
            timer.stop()

    def look_now(self) -> None:
        """Look at once, unless that is being done."""
        if self._looking or not self._running:
            return
        self._looking = True
        self._next.stop()
        self._slow.start()
        self._runner.run(lambda _: self._look(), self._answered, self._failed, None, self._stopped)

    def _fault_elsewhere(self, error: MediaError) -> None:
        # Anything that passes by itself is worth a look: it is cheap, and says what is the matter.
        if self._state is ConnectionState.CONNECTED and isinstance(error, Transient):
            self.look_now()

    def _answered(self, _: None) -> None:
        self._looked()
        if not self._running:
            return
        self._wait = self._first_wait
        self._lasting.stop()
        self._again_in(self._every)
        self._tell(ConnectionState.CONNECTED)
        self.looked.emit()

    def _failed(self, error: MediaError) -> None:
        self._looked()
        if not self._running:
            return
        self._again_in(self._wait)
        self._wait = min(2 * self._wait, self._every)
        self._trouble(error.message)

    def _stopped(self) -> None:
        self._looked()

    def _looked(self) -> None:
        self._looking = False
        self._slow.stop()

    def _hangs(self) -> None:
        self._trouble(self.tr("The library has not answered for some seconds."))

    def _trouble(self, reason: str) -> None:
        if self._state is ConnectionState.CONNECTED:
            self._lasting.start()
            self._tell(ConnectionState.RECONNECTING, reason)
        else:
            self._tell(self._state, reason)

    def _lasts(self) -> None:
        self._tell(ConnectionState.OFFLINE, self._reason)

    def _tell(self, state: ConnectionState, reason: str = "") -> None:
        if (state, reason) != (self._state, self._reason):
            self._state, self._reason = state, reason
            self.changed.emit(state, reason)

    def _again_in(self, milliseconds: int) -> None:
        self._next_at = monotonic() + milliseconds / 1000
        self._next.start(milliseconds)

    def _timer(self, interval: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(then)
        return timer
