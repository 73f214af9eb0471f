import threading
from time import monotonic, sleep

import pytest

from artitec_media_desktop.domain import right_of_way


def seconds_of_a_worker():
    """How long a worker waits, in a thread that has not waited before."""
    took = []

    def work():
        began = monotonic()
        right_of_way.give()
        took.append(monotonic() - began)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    return took[0]


def goes_on():
    """Whether a worker does not wait; a busy machine may hold one up, yet not each of five."""
    return min(seconds_of_a_worker() for _ in range(5)) < 0.02


def test_nobody_waits_while_the_window_rests():
    assert goes_on()


def test_a_worker_waits_while_the_window_is_at_something_but_not_for_ever():
    assert right_of_way.first(seconds_of_a_worker)() >= 0.03
    assert goes_on()


def test_a_worker_goes_on_as_soon_as_the_window_rests(monkeypatch):
    monkeypatch.setattr(right_of_way, "_LONGEST", 60.0)
    began, took = threading.Event(), []

    def work():
        start = monotonic()
        began.set()
        right_of_way.give()
        took.append(monotonic() - start)

    thread = threading.Thread(target=work)

    @right_of_way.first
    def window():
        thread.start()
        assert began.wait(60)

    window()
    thread.join(60)
    assert took[0] < 50


def test_what_the_window_does_ends_with_a_fault_too():
    @right_of_way.first
    def window():
        raise LookupError

    with pytest.raises(LookupError):
        window()
    assert goes_on()


def test_the_window_never_waits_for_itself():
    took = []
    for _ in range(5):
        began = monotonic()
        right_of_way.first(right_of_way.give)()
        took.append(monotonic() - began)
    assert min(took) < 0.02


def test_a_worker_waits_while_the_window_goes_on_after_an_event_until_it_says_so():
    right_of_way.hold(5)
    assert seconds_of_a_worker() >= 0.03
    right_of_way.hold(0)
    assert goes_on()


def test_what_goes_on_after_an_event_ends_by_itself():
    right_of_way.hold(0.005)
    sleep(0.01)
    assert goes_on()


class Clock:
    """Time passes only while a worker sleeps; ``each`` is what happens then."""

    def __init__(self, monkeypatch):
        self.now, self.each = 100.0, lambda: None
        monkeypatch.setattr(right_of_way, "monotonic", lambda: self.now)
        monkeypatch.setattr(right_of_way, "sleep", self._sleep)
        monkeypatch.setattr(right_of_way, "_is_window", lambda: False)
        monkeypatch.setattr(right_of_way, "_acted", 0.0)
        monkeypatch.setattr(right_of_way, "_until", 0.0)

    def _sleep(self, seconds):
        self.now += seconds
        self.each()


def test_a_worker_that_waited_in_vain_goes_on_undisturbed_for_as_long(monkeypatch):
    clock = Clock(monkeypatch)
    monkeypatch.setattr(right_of_way, "_mine", right_of_way._Mine())
    right_of_way.hold(60)
    right_of_way.give()
    waited = clock.now - 100
    assert right_of_way._LONGEST <= waited < 2 * right_of_way._LONGEST
    for later in (100 + 1.9 * waited, 100 + 2.1 * waited):
        clock.now = later
        right_of_way.give()
        assert (clock.now > later) is (later > 100 + 2 * waited)


def test_what_is_in_no_hurry_begins_only_once_nobody_has_acted_for_a_while(monkeypatch):
    clock = Clock(monkeypatch)
    right_of_way.wait_for_rest()
    assert clock.now == 100
    right_of_way.hold(0.05)
    right_of_way.hold(0)
    for _ in range(2):
        right_of_way.wait_for_rest()
        assert clock.now == pytest.approx(100.3)


def test_what_is_in_no_hurry_gets_on_also_while_somebody_goes_on_acting(monkeypatch):
    clock = Clock(monkeypatch)
    clock.each = lambda: right_of_way.hold(0.05)
    clock.each()
    right_of_way.wait_for_rest()
    assert clock.now == pytest.approx(101)
