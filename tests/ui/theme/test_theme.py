import gc

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QWidget

from artitec_media_desktop.ui.theme import Mode, Theme, font, icon, theme
from artitec_media_desktop.ui.theme.icons import outline, pixmap
from artitec_media_desktop.ui.theme.stylesheet import stylesheet
from artitec_media_desktop.ui.theme.tokens import DARK, LIGHT, TYPE


@pytest.fixture
def dressed(qapp):
    the_theme = theme()
    the_theme.apply(qapp)
    the_theme.set_mode(Mode.LIGHT)
    yield the_theme
    the_theme.set_mode(Mode.SYSTEM)


def test_there_is_one_theme():
    assert theme() is theme()


def test_switching_exchanges_palette_and_colours(dressed, qapp, qtbot):
    assert dressed.tokens is LIGHT
    with qtbot.waitSignal(dressed.changed):
        dressed.set_mode(Mode.DARK)
    assert dressed.is_dark
    assert dressed.tokens is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.surface)
    assert dressed.color("text") == QColor(DARK.text)
    assert DARK.raised in qapp.styleSheet()


def test_nothing_is_collected_while_qt_dresses_all_widgets(dressed, qtbot):
    collecting = []

    class Dressed(QWidget):
        def changeEvent(self, event):
            super().changeEvent(event)
            if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
                collecting.append(gc.isenabled())

    widget = Dressed()
    qtbot.addWidget(widget)
    widget.ensurePolished()
    dressed.set_mode(Mode.DARK)
    assert set(collecting) == {False}
    assert gc.isenabled()


def test_the_same_mode_again_is_no_change(dressed, qtbot):
    with qtbot.assertNotEmitted(dressed.changed):
        dressed.set_mode(Mode.LIGHT)


def test_system_mode_follows_the_system(qapp, monkeypatch):
    the_theme = Theme()
    scheme = Qt.ColorScheme.Dark

    class Hints:
        def colorScheme(self):
            return scheme

    monkeypatch.setattr(QGuiApplication, "styleHints", lambda: Hints())
    the_theme._follow_system()
    assert the_theme.is_dark
    scheme = Qt.ColorScheme.Light
    the_theme._follow_system()
    assert not the_theme.is_dark


def test_an_icon_takes_the_colour_of_the_theme(dressed):
    shown = icon("square-fill", "accent")
    light = shown.pixmap(16, 16).toImage().pixelColor(8, 8)
    dressed.set_mode(Mode.DARK)
    dark = shown.pixmap(16, 16).toImage().pixelColor(8, 8)
    assert light == QColor(LIGHT.accent)
    assert dark == QColor(DARK.accent)


def test_a_pixmap_is_sharp_on_a_fine_screen(qapp):
    made = pixmap("house", 16, "#000000", 2.0)
    assert (made.width(), made.devicePixelRatio()) == (32, 2.0)


def test_an_unknown_icon_is_an_error(qapp):
    with pytest.raises(KeyError):
        icon("no-such-icon")


def test_an_icon_fills_its_square(qapp):
    box = outline("image").boundingRect()
    assert box.left() >= 0 and box.top() >= 0
    assert box.right() <= 256 and box.bottom() <= 256
    assert box.width() > 150


def test_fonts_have_the_sizes_of_the_design(qapp):
    for role, (size, _, weight) in TYPE.items():
        assert font(role).pixelSize() == size
        assert int(font(role).weight()) == weight


def test_a_font_can_be_changed_without_harm(qapp):
    mine = font("body")
    mine.setPixelSize(40)
    assert font("body").pixelSize() == 13


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_style_sheet_is_accepted_by_qt(tokens, qapp, qtbot):
    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setStyleSheet(stylesheet(tokens))  # a parse error is a Qt warning, which fails the test
    widget.ensurePolished()
    assert "None" not in stylesheet(tokens)
