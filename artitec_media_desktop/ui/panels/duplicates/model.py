"""The groups that are left, as rows: an array of numbers, whatever the number of groups."""

from array import array
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ....domain.duplicates import Group
from ....domain.limits import size_text
from .words import likeness

if TYPE_CHECKING:
    from ....services.duplicates import Grouping
    from .reading import RowFacts, Rows

Index = QModelIndex | QPersistentModelIndex
#: To look through all of a hundred thousand would make an object of each.
_AROUND: Final = 500


class Role(IntEnum):
    """What a row is asked for."""

    GROUP = Qt.ItemDataRole.UserRole
    FACTS = Qt.ItemDataRole.UserRole + 1
    TROUBLE = Qt.ItemDataRole.UserRole + 2


class GroupModel(QAbstractListModel):
    """A row is made into a Group when it is looked at.

    A group that comes back after it was decided takes a number behind those of the grouping.
    """

    def __init__(self) -> None:
        super().__init__()
        self._grouping: Grouping | None = None
        self._numbers = array("q")
        self._returned: dict[int, Group] = {}
        self._next = 0
        self._troubles: dict[tuple[int, ...], str] = {}
        self._rows: Rows | None = None
        #: Bytes that accepting what is left frees.
        self.freed = 0

    def read_by(self, rows: "Rows") -> None:
        """Who knows what the rows show, and says when it has come."""
        self._rows = rows
        rows.arrived.connect(self._repaint)

    def show_grouping(self, grouping: "Grouping | None") -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._grouping = grouping
        count = 0 if grouping is None else grouping.count
        self._numbers = array("q", range(count))
        self._returned, self._next = {}, count
        self.freed = 0 if grouping is None else grouping.freed
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as are left."""
        return 0 if parent.isValid() else len(self._numbers)

    def group(self, row: int) -> Group:
        """The group of a row."""
        at = self._numbers[row]
        found = self._returned.get(at)
        if found is None:
            assert self._grouping is not None  # noqa: S101  # there are no rows without one
            found = self._grouping.group(at)
        return found

    def find(self, group: Group, near: int = 0) -> int:
        """The row of a group, looked for around a row; -1 where it is not there."""
        first = max(0, near - _AROUND)
        for row in range(first, min(len(self._numbers), near + _AROUND)):
            if self.group(row).ids == group.ids:
                return row
        return -1

    def take(self, row: int) -> Group:
        """Remove a row that was decided on."""
        group = self.group(row)
        self.beginRemoveRows(QModelIndex(), row, row)
        self._returned.pop(self._numbers.pop(row), None)
        self.freed -= group.freed
        self.endRemoveRows()
        return group

    def put_back(self, group: Group, row: int, trouble: str = "") -> int:
        """A decision was undone, or failed (``trouble`` says why); returns its row."""
        row = max(0, min(row, len(self._numbers)))
        self.beginInsertRows(QModelIndex(), row, row)
        self._numbers.insert(row, self._next)
        self._returned[self._next] = group
        self._next += 1
        self.freed += group.freed
        self.endInsertRows()
        if trouble:
            self._troubles[group.ids] = trouble
        else:
            self._troubles.pop(group.ids, None)
        return row

    def replace(self, row: int, group: Group) -> None:
        """The same place with fewer media."""
        self.freed += group.freed - self.group(row).freed
        self._returned[self._next] = group
        self._numbers[row] = self._next
        self._next += 1
        self.dataChanged.emit(self.index(row), self.index(row))

    def waiting(self) -> "tuple[Grouping | None, list[int]]":
        """The grouping, and which of its groups are left."""
        count = 0 if self._grouping is None else self._grouping.count
        return self._grouping, [each for each in self._numbers if each < count]

    def trouble(self, group: Group) -> str:
        """Why its last decision was not carried out."""
        return self._troubles.get(group.ids, "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The group, what is known of it, and what is said of it."""
        if not index.isValid():
            return None
        group = self.group(index.row())
        if role == Role.GROUP:
            return group
        if role == Role.TROUBLE:
            return self.trouble(group)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.trouble(group) or None
        if role not in (
            Role.FACTS,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        facts = self._rows.get(group) if self._rows is not None else None
        if role == Role.FACTS:
            return facts
        return _spoken(group, facts, self.trouble(group))

    def _repaint(self) -> None:
        if self._numbers:
            self.dataChanged.emit(self.index(0), self.index(len(self._numbers) - 1))


def _spoken(group: Group, facts: "RowFacts | None", trouble: str) -> str:
    freed = size_text(group.freed) if group.freed else ""
    parts = ("" if facts is None else facts.title, likeness(group), freed, trouble)
    return ", ".join(part for part in parts if part)
