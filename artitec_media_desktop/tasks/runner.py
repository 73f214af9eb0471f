"""The only way to run anything in the background: ``runner.run(fn, on_done, …)``."""

import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from time import monotonic
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThread, QThreadPool, Signal, Slot
from shiboken6 import isValid

from ..domain import right_of_way
from ..domain.errors import Cancelled, MediaError, Permanent, Transient

_LOG = logging.getLogger(__name__)
T = TypeVar("T")


class Pool(StrEnum):
    """What a task waits for decides where it runs, so that one kind never starves another."""

    DATABASE = "database"
    UPLOADS = "uploads"
    THUMBNAILS = "thumbnails"
    SCREENING = "screening"


_NICENESS: Final = 5
_THREADS: Final = {Pool.DATABASE: 3, Pool.UPLOADS: 5, Pool.THUMBNAILS: 2, Pool.SCREENING: 1}


class Task:
    """One piece of work under way; exactly one of done, error or cancelled arrives."""

    def __init__(
        self,
        runner: "Runner",
        on_done: Callable[[Any], None] | None,
        on_error: Callable[[MediaError], None] | None,
        on_progress: Callable[[int, int, str], None] | None,
        on_cancelled: Callable[[], None] | None,
    ) -> None:
        self._runner = runner
        self._stop = threading.Event()
        self.on_done = on_done
        self.on_error = on_error
        self.on_progress = on_progress
        self.on_cancelled = on_cancelled

    def cancel(self) -> None:
        """Ask it to stop; ``on_cancelled`` follows, unless it was done just before."""
        self._stop.set()

    def progress(self, done: int, total: int, text: str = "") -> None:
        """See domain.work.Work; arrives on the GUI thread."""
        if self.on_progress is not None:
            self._runner.tell(self.on_progress, (done, total, text))

    def check_cancelled(self) -> None:
        """See domain.work.Work; between two steps of a worker, the window goes first."""
        right_of_way.give()
        if self._stop.is_set():
            raise Cancelled


class _Job(QRunnable):
    def __init__(self, runner: "Runner", task: Task, fn: Callable[[Task], Any]) -> None:
        super().__init__()
        self._runner = runner
        self._task = task
        self._fn = fn

    def run(self) -> None:
        _step_back()
        task = self._task
        try:
            task.check_cancelled()
            result = self._fn(task)
        except Cancelled:
            self._runner.finish(task, task.on_cancelled, ())
        except MediaError as error:
            if isinstance(error, Transient):
                self._runner.tell(self._runner.fault, (error,))
            self._runner.finish(task, task.on_error, (error,))
        except Exception as error:
            _LOG.exception("a background task failed")
            fault = Permanent(
                "internal",
                "This could not be done because of a fault in this application "
                f"({type(error).__name__}). It is in the log; please report it.",
            )
            self._runner.finish(task, task.on_error, (fault,))
        else:
            self._runner.finish(task, task.on_done, (result,))


class _Mine(threading.local):
    steps_back = False


_mine = _Mine()


def _step_back() -> None:
    """Leave the cores to the window and to other programs where they are short; for workers.

    On Linux each thread has a niceness of its own, and Qt's priorities mean nothing.
    """
    if not _mine.steps_back and sys.platform == "linux":
        _mine.steps_back = True
        thread = threading.get_native_id()
        # A program that was started as a nicer one may not become less nice.
        if os.getpriority(os.PRIO_PROCESS, thread) < _NICENESS:
            os.setpriority(os.PRIO_PROCESS, thread, _NICENESS)


class Runner(QObject):
    """Owns every pool, so that closing can cancel and await them all."""

    arrived = Signal(object, object)
    #: Transient: a task ended in it. Comes before its ``on_error``.
    faulted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools: dict[Pool, QThreadPool] = {}
        self._tasks: set[Task] = set()
        self._lock = threading.Lock()
        self._closed = False
        # Queued: a callback always runs in the thread that owns the runner, never in a worker.
        self.arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @right_of_way.first
    def run(
        self,
        fn: Callable[[Task], T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[MediaError], None] | None = None,
        on_progress: Callable[[int, int, str], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        *,
        pool: Pool = Pool.DATABASE,
        priority: int = 0,
    ) -> Task:
        """Run ``fn(task)`` in a worker; exactly one callback follows, on the GUI thread.

        After ``shutdown`` nothing is started, and ``on_cancelled`` arrives at once.
        """
        task = Task(self, on_done, on_error, on_progress, on_cancelled)
        with self._lock:
            self._tasks.add(task)
        if self._closed:
            self.finish(task, on_cancelled, ())
        else:
            self._pool(pool).start(_Job(self, task, fn), priority)
        return task

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way or waits for a worker."""
        with self._lock:
            return bool(self._tasks)

    def set_threads(self, pool: Pool, count: int) -> None:
        """Run at most ``count`` tasks of a pool at a time."""
        self._pool(pool).setMaxThreadCount(max(1, count))

    def finish(self, task: Task, callback: Callable[..., None] | None, values: Any) -> None:
        """Hand over an outcome; called once a task, from its worker."""
        with self._lock:
            self._tasks.discard(task)
        if callback is not None:
            self.tell(callback, values)
        elif values and isinstance(values[0], MediaError):
            _LOG.warning("nobody was told: %s", values[0].message)

    def fault(self, error: Transient) -> None:
        """A task ended in ``error``; called on the GUI thread."""
        self.faulted.emit(error)

    def tell(self, callback: Callable[..., None], values: Any) -> None:
        """Have it called on the GUI thread; for workers. One may outlast ``shutdown``.

        Then the runner can be gone, and nobody is left to tell.
        """
        with suppress(RuntimeError):
            self.arrived.emit(callback, values)

    def shutdown(self, timeout_ms: int = 10_000) -> bool:
        """Cancel everything and wait; returns whether all ended in time."""
        self._closed = True
        with self._lock:
            tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        end = monotonic() + timeout_ms / 1000
        ended = True
        for pool in self._pools.values():
            ended &= pool.waitForDone(max(0, int((end - monotonic()) * 1000)))
        return ended

    def _pool(self, name: Pool) -> QThreadPool:
        if name not in self._pools:
            pool = QThreadPool(self)
            pool.setMaxThreadCount(_THREADS[name])
            pool.setObjectName(name.value)
            pool.setThreadPriority(QThread.Priority.LowPriority)
            # An idle worker keeps its database connection and its imports.
            pool.setExpiryTimeout(60_000)
            self._pools[name] = pool
        return self._pools[name]

    @Slot(object, object)
    @right_of_way.first
    def _deliver(self, callback: Callable[..., None], values: Any) -> None:
        receiver = getattr(callback, "__self__", None)
        if isinstance(receiver, QObject) and not isValid(receiver):
            return  # the widget that asked is gone
        callback(*values)
