import sys
import threading
from time import monotonic, sleep

import pytest

from artitec_media_desktop.domain import right_of_way


@pytest.fixture(autouse=True)
def _nobody_goes_first():
    yield
    right_of_way.take(None)


class Window(threading.Thread):
    """Rests until it is told to be busy, and is then anywhere but where it rests."""

    def __init__(self):
        super().__init__(daemon=True)
        self.starts, self.busy, self.end = (threading.Event() for _ in range(3))
        self.events = threading.Lock()
        self.events.acquire()
        self.start()
        assert self.starts.wait(5)
        sleep(0.02)

    def run(self):
        right_of_way.take(sys._getframe())
        self.starts.set()
        while True:
            self.events.acquire()  # no Python below this frame, as in an event loop
            self.work()

    def work(self):
        self.busy.set()
        self.end.wait(5)

    def begin(self):
        self.events.release()
        assert self.busy.wait(5)


def seconds_of(give):
    began = monotonic()
    give()
    return monotonic() - began


def test_nobody_waits_before_a_window_runs():
    assert seconds_of(right_of_way.give) < 0.01


def test_a_worker_waits_while_the_window_is_at_something_and_half_of_the_time_only():
    window = Window()
    assert seconds_of(right_of_way.give) < 0.01
    window.begin()
    waited = seconds_of(right_of_way.give)
    assert waited >= 0.03
    assert seconds_of(right_of_way.give) < 0.01  # it goes on now, for as long as it waited
    sleep(waited)
    assert seconds_of(right_of_way.give) >= 0.03
    window.end.set()


def test_a_worker_goes_on_as_soon_as_the_window_rests(monkeypatch):
    monkeypatch.setattr(right_of_way, "_LONGEST", 4.0)
    window = Window()
    window.begin()
    threading.Timer(0.01, window.end.set).start()
    assert seconds_of(right_of_way.give) < 3


def test_the_window_never_waits_for_itself():
    right_of_way.take(sys._getframe())
    assert seconds_of(lambda: right_of_way.give()) < 0.01
