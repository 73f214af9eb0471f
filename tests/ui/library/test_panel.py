from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.errors import NotFound, Transient
from artitec_media_desktop.domain.slots import find_slot, slots_of
from artitec_media_desktop.domain.targets import Target
from artitec_media_desktop.domain.uploads import UploadState
from tests.ui.library.panels import make_panel

CTRL = Qt.KeyboardModifier.ControlModifier
PHOTOS, COVER, LOGO, VIDEO = slots_of(EntityType.COMMUNITY)


def notices(panel):
    found = []
    panel.noticed.connect(found.append)
    return found


def status(panel):
    found = []
    panel.status_changed.connect(found.append)
    return found


def select(panel, *rows):
    for row in rows:
        index = panel.page.model.index(row)
        panel.page.grid.selectionModel().select(
            index, panel.page.grid.selectionModel().SelectionFlag.Select
        )


# ---- going to places


def test_duplicates_are_looked_for_where_one_is(panel, ref, qtbot):
    panel.reveal(ref.house)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    with qtbot.waitSignal(panel.page_requested) as asked:
        QTest.keyClick(panel.page.grid, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert asked.args == ["duplicates", ref.house]


def test_after_the_search_keys_are_meant_for_the_page(panel, ref, qtbot):
    panel.activateWindow()
    panel.browser.search.setFocus()
    QTest.keyClicks(panel.browser.search, "juniper")
    QTest.keyClick(panel.browser.search, Qt.Key.Key_Return)
    assert panel.page.ref == ref.house
    assert not panel.browser.search.hasFocus()


def test_what_another_page_asks_for_waits_for_the_places(app, qtbot, ref):
    panel = make_panel(app)
    qtbot.addWidget(panel)
    panel.reveal(ref.house)
    assert panel.page.ref is None
    panel.activate()
    assert panel.page.ref == ref.house


def test_it_begins_with_the_place_that_was_open_last(app, qtbot, ref):
    app.settings["library.recent"] = [["property", 789]]
    panel = make_panel(app)
    qtbot.addWidget(panel)
    assert panel.page.entity is None
    panel.activate()
    assert panel.page.ref == ref.house
    reads = app.runner.count
    panel.activate()
    assert app.runner.count == reads


def test_a_library_without_places_asks_for_one_only_then(app, qtbot):
    app.library.all.clear()
    panel = make_panel(app)
    qtbot.addWidget(panel)
    assert panel.page.states.currentWidget() is panel.page.grid
    panel.activate()
    assert "Choose a place" in panel.page.states.state.accessibleName()
    assert panel.page.states.currentWidget() is panel.page.states.state


def test_what_it_begins_with_by_itself_is_not_recent(app, qtbot, ref):
    panel = make_panel(app)
    qtbot.addWidget(panel)
    panel.activate()
    assert panel.page.ref == ref.cedar and "library.recent" not in app.settings


def test_title_facts_and_slots(panel):
    header = panel.page.header
    assert header.title.text() == "Willow Creek"
    assert header.subtitle.text() == "Community · CMY-456 · Scottsdale, AZ · 41 files, 41 MB"


def test_another_page_can_ask_for_a_place(panel, ref):
    panel.reveal(ref.house)
    assert panel.page.ref == ref.house
    panel.reveal(Target(EntityType.COMMUNITY, 1, "CMY-456", LOGO))
    assert panel.page.ref == ref.willow and panel.page.slot == LOGO
    panel.reveal(Target(EntityType.COMMUNITY, 1, "CMY-456", COVER))
    assert panel.page.slot == COVER
    panel.reveal("nonsense")
    assert panel.page.slot == COVER


def test_an_amenity_leads_back_to_its_community(panel, ref, qtbot):
    panel.open(ref.pool)
    (parent,) = panel.page.end.above
    assert parent.isVisible() and parent.text() == "Willow Creek"
    panel.grab()  # laid out
    assert parent.x() == 0
    qtbot.mouseClick(parent, Qt.MouseButton.LeftButton)
    assert panel.page.ref == ref.willow and not panel.page.end.above


def test_an_overview_of_a_place_left_meanwhile_is_ignored(panel, app, ref):
    app.runner.held = True
    panel.open(ref.house)
    panel.open(ref.cedar)
    app.runner.release()
    assert panel.page.header.title.text() == "Cedar Bend"
    assert [card.summary.slot for card in panel.page.strip.cards] == list(slots_of(ref.cedar.type))


def test_an_older_overview_never_replaces_a_newer_one(panel, app, make, ref):
    app.runner.held = True
    panel.apply_change(make.change(ref.willow))
    panel._refresh_outdated()
    old = app.runner.jobs.pop()
    stale = old.fn(old.task)
    old.fn = lambda _task: stale
    app.library.put(make.media(90))
    panel._refresh_outdated()
    panel._read_overviews({ref.willow})
    app.runner.release()
    assert "42 files" in panel.page.header.subtitle.text()
    old()
    assert "42 files" in panel.page.header.subtitle.text()


def test_empty_slots_say_so_and_offer_a_way(panel, ref):
    panel.open(ref.park)
    state = panel.page.states.state
    assert panel.page.states.currentWidget() is state
    assert state.accessibleName().startswith("No photos of Trailhead park yet. Drop images here")
    buttons = state.findChildren(QPushButton)
    panel.page.refresh()
    assert buttons and state.findChildren(QPushButton) == buttons  # and are not made anew


def test_a_fault_says_what_and_can_be_tried_again(panel, app, ref):
    app.library.error = Transient("busy", "The library is busy.")
    panel.open(ref.cedar)
    assert "The library is busy." in panel.page.states.state.accessibleName()
    app.library.error = None
    panel.page.reload_wanted.emit()
    assert "No photos of Cedar Bend yet" in panel.page.states.state.accessibleName()


def test_a_place_that_is_gone_takes_nothing_from_the_others(panel, app, make, ref):
    works = app.library.overview

    def overview(wanted):
        if wanted == ref.cedar:
            raise NotFound("no_entity", "Cedar Bend is no longer in the library.")
        return works(wanted)

    app.library.overview = overview
    app.library.put(make.media(90))
    panel._read_overviews({ref.cedar, ref.willow})
    assert "42 files" in panel.page.header.subtitle.text()
    panel.open(ref.cedar)
    assert "Cedar Bend is no longer in the library." in panel.page.states.state.accessibleName()


def test_keys_reach_the_search_and_the_zoom(panel, app):
    panel.find_place()
    assert panel.browser.search.hasFocus()
    QTest.keyClick(panel, Qt.Key.Key_Plus, CTRL)
    assert panel.page.grid.zoom == 144 and app.settings["library.zoom"] == 144
    QTest.keyClick(panel, Qt.Key.Key_Minus, CTRL)
    QTest.keyClick(panel, Qt.Key.Key_Minus, CTRL)
    assert panel.page.grid.zoom == 112
    QTest.keyClick(panel, Qt.Key.Key_0, CTRL)
    assert panel.page.grid.zoom == 128


def test_zoom_and_splitter_come_back(panel, app, qtbot):
    panel.page.grid.set_zoom(200)
    panel._splitter.setSizes([300, 700])
    panel._remember_splitter()
    again = make_panel(app)
    qtbot.addWidget(again)
    again.resize(panel.size())
    again.show()
    assert again.page.grid.zoom == 200 and again.page.bar._slider.value() == 200
    assert again.browser.width() == 300


def test_it_begins_at_the_media(panel):
    panel.activateWindow()
    panel.take_focus()
    assert panel.page.grid.hasFocus()
    QTest.keyClick(panel.page.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(panel.page.grid.selected_keys()) == 41


def test_it_begins_at_the_places_until_there_are_media(app, make, ref, qtbot):
    app.library.put(make.media(1, ref.willow), make.media(2, ref.cedar))
    made = make_panel(app)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.take_focus()
    assert made.focusWidget() is made.browser.tree
    made.activate()  # it opens a place by itself
    qtbot.waitUntil(made.page.grid.hasFocus)
    made.browser.tree.setFocus()
    made.open(ref.willow)
    made.open(ref.cedar)
    assert made.browser.tree.hasFocus()


def test_enter_in_the_tree_goes_on_among_the_media(panel, ref):
    tree = panel.browser.tree
    panel.activateWindow()
    tree.setFocus()
    tree.setCurrentIndex(panel.browser.model.index_of(ref.willow))
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert panel.page.grid.hasFocus()


def test_a_waiting_drag_shows_a_place_without_moving_anything(panel, app, ref):
    kept = app.settings["library.recent"]
    panel.browser.peeked.emit(ref.house)
    assert panel.page.ref == ref.house and app.settings["library.recent"] == kept


# ---- what is selected


def test_the_status_tells_what_is_selected(panel, qtbot):
    told = status(panel)
    select(panel, 0, 3, 4)
    qtbot.waitUntil(lambda: told[-1:] == ["3 of 41 selected · 3 MB"])
    panel.page.grid.clearSelection()
    qtbot.waitUntil(lambda: told[-1:] == ["41 items"])


def test_the_size_of_what_was_never_in_view_is_read(panel, app, make, qtbot):
    app.library.put(*(make.media(number) for number in range(42, 1001)))
    panel.page.model.refresh()
    told = status(panel)
    panel.page.grid.selectAll()
    qtbot.waitUntil(lambda: told[-1:] == ["1,000 of 1,000 selected · 1000 MB"])


# ---- keeping up


def test_only_what_a_change_names_is_read_again(panel, app, make, ref, qtbot):
    app.library.asked_overviews.clear()
    app.library.put(make.media(90), make.media(91, ref=ref.cedar))
    for _ in range(20):
        app.pump.added.emit((make.change(ref.cedar),))
    qtbot.waitUntil(lambda: bool(app.library.asked_overviews))
    assert app.library.asked_overviews == [ref.cedar]
    assert panel.page.model.total == 41
    app.pump.added.emit((make.change(ref.willow),))
    qtbot.waitUntil(lambda: panel.page.model.total == 42)
    assert app.library.asked_overviews == [ref.cedar, ref.willow]


def test_counts_in_the_tree_follow(panel, app, make, ref, qtbot):

    app.library.all[ref.cedar] = replace(app.library.all[ref.cedar], media_count=65)
    app.pump.added.emit((make.change(ref.cedar),))
    qtbot.waitUntil(lambda: panel.browser.model.entity_of(ref.cedar).media_count == 65)


def test_files_on_their_way_are_shown_where_they_go(panel, app, make, ref):
    working = make.upload(5, UploadState.WORKING)
    app.pump.items_changed.emit((working, make.upload(6, ref=ref.house)))
    assert panel.page.model.row_of(-5) == 41
    app.pump.progressed.emit((SimpleNamespace(item_id=5, stage="sending", done=1, total=4),))
    assert panel.page.model.progress_of(-5) == pytest.approx(0.4 + 0.55 / 4)
    panel.open(ref.house)
    assert panel.page.model.row_of(-6) == 0 and panel.page.model.row_of(-5) is None
    app.pump.items_changed.emit((make.upload(6, UploadState.FAILED, ref=ref.house),))
    assert panel.page.model.rowCount() == 0
    panel.open(ref.willow)
    assert panel.page.model.row_of(-5) == 41
    app.pump.items_removed.emit((5,))
    assert panel.page.model.row_of(-5) is None


# ---- deleting


def test_delete_and_undo(panel, app, qtbot, ref):
    told = notices(panel)
    select(panel, 1, 2)
    panel.page.grid.setFocus()
    QTest.keyClick(panel.page.grid, Qt.Key.Key_Delete)
    assert told[0].text == "2 photos moved to Trash" and told[0].action == "Undo"
    qtbot.waitUntil(lambda: panel.page.model.total == 39)
    assert panel.page.model.row_of(2) is None
    assert panel.page.grid.selected_keys() != [2, 3]
    told[0].on_action()
    qtbot.waitUntil(lambda: panel.page.grid.selected_keys() == [2, 3])  # what came back


def test_undo_takes_back_once(panel, app, qtbot):
    select(panel, 0)
    panel.delete_selected()
    qtbot.waitUntil(lambda: panel.page.model.total == 40)
    panel.edits.undo()
    qtbot.waitUntil(lambda: panel.page.model.total == 41)
    told = notices(panel)
    panel.edits.undo()
    assert told[0].text == "There is nothing to undo"


def test_delete_with_nothing_selected_does_nothing(panel, app):
    count = app.runner.count
    panel.delete_selected()
    assert app.runner.count == count


def test_a_failed_delete_says_why(panel, app):
    def fail(_ids, _work):
        raise NotFound("no_media", "There is no media “MED-1-000001” in the library.")

    told = notices(panel)
    app.trash.delete = fail
    select(panel, 0)
    panel.delete_selected()
    assert told[0].tone == "danger" and "MED-1-000001" in told[0].detail


def test_keys_and_panes_are_told(panel):
    told = panel.keys()
    assert told and all(len(pair) == 2 and all(pair) for pair in told)
    browser, page = panel.browser, panel.page
    places = [browser.search, browser.searches, browser.tree]
    assert panel.panes() == [*places, page.grid]  # it is narrow
    panel.resize(1300, 800)
    assert panel.panes() == [*places, page.grid, panel.inspector]
    page.bar.begin()
    assert panel.panes() == [*places, page.bar.field.edit, page.grid, panel.inspector]


def test_photos_is_the_slot_that_a_row_stands_for():
    assert slots_of(EntityType.COMMUNITY)[0] == find_slot(EntityType.COMMUNITY, "photos")
