"""What works on every page, beside what its keys are tried with."""

from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.panel import Panel
from artitec_media_desktop.ui.panels import PanelEntry
from artitec_media_desktop.ui.theme import Mode, theme


def test_the_palette_turns_the_lights_on_and_off(app, light, qtbot):
    window = MainWindow(app, (PanelEntry("library", "Library", "image", lambda *_: Panel()),))
    qtbot.addWidget(window)
    told = {each.text: each for each in window.everywhere.commands()}
    told["Dark theme"].act()
    assert theme().mode is Mode.DARK and app.settings.get("theme", "") == "dark"
    told["Light theme"].act()
    assert theme().mode is Mode.LIGHT
