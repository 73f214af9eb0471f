"""Going through rows of which some are no media."""

from collections.abc import Iterable
from typing import Any, Protocol

from ...domain.media import Media


class Rows(Protocol):
    """What is gone through: a page's model. Keys that are no media's are negative."""

    #: See QAbstractItemModel, and GridModel.rows_changed.
    dataChanged: Any
    rows_changed: Any

    def rowCount(self) -> int:
        """How many rows."""

    def key_at(self, row: int) -> int:
        """The key in a row."""

    def row_of(self, key: int) -> int | None:
        """The row of a key; None when it is not here any more."""

    def item(self, key: int) -> object | None:
        """What is there; None while it is being read."""

    def need_keys(self, keys: Iterable[int]) -> None:
        """Read these, if they are not there."""


class Walk:
    """Where one is among the rows, also when the row that one is at goes."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.key = 0
        self._row = 0

    @property
    def is_here(self) -> bool:
        """Whether the row that one is at is still there."""
        return self.rows.row_of(self.key) is not None

    @property
    def media(self) -> Media | None:
        """The media that one is at; None while it is being read, and when it is gone."""
        return self.media_of(self.key)

    @property
    def row(self) -> int:
        """Its row, or that of what came into its place."""
        row = self.rows.row_of(self.key)
        if row is not None:
            self._row = row
        return self._row

    def media_of(self, key: int) -> Media | None:
        """Any media, if it has been read."""
        item = self.rows.item(key)
        return item if isinstance(item, Media) else None

    def keys(self, by: int, count: int = 1) -> list[int]:
        """Up to ``count`` media from here on, downwards with 1, upwards with -1."""
        row = self.row + by
        if not self.is_here and by > 0:
            row -= 1  # the next one moved up
        found: list[int] = []
        while 0 <= row < self.rows.rowCount() and len(found) < count:
            key = self.rows.key_at(row)
            if key > 0:
                found.append(key)
            row += by
        return found

    def near(self, count: int) -> list[Media]:
        """What has been read of the neighbours, the nearest first; the others are asked for."""
        after, before = self.keys(1, count), self.keys(-1, count)
        keys = [each[at] for at in range(count) for each in (after, before) if at < len(each)]
        self.rows.need_keys(keys)
        return [each for each in map(self.media_of, keys) if each is not None]
