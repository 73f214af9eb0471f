"""K: the pictures go on by themselves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artitec_media_desktop.ui.viewer import slideshow


@pytest.fixture(autouse=True)
def _fast(monkeypatch):
    monkeypatch.setattr(slideshow, "STAYS_MS", 30)


def press(viewer, *keys):
    for key in keys:
        QTest.keyClick(viewer, key)


def test_it_goes_on_to_the_end_and_ends(view, make, qtbot):
    viewer = view([make.media(1), make.video(2), make.media(3)])
    press(viewer, Qt.Key.Key_K)
    assert viewer.header.play.isChecked()
    qtbot.waitUntil(lambda: viewer.key == 3)
    qtbot.waitUntil(lambda: not viewer.header.play.isChecked())
    assert viewer.key == 3


def test_the_key_ends_it_also_on_a_video(view, make, players, monkeypatch):
    monkeypatch.setattr(slideshow, "STAYS_MS", 60_000)
    viewer = view([make.media(1), make.video(2), *(make.media(key) for key in range(3, 90))])
    viewer.header.play.click()
    press(viewer, Qt.Key.Key_Right)
    assert viewer.key == 2 and viewer.header.play.isChecked()
    press(viewer, Qt.Key.Key_K)
    assert not viewer.header.play.isChecked() and not viewer.show_on.is_running
    assert not any(each.is_playing for each in players)
    assert viewer.key == 2


def test_turning_by_hand_gives_the_picture_its_full_time(view, make, monkeypatch, qtbot):
    monkeypatch.setattr(slideshow, "STAYS_MS", 60_000)
    viewer = view([make.media(key) for key in range(1, 9)])
    timer = viewer.show_on._timer
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    press(viewer, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: timer.remainingTime() < 59_900)
    before = timer.remainingTime()
    press(viewer, Qt.Key.Key_Right)
    assert viewer.key == 2
    assert timer.remainingTime() > before


@pytest.mark.parametrize("key", [Qt.Key.Key_C, Qt.Key.Key_Escape])
def test_it_ends_with_what_it_shows(view, make, key):
    viewer = view([make.media(1), make.media(2)], selected=[1, 2])
    press(viewer, Qt.Key.Key_K, key)
    assert not viewer.show_on.is_running


def test_a_video_plays_by_the_same_key(view, make, players):
    viewer = view([make.video(1), make.media(2)])
    viewer.header.play.click()
    assert (players[-1].is_playing, viewer.header.play.isChecked()) == (True, False)
