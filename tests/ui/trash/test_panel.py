from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from artitec_media_desktop.domain.changes import Change, ChangeKind, Failure
from artitec_media_desktop.domain.errors import Conflict, Transient
from artitec_media_desktop.domain.listing import Changed, Mark
from artitec_media_desktop.domain.permissions import Decision
from tests.ui.held import hold

from .conftest import item

NOT_YOURS = Decision(False, "Only an admin may do this.")


def shown(panel):
    return [each.media.public_id for each in panel.rows.items]


def test_it_says_how_much_there_is(panel, trash):
    panel.activate()
    assert "5 items · 5 MB" in panel.header.sentence.text()
    assert panel.said[-1] == "5 items · 5 MB"


@pytest.mark.parametrize(("typed", "ends"), [("", "view"), ("r", "search")])
def test_the_keyboard_goes_to_the_rows_when_they_come(panel, app, typed, ends, qtbot):
    """Before them it has only the search, where R would not put back."""
    app.runner.held = True
    panel.activate()
    panel.take_focus()
    assert panel.bar.search.hasFocus()
    qtbot.keyClicks(panel.bar.search, typed)
    app.runner.release()
    assert {"view": panel.view, "search": panel.bar.search}[ends].hasFocus()


def test_until_it_is_read_it_is_loading_then_empty(panel, app, trash):
    trash.items = []
    app.runner.held = True
    panel.activate()
    assert panel._loading.isVisible()
    assert not panel.header.empty.isVisible()
    app.runner.release()
    assert panel.state.isVisible()
    assert "empty" in panel.state.accessibleName()
    assert not panel.header.empty.isEnabled()


def test_a_fault_says_so_and_can_be_tried_again(panel, trash):
    trash.error = Transient("down", "The database was silent for 10 seconds.")
    panel.activate()
    assert "The library did not answer" in panel.state.accessibleName()
    assert "silent" in panel.state.accessibleName()
    trash.error = None
    panel.state.again_wanted.emit()
    assert panel.view.isVisible()


def test_a_fault_later_leaves_the_rows(panel, trash):
    panel.activate()
    trash.error = Transient("down", "Silent.")
    panel.refresh()
    assert panel.view.isVisible()
    assert len(shown(panel)) == 5


@pytest.mark.parametrize("key", [Qt.Key.Key_R, Qt.Key.Key_Return])
def test_keys_put_back_what_is_selected_and_undo_takes_it_back(panel, trash, choose, qtbot, key):
    panel.activate()
    choose(1, 3)
    qtbot.keyClick(panel.view, key)
    assert trash.calls == [("restore", ("MED-2", "MED-4"))]
    assert shown(panel) == ["MED-1", "MED-3", "MED-5"]
    notice = panel.notices[-1]
    assert (notice.text, notice.action) == ("2 items put back", "Undo")
    notice.on_action()
    assert trash.calls[-1] == ("delete", ("MED-2", "MED-4"))
    assert sorted(shown(panel)) == [f"MED-{n}" for n in range(1, 6)]


def test_a_key_that_is_held_puts_back_once(panel, trash, choose):
    panel.activate()
    choose(1)
    hold(panel.view, Qt.Key.Key_R)
    assert trash.calls == [("restore", ("MED-2",))]


def test_after_putting_back_the_next_row_is_selected(panel, trash, choose):
    panel.activate()
    choose(1)
    panel.bar.restore.click()
    assert [each.media.public_id for each in panel.view.selected_items()] == ["MED-3"]


def test_a_selection_outlives_what_others_delete(panel, trash, choose):
    panel.activate()
    choose(1, 2)
    trash.items.insert(0, item(9))
    panel.refresh()
    assert [each.media.public_id for each in panel.view.selected_items()] == ["MED-2", "MED-3"]


def test_what_may_not_be_put_back_is_greyed_with_the_reason(panel, trash, choose):
    trash.items[0] = replace(trash.items[0], may_restore=NOT_YOURS)
    panel.activate()
    choose(0)
    assert not panel.bar.restore.isEnabled()
    assert panel.bar.restore.toolTip() == NOT_YOURS.reason
    panel.view.restore_wanted.emit()
    assert trash.calls == []
    assert panel.notices[-1].detail == NOT_YOURS.reason


def test_of_a_mixed_selection_the_rest_is_put_back(panel, trash, choose):
    trash.items[0] = replace(trash.items[0], may_restore=NOT_YOURS)
    panel.activate()
    choose(0, 1)
    panel.bar.restore.click()
    assert trash.calls == [("restore", ("MED-2",))]
    assert NOT_YOURS.reason in panel.notices[-1].detail


def test_what_went_wrong_with_one_is_said(panel, trash, choose, monkeypatch):
    panel.activate()
    choose(0, 1)
    fault = Conflict("overtaken", "“IMG_2.jpg” was changed meanwhile.")

    def restore(ids, work=None):
        change = trash._gone(ChangeKind.RESTORED, ids[:1])
        return replace(change, failed=(Failure(ids[1], fault),))

    monkeypatch.setattr(trash, "restore", restore)
    panel.bar.restore.click()
    assert [each.tone for each in panel.notices] == ["success", "danger"]
    panel.notices[-1].on_action()
    assert QGuiApplication.clipboard().text() == fault.message


def test_nothing_put_back_says_why(panel, trash, choose):
    panel.activate()
    choose(0)
    trash.error = Transient("down", "The database is silent.")
    panel.bar.restore.click()
    assert (panel.notices[-1].tone, panel.notices[-1].detail) == ("danger", trash.error.message)
    assert len(shown(panel)) == 5
    assert not panel.edits.is_busy


def test_deleting_for_good_asks_and_names_what_goes(panel, trash, choose, qtbot):
    panel.activate()
    choose(0, 1, 2, 3)
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    dialog = panel.requests.dialog
    words = dialog.accessibleName()
    assert "Delete 4 items for good?" in words
    assert "IMG_1.jpg, IMG_2.jpg, IMG_3.jpg and 1 more" in words
    assert "4 MB" in words
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert trash.calls == []
    assert panel.requests.dialog is None
    panel.bar.purge.click()
    panel.requests.dialog.purge.click()
    assert trash.calls == [("purge", 30.0, ["MED-1", "MED-2", "MED-3", "MED-4"])]
    assert shown(panel) == ["MED-5"]
    assert panel.notices[-1].text == "4 items deleted for good"
    assert panel.notices[-1].action == ""


def test_only_an_admin_deletes_for_good(panel, trash, choose, qtbot):
    trash.may_purge = NOT_YOURS
    panel.activate()
    choose(0)
    for each in (panel.bar.purge, panel.header.empty):
        assert not each.isEnabled()
        assert each.toolTip() == NOT_YOURS.reason
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    assert panel.requests.dialog is None


def test_emptying_leaves_what_was_deleted_after_the_question(panel, trash):
    panel.activate()
    panel.header.empty.click()
    late = item(9)
    late = replace(late, deleted_at=late.deleted_at + timedelta(days=2, minutes=8))
    trash.items.insert(0, late)
    panel.requests.dialog.purge.click()
    assert shown(panel) == ["MED-9"]
    assert panel.notices[-1].text == "5 items deleted for good"


def test_while_searching_all_of_it_is_not_emptied(panel, trash, qtbot):
    panel.activate()
    qtbot.keyClicks(panel.bar.search, "img_3")
    qtbot.waitUntil(lambda: shown(panel) == ["MED-3"])
    assert panel.bar.found.text() == "1 item · 1 MB found"
    assert not panel.header.empty.isEnabled()
    panel.requests.empty()
    assert panel.requests.dialog is None
    panel.bar.search.setText("nothing like it")
    qtbot.waitUntil(panel.state.isVisible)
    assert "Nothing found" in panel.state.accessibleName()
    panel.state.clear_wanted.emit()
    qtbot.waitUntil(lambda: len(shown(panel)) == 5)


def test_enter_goes_from_the_search_to_the_rows(panel, qtbot):
    panel.activate()
    qtbot.keyClick(panel.view, Qt.Key.Key_Slash)
    assert panel.bar.search.hasFocus()
    qtbot.keyClicks(panel.bar.search, "img_4")
    qtbot.keyClick(panel.bar.search, Qt.Key.Key_Return)
    assert panel.view.hasFocus()
    assert shown(panel) == ["MED-4"]


def test_one_thing_at_a_time_with_progress_and_cancel(panel, app, trash, choose, qtbot):
    panel.activate()
    choose(0)
    app.runner.held = True
    panel.bar.restore.click()
    assert not panel.bar.restore.isEnabled()
    qtbot.waitUntil(panel.edits.strip.isVisible)
    panel.edits.strip.tell(1, 4)
    assert panel.edits.strip._label.text() == "Putting back 1 of 4"
    panel.view.restore_wanted.emit()
    app.runner.release()
    assert len(trash.calls) == 1
    assert not panel.edits.strip.isVisible()


def test_it_is_read_anew_when_it_is_shown_and_when_uploads_replace(panel, trash, qtbot):
    panel.activate()
    trash.items.insert(0, item(8))
    panel._app.changes.happened.emit(
        Change(ChangeKind.UPLOADED, (), "u1", trash.items[0].deleted_at)
    )
    qtbot.waitUntil(lambda: shown(panel)[0] == "MED-8")


def test_it_is_read_anew_when_others_delete(panel, app, trash, qtbot):
    panel.activate()
    trash.items.insert(0, item(8))
    app.changes.noticed.emit(Changed(Mark(frozenset(), 0), removed=frozenset({8})))
    qtbot.waitUntil(lambda: shown(panel)[0] == "MED-8")


def test_the_menu_greys_with_the_reason(panel, trash, choose, qtbot):
    trash.may_purge = NOT_YOURS
    panel.activate()
    choose(0)
    panel.view.menu_wanted.emit(panel.mapToGlobal(panel.rect().center()))
    made = panel.findChildren(QMenu)[-1]
    restore, purge = made.actions()
    assert restore.isEnabled()
    assert not purge.isEnabled()
    assert purge.toolTip() == NOT_YOURS.reason
    made.close()


def test_keys_are_told(panel):
    told = panel.keys()
    assert ("Put back", "R Return") in told
