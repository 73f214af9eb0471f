import pytest

from artitec_media_desktop.ui.panels.uploads import UploadsPanel, delegate
from artitec_media_desktop.ui.upload_queue import UploadQueue


@pytest.fixture(autouse=True)
def all_rows_at_once(monkeypatch):
    """However busy the machine is, one paint has time for all rows in view."""
    monkeypatch.setattr(delegate, "_TIME", 60.0)


@pytest.fixture
def panel(app, light, qtbot):
    """The page over an empty journal, in front."""
    queue = UploadQueue(app)
    made = UploadsPanel(app, queue)
    made.queue = queue
    qtbot.addWidget(made)
    made.resize(1280, 860)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    app.pump.caught_up.emit()
    return made


@pytest.fixture
def choose(panel):
    """Select the files with these ids, in the list, which takes the keyboard."""

    def select(*items):
        view = panel._view
        view.setFocus()
        view.clearSelection()
        for item in items:
            flag = view.selectionModel().SelectionFlag.Select
            view.selectionModel().select(panel._rows.index_of(item.id), flag)

    return select
