"""What a person asks of the uploads, handed to the pump; every request runs in a worker."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from ....domain.errors import MediaError
from ....domain.limits import BY_EXTENSION
from ....domain.targets import Target
from ....domain.uploads import Description, OnDuplicate, UploadItem, UploadState
from ...panel import Notice
from ...place_picker import PlacePicker
from ...upload_queue import UploadQueue
from ...upload_words import files, tr
from .suggestions import Suggestions

if TYPE_CHECKING:
    from ....bootstrap import App
    from ....services.uploads import UploadService

_DECISIONS = {
    "replace": OnDuplicate.REPLACE,
    "keep": OnDuplicate.KEEP,
    "skip": OnDuplicate.SKIP,
}
Items = Sequence[UploadItem]


class Requests(QObject):
    """One method, ``ask``, by the names of ``actions.py``, and those that need more than a name."""

    #: Notice
    noticed = Signal(object)
    #: Target to be shown in the library.
    shown = Signal(object)
    #: tuple of ids: files to be compared with what they look like.
    compare_wanted = Signal(object)

    def __init__(
        self, app: "App", queue: UploadQueue, suggestions: Suggestions, window: QWidget
    ) -> None:
        super().__init__(window)
        self._app = app
        self._queue = queue
        self._suggestions = suggestions
        self._window = window

    def ask(self, name: str, items: Items) -> None:
        """Do what the action says to files that it can be done to."""
        ids = tuple(item.id for item in items)
        if name in _DECISIONS:
            self._send(lambda uploads: uploads.decide(ids, _DECISIONS[name]))
            return
        acts: dict[str, Callable[[], None]] = {
            "pause": lambda: self._send(lambda uploads: uploads.pause(ids)),
            "resume": lambda: self._send(lambda uploads: uploads.resume(ids)),
            "cancel": lambda: self._app.pump.cancel(ids, self.complain),
            "retry": lambda: self._app.pump.retry_failed(ids, self.complain),
            "first": lambda: self._put_first(ids),
            "last": lambda: self.reorder(ids, None),
            "place": lambda: self.choose_place(items),
            "put": lambda: self._put_suggested(items),
            "compare": lambda: self.compare_wanted.emit(ids),
            "show": lambda: self.shown.emit(items[0].place),
            "reveal": lambda: _reveal(items[0].path),
            "copy": lambda: self._copy(items),
        }
        acts[name]()

    def all(self, pause: bool) -> None:
        """Pause everything, or let everything go on."""
        self._send(lambda uploads: uploads.pause() if pause else uploads.resume())

    def reorder(self, ids: Sequence[int], before: int | None) -> None:
        """Take files before another one, or last."""
        self._send(lambda uploads: uploads.reorder(ids, before))

    def describe(self, ids: Sequence[int], description: Description) -> None:
        """Write what goes along with files."""
        self._send(lambda uploads: uploads.describe(ids, description))

    def choose_place(self, items: Items) -> None:
        """Ask where files are to go."""
        ids = tuple(item.id for item in items)
        formats = (BY_EXTENSION.get(_extension(item.path)) for item in items)
        kinds = {each.media_type for each in formats if each is not None}
        picker = PlacePicker(self._app, kinds, len(ids), self._window)
        picker.chosen.connect(lambda target: self.put(ids, target))
        picker.open()

    def put(self, ids: Sequence[int], target: Target) -> None:
        """Let files go to a place."""
        self._send(lambda uploads: uploads.place(ids, target))

    def complain(self, error: MediaError) -> None:
        """Say what could not be done."""
        copy = lambda: QGuiApplication.clipboard().setText(error.message)  # noqa: E731
        self.noticed.emit(Notice(error.message, tone="danger", action=tr("Copy"), on_action=copy))

    def _send(self, request: "Callable[[UploadService], object]") -> None:
        self._app.pump.ask(request, self.complain)

    def _put_first(self, ids: Sequence[int]) -> None:
        waiting = (UploadState.QUEUED, UploadState.PAUSED)
        others = [
            item
            for item in self._queue.items.values()
            if item.state in waiting and item.id not in ids
        ]
        first = min(others, key=lambda item: (item.rank, item.batch, item.position), default=None)
        if first is not None:
            self.reorder(ids, first.id)

    def _put_suggested(self, items: Items) -> None:
        found: dict[Target, list[int]] = {}
        for item in items:
            target = self._suggestions.of_file(item.id)
            if target is not None:
                found.setdefault(target, []).append(item.id)
        for target, ids in found.items():
            self.put(ids, target)

    def _copy(self, items: Items) -> None:
        lines = [f"{item.name}: {item.error[1]}" for item in items if item.error]
        QGuiApplication.clipboard().setText("\n".join(lines))
        words = tr("Error copied") if len(lines) == 1 else tr("Errors of {files} copied")
        self.noticed.emit(Notice(words.format(files=files(len(lines)))))


def _extension(path: str) -> str:
    return "." + path.rpartition(".")[2].lower()


def _reveal(path: str) -> None:
    folder = path.replace("\\", "/").rpartition("/")[0]
    QDesktopServices.openUrl(QUrl.fromLocalFile(folder))
