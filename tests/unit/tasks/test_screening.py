"""Screening goes on while its page is shown, and no longer."""

import threading

import pytest

from artitec_media_desktop.domain.errors import Permanent, Transient
from artitec_media_desktop.tasks.runner import Runner
from artitec_media_desktop.tasks.screening import Screening


class Service:
    """Three pictures a run; the second waits until it may go on."""

    def __init__(self):
        self.runs = self.scored = 0
        self.error = None
        self.go_on = threading.Event()
        self.go_on.set()

    def run(self, work):
        self.runs += 1
        if self.error is not None:
            raise self.error
        for n in range(3):
            work.check_cancelled()
            self.scored += 1
            work.progress(n + 1, 3, "p.jpg")
            if n == 1:
                assert self.go_on.wait(60)
        return self.scored


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def screening(qapp, service):
    runner = Runner()
    made = Screening(runner, lambda: service, again=5)
    made.told, made.at = [], []
    made.done.connect(made.told.append)
    made.failed.connect(lambda error: made.told.append(error.code))
    made.progressed.connect(lambda *at: made.at.append(at))
    yield made
    made.stop()
    service.go_on.set()
    assert runner.shutdown()


def test_it_is_looked_for_again_and_again(screening, qtbot):
    screening.start()
    screening.start()
    qtbot.waitUntil(lambda: len(screening.told) >= 2)
    assert screening.told[:2] == [3, 6]
    assert screening.at[:3] == [(1, 3), (2, 3), (3, 3)]


def test_it_ends_after_the_picture_that_it_is_at(screening, service, qtbot):
    service.go_on.clear()
    screening.start()
    qtbot.waitUntil(lambda: service.scored == 2)
    screening.stop()
    service.go_on.set()
    qtbot.waitUntil(lambda: screening._task is None)
    assert (service.scored, screening.told, screening.is_on) == (2, [], False)
    assert not screening._next.isActive()


def test_a_page_that_is_left_and_shown_again(screening, service, qtbot):
    screening._next.setInterval(60_000)
    service.go_on.clear()
    screening.start()
    qtbot.waitUntil(lambda: service.scored == 2)
    screening.stop()
    screening.start()
    service.go_on.set()
    qtbot.waitUntil(lambda: bool(screening.told))
    assert service.runs == 2


def test_a_fault_that_passes_is_waited_for(screening, service, qtbot):
    service.error = Transient("offline", "The storage does not answer.")
    screening.start()
    qtbot.waitUntil(lambda: len(screening.told) >= 2)
    assert screening.told[:2] == ["offline", "offline"]
    service.error = None
    qtbot.waitUntil(lambda: 3 in screening.told)


def test_what_does_not_pass_stops_it(screening, service, qtbot):
    service.error = Permanent("no_model", "It is not installed.")
    screening.start()
    qtbot.waitUntil(lambda: screening.told == ["no_model"])
    assert not screening.is_on
    assert not screening._next.isActive()
