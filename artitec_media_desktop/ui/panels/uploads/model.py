"""Rows of the uploads page: a heading a batch, newest first, then its files in their order.

Batches that have no place yet come before all others.

Only the rows that are shown are in it, by the states chosen and the batches that are folded: a
filter of its own asks Python 10,000 times over, this decides in one go.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ....domain import right_of_way
from ....domain.uploads import UploadItem, UploadState
from ...upload_queue import Batch, UploadQueue
from ...upload_words import batch_title, files, problem, remark, spoken, summary
from .actions import able

#: The ids of files that are dragged to another place in the list, divided by commas.
_DRAGGED: Final = "application/x-artitec-uploads"
#: More separate pieces than this are faster to lay out anew than to put in or take out.
_MANY_PIECES = 40
Index = QModelIndex | QPersistentModelIndex
States = frozenset[UploadState] | None


class Role(IntEnum):
    """The UploadItem of a row, or None; its Batch; whether the row is the batch's heading."""

    ITEM = Qt.ItemDataRole.UserRole + 1
    BATCH = Qt.ItemDataRole.UserRole + 2
    IS_HEADING = Qt.ItemDataRole.UserRole + 3


def heading_key(batch: int) -> int:
    """The key of a batch's heading; files have their own positive id."""
    return -1 - batch


class UploadsModel(QAbstractListModel):
    """Reads the queue, which has everything in memory; keeps only which key is in which row."""

    #: tuple[int, ...] of ids that are to be taken before another id (or None: last).
    reordered = Signal(object, object)

    def __init__(self, queue: UploadQueue) -> None:
        super().__init__()
        self._queue = queue
        self._states: States = None
        self._folded: set[int] = set()
        self._keys: list[int] = []
        self._row_of: dict[int, int] = {}
        queue.moved.connect(self._arrange)
        queue.changed.connect(self._change)
        queue.removed.connect(self._remove)
        queue.progressed.connect(self._refresh)
        queue.names_changed.connect(self._refresh_all)
        self._reset()

    def rowCount(self, parent: Index | None = None) -> int:
        """Headings and files."""
        return 0 if parent is not None and parent.isValid() else len(self._keys)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """No I/O: all of it is in memory."""
        if not index.isValid() or not 0 <= index.row() < len(self._keys):
            return None
        key = self._keys[index.row()]
        item = self._queue.items.get(key)
        if item is None:
            return self._heading(self._queue.batches.get(-1 - key), role)
        return self._file(item, role)

    def mimeTypes(self) -> list[str]:
        """Our own rows only; files from outside go to the window."""
        return [_DRAGGED]

    # No ``flags``: a view asks for them 10,000 times over with each layout, and Python is slow.

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The ids of the rows that are dragged, top to bottom; only files that wait have any."""
        items = [self._queue.items.get(self._keys[index.row()]) for index in indexes]
        made = QMimeData()
        ids = (str(each.id) for each in able("first", [each for each in items if each]))
        made.setData(_DRAGGED, ",".join(ids).encode())
        return made

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Files stay within their batch."""
        ids = _dragged(data)
        if not ids or parent.isValid() or not 0 < row <= len(self._keys):
            return False
        above = self._keys[row - 1]
        item = self._queue.items.get(above)
        batch = -1 - above if item is None else item.batch
        items = [self._queue.items.get(each) for each in ids]
        return all(each is not None and each.batch == batch for each in items)

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask for the new order; the rows move once the journal has it."""
        if self.canDropMimeData(data, action, row, column, parent):
            ids = _dragged(data)
            self.reordered.emit(ids, self._follower(row, ids))
        return False  # the view would take the rows out

    def _follower(self, row: int, ids: Sequence[int]) -> int | None:
        """The file that those dropped at a row are to be taken before; None for last."""
        batch = self._queue.items[ids[0]].batch
        items = self._queue.items
        for key in self._keys[row:]:
            item = items.get(key)
            if item is None or item.batch != batch:
                break
            if not item.state.is_final and key not in ids:
                return key
        return self._queue.next_after(batch, set(ids))

    def index_of(self, key: int) -> QModelIndex:
        """Where a file's id or a heading's key is shown; invalid when it is not."""
        row = self._row_of.get(key)
        return QModelIndex() if row is None else self.index(row)

    def at(self, row: int) -> tuple[UploadItem | None, Batch | None]:
        """What a row shows: a file and its batch, or a batch for its heading."""
        key = self._keys[row] if 0 <= row < len(self._keys) else 0
        item = self._queue.items.get(key)
        return item, self._queue.batches.get(-1 - key if item is None else item.batch)

    def items_between(self, spans: Iterable[tuple[int, int]]) -> list[UploadItem]:
        """The files of some first to last rows, as ``items_at``, none twice."""
        found: dict[int, None] = {}
        for first, last in spans:
            for key in self._keys[first : last + 1]:
                if key >= 0:
                    found[key] = None
                else:
                    found |= dict.fromkeys(self._shown_ids(self._queue.batches[-1 - key]))
        items = self._queue.items
        return [items[each] for each in found]

    def items_at(self, row: int) -> list[UploadItem]:
        """The file in a row; for a heading the files of its batch that the filter lets through."""
        key = self._keys[row]
        if key >= 0:
            return [self._queue.items[key]]
        return [self._queue.items[each] for each in self._shown_ids(self._queue.batches[-1 - key])]

    @right_of_way.first
    def show_states(self, states: States) -> None:
        """Show only files in these states, or all. A heading stays while it has one of them."""
        if states != self._states:
            self._states = states
            self._arrange()

    def is_folded(self, batch: int) -> bool:
        """Whether only the heading of a batch is shown."""
        return batch in self._folded

    def fold(self, batch: int, folded: bool) -> None:
        """Hide or show the files of a batch."""
        (self._folded.add if folded else self._folded.discard)(batch)
        self._arrange()
        self._refresh((heading_key(batch),))

    def _file(self, item: UploadItem, role: int) -> Any:
        match role:
            case Role.ITEM:
                return item
            case Role.BATCH:
                return self._queue.batches.get(item.batch)
            case Role.IS_HEADING:
                return False
            case Qt.ItemDataRole.DisplayRole:
                return item.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(self._queue, item)
            case Qt.ItemDataRole.ToolTipRole:
                text = problem(item) if item.error else remark(item)
                return text or None
        return None

    def _heading(self, batch: Batch | None, role: int) -> Any:
        if batch is None:
            return None
        match role:
            case Role.BATCH:
                return batch
            case Role.IS_HEADING:
                return True
            case Qt.ItemDataRole.DisplayRole:
                return batch_title(self._queue, batch)
            case Qt.ItemDataRole.AccessibleTextRole:
                title = batch_title(self._queue, batch)
                words = [title, files(batch.total), summary(self._queue, batch)]
                return ", ".join(word for word in words if word)
        return None

    def _shown_ids(self, batch: Batch) -> list[int]:
        states, items = self._states, self._queue.items
        if states is None:
            return batch.ids
        return [item_id for item_id in batch.ids if items[item_id].state in states]

    def _wanted(self) -> list[int]:
        """The keys that should be shown, in order."""
        wanted: list[int] = []
        batches = self._queue.batches.values()
        for batch in sorted(batches, key=lambda each: (not each.is_unplaced, -each.id)):
            ids = self._shown_ids(batch)
            if ids:
                wanted.append(heading_key(batch.id))
                wanted += () if batch.id in self._folded else ids
        return wanted

    def _arrange(self) -> None:
        """Go from the rows there are to the rows there should be."""
        wanted = self._wanted()
        if wanted == self._keys:
            return
        row_in_wanted = {key: row for row, key in enumerate(wanted)}
        out = list(_ranges(row for row, key in enumerate(self._keys) if key not in row_in_wanted))
        new = list(_ranges(row_in_wanted[key] for key in wanted if key not in self._row_of))
        if len(out) + len(new) > _MANY_PIECES:
            self._reset()
            return
        for first, last in reversed(out):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._keys[first : last + 1]
            self.endRemoveRows()
        self._index()
        self._sort(row_in_wanted)
        for first, last in new:
            self.beginInsertRows(QModelIndex(), first, last)
            self._keys[first:first] = wanted[first : last + 1]
            self.endInsertRows()
        self._index()

    def _sort(self, row_in_wanted: dict[int, int]) -> None:
        """Bring the rows that stay into their new order; what is selected stays so."""
        ordered = sorted(self._keys, key=row_in_wanted.__getitem__)
        if ordered == self._keys:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._keys[index.row()] for index in before]
        self._keys = ordered
        self._index()
        self.changePersistentIndexList(before, [self.index(self._row_of[key]) for key in keys])
        self.layoutChanged.emit()

    def _index(self) -> None:
        self._row_of = {key: row for row, key in enumerate(self._keys)}

    def _reset(self) -> None:
        self.beginResetModel()
        self._keys = self._wanted()
        self._index()
        self.endResetModel()

    def _change(self, ids: Iterable[int]) -> None:
        ids = tuple(ids)
        if any(self._is_misplaced(item_id) for item_id in ids):
            self._arrange()
        headings = {heading_key(self._queue.items[item_id].batch) for item_id in ids}
        self._refresh(headings.union(ids))

    def _is_misplaced(self, item_id: int) -> bool:
        """Whether a file is shown and should not be, or the other way round."""
        item = self._queue.items[item_id]
        shown = self._states is None or item.state in self._states
        if item.batch in self._folded:
            return (heading_key(item.batch) in self._row_of) is not shown
        return (item_id in self._row_of) is not shown

    def _remove(self, _: Iterable[int]) -> None:
        self._arrange()
        self._refresh([key for key in self._keys if key < 0])

    def _refresh(self, keys: Iterable[int]) -> None:
        rows = (self._row_of[key] for key in keys if key in self._row_of)
        for first, last in _ranges(rows):
            self.dataChanged.emit(self.index(first), self.index(last))

    def _refresh_all(self) -> None:
        if self._keys:
            self.dataChanged.emit(self.index(0), self.index(len(self._keys) - 1))


def _dragged(data: QMimeData) -> tuple[int, ...]:
    text = bytes(data.data(_DRAGGED).data()).decode("ascii", "replace")
    return tuple(int(each) for each in text.split(",") if each.isdigit())


def _ranges(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring rows put together: 3, 1, 2, 7 → (1, 3), (7, 7)."""
    first = last = -2
    for row in sorted(rows):
        if row == last + 1:
            last = row
            continue
        if first >= 0:
            yield first, last
        first = last = row
    if first >= 0:
        yield first, last
