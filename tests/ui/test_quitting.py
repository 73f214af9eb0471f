from dataclasses import replace

import pytest

from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.panel import Panel
from artitec_media_desktop.ui.panels import PanelEntry

S = UploadState


@pytest.fixture
def window(app, light, qtbot):
    pages = (PanelEntry("library", "Library", "image", lambda *_: Panel()),)
    made = MainWindow(app, pages)
    qtbot.addWidget(made)
    made.show()
    made.open()
    return made


def test_nothing_is_asked_where_nothing_moves(window, app, make_item):
    states = (S.PAUSED, S.ASKING, S.UNPLACED, S.DONE, S.FAILED)
    app.pump.items_changed.emit(tuple(make_item(each) for each in states))
    assert window.close()
    assert app.closed


def test_while_files_move_it_asks_and_may_stay(window, app, make_item):
    app.pump.items_changed.emit((make_item(), make_item(S.WORKING)))
    assert not window.close()
    dialog = window.quitting.dialog
    assert dialog.accessibleName() == ("2 files are not finished. They go on at the next start.")
    dialog.stay.click()
    assert window.isVisible() and not app.closed
    assert not window.close()  # it asks again
    window.quitting.dialog.quit.click()
    assert app.closed and not window.isVisible()


def test_one_file(window, app, make_item):
    app.pump.items_changed.emit((make_item(),))
    window.close()
    words = window.quitting.dialog.accessibleName()
    assert words == "1 file is not finished. It goes on at the next start."


def test_files_of_another_account_keep_nobody(window, app, make_item):
    app.pump.items_changed.emit((make_item(account="USR-2"),))
    assert window.close()


def test_where_another_window_sends_them_nothing_is_asked(window, app, make_item):
    app.pump.is_owner = False
    app.pump.items_changed.emit((make_item(S.WORKING),))
    assert window.close()


def test_the_window_goes_once_the_work_has_ended(window, app, qtbot):
    ends = []
    app.end = ends.append
    assert not window.close()
    assert window.isVisible()
    assert not window.close()  # a second click changes nothing
    assert len(ends) == 1
    qtbot.waitUntil(lambda: "One moment" in window.stack.currentWidget().accessibleName())
    ends[0]()
    assert not window.isVisible()


def test_the_title_says_how_far_it_is(window, app, make_item, qtbot):
    items = [make_item() for _ in range(4)]
    app.pump.items_changed.emit(tuple(items))
    app.pump.items_changed.emit((replace(items[0], state=S.DONE),))
    qtbot.waitUntil(lambda: window.windowTitle() == "25 % · 3 files left — Artitec Media Desktop")
    rest = [replace(each, state=S.DONE) for each in items[1:3]]
    app.pump.items_changed.emit((*rest, replace(items[3], state=S.PAUSED)))
    qtbot.waitUntil(lambda: window.windowTitle() == "Artitec Media Desktop")
