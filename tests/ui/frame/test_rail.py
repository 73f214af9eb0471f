import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.ui.frame.account import initials
from artitec_media_desktop.ui.frame.connection import Connection
from artitec_media_desktop.ui.frame.rail import Rail
from artitec_media_desktop.ui.panels import PANELS
from artitec_media_desktop.ui.theme import theme


@pytest.fixture
def rail(light, qtbot):
    made = Rail(PANELS, Account("u1", "Dana Ruiz", Role.ADMIN))
    made.resize(160, 800)
    qtbot.addWidget(made)
    made.show()
    return made


def test_pages_that_are_yet_to_come_are_off_and_say_why(rail):
    later = [page for page in PANELS if page.factory is None]
    assert later
    for page in later:
        assert not rail.buttons[page.name].isEnabled()
        assert rail.buttons[page.name].toolTip() == "Comes with a later version"


def test_a_click_chooses_a_page(rail, qtbot):
    with qtbot.waitSignal(rail.chosen) as chosen:
        qtbot.mouseClick(rail.buttons["uploads"], Qt.MouseButton.LeftButton)
    assert chosen.args == ["uploads"]


def test_widths_and_rows_of_the_design(rail):
    assert (rail.width(), rail.buttons["library"].height()) == (160, 32)
    rail.set_collapsed(True)
    rail.layout().activate()
    assert (rail.width(), rail.buttons["library"].height()) == (56, 36)


def test_a_count_is_shown_and_spoken(rail):
    button = rail.buttons["uploads"]
    before = button.grab().toImage()
    button.set_count(29)
    assert button.accessibleName() == "Uploads, 29"
    assert button.grab().toImage() != before
    button.set_count(0)
    assert button.accessibleName() == "Uploads"


def test_names_move_to_the_tooltips_when_collapsed(rail):
    assert rail.buttons["library"].toolTip() == ""
    rail.set_collapsed(True)
    assert rail.buttons["library"].toolTip() == "Library"
    rail.set_collapsed(False)
    assert rail.buttons["library"].toolTip() == ""


def test_the_current_page_is_marked(rail):
    rail.set_current("uploads")
    assert rail.buttons["uploads"].isChecked()
    assert not rail.buttons["library"].isChecked()
    shown = rail.buttons["uploads"].grab().toImage()
    assert shown.pixelColor(3, 16) == QColor(theme().tokens.selection)


@pytest.mark.parametrize("state", list(Connection))
def test_the_connection_is_a_colour_and_a_word(rail, state):
    rail.connection.set_state(state, "Because.")
    assert rail.connection.accessibleName().endswith(". Because.")
    assert rail.connection.toolTip() == "Because."
    shown = rail.connection.grab().toImage()
    assert shown.pixelColor(18, 16) == QColor(getattr(theme().tokens, state.value))


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Dana R.", "DR"), ("Dana", "D"), ("", "?"), ("María de la Cruz", "MC"), ("— x", "X")],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_every_control_has_a_name(rail):
    from PySide6.QtWidgets import QAbstractButton

    for each in rail.findChildren(QAbstractButton):
        assert each.accessibleName() or each.text()
