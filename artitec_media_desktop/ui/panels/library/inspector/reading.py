"""Reads what is selected in a worker; a newer selection stops it, and older answers are dropped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from .....domain.entities import EntityRef, EntityType
from .....domain.errors import MediaError
from .....domain.media import Media, MediaType
from .....domain.overview import MediaOverview
from .....domain.permissions import ALLOWED, Decision
from .....domain.selection import Selection
from .previews import MOST

if TYPE_CHECKING:
    from .....bootstrap import App
    from .....tasks.runner import Task

#: More than this are not read: they can be edited all the same, by number.
BOUND: Final = 20_000
_PAGE: Final = 500
#: Of so many places it is asked whether media may be edited there; the services ask for all.
_PLACES: Final = 50


@dataclass(frozen=True, slots=True)
class Read:
    """What is known of the selected media.

    Where there are more than ``BOUND``, it ``is_sample``: the first of them. ``overview`` is
    there for a single one, once it is read.
    """

    keys: Sequence[int]
    selection: Selection
    is_sample: bool = False
    overview: MediaOverview | None = None
    may_edit: Decision = ALLOWED

    @property
    def count(self) -> int:
        """How many are selected and still there."""
        return len(self.keys) if self.is_sample else self.selection.count

    @property
    def kinds(self) -> frozenset[MediaType]:
        """Of what kinds they are; empty where not all of them are read."""
        types = () if self.is_sample else self.selection.types.items()
        return frozenset(kind for kind, _ in types)


class Reader(QObject):
    """One reading at a time."""

    #: Read
    arrived = Signal(object)
    #: MediaError
    failed = Signal(object)

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._number = 0
        self._task: Task | None = None

    def stop(self) -> None:
        """Nobody waits for the answer any more."""
        self._number += 1
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def read(self, keys: Sequence[int]) -> None:
        """Read these media; ``arrived`` follows, unless something else is asked for first."""
        self.stop()
        number = self._number

        def done(found: Read) -> None:
            if number == self._number:
                self.arrived.emit(found)

        def failed(error: MediaError) -> None:
            if number == self._number:
                self.failed.emit(error)

        self._task = self._app.runner.run(
            lambda task: self._read(keys, task), done, failed, None, lambda: None
        )

    def _read(self, keys: Sequence[int], task: "Task") -> Read:
        library = self._app.library
        is_sample = len(keys) > BOUND
        wanted = keys[:_PAGE] if is_sample else keys
        selection = Selection()
        for start in range(0, len(wanted), _PAGE):
            task.check_cancelled()
            some = [int(key) for key in wanted[start : start + _PAGE]]
            found = library.media_by_ids(some)
            for key in some:
                if key in found:
                    selection.add(self._slim(found[key], selection.count, len(wanted)))
        only = None if is_sample else selection.only
        if only is not None:
            overview = library.media_overview(only)
            return Read(keys, selection, False, overview, overview.may_edit)
        places = [place_of(*place) for place, _ in selection.places.items()[:_PLACES]]
        return Read(keys, selection, is_sample, None, library.may_edit(places))

    def _slim(self, media: Media, at: int, of: int) -> Media:
        """Without what is said of a single one only, and what the previews need."""
        return media if of <= MOST or at < MOST else replace(media, metadata={})


def place_of(kind: str, number: int, _field: str | None = None) -> EntityRef | None:
    """The entity of a place; None for one that only the platform knows."""
    return EntityRef(EntityType(kind), number) if kind in set(EntityType) else None
