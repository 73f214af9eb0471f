"""What is added to the place that is shown: dropped, pasted, chosen."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.errors import Forbidden, Permanent
from artitec_media_desktop.domain.slots import slots_of
from artitec_media_desktop.domain.targets import Target
from artitec_media_desktop.ui.adding import save_picture
from artitec_media_desktop.ui.drops import Dragged
from artitec_media_desktop.ui.panels.library.adding import file_dialog
from tests.ui.library.panels import make_panel

CTRL = Qt.KeyboardModifier.ControlModifier
PHOTOS, COVER, LOGO, VIDEO = slots_of(EntityType.COMMUNITY)


def notices(panel):
    found = []
    panel.noticed.connect(found.append)
    return found


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

    # PySide reads something itself, the first time in a process, and ends that where it can't.
    drop(panel.page, QPoint(300, 500), "/photos/a.jpg")
    with monkeypatch.context() as patch:
        for name in ("stat", "lstat", "scandir", "listdir", "open"):
            patch.setattr(f"os.{name}", fail)
        drop(panel.page, QPoint(300, 500), "/photos/a.jpg", "/photos/folder")
    assert len(app.pump.drops) == 2


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
    panel.adding.paste()
    (((path,), target),) = app.pump.drops
    assert Path(path).parent == app.pasted and Path(path).name.startswith("pasted-")
    assert QImage(path).size() == image.size() and target.slot == PHOTOS


def test_a_picture_goes_where_it_was_pasted_even_if_one_goes_on(panel, app, ref):
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    QGuiApplication.clipboard().setImage(image)
    app.runner.held = True
    panel.adding.paste()
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
    panel.adding.paste()
    assert told[0].text == "There is nothing to paste" and app.pump.drops == []


def test_the_dialog_offers_what_the_slot_takes(panel, app, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "open", lambda self: None)
    made = []
    monkeypatch.setattr(
        "artitec_media_desktop.ui.panels.library.adding.file_dialog",
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
    made = file_dialog(*args)
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    return made


def test_names_of_pasted_files_differ(app, tmp_path):
    image = QImage(3, 3, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    paths = {save_picture(image, tmp_path) for _ in range(5)}
    assert len(paths) == 5
    assert all(Path(path).name.startswith(f"pasted-{datetime.now():%Y%m}") for path in paths)


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
