"""Keys that are held, as X11 tells them: a release and a press of one moment, not always marked."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QShortcut, QWindow
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.ui.repeats import Held, Repeats

OVERRIDE, PRESS, RELEASE = (
    QEvent.Type.ShortcutOverride,
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
)


def key(kind, at, marked=False, which=Qt.Key.Key_B):
    made = QKeyEvent(kind, which, Qt.KeyboardModifier.NoModifier, "b", marked)
    made.setTimestamp(at)
    return made


class Window(QWindow):
    """Remembers of what was pressed whether it is said to repeat."""

    def __init__(self):
        super().__init__()
        self.told = []

    def keyPressEvent(self, event):
        self.told.append(event.isAutoRepeat())
        assert (event.text(), event.timestamp() > 0) == ("b", True)


@pytest.fixture
def send(qapp):
    """Send keys to a window, all events of which are filtered."""
    repeats, window = Repeats(), Window()
    qapp.installEventFilter(repeats)

    def send(*events):
        for each in events:
            QApplication.sendEvent(window, each)
        return window.told

    yield send
    qapp.removeEventFilter(repeats)


def test_a_press_of_the_moment_of_its_release_repeats(send):
    assert send(key(PRESS, 100)) == [False]
    assert send(key(RELEASE, 700), key(PRESS, 700)) == [False, True]
    assert send(key(PRESS, 700, which=Qt.Key.Key_A), key(PRESS, 790)) == [False, True, False, False]


def test_what_is_marked_stays_so(send):
    assert send(key(PRESS, 100, marked=True)) == [True]


@pytest.mark.parametrize("kind", [QShortcut, QAction])
def test_only_a_shortcut_that_is_to_repeat_does(qapp, kind):
    owner, repeats = QWindow(), Repeats()
    made = kind(owner)

    def is_kept_back(at):
        for event in (key(RELEASE, 700), key(OVERRIDE, at)):
            repeats.eventFilter(owner, event)
        return repeats.eventFilter(made, QEvent(QEvent.Type.Shortcut))

    assert not is_kept_back(700)
    made.setAutoRepeat(False)
    assert is_kept_back(700) and not is_kept_back(790)


def test_what_lasts_ends_when_its_key_is_let_go(qtbot):
    turns = []
    held = Held(turns.append)
    for kind, at in ((PRESS, 100), (RELEASE, 700), (PRESS, 700), (RELEASE, 730)):
        held.tell(key(kind, at))
    assert turns == [True]
    qtbot.waitUntil(lambda: turns == [True, False])


def test_what_is_marked_neither_begins_nor_ends_it(qtbot):
    turns = []
    held = Held(turns.append)
    for kind, marked in ((PRESS, False), (RELEASE, True), (PRESS, True)):
        held.tell(key(kind, 100, marked))
    qtbot.wait(40)
    assert turns == [True]
