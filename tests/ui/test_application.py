"""Another library in the same process, with a real one behind it."""

import os

import pytest
from shiboken6 import isValid

from artitec_media_desktop.bootstrap import App
from artitec_media_desktop.config.home import Home
from artitec_media_desktop.ui.application import Windows


@pytest.fixture
def windows(light, qtbot, tmp_path):
    home = Home(tmp_path / "home")
    made = Windows(home)
    made.open(App(home, profile="embedded"))
    qtbot.waitUntil(lambda: made.window.is_open, timeout=20_000)
    yield made
    made.window.close()


def test_another_library_gets_a_new_window_in_the_place_of_the_old(windows, qtbot, tmp_path):
    before = windows.window
    before.resize(1100, 700)
    app = before._app
    before.session.change("embedded")
    qtbot.waitUntil(lambda: windows.window is not before, timeout=20_000)
    assert windows.window.isVisible()
    qtbot.waitUntil(lambda: windows.window.is_open, timeout=20_000)
    qtbot.waitUntil(lambda: not isValid(before))
    assert windows.window._app is not app and not app.runner.is_busy
    kept = windows.window._app.settings.get("window/geometry", "")
    assert kept == app.settings.get("window/geometry", "") != ""
    # The work goes on where it was: the lock of the first is free for the second.
    qtbot.waitUntil(lambda: windows.window._app.pump.is_owner, timeout=20_000)


def test_signing_out_asks_even_for_what_is_kept(windows, qtbot, monkeypatch):
    before = windows.window
    before.session.change("embedded", ask=True)
    qtbot.waitUntil(lambda: windows.window is not before, timeout=20_000)
    assert windows.window._app._ask
    qtbot.waitUntil(lambda: windows.window.is_open, timeout=20_000)


def test_a_closed_window_is_the_end(windows, qtbot):
    app = windows.window._app
    windows.window.close()
    qtbot.waitUntil(lambda: not app.runner.is_busy, timeout=20_000)
    qtbot.waitUntil(lambda: os.path.exists(app.home.settings))
