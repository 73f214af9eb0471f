"""Media read in pages: what is in view first, what has scrolled away not at all."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from .....domain.errors import MediaError
from .....domain.media import Media

if TYPE_CHECKING:
    from .....bootstrap import App

#: Media are read this many at a time,
PAGE: Final = 100
#: in so many workers, so that one is left for everything else.
_AT_ONCE: Final = 2
#: What is wanted out of view is no more than this.
_TOO_MANY: Final = 1_000


class Reading(QObject):
    """Reads what is wanted now and ``is_missing``."""

    #: The keys that were asked for, the media that were found, and whether they are up to date.
    arrived = Signal(object, object, bool)

    def __init__(
        self, app: "App", is_missing: Callable[[int], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._is_missing = is_missing
        self._wanted: list[list[int]] = []
        self._too: dict[int, None] = {}
        #: What is being read; the value says whether the answer will be up to date.
        self._asked: dict[int, bool] = {}
        #: What was asked for and is not in the library any more.
        self._lost: set[int] = set()
        self._under_way = 0

    def want(self, runs: list[list[int]]) -> None:
        """Replace what was wanted in view and around it, the most urgent first."""
        self._wanted = runs
        self._go_on()

    def want_too(self, keys: Iterable[int]) -> None:
        """Read these besides."""
        self._too |= dict.fromkeys(keys)
        while len(self._too) > _TOO_MANY:
            self._too.popitem()
        self._go_on()

    def forget(self) -> None:
        """Nothing is wanted any more."""
        self._wanted = []
        self._too.clear()
        self.outdate()

    def outdate(self, keys: Iterable[int] | None = None) -> None:
        """What is being read (all of it, or these) may be older than what was just heard."""
        self._lost.clear()
        for key in list(self._asked) if keys is None else keys:
            if key in self._asked:
                self._asked[key] = False

    def _go_on(self) -> None:
        while self._under_way < _AT_ONCE:
            keys = self._next()
            if not keys:
                return
            self._read(keys)

    def _next(self) -> list[int]:
        found: dict[int, None] = {}
        for key in chain(*self._wanted, self._too):
            if key not in self._asked and key not in self._lost and self._is_missing(key):
                found[key] = None
                if len(found) == PAGE:
                    break
        return list(found)

    def _read(self, keys: list[int]) -> None:
        self._under_way += 1
        self._asked |= dict.fromkeys(keys, True)
        self._app.runner.run(
            lambda _: (keys, self._app.library.media_by_ids(keys)),
            self._came,
            lambda error: self._failed(keys, error),
            priority=1,
        )

    def _came(self, answer: tuple[list[int], dict[int, Media]]) -> None:
        keys, media = answer
        is_fresh = self._done(keys)
        self._lost.update(key for key in keys if key not in media)
        self.arrived.emit(keys, media, is_fresh)
        self._go_on()

    def _failed(self, keys: list[int], _error: MediaError) -> None:
        # Asked for again by the next scroll or refresh, not at once.
        self._done(keys)
        self._wanted = []
        self._too.clear()

    def _done(self, keys: list[int]) -> bool:
        self._under_way -= 1
        fresh = [self._asked.pop(key) for key in keys]
        for key in keys:
            self._too.pop(key, None)
        return all(fresh)
