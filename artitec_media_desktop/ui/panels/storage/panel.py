"""The storage page: puts its parts together and reads what they show."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ....domain.entities import EntityType
from ....domain.errors import MediaError, Transient
from ....domain.limits import size_text
from ....domain.work import Work
from ...entity_words import plural
from ...panel import Notice, Panel
from ...table_file import ask_for_path, save_table
from ...theme import Height, Space
from ...widgets import Choice, EmptyState, ProgressStrip, button, label
from ...widgets.scrolled import scroll_area
from ...widgets.shortcuts import key_in
from .cards import Card, Freeing, Held, Largest, Tiles
from .charts import MonthChart, PlaceChart, StatusChart
from .figures import Figures, read
from .table import table
from .words import ago, files, tr

if TYPE_CHECKING:
    from ....bootstrap import App

T = TypeVar("T")
_KINDS: Final = (("chart1", "Images"), ("chart2", "Videos"))
_MINUTE_MS: Final = 60_000
_TWO_COLUMNS: Final = 900


class StoragePanel(Panel):
    """How much there is, where, since when, and what of it can go."""

    def __init__(self, app: "App") -> None:
        super().__init__()
        self._app = app
        self.figures: Figures | None = None
        self._asked = 0
        self._is_outdated = True
        self._columns = 0
        self.scope = Choice()
        self.scope.setAccessibleName(tr("Places"))
        self.save = button(tr("Save as CSV"), "download-simple")
        self.count = button(tr("Count again"), "arrow-clockwise")
        self.sentence, self.strip = label(role="small"), ProgressStrip()
        self.tiles, self.freeing, self.largest, self.held = Tiles(), Freeing(), Largest(), Held()
        self.by_place = PlaceChart(tr("By place and kind"))
        self.by_month = MonthChart(tr("Added by month"))
        self.by_status = StatusChart(tr("By status"))
        self.state, self._pages = EmptyState("hard-drives", "", ""), QStackedWidget()
        self._clock = QTimer(self, interval=_MINUTE_MS)
        self._lay_out()
        self._connect()

    def activate(self) -> None:
        """Read the sums, unless nothing happened since."""
        self._clock.start()
        if self._is_outdated:
            self.read()

    def refresh(self) -> None:
        """See Panel."""
        self.read()

    def keys(self) -> list[tuple[str, str]]:
        """See Panel."""
        return [
            (tr("From bar to bar"), "Left Right"),
            (tr("Show what a bar stands for"), "Return"),
            (tr("Refresh"), "F5"),
        ]

    def panes(self) -> list[QWidget]:
        """See Panel."""
        return [self.scope, self.by_place, self.by_month, self.by_status]

    def take_focus(self) -> None:
        """See Panel."""
        (self.by_place if self.by_place.isVisible() else self).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def read(self) -> None:
        """Ask the database anew."""
        self._asked += 1
        number, scope = self._asked, self._scope()
        if self.figures is None:
            words = tr("A large library takes some seconds.")
            self.state.show_state("hard-drives", tr("Summing up"), words)
            self._pages.setCurrentWidget(self.state)

        def done(figures: Figures) -> None:
            if number == self._asked:
                self._is_outdated = False
                self._show(figures)

        def failed(error: MediaError) -> None:
            if number == self._asked:
                self._show_error(error)

        self._app.runner.run(lambda _: read(self._app, scope), done, failed)

    def count_store(self) -> None:
        """Ask the store for every object, which takes its time."""
        self._run(
            tr("Counting"), lambda work: self._app.counting.count(work), lambda _: self.read()
        )

    def check(self) -> None:
        """Hold the database against the store."""
        self._run(tr("Checking"), lambda work: self._app.check.run(work), self.held.show_findings)

    def _run(self, words: str, work: Callable[[Work], T], done: Callable[[T], None]) -> None:
        def over() -> None:
            self.strip.end()
            self.count.setEnabled(True)
            self.held.check.setEnabled(True)

        def arrived(answer: T) -> None:
            over()
            done(answer)

        def failed(error: MediaError) -> None:
            over()
            self._complain(tr("The storage could not be counted"), error)

        self.count.setEnabled(False)
        self.held.check.setEnabled(False)
        self.strip.begin(words)
        self.strip.watch(self._app.runner.run(work, arrived, failed, self.strip.tell, over))

    def _scope(self) -> EntityType | None:
        value = self.scope.currentData()
        return EntityType(value) if value else None

    def _show(self, figures: Figures) -> None:
        self.figures = figures
        if not figures.sums.total_files and figures.scope is None:
            go = button(tr("Open Library"), "image")
            go.clicked.connect(lambda: self.page_requested.emit("library", None))
            words = tr("What you add in the Library is summed up here by place, month and status.")
            self.state.show_state("hard-drives", tr("Nothing is stored yet"), words, buttons=[go])
            self._pages.setCurrentWidget(self.state)
            return
        for part in (self.tiles, self.freeing, self.largest, self.held):
            part.show_figures(figures)
        self.by_place.show_bars(figures.by_place())
        months = figures.by_month()
        self.by_month.show_bars(months, len(months) - 1)
        self.by_status.show_bars(figures.by_status())
        self._pages.setCurrentWidget(self._shown)
        if self.hasFocus():
            self.take_focus()  # it waited for the bars
        self._say_when()
        sums = figures.sums
        self.status_changed.emit(f"{files(sums.total_files)} · {size_text(sums.total_bytes)}")

    def _say_when(self) -> None:
        if self.figures is not None:
            self.sentence.setText(tr("Counted {ago}").format(ago=ago(self.figures.at)))

    def _show_error(self, error: MediaError) -> None:
        if self.figures is not None:
            self.sentence.setText(tr("Not up to date: {why}").format(why=error.message))
            return
        again = button(tr("Try again"), "arrow-clockwise", "primary")
        again.clicked.connect(self.read)
        copy = button(tr("Copy details"), "copy-simple")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(error.message))
        passes = isinstance(error, Transient)
        self.state.show_state(
            "wifi-slash" if passes else "warning-circle",
            tr("The library did not answer") if passes else tr("The sums did not load"),
            error.message,
            "warning" if passes else "danger",
            [again, copy],
        )
        self._pages.setCurrentWidget(self.state)

    def _complain(self, title: str, error: MediaError) -> None:
        copy = partial(QGuiApplication.clipboard().setText, error.message)
        self.noticed.emit(Notice(title, error.message, "danger", tr("Copy"), copy))

    def _save(self) -> None:
        if (figures := self.figures) is None:
            return
        name = f"storage-{figures.at:%Y-%m-%d}.csv"
        ask_for_path(self, name, lambda path: self.save_to(path, figures))

    def save_to(self, path: str, figures: Figures) -> None:
        """Write the figures as a table."""
        text = table(figures)
        self._app.runner.run(
            lambda _: save_table(text, path),
            lambda _: self.noticed.emit(Notice(tr("The table was saved"), path)),
            lambda error: self._complain(tr("The table was not saved"), error),
        )

    def _outdate(self) -> None:
        self._is_outdated = True

    def _lay_out(self) -> None:
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.scope.addItem(tr("All places"), "")
        for kind in EntityType:
            self.scope.addItem(plural(kind), kind.value)
        legend = [(token, tr(name)) for token, name in _KINDS]
        places = Card(tr("By place and kind"), [*legend, ("chart3", tr("Smaller sizes"))])
        months, statuses = Card(tr("Added by month"), legend), Card(tr("By status"))
        for card, chart in ((places, self.by_place), (statuses, self.by_status)):
            card.body.addWidget(chart)
            card.body.addStretch(1)
        months.body.addWidget(self.by_month, 1)
        self._cards = (places, self.freeing, months, self.held, statuses, self.largest)
        self._grid = grid = QGridLayout()
        grid.setSpacing(Space.M)
        self._arrange(2)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(Space.PANEL, Space.S, Space.PANEL, Space.PANEL)
        column.setSpacing(Space.M)
        column.addWidget(self.tiles)
        column.addLayout(grid, 1)
        self._shown = scroll_area(inside)
        self._pages.addWidget(self.state)
        self._pages.addWidget(self._shown)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._header())
        box.addWidget(self._pages, 1)
        box.addWidget(self.strip)

    def _arrange(self, columns: int) -> None:
        """Side by side, or in a narrow window below each other."""
        if columns == self._columns:
            return
        self._columns = columns
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // columns, at % columns)
        for column, stretch in enumerate((5, 4) if columns == 2 else (1, 0)):
            self._grid.setColumnStretch(column, stretch)
        for row in range(len(self._cards)):
            self._grid.setRowStretch(row, int(row == 1 and columns == 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two have no room."""
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= _TWO_COLUMNS else 1)

    def _header(self) -> QWidget:
        made = QWidget()
        made.setFixedHeight(Height.HEADER)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(label(tr("Storage"), "title"))
        words.addWidget(self.sentence)
        words.addStretch(1)
        row = QHBoxLayout(made)
        row.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        row.setSpacing(Space.S)
        row.addLayout(words, 1)
        for each in (self.scope, self.save, self.count):
            row.addWidget(each)
        return made

    def _connect(self) -> None:
        for chart in (self.by_place, self.by_month, self.by_status, self.freeing, self.held):
            chart.chosen.connect(lambda search: self.page_requested.emit("library", search))
        self.largest.chosen.connect(lambda ref: self.page_requested.emit("library", ref))
        self.freeing.trash_wanted.connect(lambda: self.page_requested.emit("trash", None))
        self.held.check_wanted.connect(self.check)
        self.scope.currentIndexChanged.connect(self.read)
        self.save.clicked.connect(self._save)
        self.count.clicked.connect(self.count_store)
        self._clock.timeout.connect(self._say_when)
        self._app.changes.happened.connect(self._outdate)
        self._app.changes.noticed.connect(self._outdate)
        key_in(self, "F5", self.read)
