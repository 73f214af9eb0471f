"""What is known beside the item: its uploader's last 90 days, the check, the like, its history."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from .....domain.errors import MediaError
from .....domain.moderation import Look, Policy, Waiting
from .....domain.review_facts import ItemFacts
from ....theme import Space
from ....widgets import Flow, label
from ..facts_words import STATUSES, SUMS, breakable, day, history_line, reason_text
from ..parts import MarkedLine, Section, wrapped
from ..words import counted, tr
from .screening_status import ScreeningStatus
from .similar import SimilarRow

if TYPE_CHECKING:
    from .....bootstrap import App

#: So many of the latest decisions are told.
_LINES: Final = 4


class Background(QWidget):
    """Four sections; one that has nothing to say is hidden."""

    def __init__(self, app: "App") -> None:
        super().__init__()
        self._item: Waiting | None = None
        self._policy = Policy()
        self._has_score = False
        self.theirs = Section(tr("Their last 90 days"))
        self.check = Section(tr("Automatic check"))
        self.alike = Section(tr("Similar, already decided"))
        self.past = Section(tr("History"))
        self.fault = MarkedLine("small")
        self.sums = {status: MarkedLine(wraps=False) for status in SUMS}
        self.last, self.found = wrapped("small"), MarkedLine()
        self.score, self.similar = label("", "small"), SimilarRow(app)
        self.hint = label(tr("A hint only. The decision is yours."), "small")
        self.screening = ScreeningStatus(app)
        self.screening.changed.connect(self._show_check)
        self.lines = [wrapped("small") for _ in range(_LINES)]
        self._lay_out()

    def show_item(self, item: Waiting | None, policy: Policy, *, is_all: bool = True) -> None:
        """Forget what was said of another; the score is known at once.

        Unless that ``is_all``, ``show_facts`` follows at once: what is hidden for that moment, and
        shown again, is laid out each time with all around it.
        """
        self._item, self._policy = item, policy
        if is_all:
            for section in (self.theirs, self.alike, self.past):
                section.hide()
            self.similar.show_similar(())
        self.fault.say("")
        self._tell_score(None if item is None else item.score)

    def show_facts(self, facts: ItemFacts) -> None:
        """Say all there is."""
        self.fault.say("")
        self._tell_uploader(facts)
        self._tell_score(facts.score)
        self.similar.show_similar(facts.similar)
        self.alike.setVisible(bool(facts.similar))
        # Who decided before is told once it is no second look: that is to judge the picture.
        names = facts.names if self._item and self._item.look is Look.FIRST else {}
        latest = sorted(facts.history, key=lambda each: each.id, reverse=True)[:_LINES]
        for at, words in enumerate(self.lines):
            known = at < len(latest)
            words.setText(history_line(latest[at], self._policy, names) if known else "")
            words.setVisible(known)
        self.past.setVisible(bool(latest))

    def show_error(self, error: MediaError) -> None:
        """Say that there is more to know, and why it is not there."""
        self.fault.say(error.message, "warning-circle-fill", "danger", "danger")

    def _tell_uploader(self, facts: ItemFacts) -> None:
        for status, words in self.sums.items():
            count = facts.uploader_days.get(status, 0)
            shown = count or status.value == "approved"
            icon, tone = STATUSES[status]
            words.say(counted(count, *SUMS[status]) if shown else "", icon, tone)
        rejection = facts.last_rejection
        if rejection is not None:
            told = tr("Rejected {day}").format(day=day(rejection.at))
            if why := reason_text(rejection.reason, self._policy):
                told = tr("{words}: {reason}").format(words=told, reason=_lower(why))
            self.last.setText(breakable(told))
        self.last.setVisible(rejection is not None)
        self.theirs.setVisible(bool(facts.uploader_name))

    def _tell_score(self, score: float | None) -> None:
        self._has_score = score is not None
        for part in (self.found, self.score, self.hint):
            part.setVisible(self._has_score)
        self._show_check()
        if score is None:
            return
        if score >= self._policy.suspect_from:
            self.found.say(tr("May be unsafe"), "warning-fill", "warning")
        else:
            self.found.say(tr("Nothing found"), "check-circle-fill", "success")
        self.score.setText(tr("score {score}").format(score=f"{score:.2f}"))

    def _show_check(self) -> None:
        self.check.setVisible(self._has_score or self.screening.says)

    def _lay_out(self) -> None:
        sums = Flow(Space.M)
        for each in self.sums.values():
            sums.addWidget(each)
        self.theirs.body.addLayout(sums)
        self.theirs.body.addWidget(self.last)
        check = QHBoxLayout()
        check.addWidget(self.found, 1)
        check.addWidget(self.score)
        self.check.body.addLayout(check)
        self.check.body.addWidget(self.hint)
        self.check.body.addWidget(self.screening)
        self.alike.body.addWidget(self.similar)
        for words in self.lines:
            self.past.body.addWidget(words)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        for part in (self.theirs, self.check, self.alike, self.past, self.fault):
            down.addWidget(part)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
