"""The version, its details, and the address that is asked for newer ones."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from artitec_media_desktop import __version__
from artitec_media_desktop.config.settings import UPDATE_FEED
from artitec_media_desktop.services import updates
from artitec_media_desktop.services.updates import Update
from artitec_media_desktop.ui.main_window import MainWindow
from artitec_media_desktop.ui.panels.settings.about import About, Updates

NEW = Update("9.1", "https://artitec.example/news", "Faster drops.")


@pytest.fixture
def opened(monkeypatch):
    """What the desktop is asked to open."""
    found = []
    monkeypatch.setattr(QDesktopServices, "openUrl", found.append)
    return found


def test_details_are_copied_and_licences_shown(app, light, qtbot, opened):
    card = About(app)
    qtbot.addWidget(card)
    assert __version__ in card.version.text()
    with qtbot.waitSignal(card.noticed):
        card.copy.click()
    text = QGuiApplication.clipboard().text()
    assert f"Artitec Media: {__version__}" in text and "Python:" in text
    card.licences.click()
    with open(opened[0].toLocalFile()) as file:
        assert "PySide6" in file.read()
    with qtbot.waitSignal(card.tour_wanted):
        card.tour.click()


def test_updates_are_off_until_an_address_is_there(app, light, qtbot):
    card = Updates(app)
    qtbot.addWidget(card)
    assert card.state.text().endswith("off")
    card.address.setText("http://artitec.example/feed.json")
    card.address.editingFinished.emit()
    assert "https://" in card.row.error and UPDATE_FEED not in app.settings
    card.address.setText(" https://artitec.example/feed.json ")
    card.address.editingFinished.emit()
    assert app.settings[UPDATE_FEED] == "https://artitec.example/feed.json"
    assert not card.row.error and card.state.text().endswith("once a day")
    card.address.clear()
    card.address.editingFinished.emit()
    assert not app.settings[UPDATE_FEED] and card.state.text().endswith("off")


@pytest.mark.parametrize("found", [NEW, None])
def test_a_newer_version_is_told_with_its_news(app, light, qtbot, monkeypatch, opened, found):
    asked = []
    monkeypatch.setattr(
        updates.UpdateService, "look_if_due", lambda self: asked.append(self) or found
    )
    window = MainWindow(app)
    qtbot.addWidget(window)
    window.new_versions.start()
    assert not asked  # nobody said where
    app.settings[UPDATE_FEED] = "https://artitec.example/feed.json"
    window.new_versions.look()
    assert len(asked) == 1
    told = [each.text for each in window.toasts.shown]
    assert told == ([] if found is None else ["Version 9.1 is there"])
    if found is not None:
        window.toasts.shown[0]._row.itemAt(2).widget().click()
        assert opened == [QUrl(NEW.url)]
