"""The ids of a query in order, a million as well as ten: eight bytes each, and no Python object.

What takes long (the index, what differs from another list) is made in a worker; NumPy is loaded
there too, and gives Python's lock away while it computes.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

#: Runs of rows: first and last, both included.
Runs = list[tuple[int, int]]
#: When an answer differs in more places than this, the list starts afresh.
_MANY_RUNS: Final = 40
#: Each run copies the whole list, so a long one takes fewer of them.
_MANY_COPIES: Final = 4_000_000
#: Of so many a list is made; of more, an array of machine numbers.
_LISTED: Final = 10_000


class Keys:
    """Never changed, so that workers may read it. An id that comes twice counts once."""

    def __init__(self, ids: "Sequence[int] | Numbers" = ()) -> None:
        self.ids: Any = array("q")
        if len(ids):  # before anything is read, NumPy is not needed
            import numpy as np

            self.ids = np.asarray(ids, np.int64)

    @classmethod
    def of(cls, ids: Sequence[int]) -> "Keys":
        """With its index, and nothing twice; takes a while, so for workers."""
        made = cls(ids)
        if not len(made):
            return made
        import numpy as np

        _rows, in_order = made._index
        if (in_order[1:] == in_order[:-1]).any():
            made = cls(made.ids[np.sort(np.unique(made.ids, return_index=True)[1])])
            made._index  # noqa: B018  # made here and now
        return made

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, row: int) -> int:
        return int(self.ids[row])

    def between(self, first: int, last: int) -> list[int]:
        """The ids of rows ``first`` to ``last``."""
        found: list[int] = self.ids[max(0, first) : last + 1].tolist()
        return found

    def of_runs(self, runs: Runs) -> Sequence[int]:
        """The ids in these rows: a list, of more than 10,000 an ``array``."""
        parts = [self.ids[first : last + 1] for first, last in runs if first < len(self)]
        if not parts:
            return []
        import numpy as np

        found = np.concatenate(parts)
        if len(found) <= _LISTED:
            return list(found.tolist())
        made = array("q")
        made.frombytes(found.data.cast("B"))
        return made

    def row_of(self, key: int) -> int | None:
        """Where an id is; None where it is not."""
        if not len(self.ids):
            return None
        rows, in_order = self._index
        at = int(in_order.searchsorted(key))
        return int(rows[at]) if at < len(in_order) and in_order[at] == key else None

    def rows_of(self, ids: "Sequence[int] | Numbers") -> "Numbers":
        """Where these are, -1 where they are not."""
        import numpy as np

        if not len(self.ids):
            return np.full(len(ids), -1)
        rows, in_order = self._index
        at = np.minimum(in_order.searchsorted(ids), len(rows) - 1)
        return np.where(in_order[at] == ids, rows[at], -1)

    def lacking(self, keys: list[int]) -> list[int]:
        """Which of these are not here."""
        rows = self.rows_of(keys) if keys else ()
        return [key for key, row in zip(keys, rows, strict=True) if row < 0]

    def without_rows(self, first: int, last: int) -> "Keys":
        """Without a run of rows."""
        return self._joined(self.ids[:first], self.ids[last + 1 :])

    def without(self, gone: Iterable[int]) -> "Keys":
        """Without these ids."""
        if not len(self):
            return self
        import numpy as np

        return Keys(self.ids[~np.isin(self.ids, list(gone))])

    def with_run(self, first: int, ids: "Numbers") -> "Keys":
        """With these put in from row ``first`` on."""
        return self._joined(self.ids[:first], ids, self.ids[first:])

    def moved(self, keys: Sequence[int], before: int | None) -> "Keys":
        """With some of them, in this order, right before another one, or last."""
        import numpy as np

        taken = np.isin(self.ids, keys)
        row = None if before is None else self.row_of(before)
        at = len(self) if row is None else row
        rest, here = self.ids[~taken], at - int(taken[:at].sum())
        return self._joined(rest[:here], np.asarray(keys, np.int64), rest[here:])

    @cached_property
    def _index(self) -> tuple[Any, Any]:
        """Rows by id, and the ids in order."""
        rows = self.ids.argsort(kind="stable")
        return rows, self.ids[rows]

    @staticmethod
    def _joined(*parts: "Numbers") -> "Keys":
        import numpy as np

        return Keys(np.concatenate(parts))


@dataclass(frozen=True, slots=True)
class Difference:
    """How one list becomes another; ``moved`` is the new row of each old one, -1 if it is gone.

    ``gone`` are runs of the old list, ``come`` of the new one: empty where there are too many.
    """

    old: Keys
    new: Keys
    moved: "Numbers"
    gone: Runs
    come: Runs
    afresh: bool

    @classmethod
    def between(cls, old: Keys, new: Keys) -> "Difference":
        """Takes a while, so for workers."""
        import numpy as np

        moved = new.rows_of(old.ids)
        kept = moved[moved >= 0]
        fresh = np.ones(len(new), bool)
        fresh[kept] = False
        gone, come = moved < 0, fresh
        places = _changes(gone) + _changes(come)
        most = min(_MANY_RUNS, _MANY_COPIES // max(1, len(old), len(new)))
        reordered = bool((kept[1:] < kept[:-1]).any())
        if reordered or places > max(1, most) or not len(old):
            return cls(old, new, moved, [], [], afresh=True)
        return cls(old, new, moved, runs_of(gone), runs_of(come), afresh=False)

    def __bool__(self) -> bool:
        return self.afresh or bool(self.gone or self.come)

    def followed(self, runs: Runs) -> Runs:
        """Where rows of the old list are in the new one."""
        import numpy as np

        here = np.zeros(len(self.new), bool)
        for first, last in runs:
            to = self.moved[first : last + 1]
            here[to[to >= 0]] = True
        return runs_of(here)


def runs_of(flags: Any) -> Runs:
    """``[1, 1, 0, 1]`` → ``[(0, 1), (3, 3)]``."""
    import numpy as np

    edges = np.diff(np.concatenate(([0], flags.astype(np.int8), [0])))
    first, last = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    return list(zip(first.tolist(), last.tolist(), strict=True))


def runs_in(rows: Iterable[int]) -> Runs:
    """``3, 7, 1, 2`` → ``[(1, 3), (7, 7)]``."""
    found = []
    for _, group in groupby(enumerate(sorted(rows)), lambda pair: pair[1] - pair[0]):
        run = [row for _, row in group]
        found.append((run[0], run[-1]))
    return found


def _changes(flags: Any) -> int:
    """How many runs there are."""
    return 0 if not len(flags) else int(flags[0]) + int((flags[1:] > flags[:-1]).sum())
