"""Decisions: the group goes at once, the work follows in order, and what fails comes back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ....domain.changes import Change, ChangeKind
from ....domain.duplicates import Group, Merge
from ....domain.errors import Conflict, MediaError
from ....domain.limits import size_text
from ....domain.media import Media
from ....domain.work import Work
from ...edits import Edit, Edits
from .clean_up import CleanUp
from .model import GroupModel
from .reading import Case
from .words import counted, media, tr

if TYPE_CHECKING:
    from ....bootstrap import App


@dataclass(slots=True, eq=False)
class Decision:
    """One of this session. ``change`` is there once it was carried out."""

    group: Group
    row: int
    #: What leaves the comparison by it, by number; and the public ids that its undoing names.
    settled: frozenset[int]
    public_ids: frozenset[str]
    freed: int = 0
    change: Change | None = None
    is_undone: bool = False


class Deciding(QObject):
    """Takes the rows out of the model, and puts back what was undone or could not be done."""

    #: The row of a group that came back, because a person took the decision back.
    returned = Signal(int)
    #: A decision was carried out, failed or was taken back: what was read ahead may be old.
    settled = Signal()

    def __init__(
        self,
        app: "App",
        edits: Edits,
        clean_up: CleanUp,
        groups: GroupModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app, self._edits, self._clean_up, self._groups = app, edits, clean_up, groups
        self.decisions: list[Decision] = []
        app.changes.happened.connect(self._happened)

    @property
    def standing(self) -> list[Change | None]:
        """The decisions of this session that stand; None for what is under way."""
        return [each.change for each in self.decisions if not each.is_undone]

    def is_own(self, change: Change) -> bool:
        """Whether it is a decision of this session, or takes one back."""
        names = set(change.public_ids)
        return any(names & each.public_ids for each in self.decisions)

    def accept(self, case: Case, row: int) -> None:
        """Merge as it was shown; where nothing would change, all are kept."""
        merge = case.merge
        if merge.is_nothing:
            self.keep_both(case, row)
            return
        done = tr("{files} to Trash, {size} freed").format(
            files=media(len(merge.trashed)), size=size_text(merge.freed)
        )
        was_waiting = any(each.change is None for each in self.decisions)

        def act(work: Work) -> Change:
            # What was decided just before may have passed roles on since this was read.
            now = self._again(case) if was_waiting else merge
            return self._app.duplicates.accept(now, work)

        self._carry_out(
            self._decision(case, row, merge.trashed, merge.freed),
            tr("Merging"),
            act,
            done,
            tr("The group was not merged"),
        )

    def keep_both(self, case: Case, row: int) -> None:
        """They are copies, and all of them stay."""
        ids = [each.id for each in case.media]
        self._carry_out(
            self._decision(case, row, case.media),
            tr("Keeping all"),
            lambda _: self._app.duplicates.keep_both(ids),
            counted(len(ids), "{count} copy kept", "{count} copies kept"),
            tr("It was not written down"),
        )

    def not_duplicates(self, case: Case, row: int) -> None:
        """They are different pictures; that is remembered for everyone."""
        ids = [each.id for each in case.media]
        self._carry_out(
            self._decision(case, row, case.media),
            tr("Remembering"),
            lambda _: self._app.duplicates.not_duplicates(ids),
            tr("Not duplicates, for everyone"),
            tr("It was not written down"),
        )

    def _again(self, case: Case) -> Merge:
        """The same merge as things are now; for a worker. Raises Conflict where it is another."""
        merge, keeper = case.merge, case.choice.keeper
        chosen = [each.id for each in merge.trashed]
        now = self._app.duplicates.preview(case.group, keeper, chosen, self._clean_up.rules)
        if {each.id for each in now.trashed} != set(chosen):
            text = tr("Not all of it can go any more. Look at the group again.")
            raise Conflict("overtaken", text)
        return now

    def _decision(self, case: Case, row: int, gone: tuple[Media, ...], freed: int = 0) -> Decision:
        keeper = case.merge.keeper.id
        ids = frozenset(each.id for each in gone) - {keeper}
        names = frozenset(each.public_id for each in gone if each.id != keeper)
        return Decision(case.group, row, ids, names, freed)

    def _carry_out(
        self,
        decision: Decision,
        doing: str,
        act: Callable[[Work], Change],
        done: str,
        not_done: str,
    ) -> None:
        self._groups.take(decision.row)
        self.decisions.append(decision)
        self._clean_up.settled |= decision.settled
        self._count(decision, 1)

        def ended(change: Change) -> None:
            decision.change = change
            self._clean_up.settled -= decision.settled
            self._clean_up.touch(decision.group.ids)
            self.settled.emit()

        def failed(error: MediaError) -> None:
            self.decisions.remove(decision)
            self._clean_up.settled -= decision.settled
            self._groups.put_back(decision.group, decision.row, error.message)
            self._count(decision, -1)
            self.settled.emit()

        self._edits.carry_out(
            Edit(doing, act, lambda _change: done, not_done, ended, failed, icon="copy-simple")
        )

    def _count(self, decision: Decision, sign: int) -> None:
        self._clean_up.count(sign, sign * decision.freed)

    def _happened(self, change: Change) -> None:
        """Something was undone or done again, here or by another way; if it is ours, follow."""
        names = set(change.public_ids)
        undone = change.kind is ChangeKind.UNDONE
        for decision in reversed(self.decisions):
            first = decision.change
            if first is None or not names & decision.public_ids:
                continue
            if undone and not decision.is_undone:
                decision.is_undone = True
                self._clean_up.touch(decision.group.ids)
                row = self._groups.put_back(decision.group, decision.row)
                self._count(decision, -1)
                self.settled.emit()
                self.returned.emit(row)
                return
            if not undone and decision.is_undone and first.kind is change.kind:
                self._done_again(decision, change)
                return

    def _done_again(self, decision: Decision, change: Change) -> None:
        row = self._groups.find(decision.group, decision.row)
        if row >= 0:
            decision.is_undone, decision.change = False, change
            self._clean_up.touch(decision.group.ids)
            self._groups.take(row)
            self._count(decision, 1)
            self.settled.emit()
