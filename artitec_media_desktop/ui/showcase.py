"""The main job without a display: upload the sample photos, save a picture of the window."""

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from ..bootstrap import App
from ..config.resources import resource
from ..domain.errors import MediaError
from ..domain.summary import summarize
from ..domain.targets import Target
from ..domain.uploads import UploadItem, UploadState
from .main_window import MainWindow

#: The whole of it takes a few seconds; a machine that is this slow is broken.
_LONGEST_MS = 120_000
_PLACE = "community:CMY-456/photos"


def sample_photos() -> list[str]:
    """The sample pictures: beside the package when installed, else in the source tree."""
    return sorted(str(path) for path in resource("samples").glob("*.jpg"))


class Showcase(QObject):
    """Drives the real window through the real queue, then ends the program."""

    def __init__(self, app: App, window: MainWindow) -> None:
        super().__init__()
        self._app = app
        self._window = window
        self._items: dict[int, UploadItem] = {}
        self._batch: int | None = None
        self._target: Target | None = None
        self._status = 1
        app.pump.items_changed.connect(self._changed)

    def run(self) -> int:
        """Return the exit status: 0 when every sample photo is in the library."""
        print("There is no display: adding the sample photos without one.", flush=True)
        QTimer.singleShot(0, self._window.open)
        QTimer.singleShot(_LONGEST_MS, self, lambda: self._end("It took too long; see the log."))
        self._wait_for_library()
        QCoreApplication.exec()
        return self._status

    def _wait_for_library(self) -> None:
        if not self._window.is_open:
            QTimer.singleShot(50, self, self._wait_for_library)
            return
        self._app.runner.run(lambda _: self._app.library.target(_PLACE), self._drop, self._failed)

    def _drop(self, target: Target) -> None:
        self._target = target
        self._app.pump.drop(sample_photos(), target, None, self._failed, self._dropped)

    def _dropped(self, batch: int) -> None:
        self._batch = batch
        self._look()

    def _changed(self, items: tuple[UploadItem, ...]) -> None:
        self._items |= {item.id: item for item in items}
        self._look()

    def _look(self) -> None:
        mine = [item for item in self._items.values() if item.batch == self._batch]
        if mine and all(item.state.is_final for item in mine):
            self._batch = None
            print(f"Willow Creek, Photos: {summarize(mine)}.", flush=True)
            good = (UploadState.DONE, UploadState.DUPLICATE)
            self._status = 0 if all(item.state in good for item in mine) else 1
            self._show()

    def _show(self) -> None:
        if self._target is None:
            return
        self._window.show_page("library")
        panel = self._window.current_panel
        if panel is not None:
            panel.reveal(self._target.entity)
        QTimer.singleShot(300, self, self._photograph)

    def _photograph(self) -> None:
        if self._app.runner.is_busy:  # thumbnails are still coming
            QTimer.singleShot(100, self, self._photograph)
            return
        path = self._app.home.root / "window.png"
        if self._window.grab().save(str(path)):
            self._end(f"A picture of the window is at {path}")
        else:
            self._status = 1
            self._end(f"The picture of the window could not be saved at {path}")

    def _failed(self, error: MediaError) -> None:
        self._status = 1
        self._end(error.message)

    def _end(self, sentence: str) -> None:
        print(sentence, flush=True)
        # Without the question that a person would be asked.
        self._app.end(lambda: QCoreApplication.exit(self._status))
