"""What the page asks of the services: putting back, deleting for good, taking that back."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ....domain.changes import Change
from ....domain.errors import MediaError
from ....domain.limits import size_text
from ....domain.trash import TrashItem
from ....domain.work import Work
from ...panel import Notice
from ...widgets import ProgressStrip
from .asking import PurgeDialog
from .model import TrashModel
from .words import items as items_text
from .words import purge_question, purged, put_back, tr, trashed_again, what_goes

if TYPE_CHECKING:
    from ....bootstrap import App

_DAY: Final = timedelta(days=1)
#: A server keeps whole seconds.
_A_SECOND: Final = timedelta(seconds=1)


class Requests(QObject):
    """One at a time; what can't be done is refused by the services in any case."""

    noticed = Signal(object)
    #: Something begins or has ended; then the rows are out of date.
    busy_changed = Signal(bool)

    def __init__(self, app: "App", rows: TrashModel, strip: ProgressStrip, window: QWidget) -> None:
        super().__init__(window)
        self._app, self._rows, self._strip, self._window = app, rows, strip, window
        self._undo: tuple[str, ...] = ()
        self.is_busy = False
        self.dialog: PurgeDialog | None = None

    def restore(self, items: Sequence[TrashItem]) -> None:
        """Put back those that may be."""
        ids = [each.media.public_id for each in items if each.may_restore]
        stay = len(items) - len(ids)
        reason = next((each.may_restore.reason for each in items if not each.may_restore), "")
        if not ids:
            if reason:
                self.noticed.emit(Notice(tr("Nothing was put back"), reason, "warning"))
            return
        detail = f"{tr('Not put back: {items}.').format(items=items_text(stay))} {reason}"
        self._run(
            tr("Putting back"),
            lambda work: self._app.trash.restore(ids, work),
            partial(self._restored, detail if stay else ""),
            tr("Nothing was put back"),
        )

    def undo(self) -> None:
        """Move to the trash again what was put back last."""
        if self._undo:
            self._trash_again(self._undo)

    def purge(self, items: Sequence[TrashItem]) -> None:
        """Ask, then remove these for good."""
        if not items or not self._rows.may_purge:
            return
        ids = [each.media.public_id for each in items]
        self._ask(
            items,
            len(items),
            sum(each.media.file_size for each in items),
            lambda work: self._app.purging.purge(public_ids=ids, work=work),
        )

    def empty(self) -> None:
        """Ask, then remove everything; what comes into the trash after the question stays."""
        rows = self._rows
        if not rows.items or rows.search.split() or not rows.may_purge:
            return
        newest = rows.items[0].deleted_at

        def work(watched: Work) -> Change:
            age = datetime.now(UTC) - newest - _A_SECOND
            return self._app.purging.purge(max(0.0, age / _DAY), work=watched)

        self._ask(rows.items, rows.total, rows.total_bytes, work)

    def _ask(
        self, some: Sequence[TrashItem], count: int, size: int, work: Callable[[Work], Change]
    ) -> None:
        if self.is_busy or self.dialog is not None:
            return
        question, names = purge_question(count), what_goes(some, count)
        self.dialog = PurgeDialog(question, names, size_text(size), self._window)
        self.dialog.accepted.connect(
            lambda: self._run(
                tr("Deleting for good"), work, self._purged, tr("Nothing was deleted for good")
            )
        )
        self.dialog.finished.connect(self._answered)
        self.dialog.open()

    def _answered(self) -> None:
        self.dialog = None

    def _trash_again(self, ids: tuple[str, ...]) -> None:
        self._undo = ()
        self._run(
            tr("Moving to Trash"),
            lambda work: self._app.trash.delete(ids, work),
            self._trashed,
            tr("Nothing was moved to Trash"),
        )

    def _run(
        self,
        words: str,
        work: Callable[[Work], Change],
        done: Callable[[Change], None],
        not_done: str,
    ) -> None:
        if self.is_busy:
            return
        self._set_busy(True)
        self._strip.begin(words)

        def arrived(change: Change) -> None:
            self._set_busy(False)
            done(change)
            self._tell_failed(change)

        def failed(error: MediaError) -> None:
            self._set_busy(False)
            self._complain(not_done, error.message)

        task = self._app.runner.run(
            work, arrived, failed, self._strip.tell, lambda: self._set_busy(False)
        )
        self._strip.watch(task)

    def _set_busy(self, busy: bool) -> None:
        self.is_busy = busy
        if not busy:
            self._strip.end()
        self.busy_changed.emit(busy)

    def _restored(self, detail: str, change: Change) -> None:
        ids = self._undo = change.public_ids
        again = partial(self._trash_again, ids)
        self.noticed.emit(Notice(put_back(len(ids)), detail, "success", tr("Undo"), again))

    def _trashed(self, change: Change) -> None:
        self.noticed.emit(Notice(trashed_again(len(change.public_ids)), tone="muted", icon="trash"))

    def _purged(self, change: Change) -> None:
        self.noticed.emit(Notice(purged(len(change.public_ids)), tone="muted", icon="trash"))

    def _tell_failed(self, change: Change) -> None:
        done = set(change.public_ids)
        left = [each for each in change.failed if each.public_id not in done]
        if left:
            title = tr("{items} could not be done").format(items=items_text(len(left)))
            self._complain(title, left[0].error.message)

    def _complain(self, title: str, text: str) -> None:
        def copy() -> None:
            QGuiApplication.clipboard().setText(text)

        self.noticed.emit(Notice(title, text, "danger", tr("Copy"), copy))
