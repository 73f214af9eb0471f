"""Every page as the frame makes it."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from artitec_media_desktop.ui.edits import Edits
from artitec_media_desktop.ui.panels import PANELS, SETTINGS
from artitec_media_desktop.ui.upload_queue import UploadQueue


class Shown(QObject):
    """Notes what is shown as a window."""

    def __init__(self):
        super().__init__()
        self.windows = []

    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(watched)
        return False


@pytest.mark.parametrize("page", [*PANELS, SETTINGS], ids=lambda page: page.name)
def test_no_part_of_a_page_is_a_window_before_it_has_its_place(app, light, qapp, qtbot, page):
    app.runner.held = True
    shown = Shown()
    qapp.installEventFilter(shown)
    made = page.factory(app, UploadQueue(app), Edits(app))
    qapp.removeEventFilter(shown)
    qtbot.addWidget(made)
    assert not shown.windows, [type(each).__name__ for each in shown.windows]
