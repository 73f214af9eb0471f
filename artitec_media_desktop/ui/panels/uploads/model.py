"""Rows of the uploads page: a heading a batch, newest first, then its files in their order."""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ....domain.uploads import UploadItem, UploadState
from ...upload_queue import Batch, UploadQueue
from ...upload_words import batch_title, files, problem, remark, spoken, summary

#: More separate pieces than this are faster to lay out anew than to take out one by one.
_MANY_RANGES = 50
Index = QModelIndex | QPersistentModelIndex


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

    def __init__(self, queue: UploadQueue) -> None:
        super().__init__()
        self._queue = queue
        self._keys: list[int] = []
        self._row_of: dict[int, int] = {}
        queue.reset.connect(self._reset)
        queue.changed.connect(self._change)
        queue.removed.connect(self._remove)
        queue.progressed.connect(self._refresh_one)
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

    def row_of(self, key: int) -> int | None:
        """The row of a file's id or a heading's key."""
        return self._row_of.get(key)

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
                text = problem(item) if item.state is UploadState.FAILED else remark(item)
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

    def _reset(self) -> None:
        self.beginResetModel()
        self._keys = []
        for number in sorted(self._queue.batches, reverse=True):
            self._keys += [heading_key(number), *self._queue.batches[number].ids]
        self._index_from(0)
        self.endResetModel()

    def _change(self, ids: Iterable[int]) -> None:
        fresh: dict[int, list[int]] = {}
        known: set[int] = set()
        for item_id in ids:
            number = self._queue.items[item_id].batch
            known.add(heading_key(number))
            if item_id in self._row_of:
                known.add(item_id)
            else:
                fresh.setdefault(number, []).append(item_id)
        for number, new_ids in fresh.items():
            self._insert(number, new_ids)
        self._refresh(known)

    def _insert(self, number: int, ids: list[int]) -> None:
        heading = self._row_of.get(heading_key(number))
        if heading is None:
            row = self._row_for_batch(number)
            keys = [heading_key(number), *ids]
        else:
            row = heading + 1 + self._queue.batches[number].total - len(ids)
            keys = ids
        self.beginInsertRows(QModelIndex(), row, row + len(keys) - 1)
        self._keys[row:row] = keys
        self._index_from(row)
        self.endInsertRows()

    def _row_for_batch(self, number: int) -> int:
        older = [each for each in self._queue.batches if each < number]
        rows = [self._row_of[key] for each in older if (key := heading_key(each)) in self._row_of]
        return min(rows, default=len(self._keys))

    def _remove(self, ids: Iterable[int]) -> None:
        gone = {item_id for item_id in ids if item_id in self._row_of}
        gone |= {key for key in self._keys if key < 0 and -1 - key not in self._queue.batches}
        ranges = list(_ranges(self._row_of[key] for key in gone))
        if len(ranges) > _MANY_RANGES:
            self._reset()
            return
        for first, last in reversed(ranges):
            self.beginRemoveRows(QModelIndex(), first, last)
            for key in self._keys[first : last + 1]:
                del self._row_of[key]
            del self._keys[first : last + 1]
            self._index_from(first)
            self.endRemoveRows()
        self._refresh({key for key in self._keys if key < 0})

    def _refresh(self, keys: Iterable[int]) -> None:
        rows = (self._row_of[key] for key in keys if key in self._row_of)
        for first, last in _ranges(rows):
            self.dataChanged.emit(self.index(first), self.index(last))

    def _refresh_one(self, key: int) -> None:
        self._refresh((key,))

    def _refresh_all(self) -> None:
        if self._keys:
            self.dataChanged.emit(self.index(0), self.index(len(self._keys) - 1))

    def _index_from(self, row: int) -> None:
        if row == 0:
            self._row_of.clear()
        self._row_of.update((key, at) for at, key in enumerate(self._keys[row:], start=row))


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
