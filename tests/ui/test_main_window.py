from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout

from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.ui.frame.connection import Connection
from artitec_media_desktop.ui.frame.keys_overlay import KeysOverlay
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.panel import Notice, Panel
from artitec_media_desktop.ui.panels import PanelEntry
from artitec_media_desktop.ui.theme import Mode, theme

S = UploadState


class Page(Panel):
    def __init__(self, name):
        super().__init__()
        self.name = name
        self.activated = 0
        self.asked = []
        self.field = QLineEdit()
        self.button = QPushButton("Go")
        box = QVBoxLayout(self)
        box.addWidget(self.field)
        box.addWidget(self.button)

    def activate(self):
        self.activated += 1

    def add_files(self):
        self.asked.append("files")

    def find_place(self):
        self.asked.append("place")

    def reveal(self, what):
        self.asked.append(what)

    def keys(self):
        return [("Do it", "D")]

    def panes(self):
        return [self.field, self.button]


@pytest.fixture
def pages():
    return (
        PanelEntry("library", "Library", "image", lambda *_: Page("library")),
        PanelEntry("uploads", "Uploads", "upload-simple", lambda *_: Page("uploads")),
        PanelEntry("trash", "Trash", "trash"),
    )


@pytest.fixture
def make_window(app, pages, light, qtbot):
    def make():
        window = MainWindow(app, pages)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        return window

    return make


@pytest.fixture
def window(make_window, qtbot):
    made = make_window()
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_the_frame_is_there_before_page_and_library(make_window, app):
    window = make_window()
    assert window.current_panel is None
    assert not window.is_open
    assert window.rail.buttons["library"].isChecked()
    assert window.rail.connection.state is Connection.OPENING
    window.open()
    assert window.is_open
    assert window.rail.connection.state is Connection.CONNECTED
    assert window.current_panel.activated == 1


def test_size_and_title(window):
    assert window.windowTitle() == "Artitec Media Desktop"
    assert (window.width(), window.height()) == (1440, 900)
    assert (window.minimumWidth(), window.minimumHeight()) == (960, 600)


def test_pages_are_made_when_first_shown_and_kept(window, qtbot):
    first = window.current_panel
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current_panel.name == "uploads"
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.current_panel is first
    assert first.activated == 2


def test_a_page_that_is_yet_to_come_is_not_shown(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.current_panel.name == "library"
    window.show_page("no such page")
    assert window.current_panel.name == "library"


def test_a_library_that_does_not_open_is_an_error_with_a_way_out(make_window, app, qtbot):
    app.error = Transient("busy", "The library is used by another program. Close it.")
    window = make_window()
    window.open()
    assert window.rail.connection.state is Connection.FAILED
    assert "another program" in window.rail.connection.toolTip()
    assert "another program" in window.session.gate.currentWidget().accessibleName()
    window.open()
    app.error = None
    buttons = window.stack.currentWidget().findChildren(QPushButton)
    again = next(each for each in buttons if each.text() == "Try again" and not each.isHidden())
    again.click()
    assert window.is_open
    assert window.stack.currentWidget() is window.current_panel


def test_a_place_is_found_from_every_page(make_window, app, qtbot):
    window = make_window()
    window.show()
    window.find_place()
    assert window.current_panel.asked == ["place"], "also before the library is open"
    window.open()
    window.show_page("uploads")
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.current_panel.name == "library"
    assert window.current_panel.asked == ["place", "place"]


def test_the_window_comes_back_as_it_was_left(make_window, app, qtbot, monkeypatch):
    window = make_window()
    window.open()
    window.show_page("uploads")
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    window.close()
    assert app.closed
    # The offscreen screen is too small for Qt to take a size over, so look at what it is given.
    given = []
    monkeypatch.setattr(MainWindow, "restoreGeometry", lambda _, saved: given.append(saved.data()))
    again = make_window()
    again.open()
    assert given == [window.saveGeometry().data()]
    assert again.current_panel.name == "uploads"
    assert again.rail.is_collapsed


@pytest.mark.parametrize("broken", ["not base64 ✓", "AAAA", "é"])
def test_broken_settings_cost_nothing_but_the_settings(make_window, app, broken):
    app.settings.update({"window/geometry": broken, "window/page": "gone", "theme": "pink"})
    window = make_window()
    window.open()
    assert window.width() == 1440
    assert window.current_panel.name == "library"


def test_status_follows_the_page(window):
    window.current_panel.status_changed.emit("6 of 41 selected")
    assert window.status.left.text() == "6 of 41 selected"
    window.show_page("uploads")
    assert window.status.left.text() == ""
    window.show_page("library")
    assert window.status.left.text() == "6 of 41 selected"


def test_add_files_goes_to_the_page(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert window.current_panel.asked == ["files"]


def test_a_page_can_send_to_another(window):
    window.show_page("uploads")
    window.current_panel.page_requested.emit("library", "Willow Creek")
    assert window.current_panel.name == "library"
    assert window.current_panel.asked == ["Willow Creek"]


def test_a_notice_becomes_a_toast_and_esc_closes_it(window, qtbot):
    window.current_panel.noticed.emit(Notice("6 photos moved to Trash", action="Undo"))
    assert [toast.text for toast in window.toasts.shown] == ["6 photos moved to Trash"]
    qtbot.keyClick(window.current_panel.button, Qt.Key.Key_Escape)
    assert window.toasts.shown == []


def test_question_mark_shows_the_keys_but_can_be_typed(window, qtbot):
    panel = window.current_panel
    panel.field.setFocus()
    qtbot.keyClicks(panel.field, "?")
    assert panel.field.text() == "?"
    assert window.findChild(KeysOverlay) is None
    panel.button.setFocus()
    qtbot.keyClick(panel.button, Qt.Key.Key_Question)
    overlay = window.findChild(KeysOverlay)
    assert overlay.accessibleName() == "Keys in Library"
    assert overlay.geometry() == window.rect()
    qtbot.keyClick(overlay, Qt.Key.Key_Escape)
    assert not overlay.isVisible()
    assert panel.button.hasFocus()


def test_a_page_that_is_turned_to_has_the_keyboard(window, qtbot):
    window.current_panel.field.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current_panel.button.hasFocus()
    window.rail.buttons["library"].setFocus()
    qtbot.keyClick(window.rail.buttons["library"], Qt.Key.Key_Space)
    assert window.current_panel.name == "library"
    assert window.rail.buttons["library"].hasFocus()


def test_a_page_that_is_come_back_to_has_the_keyboard_where_it_was(window, qtbot):
    field = window.current_panel.field
    field.setFocus()
    for key in (Qt.Key.Key_2, Qt.Key.Key_1):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert field.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    field.hide()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.current_panel.button.hasFocus()


def test_f6_goes_round_the_panes(window, qtbot):
    panel, rail = window.current_panel, window.rail.buttons["library"]
    rail.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    assert seen == [panel.field, panel.button, rail]
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() is panel.button


def test_the_badge_counts_what_is_not_done(window, app, make_item, qtbot):
    app.pump.items_changed.emit(
        (make_item(), make_item(S.WORKING), make_item(S.FAILED), make_item(S.DONE))
    )
    qtbot.waitUntil(lambda: window.rail.buttons["uploads"].count == 3)


def test_the_status_bar_says_how_the_uploads_get_on(window, app, make_item, qtbot):
    items = [make_item() for _ in range(4)]
    app.pump.items_changed.emit(tuple(items))
    app.pump.items_changed.emit((replace(items[0], state=S.DONE),))
    app.pump.items_changed.emit((replace(items[1], state=S.FAILED, error=("x", "x. y.")),))
    qtbot.waitUntil(lambda: window.status.words.text().startswith("Adding 2 of 4 to Willow Creek"))
    assert window.status.bar.isVisible()
    assert window.status.bar.share == 0.5
    assert window.status.needs_you.text() == "1 needs you"
    wide = window.status.words.width()
    assert wide >= window.status.words.sizeHint().width()
    app.pump.items_changed.emit(tuple(replace(item, state=S.DONE) for item in items))
    qtbot.waitUntil(lambda: not window.status.bar.isVisible())
    assert not window.status.needs_you.isVisible()


def test_a_finished_batch_is_told_on_other_pages(window, app, make_item):
    item = make_item()
    app.pump.items_changed.emit((item,))
    app.pump.items_changed.emit((replace(item, state=S.DONE),))
    assert [toast.detail for toast in window.toasts.shown] == ["1 added."]
    window.toasts.dismiss_newest()
    window.show_page("uploads")
    app.pump.items_changed.emit((item,))
    app.pump.items_changed.emit((replace(item, state=S.DONE),))
    assert window.toasts.shown == []


def test_both_themes_paint_the_whole_frame(window):
    light = window.grab().toImage()
    theme().set_mode(Mode.DARK)
    dark = window.grab().toImage()
    for point in ((3, 3), (80, 400), (800, 5), (800, 895)):
        assert light.pixelColor(*point).lightness() > 200
        assert dark.pixelColor(*point).lightness() < 60


def test_what_waits_for_a_person_is_not_on_its_way(window, app, make_item, qtbot):
    app.pump.items_changed.emit((make_item(S.ASKING), make_item(S.UNPLACED), make_item(S.PAUSED)))
    qtbot.waitUntil(lambda: window.rail.buttons["uploads"].count == 3)
    assert window.status.needs_you.text() == "2 need you"
    assert not window.status.bar.isVisible()


def test_ctrl_z_undoes_on_every_page_but_not_in_a_field_with_text(window, monkeypatch, qtbot):
    asked = []
    monkeypatch.setattr(window.edits, "undo", lambda: asked.append("undo"))
    monkeypatch.setattr(window.edits, "redo", lambda: asked.append("redo"))
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for name in ("library", "uploads"):
        window.show_page(name)
        window.current_panel.button.setFocus()
        qtbot.keyClick(window.current_panel.button, Qt.Key.Key_Z, ctrl)
    qtbot.keyClick(window.current_panel.button, Qt.Key.Key_Z, ctrl | shift)
    assert asked == ["undo", "undo", "redo"]
    field = window.current_panel.field
    field.setFocus()
    qtbot.keyClicks(field, "Hall")
    qtbot.keyClick(field, Qt.Key.Key_Z, ctrl)
    assert field.text() == "" and len(asked) == 3


def test_shift_f10_opens_the_menu_of_what_has_the_keyboard(window, qtbot):
    button = window.current_panel.button
    button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    button.setFocus()
    with qtbot.waitSignal(button.customContextMenuRequested):
        qtbot.keyClick(button, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)


def test_the_rail_counts_what_waits_for_a_decision(app, light, qtbot):
    app.review_queue.waiting = 18
    entry = PanelEntry("moderation", "Moderation", "shield-check", lambda *_: Page("moderation"))
    window = MainWindow(app, (entry,))
    qtbot.addWidget(window)
    window.open()
    badge = window.rail.buttons["moderation"]
    assert badge.count == 18
    app.review_queue.waiting = 17
    app.changes.happened.emit(None)
    app.changes.happened.emit(None)
    assert badge.count == 18  # many are asked about once, in a moment
    window.waiting._next.timeout.emit()
    assert badge.count == 17
