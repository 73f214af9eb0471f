"""Media that can't be compared yet: their fingerprints are computed in the background."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ....domain.errors import MediaError
from ...widgets import ProgressStrip
from .clean_up import CleanUp
from .words import tr

if TYPE_CHECKING:
    from ....bootstrap import App
    from ....services.fingerprinting import Fingerprinted


class Fingerprints(QObject):
    """Goes on while other pages are in front; what was stopped goes on where it was."""

    changed = Signal()
    #: MediaError
    failed = Signal(object)
    #: tuple of Failure: those that could not be read.
    left_out = Signal(object)

    def __init__(
        self, app: "App", clean_up: CleanUp, strip: ProgressStrip, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._app, self._clean_up, self._strip = app, clean_up, strip
        self.is_computing = False

    def compute(self) -> None:
        """Fetch and fingerprint all that lack one, then compare again."""
        if self.is_computing:
            return
        self.is_computing = True
        self._strip.begin(tr("Computing fingerprints"))
        app = self._app

        def failed(error: MediaError) -> None:
            self._end()
            self.failed.emit(error)

        def done(found: "Fingerprinted") -> None:
            self._end()
            if found.failed:
                self.left_out.emit(found.failed)

        task = app.runner.run(
            lambda work: app.fingerprints.run(work=work),
            done,
            failed,
            self._strip.tell,
            self._end,
        )
        self._strip.watch(task)
        self.changed.emit()

    def _end(self) -> None:
        self.is_computing = False
        self._strip.end()
        self.changed.emit()
        self._clean_up.compare()
