"""Tells of a newer version; where it comes from is for whoever looks after the computers."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from ..config.settings import UPDATE_FEED
from .panel import Notice

if TYPE_CHECKING:
    from ..bootstrap import App
    from ..services.updates import Update
    from ..tasks.runner import Task

#: A window may be open for days; the service asks once a day at most.
_HOUR_MS: Final = 60 * 60 * 1000


class NewVersions(QObject):
    """Quiet unless an address is set, and quiet about faults."""

    #: Notice
    noticed = Signal(object)

    def __init__(self, app: "App", parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._timer = QTimer(self, interval=_HOUR_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now, and from time to time."""
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Look in a worker, if it is time to."""
        if self._app.settings.get(UPDATE_FEED, ""):
            self._app.runner.run(self._ask, self._tell, lambda _error: None)

    def _ask(self, _task: "Task") -> "Update | None":
        from ..services.updates import UpdateService

        return UpdateService(self._app.settings).look_if_due()

    def _tell(self, update: "Update | None") -> None:
        if update is None:
            return
        self.noticed.emit(
            Notice(
                self.tr("Version {version} is there").format(version=update.version),
                update.notes,
                "info",
                self.tr("What’s new"),
                lambda: show_news(update.url),
            )
        )


def show_news(address: str) -> None:
    """Open it in the browser."""
    QDesktopServices.openUrl(QUrl(address))
