"""The media of a query, in order: read from the library around what is in view.

The first media are read at once, then the ids of all; the other media in pages.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from .....domain.entities import EntityRef
from .....domain.errors import MediaError, Transient
from .....domain.listing import MediaQuery
from .....domain.media import Media
from .....domain.slots import Slot
from .....domain.work import Work
from .coming import Coming
from .keys import Difference, Keys, runs_in
from .reading import Reading
from .rows import AT_ONCE, GridRows

if TYPE_CHECKING:
    from .....bootstrap import App
    from .....tasks.runner import Task

#: So many media come with the first answer; of fewer, that is all there is to read.
FIRST: Final = 200


class State(Enum):
    """What the page shows."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


class GridModel(GridRows):
    """``show`` turns to another query; ``refresh`` reads the same one again and keeps its rows."""

    #: The first rows of another query are there.
    turned = Signal()

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self.query: MediaQuery | None = None
        self.place: tuple[EntityRef, Slot] | None = None
        #: On their way out of the library.
        self._away: frozenset[int] = frozenset()
        self._ordering = self._order_again = False
        #: What is read of the query, and can be stopped.
        self._searches: list[Task] = []
        self._reading = Reading(app, self._is_missing, self)
        self._reading.arrived.connect(self._arrived)
        self._in_view = (0, -1)
        app.changes.in_view = self._shown
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
        for task in self._searches:
            task.cancel()  # nobody waits for the search before
        self._searches = [
            self._app.runner.run(
                lambda task: self._first(query, task),
                self._first_came,
                lambda error: self._failed(query, error),
            )
        ]

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

        def read(task: Work) -> tuple[MediaQuery, Difference]:
            return query, self._against(Keys.of(self._app.library.media_ids(query, task)))

        def failed(error: MediaError) -> None:
            self._failed(query, error)
            self._order_over()

        task = self._app.runner.run(read, self._ordered, failed, None, self._order_over)
        self._searches = [*self._searches[-1:], task]

    def need(self, *runs: tuple[int, int]) -> None:
        """Rows ``(first, last)`` are in view or soon will be, the most urgent first."""
        self._in_view = runs[0] if runs else (0, -1)
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

    def leave(self, keys: Sequence[int]) -> None:
        """These are on their way out: they are not shown, whatever is read, until ``stay``."""
        self._away |= frozenset(keys)
        self._take_out(keys)

    def stay(self, keys: Sequence[int]) -> None:
        """Those that are still in the library are shown again, once the order is read."""
        self._away -= frozenset(keys)

    # ---- asking

    @property
    def total(self) -> int:
        """How many media, once it is known; files on their way not counted."""
        return len(self._keys) if self.is_complete else 0

    # ---- answers

    def _first(self, query: MediaQuery, task: Work) -> tuple[MediaQuery, Difference, list[Media]]:
        media = self._app.library.first(query, FIRST, task)
        keys = Keys.of([each.id for each in media])
        # What was shown before may be a million rows: they are compared here, not in the window.
        return query, self._against(keys), media

    def _first_came(self, answer: tuple[MediaQuery, Difference, list[Media]]) -> None:
        query, difference, media = answer
        if query is not self.query or self.is_complete:
            return  # all of them may have come before, by a refresh
        if difference.old is not self._keys:
            difference = self._against(difference.new)
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
        if query is self.query:
            if difference.old is not self._keys:
                self._compare_again(query, difference.new)
            else:
                self._take_order(difference)
        self._order_over()

    def _order_over(self) -> None:
        self._ordering = False
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

        self._app.runner.run(lambda _: self._against(new), compared)

    def _take_order(self, difference: Difference) -> None:
        self._apply(difference)
        self._uncome(self._coming.over())
        self.is_complete = True
        self.error = None
        self._set_state(State.READY)

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
            self._take_out(gone)
        self.state_changed.emit()

    def _against(self, new: Keys) -> Difference:
        """How what is shown becomes these, without those that are on their way out."""
        return Difference.between(self._keys, new.without(self._away) if self._away else new)

    def _take_out(self, gone: Iterable[int]) -> None:
        """Show these no more; of a long list that is found out in a worker."""
        old, gone = self._keys, frozenset(gone)

        def compare(_: object = None) -> Difference:
            return Difference.between(old, old.without(gone))

        def compared(found: Difference) -> None:
            if found.old is self._keys:
                self._apply(found)
            else:
                self._take_out(gone)

        if len(old) <= AT_ONCE:
            self._apply(compare())
        else:
            self._app.runner.run(compare, compared)

    def _shown(self) -> list[Media]:
        keys = self._keys.between(*self._in_view)
        return [self._media[key] for key in keys if key in self._media]

    def _is_missing(self, key: int) -> bool:
        if key in self._media and key not in self._stale:
            return False
        # What left the rows meanwhile is not kept when it comes: it would be read for ever.
        return self._keys.row_of(key) is not None

    def _set_state(self, state: State) -> None:
        self.state = state
        self.state_changed.emit()
