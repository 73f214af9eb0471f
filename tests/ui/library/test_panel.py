from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.errors import Forbidden, NotFound, Permanent, Transient
from artitec_media_desktop.domain.slots import find_slot, slots_of
from artitec_media_desktop.domain.targets import Target
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.ui.adding import save_picture
from artitec_media_desktop.ui.drops import Dragged
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
    QTest.keyClick(panel, Qt.Key.Key_F, CTRL)
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


def test_it_begins_at_the_places(panel):
    panel.activateWindow()
    panel.take_focus()
    assert panel.browser.tree.hasFocus()


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


# ---- adding


@pytest.fixture
def drop(panel, make):
    def act(widget, at, *paths):
        make.drag(widget, make.mime(*paths)).all(at)

    return act


def test_a_drop_on_the_grid_goes_to_the_slot_that_is_shown(panel, app, drop, qtbot):
    drop(panel.page, QPoint(300, 500), "/photos/a.jpg", "/photos/a folder")
    target = Target(EntityType.COMMUNITY, 1, "CMY-456", PHOTOS)
    assert app.pump.drops == [(["/photos/a.jpg", "/photos/a folder"], target)]
    panel.page.show_slot(VIDEO)
    drop(panel.page, QPoint(300, 500), "/walk.mp4")
    assert app.pump.drops[-1][1].slot == VIDEO


def test_a_drop_on_a_card_goes_to_its_slot(panel, app, drop):
    card = panel.page.strip.cards[2]
    drop(panel.page, card.mapTo(panel.page, card.rect().center()), "/logo.png")
    assert app.pump.drops == [(["/logo.png"], Target(EntityType.COMMUNITY, 1, "CMY-456", LOGO))]
    assert panel.page.slot == PHOTOS


def test_a_drop_on_a_row_goes_to_its_first_slot(panel, app, drop, ref):
    tree = panel.browser.tree
    at = tree.visualRect(panel.browser.model.index_of(ref.cedar)).center()
    drop(tree.viewport(), at, "/a.jpg")
    assert app.pump.drops == [(["/a.jpg"], Target(EntityType.COMMUNITY, 2, "CMY-457", PHOTOS))]
    assert panel.page.ref == ref.willow


def test_what_doesnt_fit_is_not_dropped(panel, app, drop):
    panel.page.show_slot(VIDEO)
    drop(panel.page, QPoint(300, 500), "/a.jpg")
    assert app.pump.drops == []


def test_dropping_touches_no_disk(panel, app, drop, monkeypatch):
    def fail(*_args, **_how):
        raise AssertionError("a drop zone does no I/O")

    with monkeypatch.context() as patch:
        for name in ("stat", "lstat", "scandir", "listdir", "open"):
            patch.setattr(f"os.{name}", fail)
        drop(panel.page, QPoint(300, 500), "/photos/a.jpg", "/photos/folder")
    assert len(app.pump.drops) == 1


def test_odd_names_arrive_as_they_are(panel, app, make):
    mime = QMimeData()
    mime.setData("text/uri-list", b"file:///x/caf%E9%0A%FF.jpg\r\n")
    make.drag(panel.page, mime).all(QPoint(300, 500))
    assert app.pump.drops[0][0] == ["/x/caf\udce9\n\udcff.jpg"]


def test_a_refused_drop_says_why(panel, app, drop):
    told = notices(panel)
    app.pump.error = Forbidden("not_allowed", "Only an admin may do this.")
    drop(panel.page, QPoint(300, 500), "/a.jpg")
    assert (told[0].text, told[0].detail, told[0].tone) == (
        "Nothing was added",
        "Only an admin may do this.",
        "danger",
    )
    told[0].on_action()
    assert QGuiApplication.clipboard().text() == "Only an admin may do this."


def test_files_from_the_clipboard(panel, app, make):
    QGuiApplication.clipboard().setMimeData(make.mime("/a.jpg", "/b.jpg"))
    panel.page.grid.setFocus()
    QTest.keyClick(panel.page.grid, Qt.Key.Key_V, CTRL)
    assert app.pump.drops == [
        (["/a.jpg", "/b.jpg"], Target(EntityType.COMMUNITY, 1, "CMY-456", PHOTOS))
    ]


def test_a_picture_from_the_clipboard_becomes_a_file(panel, app):
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    panel.paste()
    (((path,), target),) = app.pump.drops
    assert Path(path).parent == app.pasted and Path(path).name.startswith("pasted-")
    assert QImage(path).size() == image.size() and target.slot == PHOTOS


def test_a_picture_goes_where_it_was_pasted_even_if_one_goes_on(panel, app, ref):
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    QGuiApplication.clipboard().setImage(image)
    app.runner.held = True
    panel.paste()
    panel.open(ref.house)
    app.runner.release()
    assert app.pump.drops[0][1].entity_id == 1


def test_a_disk_that_takes_nothing_is_said(app, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(Permanent) as caught:
        save_picture(QImage(3, 3, QImage.Format.Format_RGB32), blocked / "pasted")
    assert caught.value.code == "not_saved"


def test_nothing_to_paste_says_so(panel, app):
    told = notices(panel)
    QGuiApplication.clipboard().setText("hello")
    panel.paste()
    assert told[0].text == "There is nothing to paste" and app.pump.drops == []


def test_the_dialog_offers_what_the_slot_takes(panel, app, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "open", lambda self: None)
    made = []
    monkeypatch.setattr(
        "artitec_media_desktop.ui.panels.library.panel.file_dialog",
        lambda *args: made.append(_dialog(*args)) or made[-1],
    )
    panel.add_files()
    dialog = made[0]
    assert "*.jpg" in dialog.nameFilters()[0] and "*.mp4" in dialog.nameFilters()[0]
    picture = tmp_path / "front.jpg"
    picture.write_bytes(b"x")
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(picture))
    dialog.accepted.emit()
    assert app.pump.drops == [([str(picture)], Target(EntityType.COMMUNITY, 1, "CMY-456", PHOTOS))]
    panel.page.show_slot(COVER)
    panel.add_files()
    assert "*.mp4" not in made[1].nameFilters()[0]


def _dialog(*args):
    from artitec_media_desktop.ui.panels.library.adding import file_dialog

    made = file_dialog(*args)
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    return made


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
    from dataclasses import replace

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
    told[0].on_action()
    qtbot.waitUntil(lambda: panel.page.model.total == 41)


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


def test_names_of_pasted_files_differ(app, tmp_path):
    image = QImage(3, 3, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    paths = {save_picture(image, tmp_path) for _ in range(5)}
    assert len(paths) == 5
    assert all(Path(path).name.startswith(f"pasted-{datetime.now():%Y%m}") for path in paths)


def test_photos_is_the_slot_that_a_row_stands_for():
    assert slots_of(EntityType.COMMUNITY)[0] == find_slot(EntityType.COMMUNITY, "photos")


def test_what_is_let_go_with_alt_waits_for_a_place(panel, app, qtbot):
    later = replace(Dragged.of(["/a.jpg"]), later=True)
    with qtbot.waitSignal(panel.unplaced_dropped) as dropped:
        panel.page.files_dropped.emit(later, PHOTOS)
    assert dropped.args == [later] and app.pump.drops == []


def test_a_picture_from_a_browser_is_saved_and_added(panel, app, make, qtbot):
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/front.jpg")])
    mime.setData("image/jpeg", QByteArray(b"as it was"))
    assert make.drag(panel.page, mime).all(QPoint(400, 400)).isAccepted()
    (((path,), target),) = app.pump.drops
    assert path.endswith("front.jpg") and Path(path).read_bytes() == b"as it was"
    assert target.slot == PHOTOS


def test_before_a_place_is_shown_the_window_takes_what_is_dropped(app, qtbot):
    empty = make_panel(app)
    qtbot.addWidget(empty)
    assert not empty.page.acceptDrops()
