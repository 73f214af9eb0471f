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
def repeats(qapp):
    made = Repeats(qapp)
    yield made
    qapp.removeEventFilter(made._shortcuts)
    made.setParent(None)


@pytest.fixture
def send(repeats):
    """Send keys to a window that is watched."""
    window = Window()
    repeats.watch(window)
    repeats.watch(window)  # as often as it gets the focus

    def send(*events):
        for each in events:
            QApplication.sendEvent(window, each)
        return window.told

    return send


def test_a_press_of_the_moment_of_its_release_repeats(send):
    assert send(key(PRESS, 100)) == [False]
    assert send(key(RELEASE, 700), key(PRESS, 700)) == [False, True]
    assert send(key(PRESS, 700, which=Qt.Key.Key_A), key(PRESS, 790)) == [False, True, False, False]


def test_what_is_marked_stays_so(send):
    assert send(key(PRESS, 100, marked=True)) == [True]


@pytest.mark.parametrize("kind", [QShortcut, QAction])
def test_only_a_shortcut_that_is_to_repeat_does(send, qapp, kind):
    told, owner = [], QWindow()

    class Shortcut(kind):
        def event(self, event):
            told.append(event.type())
            return True

    made = Shortcut(owner)

    def acts(at):
        told.clear()
        send(key(RELEASE, 700), key(OVERRIDE, at))
        QApplication.sendEvent(made, QEvent(QEvent.Type.Shortcut))
        qapp.processEvents()
        return told == [QEvent.Type.Shortcut]

    assert acts(700)
    made.setAutoRepeat(False)
    assert not acts(700) and acts(790)


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
