"""Over the picture: how many wait and how long, which of them, in which order."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ....domain.permissions import Decision
from ....domain.review_queue import QueueCounts, QueueFilter
from ....domain.search import Search
from ...theme import Height, Icon, Space
from ...theme.stylesheet import set_property
from ...widgets import Choice, icon_button, label, line
from .ages import AgeBar, age_of, age_terms, without_age
from .facts_words import LONG, age, lasting
from .filters import Filters
from .parts import Mark
from .words import counted, tr

if TYPE_CHECKING:
    from ....bootstrap import App

_TICK_MS: Final = 30_000


class Header(QWidget):
    """Says what a person wants to see of the queue; the page reads it and shows it here."""

    #: QueueFilter
    filter_changed = Signal(object)
    figures_wanted = Signal()
    policy_wanted = Signal()
    #: Decide on all that is shown at once.
    batch_wanted = Signal()

    def __init__(self, app: "App", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._filter = QueueFilter()
        self._oldest: datetime | None = None
        self.waiting, self.oldest = label("", "muted"), label("")
        self.mark = Mark("", "warning")
        self.ages, self.filters = AgeBar(), Filters(app)
        self.order = Choice()
        self.order.addItems([tr("Oldest first"), tr("Highest score first")])
        self.order.setAccessibleName(tr("Order"))
        self.batch = icon_button("checks", tr("Decide on many at once"))
        self.figures = icon_button("chart-bar", tr("Figures"))
        self.policy = icon_button("sliders-horizontal", tr("Reasons and rules"))
        self.policy.hide()
        self._lay_out()
        self._connect()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tell_oldest)
        self._timer.start()
        self.show_counts(QueueCounts())

    @property
    def filter(self) -> QueueFilter:
        """What is wanted now."""
        return self._filter

    def set_filter(self, wanted: QueueFilter) -> None:
        """Show another filter; without a signal."""
        self._filter = wanted
        self.filters.show_search(wanted.search)
        self.ages.show_chosen(age_of(wanted.search))
        self.order.setCurrentIndex(int(wanted.by_score))

    def show_counts(self, counts: QueueCounts) -> None:
        """How many wait, and since when."""
        self._oldest = counts.oldest
        words = counted(counts.total, "{count} waiting", "{count} waiting")
        self.waiting.setText(words if counts.total else tr("Nothing is waiting"))
        others = counts.held_by_others
        held = counted(others, "{count} is held by others", "{count} are held by others")
        self.waiting.setToolTip(held if others else "")
        self.waiting.setAccessibleDescription(held if others else "")
        if not age_of(self._filter.search):
            self.ages.show_counts(counts)  # those of one age would say nothing of the others
        self.batch.setEnabled(counts.total > 0)
        self._tell_oldest()

    def begin(self) -> None:
        """Go to the field of the filter."""
        self.filters.begin()

    # ---- what a person does

    def _want(self, wanted: QueueFilter) -> None:
        if wanted != self._filter:
            self.set_filter(wanted)
            self.filter_changed.emit(wanted)

    def _search(self, search: Search) -> None:
        self._want(replace(self._filter, search=search))

    def _choose_age(self, key: str) -> None:
        search = without_age(self._filter.search)
        for term in age_terms(key) if key else ():
            search = search.plus(term)
        self._search(search)

    def _order(self, at: int) -> None:
        self._want(replace(self._filter, by_score=bool(at)))

    # ---- the parts

    def _tell_oldest(self) -> None:
        waited = None if self._oldest is None else age(self._oldest)
        urgent = waited is not None and waited > LONG
        words = "" if waited is None else lasting(waited, parts=1)
        whole = tr("Oldest waiting {age}").format(age=words) if words else ""
        tone = "warning" if urgent else "muted"
        self.oldest.setText(whole)
        is_narrow = self.width() < self._wide(self.ages)
        self.oldest.setText(words if is_narrow else whole)
        self.oldest.setToolTip(whole)
        self.oldest.setAccessibleName(whole)
        set_property(self.oldest, "tone", tone)
        self.mark.show_icon("clock" if words else "", tone)

    def _wide(self, *hidden: QWidget) -> int:
        """What the line takes without some of its parts."""
        shown = [each for each in self._parts if each not in hidden and not self._is_gone(each)]
        gaps = 2 * Space.PANEL + Space.M * len(shown) + Icon.ROW
        return sum(each.sizeHint().width() for each in shown) + gaps

    def _is_gone(self, part: QWidget) -> bool:
        return part is self.policy and self.policy.isHidden()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ages are shown where there is room; they are in the filter's menu too."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Who may configure may have changed."""
        super().showEvent(event)
        self._app.runner.run(
            lambda _: self._app.policy.decide_rights(), self._show_rights, lambda _: None
        )

    def _show_rights(self, right: Decision) -> None:
        self.policy.setVisible(right.allowed)
        self._fit()

    def _fit(self) -> None:
        self._tell_oldest()
        self.ages.setVisible(self.width() >= self._wide())

    def _connect(self) -> None:
        self.ages.chosen.connect(self._choose_age)
        self.filters.search_wanted.connect(self._search)
        self.filters.age_wanted.connect(self._choose_age)
        self.order.activated.connect(self._order)
        self.batch.clicked.connect(self.batch_wanted)
        self.figures.clicked.connect(self.figures_wanted)
        self.policy.clicked.connect(self.policy_wanted)

    def _lay_out(self) -> None:
        self.setProperty("ground", "raised")
        title = label(tr("Moderation"), "title")
        tools = (self.filters.button, self.order, self.batch, self.figures, self.policy)
        self._parts = (title, self.waiting, self.oldest, self.ages, *tools)
        upper = QWidget()
        upper.setFixedHeight(Height.HEADER_TOOLS)
        row = QHBoxLayout(upper)
        row.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        row.setSpacing(Space.M)
        row.addWidget(title)
        row.addWidget(self.waiting)
        row.addWidget(self.mark)
        row.addSpacing(-Space.S)
        for part in (self.oldest, self.ages):
            row.addWidget(part)
        row.addStretch(1)
        for part in tools:
            row.addWidget(part)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        for part in (upper, self.filters, line()):
            down.addWidget(part)
