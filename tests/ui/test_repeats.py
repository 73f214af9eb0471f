"""Keys that are held, as X11 tells them: a release and a press of one moment, not always marked."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from artitec_media_desktop.ui.repeats import Repeats

PRESS, RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease


def key(kind, at, marked=False, which=Qt.Key.Key_B):
    made = QKeyEvent(kind, which, Qt.KeyboardModifier.NoModifier, "b", marked)
    made.setTimestamp(at)
    return made


def test_a_press_of_the_moment_of_its_release_is_a_repetition(qapp):
    repeats = Repeats(lambda: None)
    assert not repeats.is_one(key(PRESS, 100))
    repeats.release(key(RELEASE, 700))
    assert repeats.is_one(key(PRESS, 700))
    assert not repeats.is_one(key(PRESS, 700, which=Qt.Key.Key_A))
    assert not repeats.is_one(key(PRESS, 790))
    assert repeats.is_one(key(PRESS, 790, marked=True))


def test_what_says_no_moment_is_believed(qapp):
    repeats = Repeats(lambda: None)
    repeats.release(key(RELEASE, 0))
    assert not repeats.is_one(key(PRESS, 0))


def test_it_ends_unless_it_goes_on(qtbot):
    ends = []
    repeats = Repeats(lambda: ends.append(True))
    repeats.end()
    repeats.go_on()
    qtbot.wait(40)
    assert not ends
    repeats.end()
    qtbot.waitUntil(lambda: ends == [True])
