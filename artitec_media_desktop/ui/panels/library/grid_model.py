"""The media of a query, in order, and the files that are on their way to its place.

Rows are kept by key (a media's id, an upload's negative), so that a late answer finds its row or
none. The first media are read at once, then the ids of all; the other media in pages, around what
is in view. Of a million, only the ids are kept.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from enum import Enum, IntEnum
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
from ....domain.errors import MediaError, Transient
from ....domain.listing import MediaQuery
from ....domain.media import Media
from ....domain.slots import Slot
from ....domain.uploads import UploadItem
from .coming import Coming
from .grid_keys import Difference, Keys, Runs, runs_in
from .grid_reading import Reading
from .thumbnails import Item
from .words import spoken, tr

if TYPE_CHECKING:
    from ....bootstrap import App

Index = QModelIndex | QPersistentModelIndex
#: So many media come with the first answer; of fewer, that is all there is to read.
FIRST: Final = 200
#: So many media stay in memory, more than the largest screen shows.
KEPT: Final = 4_000
#: A list that is longer is put in another order by the library only, not at once.
_AT_ONCE: Final = 50_000


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
    #: Around a change of the rows: whoever scrolls can keep the place.
    rows_about_to_change = Signal()
    rows_changed = Signal()
    #: Difference: the rows started afresh; comes before ``rows_changed``.
    renumbered = Signal(object)
    #: The first rows of another query are there.
    turned = Signal()

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self.query: MediaQuery | None = None
        self.place: tuple[EntityRef, Slot] | None = None
        self._keys = Keys()
        self._coming = Coming()
        self._media: OrderedDict[int, Media] = OrderedDict()
        self._stale: set[int] = set()
        self._ordering = self._order_again = False
        self._reading = Reading(app, self._is_missing, self)
        self._reading.arrived.connect(self._arrived)
        self.is_complete = False
        self.state = State.LOADING
        self.error: MediaError | None = None

    # ---- what is shown

    def show(self, query: MediaQuery, place: tuple[EntityRef, Slot] | None = None) -> None:
        """Turn to a query; ``place`` is the slot that it is all of, where files may arrive.

        Another search there keeps the media that are shown until it is answered.
        """
        before, self.query = self.query, query
        same = before is not None and (before.entity, before.field) == (query.entity, query.field)
        if not same:
            self._clear(place)
        elif place != self.place:
            self._uncome(self._coming.keys())
            self._coming = Coming(place)
        self.place = place
        self._stale = set(self._media)
        self._reading.forget()
        self.is_complete = False
        self.error = None
        self._set_state(State.LOADING)
        self._app.runner.run(
            lambda _: self._first(query),
            self._first_came,
            lambda error: self._failed(query, error),
        )

    def _clear(self, place: tuple[EntityRef, Slot] | None) -> None:
        self.beginResetModel()
        self._keys = Keys()
        self._coming = Coming(place)
        self.endResetModel()

    def refresh(self) -> None:
        """Read the order again, and the media in view as they are needed."""
        self._stale = set(self._media)
        self._reading.outdate()
        self.read_order()

    def read_order(self) -> None:
        """Read which media there are, and in which order; what is asked for meanwhile, once more.

        One at a time: a search that somebody types must not keep all workers busy.
        """
        query = self.query
        if query is None:
            return
        if self._ordering:
            self._order_again = True
            return
        self._ordering, self._order_again = True, False

        def read(_: object) -> tuple[MediaQuery, Difference]:
            new = Keys.of(self._app.library.media_ids(query))
            return query, Difference.between(self._keys, new)

        self._app.runner.run(read, self._ordered, lambda error: self._not_ordered(query, error))

    def need(self, *runs: tuple[int, int]) -> None:
        """Rows ``(first, last)`` are in view or soon will be, the most urgent first."""
        self._reading.want([self._keys.between(first, last) for first, last in runs])

    def need_keys(self, keys: Iterable[int]) -> None:
        """Read these, wherever they are, as for what is selected; a thousand at most."""
        self._reading.want_too([key for key in keys if key > 0 and key not in self._media])

    def look_again(self, keys: Iterable[int]) -> None:
        """Somebody changed these: what is in view of them is read again now, the rest later."""
        known = self._media.keys() & set(keys)
        self._stale |= known
        self._reading.outdate(known)
        self._reading.want_too(())  # go on with what is wanted

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
        if len(old) > _AT_ONCE:
            return None
        self._apply(Difference.between(old, old.moved(keys, before)))
        return old

    def restore(self, old: Keys | None) -> None:
        """Take a reordering back."""
        if old is not None and len(old) == len(self._keys):
            self._apply(Difference.between(self._keys, old))

    # ---- asking

    @property
    def total(self) -> int:
        """How many media, once it is known; files on their way not counted."""
        return len(self._keys) if self.is_complete else 0

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

    # ---- answers

    def _first(self, query: MediaQuery) -> tuple[MediaQuery, Difference, list[Media]]:
        media = self._app.library.first(query, FIRST)
        keys = Keys.of([each.id for each in media])
        # What was shown before may be a million rows: they are compared here, not in the window.
        return query, Difference.between(self._keys, keys), media

    def _first_came(self, answer: tuple[MediaQuery, Difference, list[Media]]) -> None:
        query, difference, media = answer
        if query is not self.query or self.is_complete:
            return  # all of them may have come before, by a refresh
        if difference.old is not self._keys:
            difference = Difference.between(self._keys, difference.new)
        self._keep(media)
        self._stale.difference_update(each.id for each in media)
        self.is_complete = len(media) < FIRST
        self._apply(difference)
        self._set_state(State.READY)
        self.turned.emit()
        if not self.is_complete:
            self.read_order()

    def _ordered(self, answer: tuple[MediaQuery, Difference]) -> None:
        query, difference = answer
        self._ordering = False
        if query is self.query:
            if difference.old is not self._keys:
                self._compare_again(query, difference.new)
            else:
                self._take_order(difference)
        if self._order_again:
            self.read_order()

    def _compare_again(self, query: MediaQuery, new: Keys) -> None:
        """The rows changed while they were compared."""

        def compared(difference: Difference) -> None:
            if query is not self.query:
                return
            if difference.old is self._keys:
                self._take_order(difference)
            else:
                self._compare_again(query, new)

        self._app.runner.run(lambda _: Difference.between(self._keys, new), compared)

    def _take_order(self, difference: Difference) -> None:
        self._apply(difference)
        self._uncome(self._coming.over())
        self.is_complete = True
        self.error = None
        self._set_state(State.READY)

    def _not_ordered(self, query: MediaQuery, error: MediaError) -> None:
        self._ordering = False
        self._failed(query, error)
        if self._order_again:
            self.read_order()

    def _failed(self, query: MediaQuery, error: MediaError) -> None:
        if query is not self.query:
            return
        if isinstance(error, Transient) and len(self._keys):
            return  # what is shown is better than nothing; the connection says the rest
        self.error = error
        self._set_state(State.FAILED)

    def _arrived(self, asked: list[int], media: dict[int, Media], is_fresh: bool) -> None:
        # What was asked for before the last refresh is shown, and read once more.
        (self._stale.difference_update if is_fresh else self._stale.update)(asked)
        rows = {key: self._keys.row_of(key) for key in asked}
        self._keep(media[key] for key, row in rows.items() if row is not None and key in media)
        for first, last in runs_in(row for row in rows.values() if row is not None):
            self.dataChanged.emit(self.index(first), self.index(last))
        gone = {key for key, row in rows.items() if row is not None and key not in media}
        if gone:
            self._leave(gone)
        self.state_changed.emit()

    def _leave(self, gone: set[int]) -> None:
        def compare(_: object) -> Difference:
            return Difference.between(old, old.without(gone))

        old = self._keys
        self._app.runner.run(
            compare, lambda found: self._apply(found) if found.old is self._keys else None
        )

    def _keep(self, media: Iterable[Media]) -> None:
        for each in media:
            self._media[each.id] = each
            self._media.move_to_end(each.id)
        while len(self._media) > KEPT:
            key, _media = self._media.popitem(last=False)
            self._stale.discard(key)

    def _is_missing(self, key: int) -> bool:
        return key not in self._media or key in self._stale

    def _set_state(self, state: State) -> None:
        self.state = state
        self.state_changed.emit()

    def _changed(self, key: int) -> None:
        row = self.row_of(key)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)

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
