from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.ui.desktop import Desktop
from artitec_media_desktop.ui.upload_queue import UploadQueue

S = UploadState


@pytest.fixture
def desktop(app, qtbot, monkeypatch):
    window = QWidget()
    window.setWindowTitle("Program")
    qtbot.addWidget(window)
    made = Desktop(app, UploadQueue(app), window)
    made.shown, made.docked = [], []
    monkeypatch.setattr(made.notifications, "show", lambda *words: made.shown.append(words))
    monkeypatch.setattr(made.dock, "show_progress", lambda *facts: made.docked.append(facts))
    monkeypatch.setattr(QApplication, "alert", lambda _window: None)
    return made


def finish(app, make_item, took):
    began = datetime.now(UTC) - timedelta(seconds=took)
    item = make_item(S.WORKING, created_at=began)
    app.pump.items_changed.emit((item,))
    app.pump.items_changed.emit((make_item(S.DONE, id=item.id, created_at=began),))


def test_the_end_of_a_long_batch_is_told_to_who_is_elsewhere(desktop, app, make_item):
    finish(app, make_item, 70)
    assert desktop.shown == [("Willow Creek · Photos", "1 added.")]


def test_that_of_a_short_one_is_not(desktop, app, make_item):
    finish(app, make_item, 50)
    assert desktop.shown == []


def test_nor_where_the_window_is_in_front(desktop, app, make_item, monkeypatch):
    monkeypatch.setattr(QWidget, "isActiveWindow", lambda _: True)
    finish(app, make_item, 70)
    assert desktop.shown == []


def test_files_that_wait_for_another_account_are_not_counted(desktop, app, make_item, qtbot):
    mine, theirs = make_item(S.WORKING), make_item(account="USR-2")
    app.pump.items_changed.emit((mine, theirs, make_item(batch=2, account="USR-2")))
    qtbot.waitUntil(lambda: desktop.docked == [(0.0, 1)])
    app.pump.items_changed.emit((make_item(S.DONE, id=mine.id),))
    qtbot.waitUntil(lambda: desktop.docked[-1] == (None, 0))
    assert desktop._window.windowTitle() == "Program"
    app.account = replace(app.account, user_id="USR-2")
    app.pump.items_changed.emit((make_item(S.DONE),))
    qtbot.waitUntil(lambda: desktop.docked[-1][1] == 2)


def test_the_dock_follows_and_is_cleared(desktop, app, make_item, qtbot):
    item = make_item(S.WORKING)
    app.pump.items_changed.emit((item, make_item(S.DONE)))
    qtbot.waitUntil(lambda: desktop.docked == [(0.5, 1)])
    app.pump.items_changed.emit((make_item(S.FAILED, id=item.id, error=("x", "x")),))
    qtbot.waitUntil(lambda: desktop.docked[-1] == (None, 0))
