"""The pages of the window, in the order of the rail. A page is one package here and one line below.

A page is imported when it is first shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ..panel import Panel

if TYPE_CHECKING:
    from ...bootstrap import App
    from ..edits import Edits
    from ..upload_queue import UploadQueue


@dataclass(frozen=True, slots=True)
class PanelEntry:
    """``title`` is translated where it is shown; without a factory the page is yet to come."""

    name: str
    title: str
    icon: str
    factory: "Callable[[App, UploadQueue, Edits], Panel] | None" = None


def _library(app: "App", queue: "UploadQueue", edits: "Edits") -> Panel:
    from .library import LibraryPanel

    return LibraryPanel(app, queue, edits)


def _uploads(app: "App", queue: "UploadQueue", _edits: "Edits") -> Panel:
    from .uploads import UploadsPanel

    return UploadsPanel(app, queue)


def _duplicates(app: "App", _queue: "UploadQueue", edits: "Edits") -> Panel:
    from .duplicates import DuplicatesPanel

    return DuplicatesPanel(app, edits)


def _moderation(app: "App", _queue: "UploadQueue", edits: "Edits") -> Panel:
    from .moderation import ModerationPanel

    return ModerationPanel(app, edits)


def _trash(app: "App", _queue: "UploadQueue", edits: "Edits") -> Panel:
    from .trash import TrashPanel

    return TrashPanel(app, edits)


def _storage(app: "App", _queue: "UploadQueue", _edits: "Edits") -> Panel:
    from .storage import StoragePanel

    return StoragePanel(app)


def _activity(app: "App", _queue: "UploadQueue", edits: "Edits") -> Panel:
    from .activity import ActivityPanel

    return ActivityPanel(app, edits)


def _settings(app: "App", queue: "UploadQueue", _edits: "Edits") -> Panel:
    from .settings import SettingsPanel

    return SettingsPanel(app, queue)


PANELS: Final[tuple[PanelEntry, ...]] = (
    PanelEntry("library", str(QT_TRANSLATE_NOOP("Pages", "Library")), "image", _library),
    PanelEntry("uploads", str(QT_TRANSLATE_NOOP("Pages", "Uploads")), "upload-simple", _uploads),
    PanelEntry(
        "duplicates",
        str(QT_TRANSLATE_NOOP("Pages", "Duplicates")),
        "copy-simple",
        _duplicates,
    ),
    PanelEntry(
        "moderation",
        str(QT_TRANSLATE_NOOP("Pages", "Moderation")),
        "shield-check",
        _moderation,
    ),
    PanelEntry("trash", str(QT_TRANSLATE_NOOP("Pages", "Trash")), "trash", _trash),
    PanelEntry("storage", str(QT_TRANSLATE_NOOP("Pages", "Storage")), "hard-drives", _storage),
    PanelEntry(
        "activity",
        str(QT_TRANSLATE_NOOP("Pages", "Activity")),
        "clock-counter-clockwise",
        _activity,
    ),
)
#: Behind the gear; the only page that needs no open library.
SETTINGS: Final = PanelEntry(
    "settings", str(QT_TRANSLATE_NOOP("Pages", "Settings")), "gear-six", _settings
)
