import os
import sys
import threading

import pytest
from PySide6.QtCore import QObject, QThread
from shiboken6 import delete

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.tasks.runner import Pool, Runner


class Outcomes:
    """Collects what arrives, and on which thread."""

    def __init__(self):
        self.seen = []
        self.threads = set()

    def _note(self, kind, *values):
        self.seen.append((kind, *values))
        self.threads.add(QThread.currentThread())

    def callbacks(self):
        return {
            "on_done": lambda value: self._note("done", value),
            "on_error": lambda error: self._note("error", error.code),
            "on_progress": lambda *values: self._note("progress", *values),
            "on_cancelled": lambda: self._note("cancelled"),
        }


@pytest.fixture
def runner(qapp):
    runner = Runner()
    yield runner
    assert runner.shutdown()


def fail(_task):
    raise Permanent("too_large", "It is too large.")


def break_down(_task):
    raise RuntimeError("a fault of ours")


@pytest.mark.parametrize(
    ("fn", "outcome"),
    [
        (lambda _task: 42, ("done", 42)),
        (fail, ("error", "too_large")),
    ],
)
def test_exactly_one_outcome_arrives_on_the_owners_thread(runner, qtbot, fn, outcome):
    outcomes = Outcomes()
    runner.run(fn, **outcomes.callbacks())
    qtbot.waitUntil(lambda: bool(outcomes.seen))
    qtbot.wait(50)
    assert outcomes.seen == [outcome]
    assert outcomes.threads == {QThread.currentThread()}
    assert not runner.is_busy


@pytest.mark.logs_errors
def test_a_fault_of_ours_is_an_error_with_a_sentence_and_is_logged(runner, qtbot, caplog):
    errors = []
    runner.run(break_down, on_error=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].code == "internal"
    assert "RuntimeError" in errors[0].message
    assert "a fault of ours" in caplog.text


def test_work_runs_elsewhere_and_reports_in_order(runner, qtbot):
    outcomes = Outcomes()

    def work(task):
        for done in range(3):
            task.progress(done, 3, "step")
        return threading.current_thread() is threading.main_thread()

    runner.run(work, **outcomes.callbacks())
    qtbot.waitUntil(lambda: len(outcomes.seen) == 4)
    assert outcomes.seen == [
        ("progress", 0, 3, "step"),
        ("progress", 1, 3, "step"),
        ("progress", 2, 3, "step"),
        ("done", False),
    ]


def test_cancel_ends_work_and_says_so_once(runner, qtbot):
    outcomes = Outcomes()
    began = threading.Event()

    def work(task):
        began.set()
        while True:
            task.check_cancelled()

    task = runner.run(work, **outcomes.callbacks())
    assert began.wait(60)
    task.cancel()
    qtbot.waitUntil(lambda: bool(outcomes.seen))
    assert outcomes.seen == [("cancelled",)]


def test_what_waits_for_a_worker_is_cancelled_without_being_run(runner, qtbot):
    runner.set_threads(Pool.THUMBNAILS, 1)
    gate, ran, outcomes = threading.Event(), [], Outcomes()
    runner.run(lambda _task: gate.wait(60), pool=Pool.THUMBNAILS)
    waiting = runner.run(ran.append, pool=Pool.THUMBNAILS, **outcomes.callbacks())
    waiting.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(outcomes.seen))
    assert outcomes.seen == [("cancelled",)]
    assert ran == []


def test_shutdown_cancels_awaits_and_starts_nothing_more(qapp, qtbot):
    runner, outcomes = Runner(), Outcomes()

    def work(task):
        while True:
            task.check_cancelled()

    for pool in Pool:
        runner.run(work, pool=pool, **outcomes.callbacks())
    assert runner.shutdown()
    runner.run(lambda _task: 1, **outcomes.callbacks())
    qtbot.waitUntil(lambda: len(outcomes.seen) == len(Pool) + 1)
    assert outcomes.seen == [("cancelled",)] * (len(Pool) + 1)


def test_a_receiver_that_is_gone_is_not_called(runner, qtbot):
    from shiboken6 import delete

    class Receiver(QObject):
        def take(self, value):
            raise AssertionError(value)

    receiver, gate = Receiver(), threading.Event()
    runner.run(lambda _task: gate.wait(60), receiver.take)
    delete(receiver)
    gate.set()
    qtbot.waitUntil(lambda: not runner.is_busy)
    qtbot.wait(50)


@pytest.mark.skipif(sys.platform != "linux", reason="only there a thread has its own niceness")
def test_workers_step_back_behind_the_window(runner, qtbot):
    found = []
    mine = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    runner.run(lambda _: os.getpriority(os.PRIO_PROCESS, threading.get_native_id()), found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found[0] > mine
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == mine


@pytest.mark.skipif(sys.platform != "linux", reason="only there a thread has its own niceness")
def test_a_program_that_is_nicer_already_stays_so(runner, qtbot, monkeypatch):
    """An ordinary user may not make it less nice: a worker that tried would never answer."""

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "getpriority", lambda *_: 10)
    monkeypatch.setattr(os, "setpriority", refuse)
    found = []
    runner.run(lambda _: "done", found.append)
    qtbot.waitUntil(lambda: found == ["done"])


@pytest.mark.parametrize("ends", [lambda: 42, lambda: fail(None)])
def test_work_that_outlasts_its_runner_ends_in_silence(qapp, ends, monkeypatch):
    broken = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: broken.append(error))
    monkeypatch.setattr(sys, "unraisablehook", broken.append)
    runner, began, gate = Runner(), threading.Event(), threading.Event()

    def work(task):
        began.set()
        gate.wait(60)
        task.progress(1, 2)
        return ends()

    runner.run(work, print, print, print, print)
    assert began.wait(60)
    assert not runner.shutdown(timeout_ms=0)
    pools = list(runner._pools.values())
    for pool in pools:
        pool.setParent(None)  # else it would wait for its threads
    delete(runner)
    gate.set()
    assert all(pool.waitForDone(60_000) for pool in pools)
    assert not broken
