from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from artitec_media_desktop.domain.errors import Permanent, Transient
from artitec_media_desktop.domain.uploads import OnDuplicate, UploadState
from artitec_media_desktop.ui.drops import Dragged
from artitec_media_desktop.ui.enclosed import Content, Enclosed
from artitec_media_desktop.ui.panels.uploads import UploadsPanel
from artitec_media_desktop.ui.panels.uploads.review import ReviewDialog
from artitec_media_desktop.ui.upload_news import UploadNews
from artitec_media_desktop.ui.upload_queue import UploadQueue
from tests.ui.panels.uploads.test_review import Library

S = UploadState


@pytest.fixture
def news(app, qtbot, tmp_path):
    app.pasted = tmp_path
    window = QWidget()
    qtbot.addWidget(window)
    queue = UploadQueue(app)
    made = UploadNews(app, queue, window, lambda: False)
    made.told = []
    made.noticed.connect(made.told.append)
    made.window = window
    return made


def asking(make_item, **changes):
    return make_item(S.ASKING, duplicate_of="MED-1-000001", distance=2, **changes)


def test_a_batch_that_asks_is_told_once_when_nothing_moves_any_more(news, app, make_item, qtbot):
    first, second, third = asking(make_item), asking(make_item), make_item(S.WORKING)
    app.pump.items_changed.emit((first, second, third))
    qtbot.wait(150)
    assert news.told == []  # the batch is still being looked through
    app.pump.items_changed.emit((replace(third, state=S.DONE),))
    qtbot.waitUntil(lambda: len(news.told) == 1)
    assert news.told[0].text == "2 files look like pictures that are here"
    assert news.told[0].action == "Compare"
    app.pump.items_changed.emit((replace(third, state=S.ASKING, duplicate_of="M", distance=0),))
    qtbot.wait(150)
    assert len(news.told) == 1


def test_a_long_batch_is_told_of_while_it_goes_on(news, app, make_item, qtbot, monkeypatch):
    news._soon.setInterval(50)
    app.pump.items_changed.emit((asking(make_item), make_item(S.WORKING)))
    qtbot.waitUntil(lambda: len(news.told) == 1)
    assert news.told[0].text == "1 file looks like a picture that is here"


def test_whoever_wants_to_compare_there_is_one_dialog(news, app, make_item, qtbot, light):
    app.library = Library()
    app.library.put("MED-1-000001")
    queue = news._queue
    page = UploadsPanel(app, queue)
    qtbot.addWidget(page)
    page.compare_wanted.connect(news.compare)  # as the window does
    app.pump.items_changed.emit((asking(make_item), asking(make_item, batch=2)))
    page._view.act("compare", [queue.items[2]])
    dialog = news.review
    assert dialog.list.count() == 1
    news.compare()
    page._view.act("compare", [queue.items[1]])
    assert len(news.window.findChildren(ReviewDialog)) == 1 and news.review is dialog
    assert page.findChildren(ReviewDialog) == []
    dialog.reject()
    news.compare()
    assert news.review.list.count() == 2


def test_what_is_dropped_without_a_place_is_journaled_and_told(news, app):
    news.take_unplaced(Dragged.of(["/a.jpg", "/b.jpg"]))
    ((_, paths, target, options),) = app.pump.calls
    assert (paths, target) == (["/a.jpg", "/b.jpg"], None)
    assert options.on_duplicate is OnDuplicate.ASK
    assert [each.text for each in news.told] == ["2 files wait for a place"]
    assert news.told[0].action == "Choose"


def test_the_setting_decides_about_look_alikes(news, app):
    for said, meant in (("skip", "skip"), ("keep", "report"), ("replace", "ask"), ("junk", "ask")):
        app.settings.set("uploads.on_duplicate", said)
        news.take_unplaced(Dragged.of(["/a.jpg"]))
        assert app.pump.calls[-1][3].on_duplicate == meant


def test_what_came_with_the_drag_is_saved_first(news, app, tmp_path):
    contents = (Content("front.png", b"one"), Content("Front.PNG", b"two"))
    names = tuple(Enclosed(each.name, "") for each in contents)
    dragged = replace(Dragged.of([]), enclosed=names, contents=contents)
    news.take_unplaced(dragged)
    ((_, paths, _, _),) = app.pump.calls
    assert [path.rpartition("/")[2] for path in paths] == ["front.png", "Front (2).PNG"]
    assert [Path(path).read_bytes() for path in paths] == [b"one", b"two"]
    assert all(path.startswith(str(tmp_path)) for path in paths)


def test_what_is_to_come_first_is_journaled_so(news, app):
    contents = (Content("front.png", b"one"),)
    pasted = replace(
        Dragged.of([]), enclosed=(Enclosed("front.png", ""),), contents=contents, first=True
    )
    news.take_unplaced(replace(Dragged.of(["/a.jpg"]), first=True))
    news.take_unplaced(pasted)
    assert [call[4:] for call in app.pump.calls] == [("first",), ("first",)]


def test_what_the_other_program_did_not_hand_over_is_said(news, app):
    nothing = (Content("front.png", b""),)
    dragged = replace(Dragged.of([]), enclosed=(Enclosed("front.png", ""),), contents=nothing)
    news.take_unplaced(dragged)
    assert app.pump.calls == []
    assert news.told[0].tone == "danger" and "front.png" in news.told[0].detail


def test_a_fault_of_the_journal_is_said(news, app):
    app.pump.error = Permanent("full", "The disk is full.")
    news.take_unplaced(Dragged.of(["/a.jpg"]))
    assert [each.detail for each in news.told] == ["The disk is full."]


def test_a_journal_that_fails_is_told_once_until_it_is_well(news, app, make_item):
    full = Transient("disk_full", "There is no room for the upload journal. Free some space.")
    for _ in range(3):
        app.pump.journal_failed.emit(full)
    assert [each.detail for each in news.told] == [full.message]
    app.pump.items_changed.emit((make_item(),))
    app.pump.journal_failed.emit(full)
    assert len(news.told) == 2
