from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.domain.changes import ChangeKind
from artitec_media_desktop.domain.errors import NotFound, Transient
from artitec_media_desktop.domain.permissions import Decision
from artitec_media_desktop.domain.search import parse
from artitec_media_desktop.ui.panels.library.originals import Originals

NONE = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier


class Editing:
    def __init__(self, make, ref):
        self.calls = []
        self.error = None
        self._change = lambda kind: make.change(ref.willow, kind=kind)

    def edit(self, public_ids, edit, seen=None, work=None, partly=False):
        self.calls.append((public_ids, {name: getattr(edit, name) for name in edit.touched}, seen))
        return self._change(ChangeKind.EDITED)

    def reorder(self, entity, field, public_ids, before):
        if self.error is not None:
            raise self.error
        self.calls.append((entity, field, public_ids, before))
        return self._change(ChangeKind.ORDERED)


@pytest.fixture
def editing(app, make, ref):
    app.editing = Editing(make, ref)
    return app.editing


@pytest.fixture
def grid(panel, app, editing, tmp_path):
    panel.inspector.hide()
    panel.resize(1200, 800)
    QTest.qWait(1)
    app.library.open_original = lambda media: BytesIO(b"bytes of " + media.public_id.encode())
    app.library.address = lambda media: f"https://photos.example/{media.filename}"
    view = panel.page.grid
    view.setFocus()
    view.activateWindow()
    return view


def select(grid, *rows):
    model, chosen = grid.selectionModel(), grid.model().index
    model.clear()
    for row in rows:
        model.select(chosen(row), model.SelectionFlag.Select)
    model.setCurrentIndex(chosen(rows[-1]), model.SelectionFlag.NoUpdate)


def order(panel):
    return [panel.page.model.key_at(row) for row in range(6)]


def public(number):
    return f"MED-1-{number:06}"


def shown(panel):
    return panel.page.grid.alt_text.field


def test_f2_writes_alt_text_and_says_what_was_seen(panel, grid, editing):
    select(grid, 2)
    QTest.keyClick(grid, Qt.Key.Key_F2)
    field = shown(panel)
    assert field.text() == "Photo 3"
    assert grid.visualRect(grid.currentIndex()).adjusted(-4, -4, 4, 4).contains(field.geometry())
    QTest.keyClicks(field, "Pool at dusk")
    QTest.keyClick(field, Qt.Key.Key_Return)
    ((ids, edit, seen),) = editing.calls
    assert (ids, edit) == ([public(3)], {"alt_text": "Pool at dusk"})
    assert seen[public(3)].alt_text == "Photo 3"
    assert shown(panel) is None


def test_tab_goes_to_the_next_photo_and_esc_leaves(panel, grid, editing):
    select(grid, 0)
    QTest.keyClick(grid, Qt.Key.Key_E)
    first = shown(panel)
    QTest.keyClicks(first, "a" * 600)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert len(editing.calls[0][1]["alt_text"]) == 500
    second = shown(panel)
    assert second.text() == "Photo 2" and grid.currentIndex().row() == 1
    QTest.keyClicks(second, "thrown away")
    QTest.keyClick(second, Qt.Key.Key_Escape)
    assert len(editing.calls) == 1 and shown(panel) is None


def test_alt_and_arrows_move_earlier_and_later(panel, grid, editing, ref):
    select(grid, 2, 3)
    QTest.keyClick(grid, Qt.Key.Key_Up, ALT)
    assert order(panel)[:5] == [1, 3, 4, 2, 5]
    assert editing.calls == [(ref.willow, "gallery", [public(3), public(4)], public(2))]
    assert grid.selected_keys() == [3, 4]


def test_alt_home_and_end_move_first_and_last(panel, grid, editing, ref):
    select(grid, 4)
    QTest.keyClick(grid, Qt.Key.Key_Home, ALT)
    assert order(panel)[0] == 5
    QTest.keyClick(grid, Qt.Key.Key_End, ALT)
    assert editing.calls[-1] == (ref.willow, "gallery", [public(5)], None)


def test_an_order_that_was_refused_is_taken_back(panel, grid, editing, app):
    said = []
    panel.noticed.connect(said.append)
    panel.edits.noticed.connect(said.append)
    editing.error = Transient("busy", "The library is busy.")
    app.library.error = Transient("busy", "The library is busy.")
    select(grid, 3)
    panel.grid_actions.step(-1)
    assert order(panel) == [1, 2, 3, 4, 5, 6]
    assert "The library is busy." in said[0].detail


def test_a_filtered_list_has_no_order_to_change(panel, grid, editing):
    said = []
    panel.noticed.connect(said.append)
    panel.page.set_search(parse("kitchen"))
    panel.grid_actions.reorder([3], 1)
    assert not editing.calls and "order" in said[-1].detail


def drop(grid, keys, at):
    grid.dragged = keys
    event = QDropEvent(
        QPointF(at),
        Qt.DropAction.CopyAction,
        Originals(SimpleNamespace(runner=SimpleNamespace(run=lambda *_: None)), keys),
        Qt.MouseButton.LeftButton,
        NONE,
    )
    grid.dropEvent(event)
    grid.dragged = ()
    return event


def test_a_drop_between_two_cells_puts_there_what_is_dragged(panel, grid, editing):
    gap = grid.visualRect(grid.model().index(2, 0)).topLeft() + QPoint(-2, 40)
    assert drop(grid, [4, 5], gap).isAccepted()
    assert order(panel) == [1, 2, 4, 5, 3, 6]
    last = grid.visualRect(grid.model().index(0, 0)).topLeft() + QPoint(4000, 40)
    drop(grid, [1], last)
    columns = grid.grid.columns
    assert panel.page.model.key_at(columns - 1) == 1


def test_what_others_drag_is_the_pages(grid, editing):
    assert not drop(grid, (), QPoint(30, 30)).isAccepted()
    assert not editing.calls


def test_pressing_a_picture_drags_it_and_the_ground_draws_a_band(grid, monkeypatch):
    dragged = []
    monkeypatch.setattr(grid, "begin_drag", lambda keys, picture: dragged.append(list(keys)))
    centre = grid.visualRect(grid.model().index(1, 0)).center()
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, NONE, centre)
    QTest.mouseMove(grid.viewport(), centre + QPoint(40, 0))
    QTest.mouseMove(grid.viewport(), centre + QPoint(80, 0))
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, NONE, centre + QPoint(80, 0))
    assert dragged == [[2]] and grid._band is None


def test_dragged_originals_are_files_with_their_own_names(app, grid):
    mime = Originals(app, [3, 4])
    paths = [Path(url.toLocalFile()) for url in mime.urls()]
    assert [path.name for path in paths] == ["IMG_0003.jpg", "IMG_0004.jpg"]
    assert paths[0].read_bytes() == b"bytes of " + public(3).encode()


def test_whoever_takes_them_early_waits_for_the_worker(app, grid, qtbot):
    app.runner.held = True
    mime = Originals(app, [3])
    from PySide6.QtCore import QTimer

    QTimer.singleShot(20, app.runner.release)
    assert [Path(url.toLocalFile()).name for url in mime.urls()] == ["IMG_0003.jpg"]


def test_ctrl_c_copies_files_and_addresses(panel, grid, app):
    select(grid, 0, 1)
    panel.grid_actions.copies.copy()
    mime = QGuiApplication.clipboard().mimeData()
    assert [Path(url.toLocalFile()).name for url in mime.urls()] == ["IMG_0001.jpg", "IMG_0002.jpg"]
    assert mime.text().splitlines()[0] == "https://photos.example/photo-1.jpg"


def test_what_has_no_file_is_copied_as_its_address(panel, grid, app):
    def missing(media):
        raise NotFound("link", "It is a link.")

    app.library.open_original = missing
    select(grid, 0)
    panel.grid_actions.copies.copy()
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.urls() == [] and mime.text() == "https://photos.example/photo-1.jpg"


def test_held_a_key_moves_on_but_decides_once(grid):
    repeats = {each.key().toString(): each.autoRepeat() for each in grid.findChildren(QShortcut)}
    assert repeats["Alt+Up"] and not repeats["V"] and not repeats["P"]


def test_p_and_v_edit_what_is_selected(panel, grid, editing):
    select(grid, 1)
    panel.grid_actions.make_primary()
    select(grid, 1, 2)
    panel.grid_actions.switch_visibility()
    assert [(ids, edit) for ids, edit, _ in editing.calls] == [
        ([public(2)], {"is_primary": True}),
        ([public(2), public(3)], {"is_public": False}),
    ]


NO = "Only the owner may do this."


def grey(panel):
    """What can't be chosen in the menu, and why."""
    found = panel.grid_actions.menu().actions()
    return {each.text().split("\t")[0]: each.toolTip() for each in found if not each.isEnabled()}


def test_the_menu_is_grey_with_a_reason_where_one_may_only_look(panel, grid, app, ref, qtbot):
    select(grid, 1)
    qtbot.wait(80)
    assert grey(panel) == {}
    panel.page.may_add = Decision(False, "Nothing may be added here.")
    assert grey(panel) == {}  # that is another question
    app.library.edit_rights[ref.willow] = Decision(False, NO)
    panel.reload()
    qtbot.waitUntil(lambda: bool(grey(panel)))
    words = ("Edit alt text", "Set as primary", "Public or private", "Move to…", "Earlier")
    assert {grey(panel)[each] for each in (*words, "Move to Trash")} == {NO}
    assert not {"View", "Copy", "Copy link"} & grey(panel).keys()


def test_of_a_search_it_is_the_places_of_what_is_selected(panel, grid, app, make, ref, qtbot):
    app.library.put(make.media(60, ref=ref.house))
    app.library.edit_rights[ref.house] = Decision(False, NO)
    panel.page.show_all()
    select(grid, grid.model().row_of(60))
    qtbot.waitUntil(lambda: grey(panel).get("Move to Trash") == NO)
    select(grid, 0, grid.model().row_of(60))
    qtbot.waitUntil(lambda: "Move to Trash" not in grey(panel))  # one of them may go


def test_a_key_says_why_and_changes_nothing(panel, grid, app, editing, ref, qtbot):
    app.library.edit_rights[ref.willow] = Decision(False, NO)
    told = []
    panel.noticed.connect(told.append)
    select(grid, 1)
    qtbot.waitUntil(lambda: bool(grey(panel)))
    grid.setFocus()
    for key in (Qt.Key.Key_F2, Qt.Key.Key_P, Qt.Key.Key_V, Qt.Key.Key_Delete):
        QTest.keyClick(grid, key)
    assert [each.detail for each in told] == [NO] * 4
    assert shown(panel) is None and editing.calls == [] and not app.trash.held
    assert panel.page.model.row_of(2) == 1


def test_what_is_a_command_of_the_window_is_one_in_the_alt_text_too(panel, grid):
    select(grid, 2)
    QTest.keyClick(grid, Qt.Key.Key_F2)

    def is_the_fields(key, modifiers):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
        event.ignore()
        QApplication.sendEvent(shown(panel), event)
        return event.isAccepted()

    assert is_the_fields(Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier)
    assert is_the_fields(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not is_the_fields(Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
