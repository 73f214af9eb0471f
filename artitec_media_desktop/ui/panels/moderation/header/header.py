"""Over the picture: how many wait and how long, which of them, in which order."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from .....domain.permissions import Account, Decision
from .....domain.review_queue import QueueCounts, QueueFilter
from .....domain.search import Search
from ....theme import Height, Icon, Space
from ....theme.stylesheet import set_property
from ....upload_words import number
from ....widgets import icon_button, label, line, menu
from ..facts_words import LONG, age, lasting
from ..parts import Mark
from ..words import counted, tr
from .ages import AgeBar, age_of, age_terms, without_age
from .drop_button import DropButton
from .filters import Filters

if TYPE_CHECKING:
    from .....bootstrap import App

_TICK_MS: Final = 30_000
#: It can be as narrow as this.
_LEAST: Final = 560
_LEVELS: Final = 6
#: How long the words of the filter may be, in pixels.
_SHORT: Final = 56
_LONG_WORDS: Final = 200
#: By whether the highest score comes first.
_ORDERS: Final = {
    False: str(QT_TRANSLATE_NOOP("Moderation", "Oldest first")),
    True: str(QT_TRANSLATE_NOOP("Moderation", "Highest score first")),
}


class Header(QWidget):
    """Says what a person wants to see of the queue; the page reads it and shows it here."""

    #: QueueFilter
    filter_changed = Signal(object)
    figures_wanted = Signal()
    policy_wanted = Signal()
    #: Decide on all that is shown at once.
    batch_wanted = Signal()
    #: Esc in the field of the filter: the keyboard is wanted back by the picture.
    left = Signal()

    def __init__(self, app: "App", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._filter = QueueFilter()
        self._oldest: datetime | None = None
        self._total, self._waiting = 0, ""
        self._asked_for: Account | None = None
        self.waiting, self.oldest = label("", "muted"), label("")
        self.mark = Mark("", "warning")
        self.ages, self.filters = AgeBar(), Filters(app)
        self.order = DropButton()
        self.order.setMenu(self._orders())
        self.batch = icon_button("checks", tr("Decide on many at once"), "Ctrl+A")
        self.figures = icon_button("chart-bar", tr("Figures"), "Ctrl+Shift+S")
        rules = tr("Reasons and rules")
        self.policy = icon_button("sliders-horizontal", rules, "Ctrl+Shift+R")
        self.policy.setEnabled(False)
        self.policy.hide()
        self._lay_out()
        self._connect()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._fit)
        self._timer.start()
        self.batch.setEnabled(False)
        self.set_filter(self._filter)

    @property
    def filter(self) -> QueueFilter:
        """What is wanted now."""
        return self._filter

    def set_filter(self, wanted: QueueFilter) -> None:
        """Show another filter; without a signal."""
        self._filter = wanted
        self.filters.show_search(wanted.search)
        self.ages.show_chosen(age_of(wanted.search))
        words = tr(_ORDERS[wanted.by_score])
        self.order.say(words, tr("Order: {name}").format(name=words))
        self._fit()
        for action in self.order.menu().actions():
            action.setChecked(action.data() == wanted.by_score)

    def show_counts(self, counts: QueueCounts) -> None:
        """How many wait, and since when."""
        self._oldest = counts.oldest
        words = counted(counts.total, "{count} waiting", "{count} waiting")
        self._total = counts.total
        self._waiting = words if counts.total else tr("Nothing is waiting")
        others = counts.held_by_others
        held = counted(others, "{count} is held by others", "{count} are held by others")
        told = f"{self._waiting}, {held}" if others else self._waiting
        self.waiting.setToolTip(told)
        self.waiting.setAccessibleName(told)
        if not age_of(self._filter.search):
            self.ages.show_counts(counts)  # those of one age would say nothing of the others
        self.batch.setEnabled(counts.total > 0)
        if self._app.account != self._asked_for:  # the page was there before anybody signed in
            self._ask_rights()
        self._fit()

    def begin(self) -> None:
        """Go to the field of the filter."""
        self.filters.begin()

    def turn_order(self) -> None:
        """The oldest first, or the highest score."""
        self._order(not self._filter.by_score)

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

    def _orders(self) -> QMenu:
        made = menu(self)
        for by_score, words in _ORDERS.items():
            action = made.addAction(tr(words))
            action.setCheckable(True)
            action.setData(by_score)
            action.triggered.connect(lambda _=False, each=by_score: self._order(each))
        return made

    def _order(self, by_score: bool) -> None:
        self._want(replace(self._filter, by_score=by_score))
        self.set_filter(self._filter)

    # ---- the parts

    def _fit(self) -> None:
        """Say as much as there is room for: ages, whole sentences, then figures alone.

        Ages say how old the oldest is as well, so its sentence goes before they do.
        """
        for level in range(_LEVELS):
            self._say(level)
            shown = [each for each in self._parts if not each.isHidden()]
            gaps = 2 * Space.PANEL + Space.M * len(shown) + Icon.ROW
            if sum(each.sizeHint().width() for each in shown) + gaps <= self.width():
                return

    def _say(self, level: int) -> None:
        """Level 0 says all."""
        waited = None if self._oldest is None else age(self._oldest)
        urgent = waited is not None and waited > LONG
        words = "" if waited is None else lasting(waited, parts=1)
        whole = tr("Oldest waiting {age}").format(age=words) if words else ""
        tone = "warning" if urgent else "muted"
        self.oldest.setText(whole if level in (0, 2) else words)
        self.oldest.setToolTip(whole)
        self.oldest.setAccessibleName(whole)
        set_property(self.oldest, "tone", tone)
        self.oldest.setVisible(level < 5)
        self.mark.show_icon("clock" if words else "", tone)
        self.mark.setToolTip(whole)
        self.waiting.setText(number(self._total) if level > 3 else self._waiting)
        for choice in (self.filters.button, self.order):
            choice.set_longest(_SHORT if level > 3 else _LONG_WORDS)
        # With nothing in any age there is nothing to choose; one that is chosen can be let go.
        has_ages = bool(self._total or age_of(self._filter.search))
        self.ages.setVisible(has_ages and level < 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ages are shown where there is room; they are in the filter's menu too."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Who may configure may have changed."""
        super().showEvent(event)
        self._ask_rights()

    def _ask_rights(self) -> None:
        self._asked_for = self._app.account
        self._app.runner.run(
            lambda _: self._app.policy.decide_rights(), self._show_rights, lambda _: None
        )

    def _show_rights(self, right: Decision) -> None:
        self.policy.setEnabled(right.allowed)
        self.policy.setVisible(right.allowed)
        self._fit()

    def _connect(self) -> None:
        self.ages.chosen.connect(self._choose_age)
        self.filters.search_wanted.connect(self._search)
        self.filters.left.connect(self.left)
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
        # Less than the line takes with all words: it says less where there is less room.
        upper.setMinimumWidth(_LEAST)
        row = QHBoxLayout(upper)
        row.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        row.setSpacing(Space.M)
        row.addWidget(title)
        row.addWidget(self.waiting)
        row.addWidget(self.mark)
        row.addSpacing(-Space.S)
        row.addWidget(self.oldest)
        row.addWidget(self.ages)
        row.addStretch(1)
        for tool in tools:
            row.addWidget(tool)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        for part in (upper, self.filters, line()):
            down.addWidget(part)
