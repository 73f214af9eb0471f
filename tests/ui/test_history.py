"""Back and forward through pages and what they showed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artitec_media_desktop.ui import history
from artitec_media_desktop.ui.everywhere import _BACK, _FORWARD
from artitec_media_desktop.ui.history import History, Stop
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.panel import Panel
from artitec_media_desktop.ui.panels import PanelEntry


class Page(Panel):
    """Shows what it is told, and says so."""

    def __init__(self):
        super().__init__()
        self.what = None
        self.field = QWidget()
        QVBoxLayout(self).addWidget(self.field)

    def reveal(self, what):
        if what != "gone":
            self.what = what
            self.went.emit(what, False)


@pytest.fixture
def window(app, light, qtbot):
    names = ("library", "uploads", "trash")
    made = MainWindow(app, tuple(PanelEntry(n, n, "image", lambda *_: Page()) for n in names))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(window, keys):
    from PySide6.QtGui import QKeySequence

    stroke = QKeySequence(keys)[0]
    QTest.keyClick(window, stroke.key(), stroke.keyboardModifiers())
    panel = window.current_panel
    return window._current, panel.what


def test_back_and_forward_through_places_and_pages(window):
    window.go("library", "willow")
    window.current_panel.reveal("cedar")
    window.show_page("uploads")
    window.go("library", "house")
    assert press(window, _BACK) == ("uploads", None)
    assert press(window, _BACK) == ("library", "cedar")
    assert press(window, _BACK) == ("library", "willow")
    assert press(window, _FORWARD) == ("library", "cedar")
    window.show_page("trash")
    assert press(window, _FORWARD) == ("trash", None)  # nothing lies ahead any more
    assert press(window, _BACK) == ("library", "cedar")


def test_at_either_end_nothing_happens(window):
    window.go("library", "willow")
    for _ in range(3):
        press(window, _BACK)
    assert press(window, _FORWARD) == ("library", "willow")
    assert press(window, _FORWARD) == ("library", "willow")


def test_what_is_gone_is_passed_on_the_next_press(window):
    window.go("library", "willow")
    window._went("library", "gone", False)
    window.go("library", "cedar")
    window.show_page("trash")
    assert press(window, _BACK) == ("library", "cedar")
    assert press(window, _BACK) == ("library", "cedar")  # it can't be shown
    assert press(window, _BACK) == ("library", "willow")


def test_what_a_page_shows_already_is_left_as_it_is(window, monkeypatch):
    window.go("library", "willow")
    library = window.current_panel
    window.go("uploads", None)
    monkeypatch.setattr(library, "reveal", lambda _: pytest.fail("shown anew"))
    assert press(window, _BACK) == ("library", "willow")


def test_it_is_in_the_palette_and_among_the_keys(window):
    told = {each.text: each for each in window.everywhere.commands()}
    window.go("library", "willow")
    window.go("uploads", None)
    told["Back"].act()
    assert window._current == "library"
    told["Forward"].act()
    assert window._current == "uploads"
    overlay = dict(window.everywhere.keys())
    assert overlay["Back, forward"] == f"{_BACK} {_FORWARD}"


def test_the_side_buttons_of_a_mouse(window):
    window.go("library", "willow")
    window.go("uploads", None)
    handle = window.windowHandle()
    over = window.current_panel.field
    at = over.mapTo(window, over.rect().center())
    QTest.mouseClick(handle, Qt.MouseButton.BackButton, pos=at)
    assert window._current == "library"
    QTest.mouseClick(handle, Qt.MouseButton.ForwardButton, pos=at)
    assert window._current == "uploads"
    cover = QWidget(window)
    cover.setGeometry(window.rect())
    cover.show()
    QTest.mouseClick(handle, Qt.MouseButton.BackButton, pos=at)
    assert window._current == "uploads"


def test_a_search_that_is_typed_is_one_stop(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(history, "monotonic", lambda: now[0])
    went = History()
    went.note(Stop("library", "all"))
    for at, typed in enumerate(("k", "ki", "kit")):
        now[0] = 10 + at
        went.note(Stop("library", typed), refines=at > 0)
    now[0] = 20
    went.note(Stop("library", "kitchen"), refines=True)  # after it was looked at
    assert [went.step(-1).what, went.step(-1).what, went.step(-1)] == ["kit", "all", None]


def test_the_oldest_are_forgotten():
    went = History()
    for number in range(500):
        went.note(Stop("library", number))
    steps = 0
    while went.step(-1) is not None:
        steps += 1
    assert steps == history._MOST - 1
