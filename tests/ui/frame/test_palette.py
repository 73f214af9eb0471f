"""Ctrl+K: every action and every place, by a few letters."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout

from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.ui.commands import page_commands, press
from artitec_media_desktop.ui.frame.palette import Command, Palette
from artitec_media_desktop.ui.frame.palette_match import best, score
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.panel import Panel
from artitec_media_desktop.ui.panels import PanelEntry

K = Qt.Key
WILLOW = Entity(EntityRef(EntityType.COMMUNITY, 1), "CMY-456", "Willow Creek", "Scottsdale, AZ")
HOUSE = Entity(EntityRef(EntityType.PROPERTY, 9), "PROP-789", "8214 E Juniper Ct")


class Page(Panel):
    def __init__(self):
        super().__init__()
        self.did = []
        self.field, self.button = QLineEdit(), QPushButton("Go")
        box = QVBoxLayout(self)
        box.addWidget(self.field)
        box.addWidget(self.button)
        QShortcut("F5", self).activated.connect(lambda: self.did.append("refresh"))
        self.button.clicked.connect(lambda: self.did.append("clicked"))

    def keys(self):
        return [
            ("Add files", "Ctrl+O"),
            ("Refresh", "F5"),
            ("Larger, smaller", "Ctrl++ Ctrl+-"),
            ("View", "Space Return"),
        ]

    def panes(self):
        return [self.field, self.button]

    def reveal(self, what):
        self.did.append(what)


@pytest.fixture
def window(app, light, qtbot):
    app.library.places = [WILLOW, HOUSE]
    made = MainWindow(app, (PanelEntry("library", "Library", "image", lambda *_: Page()),))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def opened(window, qtbot):
    """Open it with the key."""

    def open_it():
        qtbot.keyClick(window, K.Key_K, Qt.KeyboardModifier.ControlModifier)
        return window.commands.palette

    return open_it


def shown(palette):
    return [each.text for each in palette.rows.commands]


def test_it_offers_what_the_page_and_the_window_can_and_all_places(window, opened):
    texts = shown(opened())
    assert texts[:5] == ["Add files", "Refresh", "Larger", "Smaller", "View"]
    assert texts.count("Add files") == 1
    assert {"Go to Library", "Undo", "Quit", "Willow Creek", "8214 E Juniper Ct"} <= set(texts)


def test_letters_find_a_place_and_enter_goes_there(window, opened, qtbot):
    palette = opened()
    assert palette.search.hasFocus()
    qtbot.keyClicks(palette.search, "wilcr")
    assert shown(palette)[0] == "Willow Creek"
    qtbot.keyClick(palette.search, K.Key_Return)
    assert window.current_panel.did == [WILLOW.ref]
    assert window.commands.palette is None


def test_ids_and_cities_are_found(opened, qtbot):
    palette = opened()
    for letters in ("cmy-456", "scottsdale"):
        palette.search.setText(letters)
        assert shown(palette)[0] == "Willow Creek"


def test_what_was_chosen_last_comes_first(window, opened, qtbot):
    palette = opened()
    qtbot.keyClicks(palette.search, "juniper")
    qtbot.keyClick(palette.search, K.Key_Return)
    assert shown(opened())[0] == "8214 E Juniper Ct"


def test_an_action_does_what_its_key_does(window, opened, qtbot):
    page = window.current_panel
    page.button.setFocus()
    palette = opened()
    qtbot.keyClicks(palette.search, "refresh")
    qtbot.keyClick(palette.search, K.Key_Return)
    assert page.did == ["refresh"]
    assert page.button.hasFocus()
    press(page, "Space")
    assert page.did == ["refresh", "clicked"]


def test_arrows_go_through_the_list_and_esc_gives_the_keys_back(window, opened, qtbot):
    window.current_panel.button.setFocus()
    palette = opened()
    qtbot.keyClick(palette.search, K.Key_Down)
    assert palette.list.currentIndex().row() == 1
    assert palette.search.accessibleDescription().startswith("Refresh")
    qtbot.keyClick(palette.search, K.Key_Up)
    qtbot.keyClick(palette.search, K.Key_Up)
    assert palette.list.currentIndex().row() == 0
    qtbot.keyClick(palette.search, K.Key_Escape)
    assert window.current_panel.button.hasFocus()


def test_nothing_is_called_that(opened, qtbot):
    palette = opened()
    palette.search.setText("qqqqqq")
    assert palette._nothing.isVisible() and not palette.list.isVisible()
    qtbot.keyClick(palette.search, K.Key_Return)
    assert palette.isVisible()


def test_places_that_come_later_are_added(window, app, opened):
    app.runner.held = True
    palette = opened()
    assert "Willow Creek" not in shown(palette)
    app.runner.release()
    assert "Willow Creek" in shown(palette)
    palette.dismiss()
    app.runner.held = True
    assert "Willow Creek" in shown(opened())  # known by now


def test_of_ten_thousand_places_only_the_best_become_rows(window, app, qtbot):
    commands = [
        Command(f"entity:{n}", f"Community {n} of Willow Creek", lambda: None, detail=f"CMY-{n}")
        for n in range(10_000)
    ]
    palette = Palette(window, app, commands)
    palette.open()
    assert len(shown(palette)) <= 100
    palette.search.setText("comm 9999")
    assert shown(palette)[0].startswith("Community 9999")
    assert len(shown(palette)) <= 100
    palette.dismiss()


def test_words_count_more_than_strewn_letters():
    assert score("creek", "willow creek") > score("creek", "c r e e k") > 0
    assert score("wc", "willow creek") > score("wc", "new iceland") > 0
    assert score("xyz", "willow creek") == 0
    assert best("", ["a", "b"], 1) == [0]


def test_one_key_of_several_and_two_words_of_two(light, qtbot):
    page = Page()
    qtbot.addWidget(page)
    commands = page_commands(page, "Library")
    assert [(each.text, each.keys) for each in commands] == [
        ("Add files", "Ctrl+O"),
        ("Refresh", "F5"),
        ("Larger", "Ctrl++"),
        ("Smaller", "Ctrl+-"),
        ("View", "Space"),
    ]
