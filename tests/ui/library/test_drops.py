import os
from dataclasses import replace

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from artitec_media_desktop.domain.entities import Entity, EntityType
from artitec_media_desktop.domain.media import MediaType
from artitec_media_desktop.domain.slots import find_slot
from artitec_media_desktop.ui.drops import Dragged, DropZone, path_of, paths_of
from artitec_media_desktop.ui.panels.library.page.drop_overlay import DropOverlay, kinds, what

PHOTOS = find_slot(EntityType.COMMUNITY, "photos")
COVER = find_slot(EntityType.COMMUNITY, "cover")
VIDEO = find_slot(EntityType.COMMUNITY, "video")
AMENITY = find_slot(EntityType.AMENITY, "photos")


def mime(text: bytes) -> QMimeData:
    made = QMimeData()
    made.setData("text/uri-list", QByteArray(text))
    return made


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (b"file:///photos/front.jpg", b"/photos/front.jpg"),
        (b"file:///photos/front%20elevation.jpg", b"/photos/front elevation.jpg"),
        (b"file:///photos/caf%C3%A9.jpg", "/photos/café.jpg".encode()),
        (b"file:///photos/caf%E9.jpg", b"/photos/caf\xe9.jpg"),
        (b"file:///photos/%FF%FE%80.jpg", b"/photos/\xff\xfe\x80.jpg"),
        (b"file:///photos/100%25%20%23%3F.jpg", b"/photos/100% #?.jpg"),
        (b"file:///photos/%2541.jpg", b"/photos/%41.jpg"),
        (b"file:///photos/two%0Alines.jpg", b"/photos/two\nlines.jpg"),
        (b"file:///photos/a%2Bb;c=d&e.jpg", b"/photos/a+b;c=d&e.jpg"),
        (b"file:///photos/folder/", b"/photos/folder/"),
    ],
)
def test_the_bytes_of_a_path_survive(line, path):
    assert [os.fsencode(each) for each in paths_of(mime(line + b"\r\n"))] == [path]


def test_every_file_once_in_order_and_nothing_that_is_no_file():
    text = b"file:///b.jpg\r\nhttps://example.org/c.jpg\r\nfile:///a.jpg\r\nfile:///b.jpg\r\n"
    assert paths_of(mime(text)) == ["/b.jpg", "/a.jpg"]
    assert paths_of(QMimeData()) == []
    assert paths_of(None) == []
    assert path_of(QUrl("https://example.org/c.jpg")) is None


def test_files_are_counted_by_their_extensions():
    dragged = Dragged.of(["/a.JPG", "/b.jpeg", "/c.mov", "/folder", "/notes.pdf"])
    assert dragged.kinds == {MediaType.IMAGE: 2, MediaType.VIDEO: 1, None: 2}
    assert dragged.fitting(PHOTOS) == 5
    assert dragged.fitting(AMENITY) == 4
    assert kinds(dragged) == "2 images, 1 video and 2 folders or other files"


@pytest.mark.parametrize(
    ("paths", "fits"),
    [
        (["/a.jpg"], {PHOTOS, COVER, AMENITY}),
        (["/a.mp4"], {PHOTOS, VIDEO}),
        (["/a.jpg", "/b.jpg"], {PHOTOS, AMENITY}),
        (["/a.jpg", "/b.mp4"], {PHOTOS, AMENITY}),
        (["/a folder"], {PHOTOS, COVER, VIDEO, AMENITY}),
    ],
)
def test_which_slots_a_drag_fits(paths, fits):
    dragged = Dragged.of(paths)
    slots = (PHOTOS, COVER, VIDEO, AMENITY)
    assert {each for each in slots if dragged.fits(each)} == fits


def test_one_file_is_named():
    assert what(Dragged.of(["/x/front.jpg"])) == "front.jpg"
    assert what(Dragged.of(["/x/caf\udce9.jpg"])) == "caf\\xdce9.jpg"
    assert what(Dragged.of(["/a.jpg", "/b.jpg"])) == "2 images"


@pytest.fixture
def zone(qtbot):
    widget = QWidget()
    widget.resize(100, 100)
    qtbot.addWidget(widget)
    yield DropZone(widget, lambda dragged, at: at.x() < 50)


def test_a_drop_is_a_copy_even_where_the_source_would_move(zone, make, qtbot):
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    drag = make.drag(zone.parent(), make.mime("/a.jpg", "/b.jpg"), both)
    entered = drag.enter(QPoint(10, 10))
    assert entered.isAccepted() and entered.dropAction() is Qt.DropAction.CopyAction
    with qtbot.waitSignal(zone.dropped) as dropped:
        event = drag.drop(QPoint(10, 10))
    assert event.isAccepted() and event.dropAction() is Qt.DropAction.CopyAction
    assert dropped.args[0].paths == ("/a.jpg", "/b.jpg")
    assert zone.dragged is None


def test_where_it_is_not_allowed_nothing_is_dropped(zone, make, qtbot):
    drag = make.drag(zone.parent(), make.mime("/a.jpg"))
    drag.enter(QPoint(10, 10))
    assert not drag.move(QPoint(80, 10)).isAccepted()
    with qtbot.assertNotEmitted(zone.dropped):
        assert not drag.drop(QPoint(80, 10)).isAccepted()


def test_leaving_ends_it(zone, make, qtbot):
    drag = make.drag(zone.parent(), make.mime("/a.jpg"))
    drag.enter(QPoint(10, 10))
    with qtbot.waitSignal(zone.left):
        drag.leave()
    assert zone.dragged is None


def test_a_drag_without_files_is_not_ours(zone, qtbot, make):
    text = QMimeData()
    text.setText("hello")
    with qtbot.assertNotEmitted(zone.moved):
        assert not make.drag(zone.parent(), text).enter(QPoint(1, 1)).isAccepted()


@pytest.mark.parametrize(
    ("key", "later", "first"),
    [
        (Qt.KeyboardModifier.AltModifier, True, False),
        (Qt.KeyboardModifier.ShiftModifier, False, True),
        (Qt.KeyboardModifier.NoModifier, False, False),
    ],
)
def test_alt_chooses_the_place_later_and_shift_puts_first(zone, make, qtbot, key, later, first):
    mime = make.mime("/a.jpg")
    drag = make.drag(zone.parent(), mime)
    drag.enter(QPoint(10, 10))
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        key,
    )
    with qtbot.waitSignal(zone.dropped) as dropped:
        QApplication.sendEvent(zone.parent(), event)
    assert (dropped.args[0].later, dropped.args[0].first) == (later, first)


@pytest.fixture
def overlay(qtbot):
    parent = QWidget()
    parent.resize(800, 600)
    qtbot.addWidget(parent)
    made = DropOverlay(parent)
    yield made


def test_how_many_fit_and_how_many_do_not(overlay, ref):
    pool = Entity(ref.pool, "AMN-1", "Community pool")
    overlay.show_drag(Dragged.of(["/a.jpg", "/b.jpg", "/c.mp4"]), pool, AMENITY)
    assert overlay.title == "Drop to add 2 files to Photos"
    assert overlay.text == "Community pool · 2 of 3 fit · Takes images"


def test_putting_first_is_said(overlay, ref):
    pool = Entity(ref.pool, "AMN-1", "Community pool")
    first = replace(Dragged.of(["/a.jpg", "/b.jpg"]), first=True)
    overlay.show_drag(first, pool, AMENITY)
    assert overlay.text == "Community pool · 2 images · first in the queue"
    overlay.show_unplaced(first)
    assert overlay.text == "2 images · choose a place in Uploads · first in the queue"


def test_choosing_later_is_said(overlay, ref):
    pool = Entity(ref.pool, "AMN-1", "Community pool")
    overlay.show_drag(replace(Dragged.of(["/a.jpg", "/b.jpg"]), later=True), pool, AMENITY)
    assert overlay.title == "Drop to add 2 files"
    assert overlay.text == "2 images · choose a place in Uploads"
