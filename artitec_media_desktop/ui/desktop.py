"""What the desktop around the window shows of the uploads: its title, the dock, a notification."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from .dock import Dock
from .notifications import Notifications
from .overall import overall
from .upload_queue import Batch, UploadQueue
from .upload_words import batch_title, files, summary

if TYPE_CHECKING:
    from ..bootstrap import App

#: The end of a batch that took this long is told to somebody who does other things meanwhile.
_LONG: Final = timedelta(minutes=1)


class Desktop(QObject):
    """Follows the queue for one window."""

    def __init__(self, app: "App", queue: UploadQueue, window: QWidget) -> None:
        super().__init__(window)
        self._queue, self._window = queue, window
        self._title = window.windowTitle()
        self.dock = Dock(app.runner, self)
        self.notifications = Notifications(app.runner, self)
        queue.totals_changed.connect(self._show)
        queue.batch_finished.connect(self._finished)

    def _show(self) -> None:
        now = overall(self._queue)
        if now is None:
            self._window.setWindowTitle(self._title)
            self.dock.show_progress(None, 0)
            return
        percent = int(now.share * 100)
        words = self.tr("{percent} % · {files} left — {title}")
        title = words.format(percent=percent, files=files(now.left), title=self._title)
        self._window.setWindowTitle(title)
        self.dock.show_progress(percent / 100, now.left)

    def _finished(self, batch: Batch) -> None:
        if self._window.isActiveWindow() or not self._took_long(batch):
            return
        QApplication.alert(self._window)
        self.notifications.show(batch_title(self._queue, batch), summary(self._queue, batch) + ".")

    def _took_long(self, batch: Batch) -> bool:
        items = [self._queue.items[each] for each in batch.ids]
        began = [each.created_at for each in items if each.created_at is not None]
        return bool(began) and datetime.now(UTC) - min(map(_aware, began)) > _LONG


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
