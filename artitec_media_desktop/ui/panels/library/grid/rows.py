"""The rows of the grid: media in the order of their keys, then files that are on their way.

Rows are kept by key (a media's id, an upload's negative), so that a late answer finds its row or
none. Of a million media only the ids are kept, and those media that were in view.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from .....domain.entities import EntityRef
from .....domain.media import Media, MediaType
from .....domain.slots import Slot
from .....domain.uploads import UploadItem
from ..thumbnails import Item
from ..words import spoken, tr
from .coming import Coming
from .keys import Difference, Keys, Runs

Index = QModelIndex | QPersistentModelIndex
#: So many media stay in memory, more than the largest screen shows.
KEPT: Final = 4_000
#: A list that is longer is put in another order by the library only, not at once.
AT_ONCE: Final = 50_000
#: Of more media it is not looked at of what kinds they are.
_COUNTED: Final = KEPT


class Role(IntEnum):
    """What the delegate asks for besides the text."""

    KEY = Qt.ItemDataRole.UserRole
    ITEM = Qt.ItemDataRole.UserRole + 1


class GridRows(QAbstractListModel):
    """What is known; nothing is asked for here."""

    #: The state, or the number of rows, is another one.
    state_changed = Signal()
    #: Around a change of the rows: whoever scrolls can keep the place.
    rows_about_to_change = Signal()
    rows_changed = Signal()
    #: Difference: the rows started afresh; comes before ``rows_changed``.
    renumbered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys = Keys()
        self._coming = Coming()
        self._media: OrderedDict[int, Media] = OrderedDict()
        #: Shown, and to be read again.
        self._stale: set[int] = set()

    # ---- files on their way, and a new order

    def set_uploads(self, items: Iterable[UploadItem]) -> None:
        """Journal rows that are new or changed: those on their way here stand at the end."""
        new, gone, changed = self._coming.take(items)
        for key in changed:
            self._changed(key)
        self._uncome(gone)
        self._come(new)

    def remove_uploads(self, ids: Iterable[int]) -> None:
        """Journal rows that were cleared."""
        self._uncome({-each for each in ids})

    def set_progress(self, item_id: int, share: float) -> None:
        """How far a file on its way is, 0 to 1."""
        if self._coming.set_progress(-item_id, share):
            self._changed(-item_id)

    def reorder(self, keys: Sequence[int], before: int | None) -> Keys | None:
        """Show these right before another one, or last, until the library says how it is.

        Returns what ``restore`` takes back; None where the list is too long to do it at once.
        """
        old = self._keys
        if len(old) > AT_ONCE:
            return None
        self._apply(Difference.between(old, old.moved(keys, before)))
        return old

    def restore(self, old: Keys | None) -> None:
        """Take a reordering back."""
        if old is not None and len(old) == len(self._keys):
            self._apply(Difference.between(self._keys, old))

    # ---- asking

    def __len__(self) -> int:
        """How many media are here; files on their way not counted."""
        return len(self._keys)

    def __bool__(self) -> bool:
        """A model is one, also without rows."""
        return True

    def row_of(self, key: int) -> int | None:
        """The row of a key; None when it is not here (any more)."""
        if key > 0:
            return self._keys.row_of(key)
        row = self._coming.row_of(key)
        return None if row is None else len(self._keys) + row

    def key_at(self, row: int) -> int:
        """The key in a row."""
        count = len(self._keys)
        return self._keys[row] if row < count else self._coming.key_at(row - count)

    def keys_of(self, runs: Runs) -> Sequence[int]:
        """The media in these rows, in order: a list, of more than 10,000 an ``array``."""
        return self._keys.of_runs(runs)

    def media_in(self, runs: Runs) -> int:
        """How many media are in these rows."""
        last_one = len(self._keys) - 1
        return sum(max(0, min(last, last_one) - first + 1) for first, last in runs)

    def item(self, key: int) -> Item | None:
        """The media or upload; None while it is being read."""
        return self._media.get(key) if key > 0 else self._coming.item(key)

    def media(self, key: int) -> Media | None:
        """The media; None while it is being read."""
        return self._media.get(key)

    def kinds_of(self, keys: Sequence[int]) -> frozenset[MediaType]:
        """Of what kinds these media are; empty where not all of them are read, or too many."""
        found = [self.media(key) for key in keys] if len(keys) <= _COUNTED else [None]
        known = [each.media_type for each in found if each is not None]
        return frozenset(known) if len(known) == len(found) else frozenset()

    def items_between(self, first: int, last: int) -> list[Item]:
        """Those of rows ``first`` to ``last`` that have been read."""
        rows = range(max(0, first), min(self.rowCount() - 1, last) + 1)
        found = (self.item(self.key_at(row)) for row in rows)
        return [each for each in found if each is not None]

    def progress_of(self, key: int) -> float:
        """How far a file on its way is, 0 to 1."""
        return self._coming.progress_of(key)

    def rowCount(self, parent: Index | None = None) -> int:
        """See QAbstractItemModel."""
        if parent is not None and parent.isValid():
            return 0
        return len(self._keys) + len(self._coming)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Key, item and texts; no I/O."""
        if not index.isValid():
            return None
        key = self.key_at(index.row())
        if role == Role.KEY:
            return key
        item = self.item(key)
        if role == Role.ITEM:
            return item
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), item)
        if role == Qt.ItemDataRole.DisplayRole and isinstance(item, Media):
            return item.alt_text or item.original_filename
        if role == Qt.ItemDataRole.ToolTipRole and item is not None:
            return item.original_filename if isinstance(item, Media) else item.name
        return None

    def _spoken(self, row: int, item: Item | None) -> str:
        if isinstance(item, Media):
            return spoken(item, row + 1)
        if item is not None:
            return tr("{name}, being added").format(name=item.name)
        return tr("{order}, loading").format(order=row + 1)

    # ---- what was read

    def _keep(self, media: Iterable[Media]) -> None:
        for each in media:
            self._media[each.id] = each
            self._media.move_to_end(each.id)
        while len(self._media) > KEPT:
            key, _media = self._media.popitem(last=False)
            self._stale.discard(key)

    def _changed(self, key: int) -> None:
        row = self.row_of(key)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def _clear(self, place: tuple[EntityRef, Slot] | None) -> None:
        self.beginResetModel()
        self._keys = Keys()
        self._coming = Coming(place)
        self.endResetModel()

    # ---- from one list of keys to another, so that selection and place are kept

    def _apply(self, difference: Difference) -> None:
        if not difference:
            self._keys = difference.new
            return
        self.rows_about_to_change.emit()
        if difference.afresh:
            self.beginResetModel()
            self._keys = difference.new
            self.endResetModel()
            self.renumbered.emit(difference)
        else:
            self._remove(difference.gone)
            self._insert(difference)
            self._keys = difference.new  # with its index
        for key in self._keys.lacking(list(self._media)):
            del self._media[key]
            self._stale.discard(key)
        self.rows_changed.emit()
        self.state_changed.emit()

    def _remove(self, runs: Runs) -> None:
        for first, last in reversed(runs):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._keys = self._keys.without_rows(first, last)
            self.endRemoveRows()

    def _insert(self, difference: Difference) -> None:
        for first, last in difference.come:
            self.beginInsertRows(QModelIndex(), first, last)
            self._keys = self._keys.with_run(first, difference.new.ids[first : last + 1])
            self.endInsertRows()

    def _come(self, new: list[UploadItem]) -> None:
        if new:
            first = self.rowCount()
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._coming.add(new)
            self.endInsertRows()
            self.state_changed.emit()

    def _uncome(self, gone: Iterable[int]) -> None:
        gone = {key for key in gone if self._coming.row_of(key) is not None}
        if not gone:
            return
        self.rows_about_to_change.emit()
        while gone:
            runs = self._coming.runs(gone)
            first, last = runs[-1]
            start = len(self._keys)
            self.beginRemoveRows(QModelIndex(), start + first, start + last)
            gone -= self._coming.remove(first, last)
            self.endRemoveRows()
        self.rows_changed.emit()
        self.state_changed.emit()
