from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QPushButton

from artitec_media_desktop.domain.errors import Conflict, Forbidden, Transient
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.permissions import NOBODY, Decision
from artitec_media_desktop.domain.review_queue import Held
from artitec_media_desktop.ui.commands import page_commands
from artitec_media_desktop.ui.panels.moderation import keys as k
from artitec_media_desktop.ui.panels.moderation.keys import SETTING, Keys, refusal
from artitec_media_desktop.ui.panels.moderation.keys_dialog import KeysDialog
from artitec_media_desktop.ui.panels.moderation.today import Today
from artitec_media_desktop.ui.panels.moderation.wellbeing.dialog import WellbeingDialog
from artitec_media_desktop.ui.widgets import KeyHint
from tests.ui.moderation.conftest import NOW

S = ModerationStatus


def front(panel):
    return None if panel.session.front is None else panel.session.front.public_id


def statuses(review, *numbers):
    return [review.status(f"MED-{each}") for each in numbers]


def hold(panel, key, marked):
    """Press a key, have it repeated once, and let it go."""
    kinds = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
    repeats, times = (False, marked, marked, False), (1_000, 1_660, 1_660, 1_690)
    for kind, repeat, at in zip((*kinds, *kinds), repeats, times, strict=True):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", repeat)
        event.setTimestamp(at)
        QApplication.sendEvent(panel.strip, event)


def test_one_key_decides_and_the_next_picture_is_on_stage(panel, press, review, qtbot):
    with qtbot.waitSignal(panel.stage.painted) as painted:
        press("A")
    assert painted.args == ["MED-2"] and front(panel) == "MED-2"
    assert statuses(review, 1, 2) == [S.APPROVED, S.PENDING]
    assert panel.said[-1] == "1 decided today · last: approved “IMG_1.jpg”"


def test_what_was_decided_today_is_of_who_is_signed_in(panel, press, app):
    ada = app.account
    app.account = NOBODY  # as it is where the page is made before the library is open
    today = Today(app)
    app.account = ada
    press("A")
    assert today.line.startswith("1 decided today")
    app.account = replace(ada, user_id="u2")
    assert today.line == ""
    app.account = ada
    key = f"moderation.today/{ada.user_id}"
    app.settings[key] = app.settings[key] | {"day": "2020-01-01"}
    assert today.line == "last: approved “IMG_1.jpg”"
    today.add(2)
    assert today.count == 2


def test_a_reject_takes_a_reason_by_its_number(panel, press, review):
    press("R")
    assert panel.bar.buttons[k.REJECT].isChecked() and statuses(review, 1) == [S.PENDING]
    press("3")
    assert review.decided() == [(("MED-1",), S.REJECTED, "advertising")]
    press("F", "4")
    assert review.decided()[-1] == (("MED-2",), S.FLAGGED, "unsafe")
    press("3")  # nothing was started
    assert len(review.decided()) == 2


def test_esc_and_turning_drop_a_started_reject(panel, press, review):
    press("R", "Esc", "1")
    press("R", "Right", "1")
    assert not review.decided() and front(panel) == "MED-2"
    assert not panel.bar.buttons[k.REJECT].isChecked()


def test_other_asks_for_a_note(panel, press, review, qtbot):
    press("R", "6")
    assert not review.decided()
    note = panel.window().focusWidget()
    assert note is panel.sidebar.list.note
    qtbot.keyClicks(note, "A blurred far")
    press("Return")
    assert review.decided() == [(("MED-1",), S.REJECTED, "other")]
    assert front(panel) == "MED-2" and panel.sidebar.note() == ""
    press("A")
    assert statuses(review, 2) == [S.APPROVED]


def test_skip_undo_and_arrows(panel, press, review):
    press("S")
    assert front(panel) == "MED-2"
    press("A", "A", "Left")
    assert front(panel) == "MED-3"
    press("Z")
    assert front(panel) == "MED-3" and statuses(review, 2, 3) == [S.APPROVED, S.PENDING]
    press("Ctrl+Z")
    assert front(panel) == "MED-2" and statuses(review, 2) == [S.PENDING]


def test_looking_back_one_may_decide_otherwise(panel, press, review):
    press("A", "Left", "R", "1")
    assert statuses(review, 1) == [S.REJECTED] and front(panel) == "MED-2"


def test_a_key_that_is_held_decides_once(panel, review):
    for repeat in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", repeat
        )
        QApplication.sendEvent(panel.strip, event)
    assert len(review.decided()) == 1


@pytest.mark.parametrize("marked", [True, False])  # X11 does not always mark what is repeated
def test_b_looks_while_it_is_held(panel, qtbot, monkeypatch, marked):
    looks = []
    monkeypatch.setattr(panel.stage, "look", looks.append)
    hold(panel, Qt.Key.Key_B, marked)
    assert looks == [True]
    qtbot.waitUntil(lambda: looks == [True, False])


# ---- several at once


def test_of_several_the_count_is_shown_first(panel, press, review, qtbot):
    press("Shift+Right", "Shift+Right")
    press("A")
    assert panel.asking.isVisible() and panel.asking.words.text() == "Approve 3 items?"
    assert not review.decided()
    press("Return")
    assert statuses(review, 1, 2, 3) == [S.APPROVED] * 3 and len(review.changes) == 1
    assert not panel.asking.isVisible() and front(panel) == "MED-4"
    press("Z")
    assert statuses(review, 1, 2, 3) == [S.PENDING] * 3


def test_several_are_rejected_for_one_reason(panel, press, review):
    press("Ctrl+A", "R", "5")
    assert panel.asking.words.text() == "Reject 12 items: Too poor to use?"
    press("Esc", "Return")
    assert not review.decided() and len(panel.strip.several()) == 12
    press("Esc")
    assert not panel.strip.several()


# ---- states


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (Transient("gone", "The database does not answer."), "The library did not answer"),
        (Forbidden("not_allowed", "Only a moderator may."), "You can't decide here"),
    ],
)
def test_what_stands_in_the_way_is_said(app, panel, review, error, title):
    panel.hide()
    review.errors["take"] = error
    panel.show()
    panel.activate()
    assert panel.state.isVisible() and panel.state.accessibleName() == f"{title}. {error.message}"


def test_nothing_waits(panel, press, review):
    press(*"A" * 20)
    assert not review.waiting and front(panel) is None
    assert panel.state.accessibleName() == "Nothing waits. Last decided: approved “IMG_20.jpg”."
    press("A", "S", "R")
    assert len(review.decided()) == 20
    press("Z")
    assert front(panel) == "MED-20" and not panel.state.isVisible()


def test_what_is_held_elsewhere_is_said_and_may_be_taken_over(panel, press, review):
    panel.hide()
    review.taken_by_others = set(review.items)
    review.elsewhere = Held(12, 8, NOW)
    panel.show()
    panel.activate()
    said = panel.state.accessibleName()
    assert said.startswith("20 are held elsewhere until ") and "holds 12" in said
    said = {each.text(): each for each in panel.state.findChildren(QPushButton)}
    said["Take over my own"].click()
    assert front(panel) == "MED-1"


def test_what_is_undone_elsewhere_comes_into_the_strip_again(app, panel, press, review):
    press(*"A" * 17, "F", "1")
    assert [each.public_id for each in panel.session.open_entries] == ["MED-19", "MED-20"]
    app.changes.happened.emit(review.undo(4))
    app.changes.happened.emit(review.undo(18))  # flagged here, so it was passed over
    waiting = {each.public_id for each in panel.session.open_entries}
    assert waiting == {"MED-4", "MED-18", "MED-19", "MED-20"} and front(panel) == "MED-19"


def test_redo_is_the_page_s_while_there_is_something(panel, press, review):
    press("A", "Z", "Ctrl+Shift+Z")
    assert review.status("MED-1") is S.APPROVED and front(panel) == "MED-2"


def test_without_a_decision_of_this_session_undo_says_where_the_others_are(panel, press, review):
    press("Z")
    assert "Ctrl+Z" in panel.notices[-1].detail and not review.count_of("undo")
    press("A", "Z")
    assert len(panel.notices) == 1


def test_everything_is_reached_by_keys(panel, press, app):
    press("/")
    assert panel.header.filters.field.edit.hasFocus()
    press("Esc", "Ctrl+Shift+O")
    assert panel.session.filter.by_score
    press("Ctrl+Shift+O")
    assert not panel.session.filter.by_score
    opened = []
    for signal in (panel.header.figures_wanted, panel.header.policy_wanted):
        signal.disconnect()
        signal.connect(lambda: opened.append(True))
    press("Ctrl+Shift+S", "Ctrl+Shift+R")
    assert len(opened) == 2
    panel.header._show_rights(Decision(False))
    press("Ctrl+Shift+R")
    assert len(opened) == 2
    press("Ctrl+Shift+E")
    assert panel.findChild(WellbeingDialog).isVisible()


def test_reasons_follow_the_policy_but_not_between_r_and_its_number(panel, press, app, review):
    first, second, *rest = app.policy.policy.reasons
    app.runner.held = True
    press("A", "A", "A", "A", "R")
    app.policy.policy = replace(app.policy.policy, reasons=(second, first, *rest))
    app.runner.release()  # more are taken, and the policy that holds now comes with them
    assert panel.sidebar.reasons[0] == first
    press("1")
    assert review.decided()[-1] == (("MED-5",), S.REJECTED, first.code)
    assert panel.sidebar.reasons[0] == second


def test_an_item_that_somebody_else_decided_is_told(panel, press, review):
    review.errors["decide"] = Conflict("overtaken", "Ada Admin approved it meanwhile.")
    press("R", "1")
    assert panel.notices[-1].detail == "Ada Admin approved it meanwhile."
    assert panel.session.entries.find("MED-1") is None and panel.today.count == 0


def test_another_page_gives_everything_back(panel, review):
    panel.hide()
    assert not review.leases
    panel.show()
    panel.activate()
    assert len(review.leases) == 12


def test_a_break_gives_everything_back_until_one_goes_on(panel, press, review):
    panel.sitting.break_due.emit()
    assert panel.rest.isVisible()
    panel.rest.take.click()
    assert not review.leases and panel.state.accessibleName().startswith("Take your time")
    press("A", "Return")  # no picture is there to be decided on; Enter goes on
    assert not review.decided()
    assert len(review.leases) == 12 and front(panel) == "MED-1"


# ---- keys


def test_keys_can_be_others(app, panel, press, review):
    dialog = KeysDialog(panel.key_map, panel)
    dialog.accepted.connect(panel.show_keys)
    for name, keys in ((k.APPROVE, "G"), (k.REJECT, "W"), (k.LOOK, "V")):
        dialog.fields[name].setKeySequence(QKeySequence(keys))
    dialog.keep.click()
    assert app.settings.get(SETTING) == {"approve": "G", "reject": "W", "look": "V"}
    assert panel.sidebar.list.findChild(KeyHint).accessibleName() == "W"
    assert panel.stage._look_key == "V"
    press("A")
    assert not review.decided()
    press("G")
    assert len(review.decided()) == 1
    told = dict(panel.keys())
    assert told["Approve"] == "G"


def test_esc_and_enter_are_no_keys_to_be_chosen_but_leave_and_keep(app, panel, qtbot):
    for key, result in (("Esc", 0), ("Return", 1)):
        dialog = KeysDialog(panel.key_map, panel)
        dialog.open()
        with qtbot.waitSignal(dialog.finished) as finished:
            qtbot.keyClick(dialog.fields[k.APPROVE], QKeySequence(key)[0].key())
        assert finished.args == [result] and panel.key_map.of(k.APPROVE) == "A"


@pytest.mark.parametrize("taken", ["S", "3", "Ctrl+K", "?", ""])
def test_a_key_that_is_taken_is_refused(app, panel, taken):
    chosen = panel.key_map.all | {k.APPROVE: taken}
    assert refusal(chosen, k.APPROVE)
    dialog = KeysDialog(panel.key_map, panel)
    dialog.fields[k.APPROVE].setKeySequence(QKeySequence(taken))
    assert not dialog.keep.isEnabled()
    app.settings.set(SETTING, {k.APPROVE: taken})
    assert Keys(app.settings).of(k.APPROVE) == "A"  # a file edited by hand locks nobody out


def test_the_palette_does_what_the_keys_do(panel, review):
    commands = {each.text: each.act for each in page_commands(panel, "Moderation")}
    commands["Approve"]()
    assert len(review.decided()) == 1
