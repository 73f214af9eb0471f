"""Keys that are held, as X11 tells them: a release and a press of one moment, not always marked."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QShortcut, QWindow
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from artitec_media_desktop.ui.repeats import Held, Repeats

OVERRIDE, PRESS, RELEASE = (
    QEvent.Type.ShortcutOverride,
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
)


def key(kind, at, marked=False, which=Qt.Key.Key_B, text="b"):
    made = QKeyEvent(kind, which, Qt.KeyboardModifier.NoModifier, text, marked)
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


@pytest.fixture
def dialog(repeats, qtbot):
    """Two buttons, the first of them the default one, and fields; its window is watched."""
    made = QDialog()
    rows = QVBoxLayout(made)
    made.yes, made.no, made.line, made.text = (
        QPushButton("Yes"), QPushButton("No"), QLineEdit(), QPlainTextEdit()
    )  # fmt: skip
    for each in (made.yes, made.no, made.line, made.text):
        rows.addWidget(each)
    made.yes.setDefault(True)
    made.clicks = []
    made.yes.clicked.connect(lambda: made.clicks.append("Yes"))
    made.no.clicked.connect(lambda: made.clicks.append("No"))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    repeats.watch(made.windowHandle())
    return made


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("enter", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_that_is_held_presses_a_button_once(dialog, enter, marked):
    again = (PRESS,) if marked else (RELEASE, PRESS)

    def hold():
        dialog.clicks.clear()
        for at, kinds in ((100, (PRESS,)), (700, again), (740, again)):
            for kind in kinds:
                event = key(kind, at, marked and at > 100, enter, "\r")
                QApplication.sendEvent(dialog.windowHandle(), event)
        return dialog.clicks

    for focused, pressed in ((dialog.no, ["No"]), (dialog.line, ["Yes"]), (dialog.text, [])):
        focused.setFocus()
        assert hold() == pressed
    assert dialog.text.toPlainText() == "\n\n\n"
