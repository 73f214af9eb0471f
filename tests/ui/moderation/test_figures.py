"""The figures: what they say, their states, and the export."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from artitec_media_desktop.domain.errors import Permanent, Transient
from artitec_media_desktop.domain.media import ModerationStatus as S
from artitec_media_desktop.domain.moderation import Look, Policy
from artitec_media_desktop.domain.permissions import ALLOWED, Decision
from artitec_media_desktop.domain.review_statistics import ReviewStatistics, SecondLooks
from artitec_media_desktop.ui.panels.moderation.figures.charts import step_of
from artitec_media_desktop.ui.panels.moderation.figures.dialog import FiguresDialog


def statistics(since, until, decided=12):
    return ReviewStatistics(
        since,
        until,
        decided,
        {until: {S.APPROVED: 9, S.REJECTED: 3}} if decided else {},
        {"advertising": 2, "gone_reason": 1} if decided else {},
        {("post", "IMAGE"): 10, ("community", "VIDEO"): 2} if decided else {},
        {S.APPROVED: 9, S.REJECTED: 3} if decided else {},
        7_300.0 if decided else None,
        {Look.SAMPLE: SecondLooks(20, 1), Look.APPEAL: SecondLooks(5, 2)} if decided else {},
        1 if decided else 0,
    )


@pytest.fixture
def records(app):
    made = SimpleNamespace(asked=[], saved=[], error=None, decided=12)

    def of(since, until):
        made.asked.append((until - since).days + 1)
        if made.error is not None:
            raise made.error
        return statistics(since, until, made.decided)

    def save(path, since, until, work):
        if made.error is not None:
            raise made.error
        made.saved.append((path.name, since))

    made.statistics, made.save = of, save
    app.review_records = made
    app.policy = SimpleNamespace(get=Policy, decide_rights=lambda: ALLOWED)
    return made


@pytest.fixture
def dialog(app, records, light, qtbot):
    def make():
        made = FiguresDialog(app)
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def test_what_they_say(dialog):
    made = dialog()
    figures = [(card.figure.text(), card.words.text()) for card in made.cards]
    assert figures == [
        ("12", "decisions"),
        ("2 hours, 1 min", "median time until a decision"),
        ("12%", "3 of 25 second looks decided otherwise"),
        ("1", "flagged at the door as known"),
    ]
    assert len(made.day.bars) == 30
    assert made.day.bars[-1].spoken.endswith("9 approved, 3 rejected")
    assert made.day.bars[0].spoken.endswith("no decisions")
    assert [(bar.label, bar.count) for bar in made.reason.bars] == [
        ("Advertising", 2),
        ("gone reason", 1),
    ]
    assert [bar.label for bar in made.type.bars] == ["Posts, images", "Communities, videos"]
    made.grab()


def test_of_one_and_of_none(dialog, records, qtbot):
    records.decided = 1
    made = dialog()
    assert made.cards[0].words.text() == "decision"
    assert made.reason.isVisible()
    found = statistics(made.since, made.since, 1)
    made.show_figures(replace(found, by_reason={}), Policy())
    assert not made.reason.isVisible() and made._none.isVisible()


def test_another_range(dialog, records):
    made = dialog()
    made.range.buttons["90"].click()
    assert records.asked == [30, 90]
    assert len(made.day.bars) == 90


def test_a_range_that_comes_late_is_not_shown(dialog, app):
    made = dialog()
    app.runner.held = True
    made.range.buttons["90"].click()
    made.range.buttons["7"].click()
    app.runner.waiting.reverse()
    app.runner.release()
    assert len(made.day.bars) == 7


def test_states(dialog, records, app):
    records.decided = 0
    made = dialog()
    assert "No decisions yet" in made.state.accessibleName()
    records.error = Transient("no_database", "The database does not answer.")
    made.read()
    assert "The database does not answer." in made.state.accessibleName()
    app.runner.held = True
    made.read()
    assert "Counting" in made.state.accessibleName()


def test_the_export(dialog, records):
    made = dialog()
    made.export("/tmp/decisions.json")
    since = datetime.now(UTC).date() - timedelta(days=29)
    assert records.saved == [("decisions.json", since)]
    assert "decisions.json" in made.message.text
    records.error = Permanent("not_saved", "It could not be saved.")
    made.export("/tmp/decisions.csv")
    assert made.message.text == "It could not be saved."
    assert made.exports["csv"].isEnabled()


def test_only_admins_export(dialog, app):
    app.policy.decide_rights = lambda: Decision(False, "Only an admin may do this.")
    made = dialog()
    assert not made.exports["csv"].isEnabled()
    assert made.exports["csv"].toolTip() == "Only an admin may do this."


@pytest.mark.parametrize(("most", "step"), [(0, 1), (3, 1), (4, 2), (60, 20), (61, 50), (700, 500)])
def test_lines_are_round_numbers(most, step):
    assert step_of(most) == step
