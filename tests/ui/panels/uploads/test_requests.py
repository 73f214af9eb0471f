"""What keys, menu and buttons ask of the journal, and of which files."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtWidgets import QFileDialog

from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.domain.uploads import OnDuplicate, UploadState
from artitec_media_desktop.ui.panels.uploads.row_menu import row_menu
from artitec_media_desktop.ui.place_picker import PlacePicker
from tests.places import PHOTOS, photos
from tests.ui.panels.uploads.test_panel import press

S = UploadState
ALT = Qt.KeyboardModifier.AltModifier
WILLOW = Entity(PHOTOS.entity, "CMY-456", "Willow Creek", "Mesa, AZ")


@pytest.fixture
def items(panel, app, make_item, qtbot):
    """By state, in one batch."""
    found = {
        S.QUEUED: make_item(S.QUEUED),
        S.WORKING: make_item(S.WORKING),
        S.PAUSED: make_item(S.PAUSED),
        S.ASKING: make_item(S.ASKING, duplicate_of="MED-1", distance=2),
        S.FAILED: make_item(S.FAILED, error=("vanished", "Gone.")),
        S.DONE: make_item(S.DONE),
    }
    app.pump.items_changed.emit(tuple(found.values()))
    with qtbot.waitSignal(panel.queue.totals_changed):
        pass
    return found


def ids(items, *states):
    return tuple(items[each].id for each in states)


@pytest.mark.parametrize(
    ("key", "chosen", "call"),
    [
        (Qt.Key.Key_Space, list(S), ("pause", (S.QUEUED, S.WORKING))),
        (Qt.Key.Key_Space, [S.PAUSED, S.DONE], ("resume", (S.PAUSED,))),
        (Qt.Key.Key_R, list(S), ("decide", (S.ASKING,), OnDuplicate.REPLACE)),
        (Qt.Key.Key_K, list(S), ("decide", (S.ASKING,), OnDuplicate.KEEP)),
        (Qt.Key.Key_S, list(S), ("decide", (S.ASKING,), OnDuplicate.SKIP)),
        (Qt.Key.Key_Delete, list(S), ("cancel", (S.QUEUED, S.WORKING, S.PAUSED, S.ASKING))),
        (Qt.Key.Key_R, [S.DONE], None),
        (Qt.Key.Key_Space, [S.DONE], None),
    ],
)
def test_a_key_asks_for_those_it_can_be_done_to(
    panel, app, items, choose, qtbot, key, chosen, call
):
    choose(*(items[each] for each in chosen if each in items))
    qtbot.keyClick(panel._view, key)
    wanted = [] if call is None else [(call[0], ids(items, *call[1]), *call[2:])]
    assert app.pump.calls == wanted


def test_next_is_before_all_that_wait_and_last_is_behind(
    panel, app, items, make_item, choose, qtbot
):
    first = make_item(batch=0, rank=-9)
    app.pump.items_changed.emit((first,))
    choose(items[S.QUEUED], items[S.WORKING], items[S.PAUSED])
    qtbot.keyClick(panel._view, Qt.Key.Key_Home, ALT)
    qtbot.keyClick(panel._view, Qt.Key.Key_End, ALT)
    moved = ids(items, S.QUEUED, S.PAUSED)
    assert app.pump.calls == [("reorder", moved, first.id), ("reorder", moved, None)]


def test_all_pause_and_go_on(panel, app, items, qtbot):
    head = panel._header
    assert head.pause.text() == "Pause all"
    panel._view.setFocus()
    qtbot.keyClick(panel._view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    waiting = [replace(items[each], state=S.PAUSED) for each in (S.QUEUED, S.WORKING)]
    app.pump.items_changed.emit(tuple(waiting))
    qtbot.waitUntil(lambda: head.pause.text() == "Go on")
    head.pause.click()
    assert app.pump.calls == [("pause",), ("resume",)]


def test_pausing_all_is_greyed_with_the_reason(panel, app, make_item, qtbot):
    app.pump.items_changed.emit((make_item(S.DONE),))
    qtbot.waitUntil(panel._view.isVisible)
    assert not panel._header.pause.isEnabled()
    assert panel._header.pause.toolTip() == "Nothing is on its way."


def test_buttons_of_rows(panel, app, items, qtbot):
    rows = {state: panel._rows.index_of(each.id).row() for state, each in items.items()}
    press(panel, qtbot, rows[S.WORKING], "pause")
    press(panel, qtbot, rows[S.PAUSED], "resume")
    press(panel, qtbot, rows[S.FAILED], "retry")
    press(panel, qtbot, 0, "pause")
    assert app.pump.calls == [
        ("pause", ids(items, S.WORKING)),
        ("resume", ids(items, S.PAUSED)),
        ("retry_failed", ids(items, S.FAILED)),
        ("pause", ids(items, S.QUEUED, S.WORKING)),
    ]


def test_the_menu_greys_what_can_not_be_done_and_says_why(panel, items, qtbot):
    shown = row_menu(panel, [items[S.DONE]], lambda *_: None)
    actions = {each.text(): each for each in shown.actions() if each.text()}
    assert not actions["Cancel"].isEnabled()
    assert actions["Cancel"].toolTip() == "All of this is finished."
    assert actions["Show in Library"].isEnabled()
    assert "Compare…" not in actions
    asked = []
    shown = row_menu(panel, [items[S.PAUSED]], lambda name, _: asked.append(name))
    names = [each.text() for each in shown.actions()]
    assert "Go on" in names
    assert "Pause" not in names
    next(each for each in shown.actions() if each.text() == "Go on").trigger()
    assert asked == ["resume"]


def drop(panel, dragged, row):
    data = panel._rows.mimeData([panel._rows.index_of(each.id) for each in dragged])
    move, root = Qt.DropAction.MoveAction, QModelIndex()
    allowed = panel._rows.canDropMimeData(data, move, row, 0, root)
    assert not panel._rows.dropMimeData(data, move, row, 0, root)
    return allowed


def test_rows_are_dragged_to_another_place_in_their_batch(panel, app, make_item):
    batch = [make_item() for _ in range(4)]
    other = make_item(batch=2)
    app.pump.items_changed.emit((*batch, other))
    # Rows: heading of 2, its file, heading of 1, its four files.
    assert drop(panel, [batch[1], batch[3]], 3)
    assert drop(panel, [batch[0]], 7)
    assert not drop(panel, [batch[0]], 1)
    assert not drop(panel, [batch[0]], 0)
    assert app.pump.calls == [
        ("reorder", (batch[1].id, batch[3].id), batch[0].id),
        ("reorder", (batch[0].id,), other.id),
    ]


def test_only_what_waits_is_dragged(panel, items):
    data = panel._rows.mimeData([panel._rows.index_of(each.id) for each in items.values()])
    dragged = bytes(data.data(data.formats()[0]).data()).decode()
    assert dragged == ",".join(str(each) for each in ids(items, S.QUEUED, S.PAUSED))


def test_files_without_a_place_are_offered_one(panel, app, make_item, qtbot):
    app.library.places = [WILLOW]
    lost = [make_item(S.UNPLACED, place=None, path=f"/in/willow creek/{n}.jpg") for n in range(3)]
    stray = make_item(S.UNPLACED, place=None, path="/in/4.jpg")
    app.pump.items_changed.emit((*lost, stray))
    actions = panel._view.itemDelegate().actions(panel._rows.index(0))
    assert [each.words for each in actions] == ["Put 3 in Willow Creek · Photos", "Choose…", ""]
    qtbot.waitUntil(panel._view.isVisible)
    press(panel, qtbot, 0, "put")
    assert app.pump.calls == [("place", [each.id for each in lost], PHOTOS)]


def test_two_drops_that_mean_one_place_for_a_single_file_are_left_to_a_person(
    panel, app, make_item
):
    app.library.places = [Entity(EntityRef(EntityType.SALES_REP, 3), "REP-3", "Ana Ruiz", "")]
    app.pump.items_changed.emit((make_item(S.UNPLACED, place=None, path="/REP-3/a.jpg"),))
    assert panel._suggestions.offer(panel.queue.batches[1]) == "Put 1 in Ana Ruiz · Avatar"
    app.pump.items_changed.emit((make_item(S.UNPLACED, place=None, path="/REP-3/b.jpg"),))
    assert panel._suggestions.offer(panel.queue.batches[1]) == ""


def test_a_place_where_nothing_may_be_added_is_not_offered(panel, app, make_item):
    app.library.places = [WILLOW]
    app.library.refusals = {WILLOW.ref: "Only its owner adds here."}
    app.pump.items_changed.emit((make_item(S.UNPLACED, place=None, path="/CMY-456/a.jpg"),))
    assert panel._suggestions.offer(panel.queue.batches[1]) == ""


def test_g_asks_for_a_place_for_all_that_are_chosen(panel, app, items, choose, qtbot):
    app.library.places = [WILLOW]
    choose(*items.values())
    qtbot.keyClick(panel._view, Qt.Key.Key_G)
    picker = panel.findChild(PlacePicker)
    picker.search.setText("willow photos")
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    moved = ids(items, S.QUEUED, S.PAUSED, S.ASKING, S.FAILED)
    assert app.pump.calls == [("place", moved, photos())]


def test_adding_here_journals_files_without_a_place(panel, app, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "a.jpg"
    file.touch()
    panel.add_files()
    dialog = panel.findChild(QFileDialog)
    monkeypatch.setattr(dialog, "selectedUrls", lambda: [QUrl.fromLocalFile(str(file))])
    dialog.accepted.emit()
    assert [call[:3] for call in app.pump.calls] == [("drop", [str(file)], None)]
