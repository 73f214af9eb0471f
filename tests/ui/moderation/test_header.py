"""The header: how many wait how long, which are wanted, in which order, and filters kept."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from artitec_media_desktop.config.settings import Settings
from artitec_media_desktop.domain.permissions import ALLOWED, NOBODY, Account, Decision, Role
from artitec_media_desktop.domain.review_queue import AGES, OLDER, AgeBucket, QueueCounts
from artitec_media_desktop.domain.search import EVERYTHING, parse
from artitec_media_desktop.domain.search_fields import FIELDS
from artitec_media_desktop.ui.panels.moderation.header.ages import KEYS, age_of, age_terms
from artitec_media_desktop.ui.panels.moderation.header.header import Header


def counts(*numbers, hours=51):
    made = tuple(AgeBucket(key, number) for key, number in zip(KEYS, numbers, strict=True))
    oldest = datetime.now(UTC) - timedelta(hours=hours)
    return QueueCounts(sum(numbers), oldest, made, 2)


@pytest.fixture
def header(app, light, qtbot, tmp_path):
    app.settings = Settings(tmp_path / "settings.json")
    app.policy = SimpleNamespace(decide_rights=lambda: ALLOWED)
    app.library.tags_in_use = lambda _begun, _most: [("pool", 3)]
    made = Header(app)
    made.wanted = []
    made.filter_changed.connect(made.wanted.append)
    qtbot.addWidget(made)
    made.resize(1072, 60)
    made.show()
    return made


def test_how_many_wait_and_since_when(header):
    header.show_counts(counts(4, 6, 5, 3, 0))
    assert header.waiting.text() == "18 waiting"
    assert header.oldest.text() == "Oldest waiting 2 days"
    assert header.oldest.property("tone") == "warning"
    assert "2 are held by others" in header.waiting.toolTip()
    assert [each.count for each in header.ages.buttons.values()] == [4, 6, 5, 3, 0]
    header.show_counts(counts(1, 0, 0, 0, 0, hours=0.5))
    assert header.oldest.property("tone") == "muted"
    header.show_counts(QueueCounts())
    assert (header.waiting.text(), header.oldest.text()) == ("Nothing is waiting", "")
    assert not header.batch.isEnabled()


def test_ages_are_offered_while_something_waits_or_one_is_chosen(header, qtbot):
    assert not header.ages.isVisible()
    header.show_counts(counts(4, 6, 5, 3, 0))
    assert header.ages.isVisible()
    qtbot.mouseClick(header.ages.buttons["week"], Qt.MouseButton.LeftButton)
    header.show_counts(QueueCounts())
    assert header.ages.isVisible()  # to let it go
    qtbot.mouseClick(header.ages.buttons["week"], Qt.MouseButton.LeftButton)
    header.show_counts(QueueCounts())
    assert not header.ages.isVisible()


@pytest.mark.parametrize("key", [*(name for name, _ in AGES), OLDER])
def test_an_age_is_a_search_that_can_be_typed(key):
    terms = age_terms(key)
    search = parse(" ".join(each.label for each in terms))
    assert search.terms == terms
    assert age_of(search) == key
    assert all(FIELDS["age"].read(value) for term in terms for value in term.values)


def test_a_click_on_an_age_filters_by_it_and_another_lets_it_go(header, qtbot):
    header.show_counts(counts(4, 6, 5, 3, 0))
    week, day = header.ages.buttons["week"], header.ages.buttons["day"]
    for button in (week, day, day):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [age_of(each.search) for each in header.wanted] == ["week", "day", ""]
    assert header.wanted[-1].search == EVERYTHING


def test_ages_tell_of_all_while_one_is_chosen(header, qtbot):
    header.show_counts(counts(4, 6, 5, 3, 0))
    qtbot.mouseClick(header.ages.buttons["week"], Qt.MouseButton.LeftButton)
    header.show_counts(counts(0, 0, 0, 3, 0))  # those of the filter
    assert header.ages.buttons["day"].count == 6
    assert header.waiting.text() == "3 waiting"


def test_the_order(header):
    header.order.menu().actions()[1].trigger()
    assert header.wanted[-1].by_score
    assert header.order.text() == "Highest score first"
    header.order.menu().actions()[0].trigger()
    assert not header.filter.by_score


def test_a_typed_filter(header, qtbot):
    header.begin()
    edit = header.filters.field.edit
    qtbot.keyClicks(edit, "status:flagged score:>0.6")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert header.wanted[-1].search == parse("status:flagged score:>0.6")
    qtbot.keyClicks(edit, "nonsense:1")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert "nonsense" in header.filters.message.text
    assert header.wanted[-1].search == parse("status:flagged score:>0.6")


def test_every_field_of_the_menu_can_be_chosen(header):
    header.filters.filters.menu.aboutToShow.emit()
    inner = [each.menu() for each in header.filters.filters.menu.actions() if each.menu()]
    titles = {each.title() for each in inner}
    assert {"Place", "Type", "Status", "Second look", "Automatic check"} <= titles
    status = next(each for each in inner if each.title() == "Status")
    status.actions()[3].trigger()
    assert header.wanted[-1].search == parse("status:flagged")


def test_filters_are_kept_for_one_account(header, app):
    header.set_filter(header.filter.__class__(parse("type:video")))
    header.filters.keep("Films")
    assert header.filters.button.text() == "Films"
    header.filters.filters.menu.aboutToShow.emit()
    offered = {each.text(): each for each in header.filters.filters.menu.actions()}
    offered["Clear the filter"].trigger()
    assert header.wanted[-1].search == EVERYTHING
    offered["Films"].trigger()
    assert header.wanted[-1].search == parse("type:video")
    assert Settings(app.settings._path).get("moderation/u1/filters", [])  # also after a restart
    app.account = Account("u2", "Ada", Role.ADMIN)
    assert not header.filters.saved.all()


def test_a_kept_filter_is_removed(header):
    header.set_filter(header.filter.__class__(parse("type:video")))
    header.filters.keep("Films")
    menu = header.filters.filters.menu
    menu.aboutToShow.emit()
    removal = next(each.menu() for each in menu.actions() if each.text().startswith("Remove"))
    removal.actions()[0].trigger()
    assert not header.filters.saved.all()


def test_only_who_may_configure_is_offered_the_rules(header, app):
    assert header.policy.isVisible()
    app.policy.decide_rights = lambda: Decision(False, "Only an admin may do this.")
    header.hide()
    header.show()
    assert not header.policy.isVisible()


def test_the_rules_are_offered_once_an_admin_has_signed_in(header, app):
    app.account, app.policy.decide_rights = NOBODY, lambda: Decision(False, "Nobody.")
    header.hide()
    header.show()
    app.account, app.policy.decide_rights = Account("u1", "Dana", Role.ADMIN), lambda: ALLOWED
    header.show_counts(counts(1, 0, 0, 0, 0))
    assert header.policy.isVisible()


@pytest.mark.parametrize("wide", [560, 592, 700, 900, 966, 1072])
def test_all_has_room_at_any_width(header, wide, qtbot):
    header.show_counts(counts(4, 6, 5, 3, 0))
    header.resize(wide, 60)
    assert header.minimumSizeHint().width() <= 560

    def fits():
        parts = [each for each in header._parts if each.isVisible()]
        for one, other in pairwise(parts):
            if isinstance(one, QLabel) and one.width() < one.minimumSizeHint().width():
                return False
            if one.geometry().right() >= other.geometry().left():
                return False
        return parts[-1].geometry().right() < wide

    qtbot.waitUntil(fits)  # the line is laid out anew
    assert header.ages.isVisible() == (wide >= 966)  # the page beside names in the rail, at 1440
