"""Another library in the same process, with a real one behind it."""

import os

import pytest
from PySide6.QtGui import QFileOpenEvent, QIcon
from shiboken6 import isValid

from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.config.resources import resource
from artitec_media_desktop.config.secrets import Secrets
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.processing.drawing import draw_room
from artitec_media_desktop.services.profiles import ProfileService
from artitec_media_desktop.ui.application import Windows


@pytest.fixture
def windows(light, qtbot, tmp_path):
    home = Home(tmp_path / "home")
    made = Windows(home)
    made.open(App(home, profile="embedded"))
    qtbot.waitUntil(lambda: made.window.is_open)
    yield made
    window = made.window
    window.close()
    # Its work ends behind it; the next test would meet the end of it.
    qtbot.waitUntil(lambda: not (isValid(window) and window.isVisible()))
    made.crashes.stop()


def test_another_library_gets_a_new_window_in_the_place_of_the_old(windows, qtbot, tmp_path):
    before = windows.window
    before.resize(1100, 700)
    app = before._app
    before.session.change("embedded")
    qtbot.waitUntil(lambda: windows.window is not before)
    assert windows.window.isVisible()
    qtbot.waitUntil(lambda: windows.window.is_open)
    qtbot.waitUntil(lambda: not isValid(before))
    assert windows.window._app is not app and not app.runner.is_busy
    kept = windows.window._app.settings.get("window/geometry", "")
    assert kept == app.settings.get("window/geometry", "") != ""
    # The work goes on where it was: the lock of the first is free for the second.
    qtbot.waitUntil(lambda: windows.window._app.pump.is_owner)


def test_signing_out_asks_even_for_what_is_kept(windows, qtbot, monkeypatch):
    before = windows.window
    before.session.change("embedded", ask=True)
    qtbot.waitUntil(lambda: windows.window is not before)
    assert windows.window._app._ask
    qtbot.waitUntil(lambda: windows.window.is_open)


def test_a_closed_window_is_the_end(windows, qtbot):
    app = windows.window._app
    windows.window.close()
    qtbot.waitUntil(lambda: not app.runner.is_busy)
    qtbot.waitUntil(lambda: os.path.exists(app.home.settings))


def unplaced(windows):
    items = windows.window.queue.items.values()
    return [each.path for each in items if each.state is UploadState.UNPLACED]


def test_files_given_to_the_program_wait_for_a_place(windows, qtbot, tmp_path, monkeypatch):
    photos = [tmp_path / "Küche 1.jpg", tmp_path / "b.jpg"]
    for at, each in enumerate(photos):
        each.write_bytes(draw_room(64 + at, 64))
    monkeypatch.chdir(tmp_path)
    windows.add_files(["Küche 1.jpg"])
    qtbot.waitUntil(lambda: unplaced(windows) == [str(photos[0])])
    assert windows.window.rail.buttons["uploads"].isChecked()
    # As a Mac tells it.
    assert windows.eventFilter(windows, QFileOpenEvent(str(photos[1])))
    qtbot.waitUntil(lambda: len(unplaced(windows)) == 2)


def test_files_given_before_the_library_is_open_wait_for_that(light, qtbot, tmp_path):
    photo = tmp_path / "a.jpg"
    photo.write_bytes(draw_room(64, 64))
    home = Home(tmp_path / "home")
    made = Windows(home)
    made.add_files([str(photo)])
    made.open(App(home, profiles=ProfileService(home, Secrets(), {})))
    qtbot.waitUntil(lambda: made.window.session.gate is not None)  # the first start asks
    made.window.session.gate.currentWidget().try_it.click()
    qtbot.waitUntil(lambda: unplaced(made) == [str(photo)])
    made.window.guide.tour.dismiss()
    made.window.close()
    made.crashes.stop()


def test_the_icon_comes_with_the_program(dressed):
    drawn, kept = (
        QIcon(str(resource(f"icon/artitec-media.{kind}"))).pixmap(128, 128).toImage()
        for kind in ("svg", "png")
    )
    assert not kept.isNull()
    for x, y in ((12, 64), (40, 40), (56, 62), (87, 48)):
        here, there = drawn.pixelColor(x, y), kept.pixelColor(x, y)
        assert abs(here.red() - there.red()) < 3 and abs(here.blue() - there.blue()) < 3
