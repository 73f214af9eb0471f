"""A clean-up session: what is compared, at what threshold, and how far one is."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ....domain.duplicates import (
    DEFAULT_THRESHOLD,
    MAX_THRESHOLD,
    RULES_SETTING,
    Rule,
    Scope,
    rules_of,
)
from ....domain.errors import MediaError
from .model import GroupModel

if TYPE_CHECKING:
    from ....bootstrap import App
    from ....services.duplicates import Comparison, Grouping
    from ....tasks.runner import Task

_THRESHOLD: Final = "duplicates/threshold"


class CleanUp(QObject):
    """Compares in a worker, and groups anew whenever threshold or rules change; newest wins."""

    #: It compares, has compared, failed, was stopped; or counts are others.
    changed = Signal()
    #: done, total: how far comparing is.
    progressed = Signal(int, int)
    #: It begins to compare.
    began = Signal()
    #: Other groups are shown.
    regrouped = Signal()

    def __init__(self, app: "App", groups: GroupModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app, self._groups = app, groups
        self.scope = Scope()
        self.comparison: Comparison | None = None
        self.error: MediaError | None = None
        self.is_comparing = False
        #: Something was added, changed or removed since.
        self.is_stale = False
        #: How many media of the library can't be compared yet.
        self.lacking = 0
        #: Groups decided on, and the bytes that went to the trash by it.
        self.done = self.freed = 0
        #: Media of decisions that are still being carried out: no group has them meanwhile.
        self.settled: set[int] = set()
        #: Media that are not as they were when they were compared; None for all.
        self._touched: set[int] | None = set()
        self.threshold = _bounded(app.settings.get(_THRESHOLD, DEFAULT_THRESHOLD))
        self.rules = rules_of(app.settings.get(RULES_SETTING, []))
        self._asked = 0
        self._task: Task | None = None
        self._grouping: Task | None = None

    @property
    def left(self) -> int:
        """How many groups wait for a decision."""
        return self._groups.rowCount()

    def set_scope(self, scope: Scope) -> None:
        """Compare something else."""
        if scope != self.scope:
            self.scope = scope
            self.compare()

    def set_threshold(self, threshold: int) -> None:
        """Group at another distance."""
        if threshold != self.threshold:
            self.threshold = threshold
            self._app.settings.set(_THRESHOLD, threshold)
            self._regroup()

    def set_rules(self, rules: tuple[Rule, ...]) -> None:
        """Choose keepers by another order of rules, from now on."""
        if rules != self.rules:
            self.rules = rules
            self._app.settings.set(RULES_SETTING, [str(each) for each in rules])
            self._regroup()

    def compare(self) -> None:
        """Read all fingerprints of the scope and find what is alike."""
        self._stop()
        self._asked += 1
        number, scope, args = self._asked, self.scope, (self.threshold, self.rules)
        self.is_comparing, self.error, self.is_stale = True, None, False
        app = self._app

        def work(task: "Task") -> "tuple[Comparison, Grouping, int]":
            found = app.duplicates.compare(scope, task)
            return found, found.grouped(*args), app.fingerprints.missing_count()

        def done(answer: "tuple[Comparison, Grouping, int]") -> None:
            if number == self._asked:
                self.is_comparing, self._task = False, None
                self.comparison, _, self.lacking = answer
                self._touched = set()
                self._show(answer[1])
                if args != (self.threshold, self.rules):
                    self._regroup()

        def failed(error: MediaError) -> None:
            if number == self._asked:
                self.is_comparing, self._task, self.error = False, None, error
                self.changed.emit()

        def stopped() -> None:
            if number == self._asked:
                self.is_comparing, self._task = False, None
                self.is_stale = self.comparison is not None
                self.changed.emit()

        self.began.emit()
        task = app.runner.run(work, done, failed, self._tell, stopped)
        if self.is_comparing and number == self._asked:
            self._task = task
        self.changed.emit()

    @property
    def task(self) -> "Task | None":
        """What compares now."""
        return self._task

    def cancel(self) -> None:
        """Stop comparing; what was found before stays."""
        if self._task is not None:
            self._task.cancel()

    def outdate(self) -> None:
        """Something is not as it was when it was compared."""
        if self.comparison is not None and not self.is_stale:
            self.is_stale = True
            self.changed.emit()

    def count(self, groups: int, freed: int) -> None:
        """So many more are decided (fewer: taken back), with so many bytes."""
        self.done = max(0, self.done + groups)
        self.freed = max(0, self.freed + freed)
        self.changed.emit()

    def _stop(self) -> None:
        for task in (self._task, self._grouping):
            if task is not None:
                task.cancel()
        self._task = self._grouping = None

    def follow(self, ids: Collection[int] | None) -> None:
        """Media, or all (None), are not as they were: group again by what they are now."""
        if ids is None or self._touched is None:
            self._touched = None
        else:
            self._touched.update(ids)
        self._regroup()

    def touch(self, ids: Collection[int]) -> None:
        """As ``follow``, but once it is grouped anew for another reason."""
        if self._touched is not None:
            self._touched.update(ids)

    def waiting(self) -> "tuple[Grouping | None, list[int]]":
        """The grouping, and which of its groups wait for a decision."""
        return self._groups.waiting()

    def _regroup(self) -> None:
        comparison = self.comparison
        if comparison is None or self.is_comparing:
            return
        if self._grouping is not None:
            self._grouping.cancel()
        self._asked += 1
        number, threshold, rules = self._asked, self.threshold, self.rules
        settled, touched = sorted(self.settled), self._touched
        touched = None if touched is None else set(touched)
        app = self._app

        def work(_: object) -> "tuple[Comparison, Grouping]":
            now = comparison
            if touched is None or touched:
                now = app.duplicates.refreshed(comparison, touched)
            found = now.grouped(threshold, rules)
            return now, found.without_media(settled) if settled else found

        def done(answer: "tuple[Comparison, Grouping]") -> None:
            if number == self._asked:
                self._grouping = None
                self.comparison = answer[0]
                # What was touched meanwhile is read next time.
                left = self._touched - touched if self._touched and touched else set()
                self._touched = left
                self._show(answer[1])

        def failed(error: MediaError) -> None:
            if number == self._asked:
                self.error = error
                self.changed.emit()

        self._grouping = self._app.runner.run(work, done, failed, None, lambda: None)

    def _show(self, grouping: "Grouping") -> None:
        self.error = None
        self._groups.show_grouping(grouping)
        self.regrouped.emit()
        self.changed.emit()

    def _tell(self, done: int, total: int, _text: str = "") -> None:
        self.progressed.emit(done, total)


def _bounded(value: object) -> int:
    """As the settings say, which a person may have edited."""
    return min(max(value, 0), MAX_THRESHOLD) if isinstance(value, int) else DEFAULT_THRESHOLD
