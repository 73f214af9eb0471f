"""The rows of the activity page: read in workers, a page at a time, with a heading a day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ....domain.activity import Activity, ActivityPage, ActivityQuery
from ....domain.errors import MediaError
from ....domain.permissions import Decision
from .words import heading, local_day, spoken, tooltip, tr, what

if TYPE_CHECKING:
    from ....bootstrap import App

_PAGE: Final = 200
#: What is new and who undid what is asked of so many; further down the rows stay as they were.
_FRESH: Final = 1_000
#: An upload joins an entry at most so many rows up.
_BACK: Final = 40
Index = QModelIndex | QPersistentModelIndex
Row = Activity | date


class Role(IntEnum):
    """What a row is asked for: an Activity, or the date of a heading."""

    ROW = Qt.ItemDataRole.UserRole


class ActivityModel(QAbstractListModel):
    """``rows`` are those read so far: entries, newest first, each day below its heading."""

    #: An answer came, or a fault: ``error`` may be new.
    answered = Signal()

    def __init__(self, app: "App") -> None:
        super().__init__()
        self._app = app
        self.rows: list[Row] = []
        self.query = ActivityQuery()
        self.is_loaded = False
        self.error: MediaError | None = None
        self._next: int | None = None
        self._shown = self.query
        self._asked = 0
        self._read = 0
        self._is_growing = False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """As many as were read."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is passed over by the keys."""
        if index.isValid() and isinstance(self.rows[index.row()], date):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row, and what is said of it."""
        if not index.isValid():
            return None
        row, me = self.rows[index.row()], self._app.account.user_id
        if role == Role.ROW:
            return row
        if isinstance(row, date):
            spelled = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return heading(row) if role in spelled else None
        if role == Qt.ItemDataRole.DisplayRole:
            return what(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(row, me)
        return spoken(row, me) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def find(self, query: ActivityQuery) -> None:
        """Show what these filters let through; the rows stay until the answer is there."""
        if query != self.query:
            self.query = query
            self._ask(None, _PAGE)

    def reload(self) -> None:
        """Read the newest anew; what lies deeper than a thousand changes stays as it was read."""
        self._ask(None, min(max(_PAGE, self._read), _FRESH))

    def load_more(self) -> None:
        """Read the next page, unless it is on its way or there is none."""
        if self._next is not None and not self._is_growing:
            self._ask(self._next, _PAGE)

    def mark_undone(self, entry: Activity) -> None:
        """Say so where it lies too deep to be read anew."""
        me, number = self._app.account, entry.changes[0]
        for at, row in enumerate(self.rows):
            if isinstance(row, Activity) and row.changes[0] == number:
                done = Decision(False, tr("This is undone already."))
                self.rows[at] = replace(
                    row, undone_at=datetime.now(UTC), undone_by=me, may_undo=done
                )
                self.dataChanged.emit(self.index(at), self.index(at))
                return

    def _ask(self, before: int | None, limit: int) -> None:
        self._asked += 1
        asked, query = self._asked, self.query
        self._is_growing = before is not None

        def arrived(page: ActivityPage) -> None:
            if asked == self._asked:  # else a later question was asked meanwhile
                self._take(page, before)

        def failed(error: MediaError) -> None:
            if asked == self._asked:
                self._fail(error)

        self._app.runner.run(
            lambda _: self._app.activity.page(query, limit, before), arrived, failed
        )

    def _fail(self, error: MediaError) -> None:
        """The rows stay, unless they are those of other filters."""
        self._is_growing = False
        self.error = error
        if self._shown != self.query:
            self._replace([])
            self._next, self._read = None, 0
        self.answered.emit()

    def _take(self, page: ActivityPage, before: int | None) -> None:
        self._is_growing = False
        self.is_loaded, self.error = True, None
        if before is None:
            self._begin(page)
        else:
            self._grow(page.items)
            self._read += len(page.items)
            self._next = page.next
        self.answered.emit()

    def _begin(self, page: ActivityPage) -> None:
        rows: list[Row] = []
        add(rows, page.items)
        if page.next is None or self._shown != self.query or self._next == page.next:
            deeper: list[Row] = []
        else:
            deeper = older(self.rows, page.next)
        if deeper:
            cut = min(_BACK, len(deeper))
            cut -= isinstance(deeper[cut - 1], date)  # a heading goes with what is below it
            add(rows, [each for each in deeper[:cut] if isinstance(each, Activity)])
            rows += deeper[cut:]
        else:
            self._next, self._read = page.next, len(page.items)
        self._replace(rows)

    def _replace(self, rows: list[Row]) -> None:
        self._shown = self.query
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def _grow(self, items: Iterable[Activity]) -> None:
        """Put a page below; its first uploads may belong to entries that are there."""
        first = max(0, len(self.rows) - _BACK - 1)
        tail = self.rows[first:]
        longer = list(tail)
        add(longer, items)
        for at, old in enumerate(tail):
            if longer[at] is not old:
                self.rows[first + at] = longer[at]
                self.dataChanged.emit(self.index(first + at), self.index(first + at))
        if fresh := longer[len(tail) :]:
            last = len(self.rows)
            self.beginInsertRows(QModelIndex(), last, last + len(fresh) - 1)
            self.rows += fresh
            self.endInsertRows()


def add(rows: list[Row], items: Iterable[Activity]) -> None:
    """Put older entries below: into one that they belong to, or with a heading for a new day."""
    for one in items:
        for at in range(len(rows) - 1, max(-1, len(rows) - 1 - _BACK), -1):
            row = rows[at]
            if isinstance(row, Activity) and row.takes(one):
                rows[at] = row.plus(one)
                break
        else:
            day = local_day(one.at)
            last = rows[-1] if rows else None
            if not isinstance(last, Activity) or day < local_day(last.at):
                rows.append(day)
            rows.append(one)


def older(rows: list[Row], number: int) -> list[Row]:
    """What of the rows is older than a change."""
    low, high = 0, len(rows)
    while low < high:  # rows are in the order of their newest change
        middle = (low + high) // 2
        at = middle if isinstance(rows[middle], Activity) else min(middle + 1, len(rows) - 1)
        row = rows[at]
        if isinstance(row, Activity) and row.changes[0] >= number:
            low = at + 1
        else:
            high = middle
    begun = [each.before(number) for each in rows[max(0, low - _BACK) : low]
             if isinstance(each, Activity)]  # fmt: skip
    return [each for each in begun if each is not None] + rows[low:]
