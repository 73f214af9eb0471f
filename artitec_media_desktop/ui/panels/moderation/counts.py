"""How many wait, for the header: asked again after a while, and when something happened."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ....domain.review_queue import QueueCounts, QueueFilter

if TYPE_CHECKING:
    from ....bootstrap import App

_SOON_MS: Final = 1_500
_EVERY_MS: Final = 30_000


class Counts(QObject):
    """At most one question at a time, in a worker."""

    #: QueueCounts
    came = Signal(object)

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._filter = QueueFilter()
        self._is_asking = self._is_on = False
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._ask)

    def begin(self, wanted: QueueFilter) -> None:
        """Ask at once, and now and then from now on."""
        self._filter, self._is_on = wanted, True
        self._next.start(0)

    def stop(self) -> None:
        """Nobody looks."""
        self._is_on = False
        self._next.stop()

    def touch(self) -> None:
        """Something happened: ask soon."""
        if self._is_on and not 0 <= self._next.remainingTime() <= _SOON_MS:
            self._next.start(_SOON_MS)

    def _ask(self) -> None:
        if self._is_asking or not self._is_on:
            return
        self._is_asking = True
        wanted = self._filter
        self._app.runner.run(
            lambda _: self._app.review_queue.counts(wanted),
            lambda counts: self._answered(wanted, counts),
            lambda _error: self._go_on(_EVERY_MS),  # the page itself says that nobody answers
            None,
            lambda: None,
        )

    def _answered(self, wanted: QueueFilter, counts: QueueCounts) -> None:
        is_asked_for = wanted == self._filter and self._is_on
        self._go_on(_EVERY_MS if is_asked_for else 0)
        if is_asked_for:
            self.came.emit(counts)

    def _go_on(self, after: int) -> None:
        self._is_asking = False
        if self._is_on and (not self._next.isActive() or after == 0):
            self._next.start(after)
