"""The inspector goes along with the grid: selection, keys, shown or hidden."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from artitec_media_desktop.ui.theme import Width
from tests.ui.library.panels import make_panel


@pytest.fixture
def panel(app, put, ref, qtbot):
    for number in range(1, 8):
        put(number, alt_text=f"Photo {number}", tags=("a",))
    made = make_panel(app)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    made.activate()
    made.open(ref.willow)
    qtbot.waitUntil(lambda: made.page.model.total == 7)
    return made


@pytest.fixture
def select(panel, qtbot):
    def pick(*rows):
        grid = panel.page.grid
        selection = grid.selectionModel()
        selection.clear()
        for row in rows:
            index = panel.page.model.index(row)
            selection.select(index, QItemSelectionModel.SelectionFlag.Select)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        qtbot.waitUntil(lambda: len(panel.inspector._keys) == len(rows))
        qtbot.waitUntil(lambda: not rows or panel.inspector._read is not None)

    return pick


@pytest.fixture
def press(panel, qtbot):
    """Keys with Ctrl, wherever the keyboard is; others where they are said to go."""
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)

    def keys(key, widget=None, ctrl=True):
        modifier = Qt.KeyboardModifier
        where = widget or panel.focusWidget() or panel
        qtbot.keyClick(where, key, modifier.ControlModifier if ctrl else modifier.NoModifier)

    return keys


def title(panel):
    return panel.inspector.header.title.text()


def test_it_shows_what_is_selected(panel, select):
    select(2)
    assert title(panel) == "Photo 3 of 7"
    select(0, 1, 4)
    assert title(panel) == "3 photos"
    assert panel.inspector.body._order.text() == "1 to 5"
    assert panel.inspector.body._gaps.text() == "with gaps"
    select()
    assert title(panel) == "Inspector"


def test_the_neighbours_can_be_turned_to(panel, select, qtbot):
    select(2)
    panel.inspector.header.next.click()
    qtbot.waitUntil(lambda: title(panel) == "Photo 4 of 7")
    panel.inspector.header.last.click()
    qtbot.waitUntil(lambda: title(panel) == "Photo 3 of 7")


def test_hidden_it_reads_nothing_and_stays_hidden(panel, select, app, qtbot):
    select(2)
    panel._follow.toggle()
    assert panel.inspector.isHidden()
    assert app.settings.get("library.inspector", True) is False
    assert panel.inspector not in panel.panes()
    panel.page.grid.setCurrentIndex(panel.page.model.index(4))
    qtbot.wait(120)
    assert title(panel) == "Photo 3 of 7"
    panel._follow.toggle()
    assert title(panel) == "Photo 5 of 7"


def test_t_shows_it_and_goes_to_the_tags(panel, select, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(panel.inspector.body.tags.input, "setFocus", asked.append)
    select(2)
    panel._follow.toggle()
    assert panel.inspector.isHidden()
    panel._follow._tags()
    assert panel.inspector.isVisible()
    assert asked == [Qt.FocusReason.ShortcutFocusReason]


def test_another_number_moves_it(panel, select, qtbot, services):
    select(0)
    panel.inspector.order_wanted.emit(3)
    qtbot.waitUntil(lambda: title(panel) == "Photo 3 of 7")
    assert panel.inspector.body.role.order.text() == "3"
    panel.inspector.order_wanted.emit(7)
    qtbot.waitUntil(lambda: title(panel) == "Photo 7 of 7")
    panel.inspector.order_wanted.emit(1)
    qtbot.waitUntil(lambda: title(panel) == "Photo 1 of 7")


def test_a_draft_is_gone_back_to(panel, select, qtbot):
    select(1, 2)
    panel.inspector.body.caption.field.setPlainText("Both")
    select(4)
    panel.inspector.unsaved.show_button.click()
    qtbot.waitUntil(lambda: title(panel) == "2 photos")
    assert panel.inspector.body.caption.text == "Both"
    assert len(panel.page.grid.selected_keys()) == 2


def test_in_a_narrow_window_one_side_is_enough(panel, select, app, press):
    select(2)
    panel.resize(830, 700)
    assert panel.inspector.isHidden() and panel.browser.isVisible()
    press(Qt.Key.Key_I)
    assert panel.inspector.isVisible() and panel.browser.isHidden()
    assert panel.panes() == [panel.page.grid, panel.inspector]
    panel.find_place()
    assert panel.inspector.isHidden() and panel.browser.search.isVisible()
    panel.resize(1300, 800)
    assert panel.inspector.isVisible() and panel.browser.isVisible()
    assert app.settings.get("library.inspector", True) is True


def test_in_the_smallest_window_the_cards_stand_side_by_side(panel, qtbot):
    panel.resize(Width.WINDOW_MIN - Width.RAIL - 1, 560)
    panel._follow.toggle()
    qtbot.waitUntil(lambda: panel.inspector.width() >= Width.INSPECTOR_MIN)
    cards = [card.geometry() for card in panel.page.strip.cards]
    assert all(one.right() < other.left() for one, other in pairwise(cards))
    assert panel.page.end.geometry().left() > cards[-1].right()
