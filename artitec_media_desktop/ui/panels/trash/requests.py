"""What the page asks of the services: putting back, deleting for good."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ....domain.changes import Change
from ....domain.limits import size_text
from ....domain.trash import TrashItem
from ....domain.work import Work
from ...edits import Edit, Edits
from ...panel import Notice
from .asking import PurgeDialog
from .model import TrashModel
from .words import items as items_text
from .words import purge_question, purged, put_back, tr, what_goes

if TYPE_CHECKING:
    from ....bootstrap import App

_DAY: Final = timedelta(days=1)
#: A server keeps whole seconds.
_A_SECOND: Final = timedelta(seconds=1)


class Requests(QObject):
    """One at a time; what can't be done is refused by the services in any case."""

    noticed = Signal(object)

    def __init__(self, app: "App", rows: TrashModel, edits: Edits, window: QWidget) -> None:
        super().__init__(window)
        self._app, self._rows, self._edits, self._window = app, rows, edits, window
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
        self._carry_out(
            Edit(
                tr("Putting back"),
                lambda work: self._app.trash.restore(ids, work),
                lambda change: put_back(len(change.public_ids)),
                tr("Nothing was put back"),
                detail=detail if stay else "",
            )
        )

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
        if self._edits.is_busy or self.dialog is not None:
            return
        edit = Edit(
            tr("Deleting for good"),
            work,
            lambda change: purged(len(change.public_ids)),
            tr("Nothing was deleted for good"),
            tone="muted",
            icon="trash",
        )
        question, names = purge_question(count), what_goes(some, count)
        self.dialog = PurgeDialog(question, names, size_text(size), self._window)
        self.dialog.accepted.connect(lambda: self._carry_out(edit))
        self.dialog.finished.connect(self._answered)
        self.dialog.open()

    def _answered(self) -> None:
        self.dialog = None

    def _carry_out(self, edit: Edit) -> None:
        if not self._edits.is_busy:
            self._edits.carry_out(edit)
