from hypothesis import given
from hypothesis import strategies as st

from artitec_media_desktop.ui.pace import Pace


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_steady_pace():
    clock = Clock()
    pace = Pace(clock=clock)
    for second in range(40):
        clock.now = float(second)
        measured = pace.per_second(second * 1000)
    assert measured == 1000


def test_only_the_last_seconds_count():
    clock = Clock()
    pace = Pace(seconds=10, clock=clock)
    pace.per_second(0)
    clock.now = 100.0
    pace.per_second(1_000_000)
    for second in range(101, 121):
        clock.now = float(second)
        measured = pace.per_second(1_000_000)
    assert measured == 0


def test_the_first_look_knows_nothing():
    assert Pace(clock=Clock()).per_second(500) == 0


def test_a_new_batch_starts_afresh():
    clock = Clock()
    pace = Pace(clock=clock)
    pace.per_second(9_000)
    clock.now = 1.0
    assert pace.per_second(100) == 0
    clock.now = 2.0
    assert pace.per_second(300) == 200


@given(st.lists(st.tuples(st.floats(0, 5), st.integers(0, 10**9)), max_size=50))
def test_a_pace_is_never_negative(steps):
    clock = Clock()
    pace = Pace(clock=clock)
    for seconds, done in steps:
        clock.now += seconds
        assert pace.per_second(done) >= 0
