"""The figures of visual review: how much, how quickly, how unanimously. They rank nobody."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from .....domain.errors import MediaError
from .....domain.moderation import Policy
from .....domain.permissions import Decision
from .....domain.review_statistics import ReviewStatistics
from ....theme import Space
from ....widgets import EmptyState, Message, Segments, button, label, line
from ....widgets.scrolled import scroll_area
from ..words import counted, number, tr
from .charts import DayChart, RowChart
from .parts import Card, legend
from .words import by_day, by_reason, by_type, disagreement_text, median_text

if TYPE_CHECKING:
    from .....bootstrap import App

_SIZE: Final = QSize(760, 640)
_RANGES: Final = (7, 30, 90)
_FORMS: Final = ("csv", "json")


class FiguresDialog(QDialog):
    """Read in a worker when it opens, and for each range that is chosen."""

    def __init__(self, app: "App", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self.days = _RANGES[1]
        self._right = Decision(False)
        self.setWindowTitle(tr("Figures of visual review"))
        self.setProperty("ground", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.range = Segments([(str(n), tr("{n} days").format(n=n)) for n in _RANGES])
        self.range.set_value(str(self.days))
        self.range.setAccessibleName(tr("Range"))
        self.cards = [Card() for _ in range(4)]
        self.day = DayChart(tr("Decisions by day"))
        self.reason, self.type = RowChart(tr("By reason")), RowChart(tr("By type"))
        self.state, self.message = EmptyState("chart-bar", "", ""), Message()
        self.exports = {form: _export_button(form) for form in _FORMS}
        self.close_ = button(tr("Close"), kind="primary")
        self._lay_out()
        self.range.chosen.connect(self._choose)
        self.close_.clicked.connect(self.accept)
        for form, made in self.exports.items():
            made.clicked.connect(lambda _=False, form=form: self._ask_path(form))
        self.resize(_SIZE)
        self._can_export(False)
        self.read()

    @property
    def since(self) -> date:
        """The first day of the range (UTC); today is its last."""
        return datetime.now(UTC).date() - timedelta(days=self.days - 1)

    def read(self) -> None:
        """Ask for the range anew."""
        since, until = self.since, datetime.now(UTC).date()
        self._show_state("chart-bar", tr("Counting"), tr("The decisions are being counted."))

        app = self._app

        def ask(_: object) -> tuple[ReviewStatistics, Policy, Decision]:
            found = app.review_records.statistics(since, until)
            return found, app.policy.get(), app.policy.decide_rights()

        def came(found: tuple[ReviewStatistics, Policy, Decision]) -> None:
            if found[0].since == self.since:  # another range may have been chosen meanwhile
                self._right = found[2]
                self._can_export(True)
                self.show_figures(found[0], found[1])

        app.runner.run(ask, came, self._fail)

    def show_figures(self, found: ReviewStatistics, policy: Policy) -> None:
        """All of it, or that there is nothing yet."""
        if not found.decided and not found.flagged:
            words = counted(self.days, "in the last {count} day", "in the last {count} days")
            self._show_state(
                "chart-bar",
                tr("No decisions yet"),
                tr("Nobody decided on anything {when}.").format(when=words),
            )
            return
        rate, told = disagreement_text(found)
        texts = (
            (number(found.decided), counted(found.decided, "decision", "decisions")),
            (median_text(found), tr("median time until a decision")),
            (rate, told),
            (number(found.flagged), tr("flagged at the door as known")),
        )
        for card, (figure, words) in zip(self.cards, texts, strict=True):
            card.say(figure, words)
        self.day.show_bars(by_day(found), self.days - 1)
        self.reason.show_bars(by_reason(found, policy))
        self.type.show_bars(by_type(found))
        self._none.setVisible(not found.by_reason)
        self.reason.setVisible(bool(found.by_reason))
        self._pages.setCurrentWidget(self._area)

    def export(self, path: str) -> None:
        """Write all records of the range to a file, CSV or JSON by its name."""
        app, since = self._app, self.since
        self._can_export(False)
        self.message.say(tr("Saving…"), "muted")
        app.runner.run(
            lambda task: app.review_records.save(Path(path), since, None, task),
            lambda _: self._exported(tr("Saved as {name}").format(name=path), "success"),
            lambda error: self._exported(error.message, "danger"),
            on_cancelled=lambda: self._exported("", "muted"),
        )

    # ---- the parts

    def _choose(self, value: str) -> None:
        self.days = int(value)
        self.read()

    def _fail(self, error: MediaError) -> None:
        again = button(tr("Try again"), "arrow-clockwise")
        again.clicked.connect(self.read)
        title = tr("The figures could not be read")
        self.state.show_state("warning-circle", title, error.message, "danger", [again])
        self._pages.setCurrentWidget(self.state)

    def _show_state(self, icon: str, title: str, text: str) -> None:
        self.state.show_state(icon, title, text)
        self._pages.setCurrentWidget(self.state)

    def _exported(self, words: str, tone: str) -> None:
        self._can_export(True)
        self.message.say(words, tone)

    def _can_export(self, on: bool) -> None:
        """Who decided what is in the file, so it is for admins."""
        for made in self.exports.values():
            made.setEnabled(on and self._right.allowed)
            made.setToolTip(self._right.reason)
            made.setAccessibleDescription(self._right.reason)

    def _ask_path(self, form: str) -> None:
        dialog = QFileDialog(self, tr("Export the decisions"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form)
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.selectFile(f"moderation-{self.since}.{form}")
        dialog.fileSelected.connect(self.export)
        dialog.open()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(tr("Figures"), "title"))
        head.addStretch(1)
        head.addWidget(self.range)
        self._area, self._pages = scroll_area(self._body()), QStackedWidget()
        for page in (self.state, self._area):
            self._pages.addWidget(page)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        for made in self.exports.values():
            foot.addWidget(made)
        foot.addWidget(self.message, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(0)
        foot.addWidget(self.close_)
        down = QVBoxLayout(self)
        down.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        down.setSpacing(Space.M)
        down.addLayout(head)
        down.addWidget(self._pages, 1)
        down.addWidget(line())
        down.addLayout(foot)

    def _body(self) -> QWidget:
        made, cards, below = QWidget(), QHBoxLayout(), QHBoxLayout()
        cards.setSpacing(Space.M)
        for card in self.cards:
            cards.addWidget(card, 1)
        self._none = label(tr("Nothing was rejected or flagged."), "muted")
        below.setSpacing(Space.XL)
        for title, parts in (
            (tr("By reason"), (self.reason, self._none)),
            (tr("By type"), (self.type,)),
        ):
            column = QVBoxLayout()
            column.setSpacing(Space.XS)
            column.addWidget(label(title, "strong"))
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
            below.addLayout(column, 1)
        down = QVBoxLayout(made)
        down.setContentsMargins(0, 0, Space.S, 0)
        down.setSpacing(Space.M)
        down.addLayout(cards)
        down.addLayout(legend())
        down.addWidget(self.day)
        down.addLayout(below)
        down.addStretch(1)
        return made


def _export_button(form: str) -> QPushButton:
    return button(tr("Export {form}…").format(form=form.upper()), "download-simple")
