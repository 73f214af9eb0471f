"""The uploads page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ....domain.errors import MediaError
from ....domain.limits import size_text
from ....domain.uploads import UploadItem
from ...panel import Notice, Panel
from ...theme import Height, Space
from ...upload_queue import Batch, UploadQueue
from ...upload_words import files, number
from ...widgets import EmptyState, button, label, line
from .columns import ColumnHead
from .delegate import UploadsDelegate
from .filter_bar import FilterBar
from .model import UploadsModel
from .previews import Previews
from .report import BatchReport
from .totals import TotalsHead
from .view import UploadsView

if TYPE_CHECKING:
    from ....bootstrap import App

_PREVIEW = QSize(44, 32)


class UploadsPanel(Panel):
    """Every file of the journal, what became of it, and what to do about it."""

    def __init__(self, app: "App", queue: UploadQueue) -> None:
        super().__init__()
        self._app = app
        self._queue = queue
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._rows = UploadsModel(queue)
        self._previews = Previews(app, _PREVIEW)
        self._view = UploadsView(self._rows, UploadsDelegate(queue, self._previews, self._rows))
        self._sentence = label(role="small")
        self._totals = TotalsHead()
        self._bar = FilterBar()
        self._report = BatchReport(queue)
        self._nothing_here = self._make_nothing_here()
        self._list = QStackedLayout()
        self._lay_out()
        self._connect()
        self._refresh()

    def add_files(self) -> None:
        """There is no place here that files could go to, so say where one is."""
        self.noticed.emit(
            Notice(
                self.tr("Choose a place first"),
                self.tr("Open a community, a property or another place, and add files there."),
                tone="info",
                action=self.tr("Open Library"),
                on_action=lambda: self.page_requested.emit("library", None),
            )
        )

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page."""
        return [
            (self.tr("Show in Library"), "Return"),
            (self.tr("Cancel"), "Del"),
            (self.tr("Copy error"), "Ctrl+C"),
            (self.tr("Retry failed"), "Ctrl+Shift+R"),
            (self.tr("Fold, unfold a batch"), "Left Right"),
            (self.tr("Select all"), "Ctrl+A"),
        ]

    def panes(self) -> list[QWidget]:
        """The filters and the list."""
        return [self._bar.chips["all"], self._view]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, to be able to say where they should go."""
        if event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files without a target are not taken yet."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.add_files()

    def _make_nothing_here(self) -> QWidget:
        go = button(self.tr("Open Library"), "image", "primary")
        go.clicked.connect(lambda: self.page_requested.emit("library", None))
        return EmptyState(
            "upload-simple",
            self.tr("Nothing is being added"),
            self.tr(
                "Drop files on a place in the Library. They show up here, "
                "and carry on after a restart."
            ),
            buttons=[go],
        )

    def _make_none_such(self) -> QWidget:
        everything = button(self.tr("Show all"))
        everything.clicked.connect(self._bar.show_all)
        return EmptyState(
            "funnel-simple",
            self.tr("No file is in this state"),
            self.tr("The others are still on the list."),
            buttons=[everything],
        )

    def _lay_out(self) -> None:
        list_page = QWidget()
        below = QVBoxLayout(list_page)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        parts = (self._totals, line(), self._bar, line(), ColumnHead(self._view))
        for part in parts:
            below.addWidget(part)
        self._list.addWidget(self._view)
        self._list.addWidget(self._make_none_such())
        below.addLayout(self._list, 1)
        below.addWidget(self._report)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._nothing_here)
        self._pages.addWidget(list_page)
        self._pages.addWidget(QWidget())
        self._pages.setCurrentIndex(2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._make_header())
        box.addLayout(self._pages, 1)

    def _make_header(self) -> QWidget:
        header = QWidget()
        header.setFixedHeight(Height.HEADER)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(label(self.tr("Uploads"), "title"))
        words.addWidget(self._sentence)
        words.addStretch(1)
        row = QHBoxLayout(header)
        row.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        row.addLayout(words, 1)
        add = button(self.tr("Add files"), "plus", "primary")
        add.clicked.connect(self.add_files)
        row.addWidget(add)
        return header

    def _connect(self) -> None:
        queue, pump = self._queue, self._app.pump
        for signal in (
            self._rows.rowsInserted,
            self._rows.rowsRemoved,
            self._rows.modelReset,
        ):
            signal.connect(self._show_list_or_not)
        queue.totals_changed.connect(self._refresh)
        queue.loaded.connect(self._refresh)
        queue.batch_finished.connect(self._finish)
        self._previews.arrived.connect(self._repaint)
        self._bar.chosen.connect(self._rows.show_states)
        self._bar.retry.connect(lambda: pump.retry_failed(None, self._complain))
        self._bar.clear.connect(lambda: pump.clear_finished(self._complain))
        self._view.cancelled.connect(lambda ids: pump.cancel(ids, self._complain))
        self._view.copied.connect(self._copy)
        for part in (self._view, self._report):
            part.shown.connect(self._show_in_library)
        self._view.selectionModel().selectionChanged.connect(self._say_selection)
        retry = QShortcut(QKeySequence("Ctrl+Shift+R"), self)
        retry.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        retry.activated.connect(self._bar.retry)

    def _refresh(self) -> None:
        # Until the journal is read there is nothing to say, not even that it is empty.
        page = 1 if self._queue.items else 0 if self._queue.is_loaded else 2
        self._pages.setCurrentIndex(page)
        count = len(self._queue.batches)
        batches = self.tr("1 batch") if count == 1 else self.tr("{count} batches")
        batches = batches.format(count=number(count))
        carries_on = self.tr("everything here carries on after a restart")
        self._sentence.setText(f"{batches} · {carries_on}" if count else carries_on.capitalize())
        self._totals.show_totals(self._queue.totals())
        self._bar.show_counts(self._queue)
        self._say_selection()

    def _show_list_or_not(self) -> None:
        self._list.setCurrentIndex(0 if self._rows.rowCount() else 1)

    def _say_selection(self) -> None:
        chosen = self._view.selected_items()
        shown = chosen or list(self._queue.items.values())
        if not shown:
            self.status_changed.emit("")
            return
        words = f"{files(len(shown))} · {size_text(sum(item.size or 0 for item in shown))}"
        self.status_changed.emit(
            self.tr("{words} selected").format(words=words) if chosen else words
        )

    def _repaint(self, item_id: int) -> None:
        index = self._rows.index_of(item_id)
        if index.isValid():
            self._view.update(index)

    def _finish(self, batch: Batch) -> None:
        self._report.show_batch(batch)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.noticed.emit(Notice(self.tr("Error copied")))

    def _complain(self, error: MediaError) -> None:
        copy = lambda: QGuiApplication.clipboard().setText(error.message)  # noqa: E731
        self.noticed.emit(
            Notice(error.message, tone="danger", action=self.tr("Copy"), on_action=copy)
        )

    def _show_in_library(self, item: UploadItem) -> None:
        if item.place is not None:
            self.page_requested.emit("library", item.place)
