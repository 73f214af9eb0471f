"""Runs the upload pump without a window until what is waited for is done."""

import signal
from collections.abc import Callable, Sequence
from time import monotonic
from types import FrameType

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from ..bootstrap import App
from ..domain.errors import MediaError
from ..domain.targets import Target
from ..domain.uploads import ItemProgress, UploadItem, UploadOptions, UploadState

#: After so many tries a file that waits can't move now; it stays in the journal.
_PATIENCE = 3
#: Seconds without any file getting further, after which what waits for a fault to pass is left.
_STILL_SECONDS = 20.0


class Interrupted(Exception):
    """Ctrl+C; what was not finished is in the journal."""


class _Loop(QObject):
    """One run of the event loop around the pump."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self.items: dict[int, UploadItem] = {}
        self.batch: int | None = None
        self.error: Exception | None = None
        self.waiting_for: Callable[[], bool] = lambda: False
        self._sent: dict[int, int] = {}
        self._moved = monotonic()
        self._journal_fault: MediaError | None = None
        app.pump.items_changed.connect(self._changed)
        app.pump.progressed.connect(self._progressed)
        app.pump.journal_failed.connect(self._journal_failed)
        app.pump.idle.connect(self._look)
        # Python sees a signal only between its own instructions: this gives it some, too.
        self._beat = QTimer(self, interval=200)
        self._beat.timeout.connect(self._look)
        self._beat.start()

    def fail(self, error: MediaError) -> None:
        self.error = error
        QCoreApplication.exit()

    def _changed(self, items: tuple[UploadItem, ...]) -> None:
        self.items |= {item.id: item for item in items}
        if any(item.state.is_final for item in items):
            self._moves()
        self._look()

    def _progressed(self, progress: tuple[ItemProgress, ...]) -> None:
        # What is sent once more, since no answer came, is no progress; neither are a file's first
        # bytes, which a server that hangs takes as well.
        for each in progress:
            before = self._sent.get(each.item_id, 0)
            if each.done > before:
                self._sent[each.item_id] = each.done
                if before:
                    self._moves()

    def _moves(self) -> None:
        self._moved = monotonic()
        self._journal_fault = None

    def _journal_failed(self, error: MediaError) -> None:
        self._journal_fault = error

    def _look(self) -> None:
        still = monotonic() - self._moved > _STILL_SECONDS
        if still and self._journal_fault is not None:
            self.fail(self._journal_fault)
        elif self.waiting_for() or (still and any(map(_waits, self.items.values()))):
            QCoreApplication.exit()


def upload(app: App, paths: Sequence[str], to: str, options: UploadOptions) -> list[UploadItem]:
    """Drop files on a target and work them off; returns the batch's rows in their order.

    Raises MediaError when nothing could be journaled, Interrupted on Ctrl+C.
    """
    loop = _Loop(app)

    def journaled(batch: int) -> None:
        loop.batch = batch
        loop.waiting_for = lambda: (
            all(
                _at_rest(item, app.account.user_id)
                for item in loop.items.values()
                if item.batch == batch
            )
            and batch_is_seen(batch)
        )
        loop._look()

    def batch_is_seen(batch: int) -> bool:
        return any(item.batch == batch for item in loop.items.values())

    def found(target: Target) -> None:
        app.pump.drop(paths, target, options, loop.fail, journaled)

    def opened() -> None:
        app.runner.run(lambda _: app.library.target(to), found, loop.fail)

    _run(app, loop, opened)
    if loop.batch is None:
        return []
    return app.uploads.items(loop.batch)


def work_off(app: App, retry: bool = False) -> list[UploadItem]:
    """Work the journal off until nothing can move; returns all its rows."""
    loop = _Loop(app)

    def is_done() -> bool:
        rows = loop.items.values()
        return not app.pump.is_working and all(_at_rest(e, app.account.user_id) for e in rows)

    def caught_up() -> None:
        loop.waiting_for = is_done

    def begin(_: object) -> None:
        # Rows that were read before the journal was told to try again say that nothing moves.
        app.pump.caught_up.connect(caught_up)
        app.pump.wake()

    def hurry(_task: object) -> None:
        if retry:
            app.uploads.retry_failed()
        app.uploads.hurry()

    def opened() -> None:
        app.runner.run(hurry, begin, loop.fail)

    _run(app, loop, opened)
    return app.uploads.items()


def _at_rest(item: UploadItem, account: str) -> bool:
    """Whether nothing happens to a file by itself any more, as far as this command can wait."""
    stuck = _waits(item) and item.attempts >= _PATIENCE
    return not item.state.is_moving or stuck or item.account != account


def _waits(item: UploadItem) -> bool:
    """Whether it was tried, and is to be tried again once a fault has passed."""
    return item.state is UploadState.QUEUED and item.error is not None


def _run(app: App, loop: _Loop, opened: Callable[[], None]) -> None:
    interrupted = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True
        QCoreApplication.exit()

    before = signal.signal(signal.SIGINT, stop)
    try:
        app.open(opened, loop.fail)
        QCoreApplication.exec()
    finally:
        signal.signal(signal.SIGINT, before)
    if interrupted:
        raise Interrupted
    if loop.error is not None:
        raise loop.error
