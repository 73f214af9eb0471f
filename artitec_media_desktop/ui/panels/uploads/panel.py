"""The uploads page."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from ....domain import right_of_way
from ....domain.limits import size_text
from ....domain.uploads import UploadItem
from ...adding import add
from ...drops import path_of
from ...panel import Notice, Panel
from ...small_pictures import SmallPictures
from ...table_file import save_table
from ...theme import Width
from ...upload_queue import Batch, UploadQueue
from ...upload_words import files
from ...widgets import ColumnHead, EmptyState, button, line
from ...widgets.shortcuts import key_in
from .asking import Requests
from .columns import heads
from .delegate import UploadsDelegate
from .details import UploadDetails
from .filter_bar import FilterBar
from .header import UploadsHeader
from .model import UploadsModel
from .report import BatchReport
from .report_file import report_csv
from .suggestions import Suggestions
from .totals import TotalsHead
from .view import UploadsView

if TYPE_CHECKING:
    from ....bootstrap import App

_PREVIEW: Final = QSize(44, 32)
_DETAILS: Final = "uploads/details"


class UploadsPanel(Panel):
    """Every file of the journal, what became of it, and what to do about it."""

    def __init__(self, app: "App", queue: UploadQueue) -> None:
        super().__init__()
        self._app = app
        self._queue = queue
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows = UploadsModel(queue)
        self._previews = SmallPictures(
            app,
            _PREVIEW,
            lambda item: item.id,
            lambda item, box: app.uploads.preview(item, max(box.width(), box.height())),
            self,
        )
        self._suggestions = Suggestions(app, queue)
        self._requests = Requests(app, queue, self._suggestions, self)
        self._view = UploadsView(
            self._rows, UploadsDelegate(queue, self._previews, self._rows, self._suggestions)
        )
        self._header = UploadsHeader()
        self._totals = TotalsHead()
        self._bar = FilterBar()
        self._details = UploadDetails(app, queue)
        self._report = BatchReport(queue)
        self._list = QStackedLayout()
        self._pages = QStackedLayout()
        self._nothing_here = self._make_nothing_here()
        self._lay_out()
        self._connect()
        self._show_details(app.settings.get(_DETAILS, False))
        self._refresh()

    def add_files(self) -> None:
        """Choose files; where they go is chosen afterwards."""
        dialog = QFileDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Add files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.accepted.connect(lambda: self._add(dialog))
        dialog.open()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page."""
        return [
            (self.tr("Pause, go on"), "Space"),
            (self.tr("Pause, go on with all"), "Shift+Space"),
            (self.tr("Cancel"), "Del"),
            (self.tr("Retry failed"), "Ctrl+Shift+R"),
            (self.tr("Choose or change place"), "G"),
            (self.tr("Upload next, last"), "Alt+Home Alt+End"),
            (self.tr("Show in Library"), "Return"),
            (self.tr("Details"), "Ctrl+I"),
            (self.tr("Replace, keep both, skip"), "R K S"),
            (self.tr("Copy error"), "Ctrl+C"),
            (self.tr("Fold, unfold a batch"), "Left Right"),
            (self.tr("Select all"), "Ctrl+A"),
        ]

    def toast_ground(self) -> QWidget:
        """See Panel; the details have buttons."""
        return self._files_side

    def panes(self) -> list[QWidget]:
        """The filters, the details and the list."""
        details = [self._details.form.alt_text] if self._details.isVisible() else []
        return [self._bar.chips["all"], *details, self._view]

    def _make_nothing_here(self) -> QWidget:
        add_button = button(self.tr("Add files"), "plus", "primary")
        add_button.clicked.connect(self.add_files)
        go = button(self.tr("Open Library"), "image")
        go.clicked.connect(lambda: self.page_requested.emit("library", None))
        return EmptyState(
            "upload-simple",
            self.tr("Nothing is being added"),
            self.tr(
                "Drop files here and choose their place afterwards, or drop them on a place in "
                "the Library. Everything carries on after a restart."
            ),
            buttons=[add_button, go],
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
        self._files_side = QWidget()
        under_head = QVBoxLayout(self._files_side)
        under_head.addWidget(ColumnHead(self._view, heads))
        under_head.addLayout(self._list, 1)
        for each in (self._view, self._make_none_such()):
            self._list.addWidget(each)
        self._split = QSplitter()
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._files_side)
        self._split.addWidget(self._details)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([Width.WINDOW, Width.INSPECTOR])
        list_page = QWidget()
        below = QVBoxLayout(list_page)
        for part in (self._totals, line(), self._bar, line()):
            below.addWidget(part)
        below.addWidget(self._split, 1)
        below.addWidget(self._report)
        box = QVBoxLayout(self)
        box.addWidget(self._header)
        box.addLayout(self._pages, 1)
        for page in (self._nothing_here, list_page, QWidget()):
            self._pages.addWidget(page)
        self._pages.setCurrentIndex(2)
        for layout in (under_head, below, box):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)

    def _connect(self) -> None:
        queue, requests = self._queue, self._requests
        rows = self._rows
        for signal in (rows.rowsInserted, rows.rowsRemoved, rows.modelReset):
            signal.connect(self._show_list_or_not)
        rows.reordered.connect(requests.reorder)
        queue.totals_changed.connect(self._refresh)
        queue.loaded.connect(self._refresh)
        queue.batch_finished.connect(self._finish)
        self._previews.arrived.connect(self._repaint)
        self._suggestions.changed.connect(self._view.viewport().update)
        self._header.add.clicked.connect(self.add_files)
        self._header.pause_wanted.connect(requests.all)
        self._header.details.clicked.connect(self._show_details)
        self._bar.chosen.connect(self._rows.show_states)
        self._bar.retry.connect(lambda: self._app.pump.retry_failed(None, requests.complain))
        self._bar.clear.connect(lambda: self._app.pump.clear_finished(requests.complain))
        self._bar.report.connect(lambda: self._ask_where(list(queue.items.values())))
        self._view.asked.connect(requests.ask)
        self._view.all_toggled.connect(self._header.toggle)
        self._view.selectionModel().selectionChanged.connect(self._select)
        self._details.described.connect(requests.describe)
        self._details.place_wanted.connect(requests.choose_place)
        self._details.refused.connect(lambda text: self.noticed.emit(Notice(text, tone="warning")))
        self._report.shown.connect(lambda item: requests.ask("show", [item]))
        self._report.saved.connect(self._ask_where)
        requests.shown.connect(lambda place: self.page_requested.emit("library", place))
        requests.compare_wanted.connect(self.compare_wanted)
        requests.noticed.connect(self.noticed)
        key_in(self, "Ctrl+Shift+R", self._bar.retry_button.click)
        key_in(self, "Ctrl+I", self._header.details.click)

    def _add(self, dialog: QFileDialog) -> None:
        paths = [path for path in map(path_of, dialog.selectedUrls()) if path]
        add(self._app, paths, None, self._requests.complain)

    def _refresh(self) -> None:
        # Until the journal is read there is nothing to say, not even that it is empty.
        page = 1 if self._queue.items else 0 if self._queue.is_loaded else 2
        self._pages.setCurrentIndex(page)
        self._header.show_queue(self._queue)
        self._totals.show_totals(self._queue.totals())
        self._bar.show_counts(self._queue)
        self._say_selection(self._view.selected_items())

    def _show_details(self, on: bool) -> None:
        self._header.details.setChecked(on)
        self._details.setVisible(on)
        self._app.settings.set(_DETAILS, on)
        if on:
            self._details.show_items(self._view.selected_items())

    def _show_list_or_not(self) -> None:
        self._list.setCurrentIndex(0 if self._rows.rowCount() else 1)

    @right_of_way.first
    def _select(self, *_: object) -> None:
        chosen = self._view.selected_items()
        self._say_selection(chosen)
        if self._details.isVisible():
            self._details.show_items(chosen)

    def _say_selection(self, chosen: list[UploadItem]) -> None:
        count = len(chosen) or len(self._queue.items)
        if chosen:
            size = sum(item.size or 0 for item in chosen)
        else:
            size = sum(batch.size for batch in self._queue.batches.values())
        words = f"{files(count)} · {size_text(size)}" if size else files(count)
        if chosen:
            words = self.tr("{words} selected").format(words=words)
        self.status_changed.emit(words if count else "")

    def _repaint(self, item_id: int) -> None:
        index = self._rows.index_of(item_id)
        if index.isValid():
            self._view.update(index)

    def _finish(self, batch: Batch) -> None:
        self._report.show_batch(batch)

    def _ask_where(self, items: list[UploadItem]) -> None:
        dialog = QFileDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Save report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setNameFilters([self.tr("Table (*.csv)")])
        home = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(home))
        dialog.selectFile(str(folder / self.tr("uploads.csv")))
        dialog.fileSelected.connect(lambda path: self.save_report(items, path))
        dialog.open()

    def save_report(self, items: list[UploadItem], path: str) -> None:
        """Write what became of the files as a table."""
        name = Path(path).name

        def saved(_: None) -> None:
            self.noticed.emit(Notice(self.tr("Saved as {name}").format(name=name)))

        self._app.runner.run(
            lambda _: save_table(report_csv(self._queue, items), path),
            saved,
            self._requests.complain,
        )
