"""How many items wait for a decision, for the badge of the rail; asked in a worker."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from ..bootstrap import App

#: After something happened; many things that happen are asked about once.
_SOON_MS: Final = 2_000
_EVERY_MS: Final = 60_000


class WaitingCount(QObject):
    """At most one question at a time, and at most one every two seconds."""

    changed = Signal(int)

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._is_asking = self._is_stale = False
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._ask)

    def start(self) -> None:
        """The library is open: ask now, when something happened, and every minute."""
        self._app.changes.happened.connect(self._touch)
        self._app.changes.noticed.connect(self._touch)
        self._ask()

    def _touch(self, _what: object) -> None:
        self._is_stale = self._is_asking
        if not 0 <= self._next.remainingTime() <= _SOON_MS:
            self._next.start(_SOON_MS)

    def _ask(self) -> None:
        if self._is_asking:
            return
        self._is_asking = True
        self._app.runner.run(
            lambda _: self._app.review_queue.waiting_count(),
            self._answered,
            lambda _error: self._go_on(),  # the connection's own watch says so
            None,
            lambda: None,
        )

    def _answered(self, count: int) -> None:
        self.changed.emit(count)
        self._go_on()

    def _go_on(self) -> None:
        self._is_asking = False
        if self._is_stale or not self._next.isActive():
            self._next.start(_SOON_MS if self._is_stale else _EVERY_MS)
        self._is_stale = False
