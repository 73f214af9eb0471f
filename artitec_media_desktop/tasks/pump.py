"""Works the upload journal off, for a window or a command alike.

One process of a home does the work: the one that holds the lock. Any other puts its files into
the same journal and watches; when the first ends, it takes over.
"""

import logging
from collections import deque
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLockFile, QObject, Qt, QTimer, Signal

from ..domain.changes import Change, ChangeKind, MediaChange
from ..domain.errors import MediaError, Transient
from ..domain.targets import Target
from ..domain.uploads import ItemProgress, UploadItem, UploadOptions, UploadState
from .runner import Pool, Runner, Task

if TYPE_CHECKING:  # loading them takes time, which belongs to a worker
    from ..services.pipeline import Outcome
    from ..services.uploads import UploadService

__all__ = ["ItemProgress", "UploadPump"]

_LOG = logging.getLogger(__name__)
_WATCH_MS: Final = 1000
_JOURNAL_AGAIN_MS: Final = 5000
#: So many rows of the journal are told of at a time, or a large drop would hold the window up.
_PAGE: Final = 250
_NEXT_PAGE_MS: Final = 5
#: What a person may have to see to is told this soon, whatever else is told once a second.
_SOON_MS: Final = 200
_NEEDS_EYES: Final = frozenset({UploadState.ASKING, UploadState.FAILED, UploadState.QUEUED})
Ids = Collection[int] | None
OnError = Callable[[MediaError], None] | None


class UploadPump(QObject):
    """All methods return at once; what follows arrives by the signals, on the GUI thread.

    ``uploads`` is called in workers only: the services are loaded there.
    """

    #: tuple[UploadItem, ...]: journal rows that are new or changed, some hundreds at most.
    items_changed = Signal(object)
    #: All that is in the journal has been told by ``items_changed``.
    caught_up = Signal()
    #: tuple[int, ...]: rows that were cleared.
    items_removed = Signal(object)
    #: tuple[ItemProgress, ...]: one for each file that moved, about once a second.
    progressed = Signal(object)
    #: tuple[Change, ...]: media that came to be, in whichever process of this home.
    added = Signal(object)
    #: MediaError: the journal itself can't be read or written (its disk is full); tried again.
    journal_failed = Signal(object)
    #: Nothing can be worked on now.
    idle = Signal()
    _hastened = Signal()

    def __init__(
        self,
        runner: Runner,
        uploads: "Callable[[], UploadService]",
        concurrency: int = 5,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._uploads = uploads
        self._lock: QLockFile | None = None
        self._concurrency = concurrency
        self._working = 0
        self._wake_again = False
        self._owner = False
        # Rows may say that they are worked on though nobody does: at first, and after a fault of
        # the journal, which could not be told what became of a file.
        self._stranded = True
        self._recovering = False
        self._fault_met = False
        self._read_up_to = (0, 0)
        self._knows_all = False
        self._watching = False
        self._watch_again = False
        self._closing = False
        self._watch = QTimer(self)
        self._watch.setInterval(_WATCH_MS)
        self._watch.timeout.connect(self._look)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._look)
        # Queued: workers emit it.
        self._hastened.connect(self._hasten, Qt.ConnectionType.QueuedConnection)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self.wake)
        # Put in by the workers, taken out by ``_seen``: an event each would keep the window busy.
        self._progress: dict[int, ItemProgress] = {}
        self._outcomes: deque[Outcome] = deque()

    @property
    def is_working(self) -> bool:
        """Whether this process has files under way."""
        return self._working > 0

    @property
    def is_owner(self) -> bool:
        """Whether this process is the one that works the journal off."""
        return self._owner

    def start(self, lock: Path) -> None:
        """Begin: what an earlier process left unfinished goes on, once ``lock`` is ours."""
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)  # a lock whose process is gone is taken over at once
        self._runner.set_threads(Pool.UPLOADS, self._concurrency)
        self._watch.start()
        self._look()
        self._take_lock()

    def stop(self) -> None:
        """Take nothing more; the runner's shutdown ends what is under way."""
        self._closing = True
        for timer in (self._watch, self._soon, self._due):
            timer.stop()

    def release(self) -> None:
        """Let another process take over, once the runner has shut down."""
        # Not by ``_owner``: a worker may have taken the lock without anybody having heard of it.
        if self._lock is not None and self._lock.isLocked():
            self._lock.unlock()
        self._owner = False

    def wake(self) -> None:
        """Look for work now."""
        self._look()
        if self._closing or not self._owner:
            return
        if self._stranded:
            self._recover()
            return
        # When all are at work already, one may have looked just before there was something.
        self._wake_again = self._working >= self._concurrency
        while self._working < self._concurrency:
            self._working += 1
            self._runner.run(
                self._work_off,
                self._worked,
                self._worker_failed,
                on_cancelled=self._worker_stopped,
                pool=Pool.UPLOADS,
            )

    def drop(
        self,
        paths: Sequence[str],
        target: Target | None,
        options: UploadOptions | None = None,
        on_error: OnError = None,
        on_done: Callable[[int], None] | None = None,
        *,
        first: bool = False,
    ) -> None:
        """Journal files in a worker, then work them off; ``on_done`` gets the batch's number."""

        def dropped(batch: int) -> None:
            if on_done is not None:
                on_done(batch)
            self.wake()

        self._runner.run(
            lambda task: self._uploads().drop(paths, target, options, task, first=first),
            dropped,
            on_error,
        )

    def set_concurrency(self, count: int) -> None:
        """Work on so many files at a time from now on."""
        self._concurrency = count
        if self._lock is not None:
            self._runner.set_threads(Pool.UPLOADS, count)
            self.wake()

    def hurry(self) -> None:
        """Try at once what waits for a fault to pass."""
        self._runner.run(
            lambda _: self._uploads().hurry(), lambda _: self.wake(), self._worker_said
        )

    def cancel(self, ids: Ids = None, on_error: OnError = None) -> None:
        """Stop files, or all."""
        self.ask(lambda uploads: uploads.cancel(ids), on_error)

    def retry_failed(self, ids: Ids = None, on_error: OnError = None) -> None:
        """Queue again what failed and could end differently."""
        self.ask(lambda uploads: uploads.retry_failed(ids), on_error)

    def ask(
        self,
        request: "Callable[[UploadService], object]",
        on_error: OnError = None,
        on_done: Callable[[], None] | None = None,
    ) -> None:
        """Ask something of the journal in a worker (pause, place, decide …), then go on."""

        def asked(_: object) -> None:
            self.wake()
            if on_done is not None:
                on_done()

        self._runner.run(lambda _: request(self._uploads()), asked, on_error)

    def clear_finished(self, on_error: OnError = None) -> None:
        """Forget what is finished."""
        self._runner.run(
            lambda _: self._uploads().clear_finished(), self.items_removed.emit, on_error
        )

    def _take_lock(self) -> None:
        def take(_task: Task) -> bool:
            return self._lock is not None and self._lock.tryLock(0)

        def taken(got: bool) -> None:
            self._owner = got and not self._closing
            if self._owner:
                self.wake()
            elif not self._closing:
                QTimer.singleShot(_WATCH_MS, self, self._take_lock)

        self._runner.run(take, taken, self._worker_said)

    def _recover(self) -> None:
        if self._working or self._recovering:
            return  # the last one to end wakes the pump again

        def recovered(count: int) -> None:
            self._recovering = self._stranded = False
            if count:
                _LOG.info("%s uploads go on after an interruption", count)
            self.wake()

        def failed(error: MediaError) -> None:
            self._recovering = False
            self._try_later(error)

        self._recovering = True
        self._runner.run(lambda _: self._uploads().recover(), recovered, failed)

    def _work_off(self, task: Task) -> None:
        """In a worker: one file after another, until there is none, or too many work on them."""
        while self._working <= self._concurrency and not self._stranded:
            task.check_cancelled()
            item = self._uploads().claim()
            if item is None:
                return
            outcome = self._uploads().work_on(item, task, _Speed(self._keep))
            self._outcomes.append(outcome)
            if outcome.item.state in _NEEDS_EYES:
                with suppress(RuntimeError):  # the pump is gone: nobody is left to tell
                    self._hastened.emit()

    def _keep(self, progress: ItemProgress) -> None:
        self._progress[progress.item_id] = progress

    def _worked(self, _: None) -> None:
        self._ended()
        if self._wake_again or self._stranded or self._working >= self._concurrency:
            self.wake()
        elif not self._working:
            self._nothing_now()

    def _ended(self) -> None:
        self._working -= 1
        if not self._working:
            self._look()

    def _heed(self, item: UploadItem) -> None:
        """The first file that gets through after a fault takes along all that wait."""
        if item.state is UploadState.QUEUED and item.error is not None:
            self._fault_met = True
            self._runner.faulted.emit(Transient(*item.error))
        elif item.state is UploadState.DONE and self._fault_met:
            self._fault_met = False
            self.hurry()

    def _worker_failed(self, error: MediaError) -> None:
        # Only a fault of the journal itself comes here: its disk is full or gone.
        self._stranded = True
        self._ended()
        self._try_later(error)

    def _try_later(self, error: MediaError) -> None:
        self._worker_said(error)
        if not self._closing:
            self._due.start(_JOURNAL_AGAIN_MS)

    def _worker_said(self, error: MediaError) -> None:
        _LOG.warning("the upload journal: %s", error.message)
        self.journal_failed.emit(error)

    def _worker_stopped(self) -> None:
        self._ended()

    def _nothing_now(self) -> None:
        if self._closing:
            return
        self.idle.emit()
        self._runner.run(lambda _: self._uploads().next_due(), self._wait_until, self._try_later)

    def _wait_until(self, due: datetime | None) -> None:
        if due is not None and not self._closing:
            left = (due - datetime.now(UTC)).total_seconds()
            self._due.start(max(100, int(left * 1000)))

    def _hasten(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _tell(self) -> None:
        """Say what the workers did since."""
        added = []
        while self._outcomes:
            outcome = self._outcomes.popleft()
            if outcome.change is not None:
                added.append(outcome.change)
            self._heed(outcome.item)
        if added:
            self.added.emit(tuple(added))
        progress, self._progress = self._progress, {}
        if progress:
            self.progressed.emit(tuple(progress.values()))

    def _look(self) -> None:
        """Read what is new in the journal; with it everything else is told, in one go."""
        if self._watching:
            self._watch_again = True
            self._tell()  # the journal, or the way to it, is slow
            return
        self._watching = True
        since = self._read_up_to
        self._runner.run(lambda _: self._uploads().newer(since, _PAGE), self._seen, self._blind)

    def _seen(self, news: tuple[list[UploadItem], tuple[int, int]]) -> None:
        items, self._read_up_to = news
        self._watching = False
        if items:
            self.items_changed.emit(tuple(items))
            if not self._owner and self._knows_all:
                self._tell_added(items)
            free = self._working < self._concurrency
            if self._owner and free and any(i.state is UploadState.QUEUED for i in items):
                self.wake()  # another process put them in
        self._tell()
        if len(items) == _PAGE:
            # By a timer: events that are posted while others are handled come before any paint.
            QTimer.singleShot(_NEXT_PAGE_MS, self, self._look)
        elif self._watch_again:
            self._watch_again = False
            self._look()
        else:
            self._knows_all = True
            self.caught_up.emit()

    def _tell_added(self, items: list[UploadItem]) -> None:
        """What the process that works brought into the library since this one looks."""
        added = []
        for item in items:
            if item.state is UploadState.DONE and item.media_public_id and item.place:
                what = MediaChange(item.media_public_id, item.place.entity, {}, {})
                when = item.finished_at or datetime.now(UTC)
                added.append(Change(ChangeKind.UPLOADED, (what,), item.account or "", when))
        if added:
            self.added.emit(tuple(added))

    def _blind(self, error: MediaError) -> None:
        self._watching = False
        self._worker_said(error)


class _Speed:
    """Passes reports of a file on, with its speed in the stage that it is in."""

    def __init__(self, told: Callable[[ItemProgress], None]) -> None:
        self._told = told
        self._stage = ""
        self._began = 0.0

    def __call__(self, progress: ItemProgress) -> None:
        now = monotonic()
        if progress.stage != self._stage:
            self._stage = progress.stage
            self._began = now
        speed = progress.done / (now - self._began) if now > self._began else 0.0
        self._told(replace(progress, bytes_per_second=speed))
