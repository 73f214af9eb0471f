import threading

import pytest

from artitec_media_desktop.domain.errors import Permanent, Transient
from artitec_media_desktop.tasks.connection import ConnectionState, ConnectionWatch
from artitec_media_desktop.tasks.runner import Runner

S = ConnectionState
GONE = Transient("database_gone", "The database team does not answer. Trying again.")


class Server:
    """Answers, fails, or hangs until it is let go."""

    def __init__(self):
        self.error = None
        self.looks = 0
        self.go = threading.Event()
        self.go.set()

    def look(self):
        self.looks += 1
        assert self.go.wait(60)
        if self.error is not None:
            raise self.error


@pytest.fixture
def runner(qapp):
    runner = Runner()
    yield runner
    assert runner.shutdown()


@pytest.fixture
def server():
    server = Server()
    yield server
    server.go.set()


@pytest.fixture
def watch(runner, server):
    made = ConnectionWatch(
        runner, server.look, every=10_000, first_wait=20, slow=60_000, offline=60_000
    )
    made.told = []
    made.changed.connect(lambda *what: made.told.append(what))
    yield made
    made.stop()


def test_it_looks_every_now_and_then(runner, server, qtbot):
    watch = ConnectionWatch(runner, server.look, every=10)
    watch.start()
    qtbot.waitUntil(lambda: server.looks >= 3)
    watch.stop()
    assert watch.state is S.CONNECTED


def test_nothing_is_looked_at_before_it_is_started(watch, server, qtbot):
    watch.look_now()
    qtbot.wait(30)
    assert server.looks == 0


def test_a_fault_is_told_and_tried_again_until_it_passes(watch, server, qtbot):
    server.error = GONE
    watch.start()
    watch.look_now()
    qtbot.waitUntil(lambda: server.looks >= 3)
    assert watch.told == [(S.RECONNECTING, GONE.message)]
    server.error = None
    qtbot.waitUntil(lambda: watch.told[-1] == (S.CONNECTED, ""))


def test_the_waits_grow_and_are_bounded(watch, server, qtbot):
    watch._every = 60
    server.error = GONE
    watch.start()
    watch.look_now()
    waits = []
    watch._again_in = waits.append  # the next look is made by hand
    for number in range(1, 5):
        qtbot.waitUntil(lambda number=number: len(waits) == number)
        watch.look_now()
    assert waits[:4] == [20, 40, 60, 60]


def test_a_fault_that_lasts_is_offline_and_comes_back_by_itself(runner, server, qtbot):
    watch = ConnectionWatch(runner, server.look, every=30, first_wait=10, offline=60)
    told = []
    watch.changed.connect(lambda state, _reason: told.append(state))
    server.error = GONE
    watch.start()
    watch.look_now()
    qtbot.waitUntil(lambda: S.OFFLINE in told)
    assert told == [S.RECONNECTING, S.OFFLINE]
    server.error = None
    qtbot.waitUntil(lambda: watch.state is S.CONNECTED)
    watch.stop()


def test_a_look_that_hangs_is_a_fault_too(runner, server, qtbot):
    server.go.clear()
    watch = ConnectionWatch(runner, server.look, slow=20, offline=60)
    watch.start()
    watch.look_now()
    qtbot.waitUntil(lambda: watch.state is S.OFFLINE)
    assert "has not answered" in watch.reason
    server.go.set()
    qtbot.waitUntil(lambda: watch.state is S.CONNECTED)
    watch.stop()


def fail(error):
    def work(_task):
        raise error

    return work


def test_a_task_that_ends_in_a_passing_fault_has_it_looked_at_once(watch, runner, server, qtbot):
    watch.start()
    runner.run(fail(Permanent("too_large", "It is too large.")), None, lambda _error: None)
    qtbot.waitUntil(lambda: not runner.is_busy)
    qtbot.wait(30)
    assert server.looks == 0
    server.error = GONE
    runner.run(fail(GONE), None, lambda _error: None)
    qtbot.waitUntil(lambda: watch.state is S.RECONNECTING)


def test_its_own_faults_do_not_hurry_it(watch, server, qtbot):
    watch._first_wait = watch._wait = 600_000
    server.error = GONE
    watch.start()
    watch.look_now()
    qtbot.waitUntil(lambda: watch.state is S.RECONNECTING)
    qtbot.wait(50)
    assert server.looks == 1
    assert 400 < watch.seconds_left <= 600


def test_after_stop_nothing_is_told(watch, server, qtbot):
    server.error = GONE
    server.go.clear()
    watch.start()
    watch.look_now()
    watch.stop()
    server.go.set()
    qtbot.wait(50)
    assert watch.told == []
