"""The library page with edits of its own, whose words it says itself."""

from artitec_media_desktop.ui.edits import Edits
from artitec_media_desktop.ui.panels.library import LibraryPanel
from artitec_media_desktop.ui.upload_queue import UploadQueue


def make_panel(app):
    edits = Edits(app)
    made = LibraryPanel(app, UploadQueue(app), edits)
    edits.setParent(made)
    edits.noticed.connect(made.noticed)
    return made
