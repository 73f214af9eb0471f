"""What is in the strip: items that are held, and those that were decided in this session."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ....domain.media import ModerationStatus
from ....domain.moderation import Claimed, Ruling, Waiting
from .words import spoken

_TOP = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True, eq=False)
class Entry:
    """One item of this session. ``ruling`` is the decision that stands, also while it is under way.

    ``is_held`` is whether its lease is this window's.
    """

    claimed: Claimed
    is_held: bool = True
    ruling: Ruling | None = None

    @property
    def item(self) -> Waiting:
        """What is looked at."""
        return self.claimed.item

    @property
    def public_id(self) -> str:
        """Of its media."""
        return self.claimed.item.public_id

    @property
    def status(self) -> ModerationStatus:
        """As it stands after what was decided here."""
        return self.item.media.moderation_status if self.ruling is None else self.ruling.status

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided here."""
        return self.ruling is None and self.is_held


class Role(IntEnum):
    """Besides those of Qt."""

    ENTRY = Qt.ItemDataRole.UserRole


class Entries(QAbstractListModel):
    """In the order they came, decided ones in their places."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Entry] = []

    def __iter__(self) -> Any:
        return iter(tuple(self._all))

    def after(self, row: int) -> Sequence[Entry]:
        """Those that stand behind a row; all behind -1."""
        return self._all[row + 1 :]

    def rowCount(self, parent: Index = _TOP) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._all)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The entry, and what it is called aloud."""
        if not index.isValid():
            return None
        entry = self._all[index.row()]
        if role == Role.ENTRY:
            return entry
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return spoken(entry.item.media, entry.ruling)
        return None

    def find(self, public_id: str) -> Entry | None:
        """The entry of a media."""
        return next((each for each in self._all if each.public_id == public_id), None)

    def row_of(self, entry: Entry | None) -> int:
        """Where it stands; -1 where it does not."""
        try:
            return self._all.index(entry)  # type: ignore[arg-type]
        except ValueError:
            return -1

    def at(self, row: int) -> Entry | None:
        """The entry there."""
        return self._all[row] if 0 <= row < len(self._all) else None

    def add(self, entries: Sequence[Entry], row: int | None = None) -> None:
        """Put them at the end, or before ``row``."""
        if not entries:
            return
        first = len(self._all) if row is None else min(max(row, 0), len(self._all))
        self.beginInsertRows(_TOP, first, first + len(entries) - 1)
        self._all[first:first] = entries
        self.endInsertRows()

    def remove(self, entry: Entry) -> None:
        """Take it out, if it is there."""
        row = self.row_of(entry)
        if row >= 0:
            self.beginRemoveRows(_TOP, row, row)
            del self._all[row]
            self.endRemoveRows()

    def touch(self, entry: Entry | None) -> None:
        """It looks different now."""
        row = self.row_of(entry)
        if row >= 0:
            place = self.index(row)
            self.dataChanged.emit(place, place)
