import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QRegion

from artitec_media_desktop.domain.permissions import NOBODY, Account, Role
from artitec_media_desktop.ui.frame.account import initials, shortened
from artitec_media_desktop.ui.frame.connection import Connection
from artitec_media_desktop.ui.frame.rail import Rail
from artitec_media_desktop.ui.panels import PANELS, PanelEntry
from artitec_media_desktop.ui.theme import theme


@pytest.fixture
def rail(light, qtbot):
    made = Rail(PANELS, Account("u1", "Dana Ruiz", Role.ADMIN))
    made.resize(160, 800)
    qtbot.addWidget(made)
    made.show()
    return made


def test_pages_that_are_yet_to_come_are_off_and_say_why(light, qtbot):
    rail = Rail([*PANELS, PanelEntry("maps", "Maps", "image")], NOBODY)
    qtbot.addWidget(rail)
    assert not rail.buttons["maps"].isEnabled()
    assert rail.buttons["maps"].toolTip() == "Comes with a later version"


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


class Painted(QObject):
    """What of a widget was painted."""

    def __init__(self, widget):
        super().__init__()
        self.rects = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):
        if event.type() is QEvent.Type.Paint:
            self.rects.append(event.rect())
        return False


@pytest.mark.parametrize("chosen", [False, True])
def test_of_a_count_that_goes_on_only_the_badge_is_painted(rail, qtbot, chosen):
    button = rail.buttons["uploads"]
    rail.set_current("uploads" if chosen else "library")
    button.set_count(29)
    rail.show()
    qtbot.waitExposed(rail)
    qtbot.wait(20)  # until all of it was painted
    painted = Painted(button)
    button.set_count(28)
    qtbot.waitUntil(lambda: bool(painted.rects))
    badge = painted.rects[0]
    assert badge.width() < button.width() / 3
    whole, part = (QImage(each.size(), QImage.Format.Format_RGB32) for each in (button, badge))
    button.render(whole)
    button.render(part, QPoint(), QRegion(badge))
    assert part == whole.copy(badge)


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


@pytest.mark.parametrize(
    ("state", "token"),
    [
        (Connection.OPENING, "warning"),
        (Connection.CLOSED, "scroll"),
        (Connection.FAILED, "danger"),
        (Connection.CONNECTED, "success"),
        (Connection.RECONNECTING, "warning"),
        (Connection.OFFLINE, "danger"),
    ],
)
def test_the_connection_is_a_colour_and_a_word(rail, state, token):
    rail.connection.set_state(state, "Because.")
    assert rail.connection.accessibleName().endswith(". Because.")
    assert rail.connection.toolTip() == "Because."
    shown = rail.connection.grab().toImage()
    assert shown.pixelColor(18, 16) == QColor(getattr(theme().tokens, token))


def test_without_a_library_only_settings_and_account_can_be_reached(rail, qtbot):
    rail.set_pages_on(False)
    assert not any(button.isEnabled() for button in rail.buttons.values())
    with qtbot.waitSignal(rail.settings_wanted):
        qtbot.mouseClick(rail.gear, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(rail.account_wanted):
        qtbot.keyClick(rail.account, Qt.Key.Key_Space)
    rail.set_pages_on(True)
    on = [name for name, button in rail.buttons.items() if button.isEnabled()]
    assert on == [page.name for page in PANELS if page.factory is not None]


def test_the_gear_is_marked_while_the_settings_are_shown(rail):
    rail.set_current("settings")
    assert rail.gear.isChecked()
    assert not any(button.isChecked() for button in rail.buttons.values())
    rail.set_current("uploads")
    assert not rail.gear.isChecked() and rail.buttons["uploads"].isChecked()


def test_an_account_says_what_became_of_it(rail):
    rail.account.set_account(NOBODY)
    assert rail.account.accessibleName() == "Signed out"
    rail.account.set_account(Account("u1", "Dana Ruiz", Role.ADMIN, active=False))
    assert rail.account.accessibleName() == "Signed in as Dana Ruiz, Not active any more"


@pytest.mark.parametrize(("name", "short"), [("Dana María Ruiz", "Dana R."), ("Priya", "Priya")])
def test_a_name_that_is_too_long_loses_its_end(name, short):
    assert shortened(name) == short


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
