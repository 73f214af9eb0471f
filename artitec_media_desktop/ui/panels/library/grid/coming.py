"""The files that are on their way to the place that a grid shows, in the order they came."""

from collections.abc import Iterable

from .....domain.entities import EntityRef
from .....domain.slots import Slot
from .....domain.uploads import UploadItem
from .keys import runs_in


class Coming:
    """By key, which is an upload's number, negative."""

    def __init__(self, place: tuple[EntityRef, Slot] | None = None) -> None:
        """Without a place nothing comes."""
        self._place = None if place is None else (place[0], place[1].name)
        self._items: list[UploadItem] = []
        self._rows: dict[int, int] = {}
        self._progress: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self._items)

    def key_at(self, row: int) -> int:
        """The key in a row, counted from the first of them."""
        return -self._items[row].id

    def row_of(self, key: int) -> int | None:
        """The row of a key."""
        return self._rows.get(key)

    def item(self, key: int) -> UploadItem | None:
        """The file of a key."""
        row = self._rows.get(key)
        return None if row is None else self._items[row]

    def progress_of(self, key: int) -> float:
        """How far it is, 0 to 1."""
        return self._progress.get(key, 0.0)

    def set_progress(self, key: int, share: float) -> bool:
        """Note how far it is; False where it is not here."""
        if key in self._rows:
            self._progress[key] = share
        return key in self._rows

    def keys(self) -> set[int]:
        """All of them."""
        return set(self._rows)

    def over(self) -> set[int]:
        """What has become a media."""
        return {-each.id for each in self._items if each.state.is_final}

    def take(self, items: Iterable[UploadItem]) -> tuple[list[UploadItem], set[int], list[int]]:
        """Note how they are now; returns those to be added, and the keys that go or changed."""
        new: list[UploadItem] = []
        gone: set[int] = set()
        changed: list[int] = []
        for item in items:
            row = self._rows.get(-item.id)
            if row is None:
                if self._comes(item):
                    new.append(item)
                continue
            self._items[row] = item
            # What became a media stays until its row is read, so that nothing jumps.
            if item.state.is_final and item.media_public_id is None:
                gone.add(-item.id)
            else:
                changed.append(-item.id)
        return new, gone, changed

    def add(self, items: list[UploadItem]) -> None:
        """At the end."""
        self._set([*self._items, *items])

    def remove(self, first: int, last: int) -> set[int]:
        """A run of rows; returns their keys."""
        gone = {-each.id for each in self._items[first : last + 1]}
        self._set(self._items[:first] + self._items[last + 1 :])
        for key in gone:
            self._progress.pop(key, None)
        return gone

    def runs(self, keys: set[int]) -> list[tuple[int, int]]:
        """The runs of rows that these are in."""
        return runs_in(self._rows[key] for key in keys if key in self._rows)

    def _comes(self, item: UploadItem) -> bool:
        if item.place is None or item.state.is_final:
            return False
        return (item.place.entity, item.place.slot.name) == self._place

    def _set(self, items: list[UploadItem]) -> None:
        self._items = items
        self._rows = {-each.id: row for row, each in enumerate(items)}
