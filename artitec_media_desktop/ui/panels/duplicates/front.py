"""The group in front: shown as it is chosen, with those that come next read ahead."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from ....domain.duplicates import Group
from ....domain.errors import MediaError
from ....domain.media import Media
from .model import GroupModel
from .reading import Case, Cases, Choice
from .reasons import Reasons
from .sidebar import GroupList
from .view import GroupView

#: How many groups are read ahead, with their pictures.
_AHEAD: Final = 3
#: What the services say where the keeper is gone.
_GONE: Final = "no_media"


class Front(QObject):
    """Follows the list; what a person chooses in a group stays with it in this session."""

    #: Another group is in front, or none, or what is known of it is there.
    shown = Signal()
    #: MediaError: the group in front could not be read.
    unreadable = Signal(object)
    #: A group of which media are gone was left out.
    dropped = Signal()

    def __init__(
        self,
        groups: GroupModel,
        cases: Cases,
        listed: GroupList,
        view: GroupView,
        reasons: Reasons,
        accept: Callable[[Case, int], None],
    ) -> None:
        """``accept`` gets a case and its row."""
        super().__init__(view)
        self._groups, self._cases, self._list = groups, cases, listed
        self._view, self._reasons, self._accept = view, reasons, accept
        self._choices: dict[tuple[int, ...], Choice] = {}
        #: What is accepted once it was read: a group with another keeper.
        self._accepting: tuple[Group, Choice] | None = None
        #: The group in front; None where there is none.
        self.group: Group | None = None
        listed.chosen.connect(self.show_row)
        cases.arrived.connect(self._arrived)
        cases.failed.connect(self._not_read)
        view.chosen.connect(self._choose)

    @property
    def case(self) -> Case | None:
        """What is shown, if it is the group in front: while that is being read, nothing is."""
        case = self._view.case
        return case if case is not None and case.group == self.group else None

    def show_row(self, row: int) -> None:
        """Bring the group of a row to the front; -1 for none."""
        self._accepting = None
        self.group = self._groups.group(row) if 0 <= row < self._groups.rowCount() else None
        self.show_case()

    def show_case(self) -> None:
        """Show what is known of the group in front."""
        group = self.group
        case = None if group is None else self._cases.get(group, self._choices.get(group.ids))
        if case is not None and len(case.media) < 2:
            # Where media are gone and one is left, there is nothing to decide.
            over = case.group
            QTimer.singleShot(0, self, lambda: self.drop(over))
            return
        self._view.show_case(case)
        self._reasons.show_case(case)
        self.read_ahead()
        self.shown.emit()

    def look_again(self) -> None:
        """It may be another by now; what is shown stays until that was read."""
        group = self.group
        if group is not None and self._cases.get(group, self._choices.get(group.ids)) is not None:
            self.show_case()

    def settled(self) -> None:
        """Roles may have passed on: what was read ahead of others is read again."""
        self._cases.forget()
        self.look_again()
        self.read_ahead()

    def regrouped(self) -> None:
        """The group in front stays so, where it is still one."""
        self._cases.forget()
        before, row = self.group, 0
        if before is not None:
            grouping, _ = self._groups.waiting()
            found = None if grouping is None else grouping.index_of(before.keeper)
            row = found or 0
        self._list.go_to(row)
        self.show_row(self._list.row)

    def drop(self, group: Group) -> None:
        """Leave a group out whose media are gone."""
        row = self._groups.find(group, max(0, self._list.row))
        if row >= 0:
            self._groups.take(row)
            self.dropped.emit()

    def shrunk(self, groups: list[Group]) -> None:
        """Media of these are gone; of the one in front ``show_case`` finds out."""
        for each in groups:
            if each != self.group and len(each.ids) < 3:
                self.drop(each)

    def read_ahead(self) -> None:
        """Have the next groups ready, with their pictures."""
        row = self._list.row
        media: list[Media] = []
        for near in range(row + 1, min(row + 1 + _AHEAD, self._groups.rowCount())):
            case = self._cases.get(self._groups.group(near))
            media += [] if case is None else case.media[:2]
        self._view.compare.show_next(tuple(media))

    def accept_as(self, choice: Choice) -> None:
        """Accept the group in front with another choice, as soon as that was read."""
        group = self.group
        if group is None:
            return
        self._accepting = (group, choice)
        self._choices[group.ids] = choice
        case = self._cases.get(group, choice)
        if case is None or self._accepting is None:
            return
        self._accepting = None
        if case.merge.is_nothing:
            self.show_case()  # it is on another place: whoever wants it gone says so
        else:
            self._accept(case, self._list.row)

    def _choose(self, choice: Choice) -> None:
        if self.group is not None:
            self._choices[self.group.ids] = choice
            self.look_again()

    def _arrived(self, case: Case) -> None:
        group = self.group
        if group is None or case.group != group:
            self.read_ahead()
            return
        if case.choice != (self._choices.get(group.ids) or Choice(group.keeper)):
            return
        self.show_case()
        if self._accepting == (group, case.choice):
            self.accept_as(case.choice)

    def _not_read(self, group: Group, error: MediaError) -> None:
        if error.code == _GONE:
            self.drop(group)
        elif group == self.group:
            self._accepting = None
            self.unreadable.emit(error)
