"""Three callouts over the window: by keyboard, skipped, once, and again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from artitec_media_desktop.ui.everywhere import Everywhere
from artitec_media_desktop.ui.frame.keys_overlay import KeysOverlay
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.panel import Panel
from artitec_media_desktop.ui.panels import PanelEntry
from artitec_media_desktop.ui.welcome.guide import TOUR_DUE


class Page(Panel):
    def __init__(self):
        super().__init__()
        self.field = QLineEdit(self)

    def panes(self):
        return [self.field]


@pytest.fixture
def window(app, light, qtbot):
    pages = tuple(
        PanelEntry(name, name.title(), "image", lambda *_: Page())
        for name in ("library", "uploads")
    )
    made = MainWindow(app, pages)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def tour(window, app, qtbot):
    app.settings[TOUR_DUE] = True
    window.begin()
    qtbot.waitUntil(lambda: window.guide.tour is not None)
    return window.guide.tour


def test_it_is_shown_once(tour, window, app):
    assert app.settings[TOUR_DUE] is False
    assert tour.isVisible() and tour.hasFocus()
    window.session.opened.emit()
    assert window.guide.tour is tour


def test_there_is_none_unless_it_is_due(window, qtbot):
    window.begin()
    qtbot.wait(1)
    assert window.guide.tour is None


def test_through_it_by_keyboard(tour, window, qtbot):
    rail = window.rail.buttons["uploads"]
    assert tour.step == 0
    for key, step in (
        (Qt.Key.Key_Return, 1), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Right, 1),
    ):  # fmt: skip
        qtbot.keyClick(tour, key)
        assert tour.step == step
    assert tour._told_of().contains(rail.mapTo(window, rail.rect().center()))
    assert not tour.card.geometry().intersects(tour._told_of())
    qtbot.keyClick(tour, Qt.Key.Key_Right)
    assert window.rect().contains(tour.card.geometry())
    assert not tour.card.geometry().intersects(tour._told_of())
    qtbot.keyClick(tour, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isValid(tour))
    assert window.guide.tour is None
    assert window.current_panel.field.hasFocus()


@pytest.mark.parametrize("way", ["esc", "skip"])
def test_it_can_be_skipped_and_started_again(tour, window, qtbot, way):
    if way == "esc":
        qtbot.keyClick(tour, Qt.Key.Key_Escape)
    else:
        tour.skip.click()
    qtbot.waitUntil(lambda: window.guide.tour is None)
    window.show_page("uploads")
    (again,) = [
        each for each in Everywhere.commands(window.everywhere) if each.name == "window:tour"
    ]
    again.act()
    assert window.guide.tour is not None and window.guide.tour.step == 0
    window.current_panel.tour_wanted.emit()  # once is enough


def test_the_keys_of_the_window_wait_but_for_those_it_tells_of(tour, window, qtbot):
    qtbot.keyClick(tour, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert tour.isVisible() and tour.step == 0
    assert window._current == "library"
    window.current_panel.field.setFocus()  # as a page does once it was read
    assert tour.hasFocus()
    qtbot.keyClick(tour, "?")
    assert not tour.isVisible()
    assert window.findChild(KeysOverlay) is not None
