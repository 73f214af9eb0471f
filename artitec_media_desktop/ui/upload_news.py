"""What the window says of the uploads, whichever page is in front."""

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ..domain.errors import MediaError
from ..domain.uploads import UploadState
from .adding import take
from .drops import Dragged
from .panel import Notice
from .upload_queue import Batch, UploadQueue
from .upload_words import batch_title, files, number, summary

if TYPE_CHECKING:
    from ..bootstrap import App
    from .panels.uploads.review import ReviewDialog

#: So long after the first file of a batch began to ask, at the latest, a person is told.
_ASKING_MS: Final = 3_000


class UploadNews(QObject):
    """Tells of batches that ended, files that ask and files without a place."""

    noticed = Signal(object)
    uploads_wanted = Signal()

    def __init__(
        self, app: "App", queue: UploadQueue, window: QWidget, says_itself: Callable[[], bool]
    ) -> None:
        """``says_itself`` tells whether the page in front says when a batch ended."""
        super().__init__(window)
        self._app, self._queue, self._window = app, queue, window
        self._says_itself = says_itself
        self._told: set[int] = set()
        self.review: ReviewDialog | None = None
        self._soon = QTimer(self, singleShot=True, interval=_ASKING_MS)
        self._soon.timeout.connect(lambda: self._tell_asking(self._untold()))
        queue.batch_finished.connect(self._say_finished)
        queue.totals_changed.connect(self._look_for_asking)
        self._journal_fault = ""
        app.pump.journal_failed.connect(self._say_journal_failed)
        app.pump.items_changed.connect(self._journal_is_well)

    def take_unplaced(self, dragged: Dragged) -> None:
        """Journal what was dropped where no place is; it waits on the uploads page."""
        count = dragged.total
        take(self._app, dragged, None, self._not_added, lambda _: self._say_unplaced(count))

    def compare(self, ids: Collection[int] = ()) -> None:
        """Show files that look like media of the library beside these; all that ask, or some.

        Whoever asks, there is one such dialog: while it is open, it comes to the front.
        """
        if self.review is not None:
            self.review.raise_()
            self.review.activateWindow()
            return
        from .panels.uploads.review import ReviewDialog

        some = set(ids)
        asking = [each.id for each in self._queue.items.values() if _asks(each.state)]
        wanted = [each for each in asking if not some or each in some]
        if wanted:
            self.review = ReviewDialog(self._app, self._queue, wanted, self._window)
            self.review.finished.connect(self._reviewed)
            self.review.noticed.connect(self.noticed)
            self.review.open()

    def _reviewed(self) -> None:
        self.review = None

    def _not_added(self, error: MediaError) -> None:
        self.noticed.emit(Notice(self.tr("Nothing was added"), error.message, "danger"))

    def _say_journal_failed(self, error: MediaError) -> None:
        if error.code != self._journal_fault:  # it is tried again every few seconds
            self._journal_fault = error.code
            self.noticed.emit(
                Notice(self.tr("The upload journal can't be used"), error.message, "danger")
            )

    def _journal_is_well(self) -> None:
        self._journal_fault = ""

    def _say_unplaced(self, count: int) -> None:
        one, many = self.tr("{files} waits for a place"), self.tr("{files} wait for a place")
        self.noticed.emit(
            Notice(
                (one if count == 1 else many).format(files=files(count)),
                "",
                "info",
                "" if self._says_itself() else self.tr("Choose"),
                self.uploads_wanted.emit,
            )
        )

    def _say_finished(self, batch: Batch) -> None:
        if self._says_itself():
            return
        failed = batch.counts[UploadState.FAILED]
        self.noticed.emit(
            Notice(
                batch_title(self._queue, batch),
                summary(self._queue, batch) + ".",
                tone="danger" if failed else "success",
                action=self.tr("Show") if failed else "",
                on_action=self.uploads_wanted.emit,
            )
        )

    # ---- look-alikes

    def _untold(self) -> list[Batch]:
        batches = self._queue.batches.values()
        return [
            each
            for each in batches
            if each.id not in self._told and each.counts[UploadState.ASKING]
        ]

    def _look_for_asking(self) -> None:
        untold = self._untold()
        if not untold or self.review is not None:
            return
        if all(not any(batch.counts[each] for each in _MOVING) for batch in untold):
            self._tell_asking(untold)
        elif not self._soon.isActive():
            self._soon.start()

    def _tell_asking(self, batches: list[Batch]) -> None:
        self._soon.stop()
        if not batches:
            return
        self._told.update(batch.id for batch in batches)
        count = sum(batch.counts[UploadState.ASKING] for batch in batches)
        one = self.tr("1 file looks like a picture that is here")
        many = self.tr("{count} files look like pictures that are here")
        words = (one if count == 1 else many).format(count=number(count))
        action = self.tr("Compare")
        self.noticed.emit(Notice(words, "", "warning", action, partial(self.compare)))


_MOVING: Final = tuple(each for each in UploadState if each.is_moving)


def _asks(state: UploadState) -> bool:
    return state is UploadState.ASKING
