"""Breaks are proposed kindly, wishes count at once, and all of it stays with the person."""

from types import SimpleNamespace

import pytest

from artitec_media_desktop.ui.panels.moderation.wellbeing import Wellbeing, wellbeing_of
from artitec_media_desktop.ui.panels.moderation.wellbeing.break_prompt import BreakPrompt
from artitec_media_desktop.ui.panels.moderation.wellbeing.dialog import WellbeingDialog
from artitec_media_desktop.ui.panels.moderation.wellbeing.sitting import Sitting
from tests.ui.viewer.conftest import Settings


class Clock:
    """In minutes."""

    def __init__(self):
        self.now = 0

    def __call__(self):
        return self.now * 60.0


@pytest.fixture
def app():
    return SimpleNamespace(settings=Settings(), email="ada@example.org")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sitting(qapp, app, clock):
    made = Sitting(app, clock=clock)
    made.asked = []
    made.break_due.connect(lambda: made.asked.append(clock.now))
    return made


def work(sitting, clock, until):
    while clock.now < until:
        sitting.acted()
        clock.now += 1
    sitting.acted()


def test_after_so_many_clear_looks_a_break_is_due_once(sitting):
    for _ in range(29):
        sitting.looked()
    assert sitting.asked == []
    sitting.looked()
    assert len(sitting.asked) == 1  # the look that a sitting begins with counts too
    for _ in range(4):
        sitting.looked()
    assert len(sitting.asked) == 1
    assert sitting.views_today == 34


def test_after_so_many_minutes_in_a_row_a_break_is_due(sitting, clock):
    work(sitting, clock, 44)
    assert sitting.asked == []
    work(sitting, clock, 46)
    assert sitting.asked == [45]
    assert sitting.minutes == 46


def test_a_pause_is_a_break(sitting, clock):
    work(sitting, clock, 40)
    clock.now += 6
    work(sitting, clock, 60)
    assert sitting.asked == []
    assert sitting.minutes == 14


def test_later_asks_again_in_a_while(sitting, clock):
    work(sitting, clock, 45)
    sitting.later()
    work(sitting, clock, 59)
    assert sitting.asked == [45]
    work(sitting, clock, 61)
    assert sitting.asked == [45, 60]


def test_zero_is_never(sitting, clock):
    sitting.wish(Wellbeing(views=0, minutes=0))
    for _ in range(40):
        sitting.looked()
    work(sitting, clock, 200)
    assert sitting.asked == []


def test_the_count_is_of_today_and_of_this_person(sitting, app):
    sitting.looked()
    assert sitting.views_today == 1
    app.settings["wellbeing.today/ada@example.org"]["day"] = "2020-01-01"
    assert sitting.views_today == 0
    sitting.looked()
    app.email = "bob@example.org"
    assert sitting.views_today == 0


def test_the_prompt_asks_kindly_and_a_break_gives_back_what_is_held(qtbot, sitting, clock):
    prompt = BreakPrompt(sitting)
    qtbot.addWidget(prompt)
    taken = []
    prompt.taken.connect(lambda: taken.append(True))
    sitting.looked()
    work(sitting, clock, 45)
    assert not prompt.isHidden()
    assert "45 minutes in a row, 1 clear look today" in prompt.words.text()
    prompt.later.click()
    assert prompt.isHidden()
    assert taken == []
    work(sitting, clock, 61)
    prompt.take.click()
    assert prompt.isHidden()
    assert taken == [True]
    assert sitting.minutes == 0


def test_each_wish_counts_at_once(qtbot, sitting, app):
    told = []
    sitting.wishes_changed.connect(told.append)
    dialog = WellbeingDialog(sitting)
    qtbot.addWidget(dialog)
    assert told == []
    dialog.boxes["blur"].click()
    dialog.numbers["views"].setValue(10)
    assert told == [Wellbeing(blur=False), Wellbeing(blur=False, views=10)]
    assert wellbeing_of(app) == told[-1]
    sitting.looked()
    assert "1 clear look " in dialog.today.text()
