from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from artitec_media_desktop.domain.activity import Activity, ActivityMedia, ActivityQuery
from artitec_media_desktop.domain.changes import ChangeKind
from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.listing import Changed, Mark
from artitec_media_desktop.domain.media import MediaType
from artitec_media_desktop.domain.permissions import Decision
from artitec_media_desktop.domain.search import parse
from artitec_media_desktop.ui.panels.activity.columns import columns, place_parts
from tests.ui.held import hold

from .conftest import JUNIPER, PRIYA, WILLOW, entry

_UPLOADED = ChangeKind.UPLOADED


def entries(panel):
    return [each for each in panel.rows.rows if isinstance(each, Activity)]


def numbers(panel):
    return [each.changes[0] for each in entries(panel)]


def choose(panel, number):
    panel.view.setFocus()
    for at, row in enumerate(panel.rows.rows):
        if isinstance(row, Activity) and number in row.changes:
            panel.view.setCurrentIndex(panel.rows.index(at))


def test_days_are_headings_that_the_keys_pass_over(panel, history, qtbot):
    history.items += [replace(entry(9), at=entry(100).at - timedelta(days=1))]
    panel.activate()
    kinds = [isinstance(row, date) for row in panel.rows.rows]
    assert kinds == [True, *[False] * 5, True, False]
    assert panel.rows.index(0).data() == "Today"
    assert panel.rows.index(6).data() == "Yesterday"
    panel.view.setFocus()
    for number in (105, 104, 103, 102, 101):
        qtbot.keyClick(panel.view, Qt.Key.Key_Down)
        assert panel.view.chosen().changes == (number,)
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    assert panel.view.chosen().changes == (9,)
    qtbot.keyClick(panel.view, Qt.Key.Key_Home)
    assert panel.view.chosen().changes == (105,)
    qtbot.keyClick(panel.view, Qt.Key.Key_End)
    assert panel.view.chosen().changes == (9,)


def test_until_it_is_read_it_is_loading_then_empty(panel, app, history):
    history.items = []
    app.runner.held = True
    panel.activate()
    assert panel._loading.isVisible()
    app.runner.release()
    assert panel.state.isVisible()
    assert "Nothing has happened yet" in panel.state.accessibleName()


def test_a_fault_says_so_and_can_be_tried_again(panel, history):
    history.error = Transient("down", "The database was silent for 10 seconds.")
    panel.activate()
    assert "silent" in panel.state.accessibleName()
    history.error = None
    panel.state.again_wanted.emit()
    assert panel.view.isVisible()
    history.error = Transient("down", "Silent.")
    panel.refresh()
    assert panel.view.isVisible()


def test_a_key_that_is_held_undoes_once(panel):
    panel.activate()
    choose(panel, 103)
    wishes = []
    panel.view.undo_wanted.connect(lambda: wishes.append(1))
    hold(panel.view, Qt.Key.Key_Z)
    assert len(wishes) == 1


def test_z_undoes_the_entry_and_it_says_so(panel, history, qtbot):
    panel.activate()
    choose(panel, 103)
    assert panel.bar.undo.isEnabled()
    qtbot.keyClick(panel.view, Qt.Key.Key_Z)
    assert history.undone == [(103,)]
    assert panel.notices[-1].text == "Undone: alt text of 1 item"
    assert panel.view.chosen().changes == (103,)
    assert "Undone by you" in panel.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert not panel.bar.undo.isEnabled()
    assert panel.bar.undo.toolTip() == "This is undone already."


def test_what_may_not_be_undone_says_why(panel, history, qtbot):
    no = Decision(False, "Only who made a change, or an admin, can undo it.")
    history.items[0] = replace(history.items[0], may_undo=no, by=PRIYA, account="u2")
    panel.activate()
    choose(panel, 105)
    assert not panel.bar.undo.isEnabled()
    assert panel.bar.undo.accessibleDescription() == no.reason
    qtbot.keyClick(panel.view, Qt.Key.Key_Z)
    assert history.undone == []
    assert panel.notices[-1].detail == no.reason


def uploads(count, first=1):
    at = entry(100).at
    made = [entry(first + n, _UPLOADED) for n in range(count)]
    return [replace(e, at=at + timedelta(seconds=n), since=at + timedelta(seconds=n))
            for n, e in enumerate(made)][::-1]  # fmt: skip


def test_uploads_of_one_place_are_one_entry_over_pages_too(panel, history, qtbot):
    history.items = uploads(450)
    panel.activate()
    qtbot.waitUntil(lambda: len(history.asked) == 3)
    (one,) = entries(panel)
    assert (one.count, len(one.changes)) == (450, 450)
    assert panel.rows.index(1).data() == "450 photos added"
    choose(panel, 1)
    qtbot.keyClick(panel.view, Qt.Key.Key_Z)
    assert sorted(history.undone[0]) == list(range(1, 451))


def test_others_between_do_not_part_uploads(panel, history):
    first, second, third = uploads(3)
    theirs = replace(entry(50), at=second.at, since=second.at, account="u2", by=PRIYA)
    elsewhere = replace(second, places=(JUNIPER,))
    history.items = [first, theirs, elsewhere, third]
    panel.activate()
    assert [each.count for each in entries(panel)] == [2, 1, 1]


def test_what_comes_above_moves_neither_the_place_nor_the_choice(panel, history, qtbot):
    history.items = [entry(n) for n in range(3000, 0, -1)]
    panel.activate()
    while panel.rows._next is not None:
        panel.rows.load_more()
    assert numbers(panel) == list(range(3000, 0, -1))
    choose(panel, 700)
    top = panel.view.rowAt(0)
    seen = panel.rows.rows[top]
    history.items = [entry(3002), entry(3001), *history.items]
    panel.refresh()
    assert numbers(panel) == list(range(3002, 0, -1))
    assert panel.view.chosen().changes == (700,)
    qtbot.waitUntil(lambda: panel.rows.rows[panel.view.rowAt(0)] == seen)
    days = [row for row in panel.rows.rows if isinstance(row, date)]
    assert all(later > earlier for later, earlier in pairwise(days))
    qtbot.keyClick(panel.view, Qt.Key.Key_Z)  # deeper than what is read anew
    assert panel.view.chosen().undone_at is not None
    assert history.asked[-1][1] == 1_000


@pytest.mark.parametrize("seconds", [1, 2])
def test_it_refreshes_by_what_was_done_here_and_elsewhere(panel, app, history, qtbot, seconds):
    panel._gather.setInterval(1)
    panel.activate()
    asked = len(history.asked)
    if seconds == 1:
        app.changes.happened.emit(None)
    else:
        app.changes.noticed.emit(Changed(Mark(frozenset(), 0)))
    qtbot.waitUntil(lambda: len(history.asked) > asked)


def test_filters_ask_anew_and_can_be_cleared(panel, history, qtbot):
    panel.activate()
    panel.bar.whose.buttons["mine"].click()
    assert history.asked[-1][0] == ActivityQuery(mine=True)
    panel.bar.kind.setCurrentIndex(panel.bar.kind.findData("deleted"))
    assert history.asked[-1][0] == ActivityQuery(mine=True, kind="deleted")
    assert "Nothing found" in panel.state.accessibleName()
    panel.state.clear_wanted.emit()
    assert history.asked[-1][0] == ActivityQuery()
    assert len(entries(panel)) == 5
    qtbot.keyClick(panel.view, Qt.Key.Key_Slash)
    assert panel.bar.search.hasFocus()
    qtbot.keyClicks(panel.bar.search, "img_103")
    qtbot.keyClick(panel.bar.search, Qt.Key.Key_Return)
    assert numbers(panel) == [103]
    assert panel.view.hasFocus()


def test_an_older_answer_never_replaces_a_newer_one(panel, app, history):
    panel.activate()
    app.runner.held = True
    panel.rows.find(ActivityQuery(text="101"))
    panel.rows.find(ActivityQuery(text="104"))
    app.runner.waiting.reverse()
    app.runner.release()
    assert numbers(panel) == [104]


def gone(number):
    return (ActivityMedia(f"MED-{number}", "a.jpg", None),)


def in_trash(number):
    return (ActivityMedia(f"MED-{number}", "a.jpg", MediaType.IMAGE, in_trash=True),)


@pytest.mark.parametrize(
    ("values", "page"),
    [
        ({}, ("library", parse("MED-105"))),
        ({"count": 40}, ("library", WILLOW.ref)),
        ({"media": in_trash(105)}, ("trash", None)),
        ({"media": gone(105)}, ("library", WILLOW.ref)),
        ({"media": gone(105), "places": ()}, None),
    ],
)
def test_enter_goes_to_what_it_was_about(panel, history, qtbot, values, page):
    history.items[0] = replace(history.items[0], **values)
    panel.activate()
    choose(panel, 105)
    assert panel.bar.open.isEnabled() == (page is not None)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert panel.gone_to == ([] if page is None else [page])


def test_the_name_of_a_place_is_a_link(panel, history, qtbot):
    history.items[0] = replace(history.items[0], places=(WILLOW, JUNIPER), place_count=4)
    panel.activate()
    box = panel.view.visualRect(panel.rows.index(1))
    parts = place_parts(history.items[0], columns(box).place)
    assert [words for _, words, _ in parts] == ["Willow Creek,", "8214 E Juniper Ct,", "2 more"]
    for where, _, place in parts:
        qtbot.mouseMove(panel.view.viewport(), where.center())
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=where.center())
        if place is not None:
            assert panel.gone_to[-1] == ("library", place.ref)
    assert len(panel.gone_to) == 2


def test_the_menu_offers_the_same_and_every_place(panel, history):
    history.items[0] = replace(history.items[0], places=(WILLOW, JUNIPER), place_count=2)
    panel.activate()
    choose(panel, 105)
    panel.view.menu_wanted.emit(QPoint(50, 50))
    made = panel.findChildren(QMenu)[-1]
    words = [each.text() for each in made.actions() if not each.isSeparator()]
    assert words == ["Open", "Undo", "Go to Willow Creek", "Go to 8214 E Juniper Ct"]
    made.actions()[-1].trigger()
    made.close()
    assert panel.gone_to == [("library", JUNIPER.ref)]
