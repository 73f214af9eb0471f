"""Many groups at once: those with the same bytes, after it was shown what that does."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ....domain.changes import Change, ChangeKind
from ....domain.duplicates import Group, Likeness, Outcome, Report
from ....domain.errors import MediaError, NotFound
from ....domain.limits import size_text
from ....domain.media import Media
from ....domain.work import Work
from ...edits import Edit, Edits
from ...panel import Notice
from ...table_file import ask_for_path, save_table
from .batch_dialog import BatchDialog
from .clean_up import CleanUp
from .report import report_text
from .words import counted, tr

if TYPE_CHECKING:
    from ....bootstrap import App
    from ....services.duplicates import Grouping


@dataclass(slots=True, eq=False)
class _Done:
    change: Change
    #: What went to the trash.
    media: tuple[Media, ...]
    groups: int
    is_undone: bool = False

    @property
    def public_ids(self) -> frozenset[str]:
        return frozenset(each.public_id for each in self.media)

    @property
    def freed(self) -> int:
        return sum(each.file_size or 0 for each in self.media)


class Batch(QObject):
    """One at a time: counted first, then asked, carried out, and reported."""

    noticed = Signal(object)

    def __init__(self, app: "App", edits: Edits, clean_up: CleanUp, window: QWidget) -> None:
        super().__init__(window)
        self._app, self._edits, self._clean_up, self._window = app, edits, clean_up, window
        self.dialog: BatchDialog | None = None
        self._done: list[_Done] = []
        #: Public ids of what goes to the trash now.
        self._under_way: frozenset[str] = frozenset()
        app.changes.happened.connect(self._happened)

    def begin(self) -> None:
        """Count what would be done, and ask."""
        grouping, indexes = self._clean_up.waiting()
        if self.dialog is not None or grouping is None:
            return
        dialog = self.dialog = BatchDialog(self._window)
        dialog.finished.connect(self._closed)
        dialog.save_wanted.connect(self._save)
        app = self._app

        def count(work: Work) -> tuple[list[int], Report]:
            exact = [each for each in indexes if _is_exact(grouping.group(each))]
            report = app.duplicates.accept_all(grouping, exact, work, dry_run=True)
            return exact, report

        def counted_them(answer: tuple[list[int], Report]) -> None:
            if self.dialog is dialog:
                dialog.show_report(answer[1])
                dialog.accepted.connect(lambda: self._carry_out(grouping, *answer))

        def failed(error: MediaError) -> None:
            dialog.reject()
            self.complain(tr("It could not be counted"), error)

        task = app.runner.run(count, counted_them, failed, dialog.tell, lambda: None)
        dialog.watch(task)
        dialog.open()

    @property
    def standing(self) -> list[Change | None]:
        """What this session has done to many at once; None for what is under way."""
        done: list[Change | None] = [each.change for each in self._done if not each.is_undone]
        return [*done, None] if self._under_way else done

    def is_own(self, change: Change) -> bool:
        """Whether it is one of ours, done or undone."""
        names = set(change.public_ids)
        return bool(names & self._under_way) or any(names & each.public_ids for each in self._done)

    def complain(self, title: str, error: MediaError) -> None:
        """Say what went wrong."""
        copy = partial(QGuiApplication.clipboard().setText, error.message)
        self.noticed.emit(Notice(title, error.message, "danger", tr("Copy"), copy))

    def _carry_out(self, grouping: "Grouping", indexes: list[int], planned: Report) -> None:
        found: list[Report] = []
        going = (each for each in planned.lines if each.outcome is Outcome.TRASHED)
        self._under_way = frozenset(each.media.public_id for each in going)

        def act(work: Work) -> Change:
            report = self._app.duplicates.accept_all(grouping, indexes, work)
            found.append(report)
            if report.change is None:
                raise NotFound("nothing_to_merge", tr("None of them could be merged."))
            return report.change

        def told(_change: Change) -> str:
            one, many = "{count} group merged", "{count} groups merged"
            freed = tr("{size} freed").format(size=size_text(found[0].freed_bytes))
            return f"{counted(found[0].resolved, one, many)}, {freed}"

        def done(change: Change) -> None:
            words = tr("The report names every file")
            save = partial(self._save, found[0])
            self.noticed.emit(Notice(words, "", "info", tr("Save as CSV"), save))

        def ended(change: Change | None) -> None:
            """All of it, what was done until it was stopped, or nothing."""
            self._under_way = frozenset()
            names = set() if change is None else set(change.public_ids)
            gone = [each for each in planned.lines if each.media.public_id in names]
            gone = [each for each in gone if each.outcome is Outcome.TRASHED]
            if change is not None and gone:
                media = tuple(each.media for each in gone)
                self._done.append(_Done(change, media, len({each.group for each in gone})))
                self._count(self._done[-1], 1)
            self._clean_up.follow(None)

        not_done = tr("The copies were not merged")
        self._edits.carry_out(
            Edit(
                tr("Merging copies"),
                act,
                told,
                not_done,
                on_done=done,
                on_end=ended,
                icon="copy-simple",
            )
        )

    def _happened(self, change: Change) -> None:
        """All of it was undone, or done again."""
        undone = change.kind is ChangeKind.UNDONE
        if not undone and change.kind is not ChangeKind.MERGED:
            return
        for each in reversed(self._done):
            # What is decided now on one of its groups is none of it.
            deciding = any(media.id in self._clean_up.settled for media in each.media)
            if (
                each.is_undone is undone
                or deciding
                or not each.public_ids <= set(change.public_ids)
            ):
                continue
            each.is_undone = undone
            each.change = each.change if undone else change
            self._count(each, -1 if undone else 1)
            self._clean_up.follow(None)
            return

    def _count(self, done: _Done, sign: int) -> None:
        self._clean_up.count(sign * done.groups, sign * done.freed)

    def _save(self, report: Report) -> None:
        name = f"duplicates-{datetime.now():%Y-%m-%d}.csv"
        ask_for_path(self._window, name, partial(self.save_to, report))

    def save_to(self, report: Report, path: str) -> None:
        """Write the report as a table."""
        self._app.runner.run(
            lambda _: save_table(report_text(report), path),
            lambda _: self.noticed.emit(Notice(tr("The report was saved"), path)),
            lambda error: self.complain(tr("The report was not saved"), error),
        )

    def _closed(self) -> None:
        self.dialog = None


def _is_exact(group: Group) -> bool:
    return group.kind is Likeness.EXACT and group.freed > 0
