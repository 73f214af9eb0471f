"""The media of one slot, in order, and the files that are on their way there.

Rows are kept by key (a media's id, an upload's negative), so that a late answer finds its row or
none. The ids are read at once; the media themselves in pages, around what is in view.
"""

from collections.abc import Iterable, Sequence
from enum import Enum, IntEnum
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ....domain.entities import EntityRef
from ....domain.errors import MediaError
from ....domain.listing import MediaQuery
from ....domain.media import Media
from ....domain.slots import Slot
from ....domain.uploads import UploadItem
from .thumbnails import Item
from .words import spoken, tr

if TYPE_CHECKING:
    from ....bootstrap import App

Index = QModelIndex | QPersistentModelIndex
#: Media are read this many at a time.
PAGE: Final = 100
#: When an answer differs in more places than this, the list starts afresh.
_MANY_RUNS: Final = 40


class Role(IntEnum):
    """What the delegate asks for besides the text."""

    KEY = Qt.ItemDataRole.UserRole
    ITEM = Qt.ItemDataRole.UserRole + 1


class State(Enum):
    """What the page shows."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


class GridModel(QAbstractListModel):
    """``show`` turns to another query; ``refresh`` reads the same one again and keeps its rows."""

    #: The state, or the number of rows, is another one.
    state_changed = Signal()
    #: Around a refresh: whoever scrolls can keep the place.
    rows_about_to_change = Signal()
    rows_changed = Signal()

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        #: What is shown; None before anything is.
        self.query: MediaQuery | None = None
        self._place: tuple[EntityRef, str] | None = None
        self._number = 0
        self._keys: list[int] = []
        self._rows: dict[int, int] = {}
        self._total = 0
        self._items: dict[int, Item] = {}
        self._stale: set[int] = set()
        self._asked: set[int] = set()
        self._progress: dict[int, float] = {}
        self.state = State.LOADING
        self.error: MediaError | None = None

    # ---- what is shown

    def show(self, query: MediaQuery, place: tuple[EntityRef, Slot] | None) -> None:
        """Turn to what a query finds; ``place`` is where files that are on their way appear.

        Another search in the same place keeps what is shown until it is answered.
        """
        before, self.query = self.query, query
        same = before is not None and (before.entity, before.field) == (query.entity, query.field)
        self._place = None if place is None else (place[0], place[1].name)
        if not same:
            self._clear()
        self._set_state(State.LOADING)
        self.refresh()

    def _clear(self) -> None:
        self.beginResetModel()
        self._set_keys([])
        self._items.clear()
        self._stale.clear()
        self._asked.clear()
        self._progress.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Read the order again, and the media in view as they are needed."""
        if self.query is None:
            return
        self._number += 1
        number, query = self._number, self.query
        self._app.runner.run(
            lambda _: (number, self._app.library.media_ids(query)), self._ordered, self._failed
        )

    def need(self, first: int, last: int) -> None:
        """Rows ``first`` to ``last`` are in view or soon will be: read what is missing."""
        start = max(0, first - first % PAGE)
        keys = self._keys[start : last + 1]
        self._read([key for key in keys if key > 0 and self._is_missing(key)])

    def need_keys(self, keys: Iterable[int]) -> None:
        """Read these, wherever they are, as for the size of what is selected."""
        self._read([key for key in keys if key > 0 and key not in self._items])

    def set_uploads(self, items: Iterable[UploadItem]) -> None:
        """Journal rows that are new or changed: those on their way here stand at the end."""
        new, gone = [], set()
        for item in items:
            key = -item.id
            if key not in self._rows:
                if self._is_coming(item):
                    self._items[key] = item
                    new.append(key)
                continue
            self._items[key] = item
            # What became a media stays until its row is read, so that nothing jumps.
            if item.state.is_final and item.media_public_id is None:
                gone.add(key)
            else:
                self._changed(key)
        if new or gone:
            self._apply([key for key in self._keys if key not in gone] + new)

    def remove_uploads(self, ids: Iterable[int]) -> None:
        """Journal rows that were cleared."""
        gone = {-each for each in ids}
        if gone & self._rows.keys():
            self._apply([key for key in self._keys if key not in gone])

    def set_progress(self, item_id: int, share: float) -> None:
        """How far a file on its way is, 0 to 1."""
        if -item_id in self._rows:
            self._progress[-item_id] = share
            self._changed(-item_id)

    # ---- asking

    @property
    def total(self) -> int:
        """How many media; files on their way not counted."""
        return self._total

    def row_of(self, key: int) -> int | None:
        """The row of a key; None when it is not here (any more)."""
        return self._rows.get(key)

    def key_at(self, row: int) -> int:
        """The key in a row."""
        return self._keys[row]

    def item(self, key: int) -> Item | None:
        """The media or upload; None while it is being read."""
        return self._items.get(key)

    def items_between(self, first: int, last: int) -> list[Item]:
        """Those of rows ``first`` to ``last`` that have been read."""
        found = (self._items.get(key) for key in self._keys[max(0, first) : last + 1])
        return [each for each in found if each is not None]

    def progress_of(self, key: int) -> float:
        """How far a file on its way is, 0 to 1."""
        return self._progress.get(key, 0.0)

    def rowCount(self, parent: Index | None = None) -> int:
        """See QAbstractItemModel."""
        return 0 if parent is not None and parent.isValid() else len(self._keys)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Key, item and texts; no I/O."""
        if not index.isValid():
            return None
        key = self._keys[index.row()]
        if role == Role.KEY:
            return key
        item = self._items.get(key)
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

    # ---- answers

    def _ordered(self, answer: tuple[int, Iterable[int]]) -> None:
        number, ids = answer
        if number != self._number:
            return
        self._stale = {key for key in self._items if key > 0}
        waiting = [key for key in self._keys if key < 0 and not self._is_over(key)]
        self._apply([*ids, *waiting])
        self.error = None
        self._set_state(State.READY)

    def _failed(self, error: MediaError) -> None:
        self.error = error
        self._set_state(State.FAILED)

    def _read(self, keys: list[int]) -> None:
        keys = [key for key in keys if key not in self._asked]
        for start in range(0, len(keys), PAGE):
            self._read_page(keys[start : start + PAGE])

    def _read_page(self, keys: list[int]) -> None:
        number = self._number
        self._asked.update(keys)

        def failed(_error: MediaError) -> None:
            self._asked.difference_update(keys)

        self._app.runner.run(
            lambda _: (number, keys, self._app.library.media_by_ids(keys)), self._arrived, failed
        )

    def _arrived(self, answer: tuple[int, list[int], dict[int, Media]]) -> None:
        number, asked, media = answer
        self._asked.difference_update(asked)
        for key in asked:
            # What was read before the last refresh is shown, and read once more.
            (self._stale.discard if number == self._number else self._stale.add)(key)
            if key in self._rows and key in media:
                self._items[key] = media[key]
                self._changed(key)
        gone = {key for key in asked if key not in media and key in self._rows}
        if gone:
            self._apply([key for key in self._keys if key not in gone])
        self.state_changed.emit()

    def _is_missing(self, key: int) -> bool:
        return key not in self._items or key in self._stale

    def _is_coming(self, item: UploadItem) -> bool:
        if item.place is None or item.state.is_final:
            return False
        return (item.place.entity, item.place.slot.name) == self._place

    def _is_over(self, key: int) -> bool:
        item = self._items.get(key)
        return isinstance(item, UploadItem) and item.state.is_final

    def _set_state(self, state: State) -> None:
        self.state = state
        self.state_changed.emit()

    def _changed(self, key: int) -> None:
        row = self._rows.get(key)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)

    # ---- from one list of keys to another, so that selection and place are kept

    def _apply(self, keys: Sequence[int]) -> None:
        keys = list(dict.fromkeys(keys))
        if keys == self._keys:
            return
        self.rows_about_to_change.emit()
        wanted = set(keys)
        gone = _runs([row for row, key in enumerate(self._keys) if key not in wanted])
        new = _runs([row for row, key in enumerate(keys) if key not in self._rows])
        if len(gone) + len(new) > _MANY_RUNS or not self._keys:
            self.beginResetModel()
            self._set_keys(keys)
            self.endResetModel()
        else:
            self._remove(gone)
            self._reorder([key for key in keys if key in self._rows])
            self._insert(new, keys)
        for key in self._items.keys() - wanted:
            del self._items[key]
            self._progress.pop(key, None)
        self.rows_changed.emit()
        self.state_changed.emit()

    def _remove(self, runs: list[tuple[int, int]]) -> None:
        for first, last in reversed(runs):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._set_keys(self._keys[:first] + self._keys[last + 1 :])
            self.endRemoveRows()

    def _reorder(self, keys: list[int]) -> None:
        if keys == self._keys:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        moved = [self._keys[each.row()] for each in before]
        self._set_keys(keys)
        self.changePersistentIndexList(before, [self.index(self._rows[key]) for key in moved])
        self.layoutChanged.emit()

    def _insert(self, runs: list[tuple[int, int]], keys: list[int]) -> None:
        for first, last in runs:
            self.beginInsertRows(QModelIndex(), first, last)
            self._set_keys(self._keys[:first] + keys[first : last + 1] + self._keys[first:])
            self.endInsertRows()

    def _set_keys(self, keys: list[int]) -> None:
        self._keys = keys
        self._total = sum(1 for key in keys if key > 0)
        self._rows = {key: row for row, key in enumerate(keys)}


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """``[1, 2, 3, 7]`` → ``[(1, 3), (7, 7)]``."""
    found = []
    for _, group in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
        run = [row for _, row in group]
        found.append((run[0], run[-1]))
    return found
