"""What rows and the group in front show, read in workers and kept for a while."""

from collections import OrderedDict
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ....domain.duplicates import Difference, Group, Merge, Reason, Rule
from ....domain.entities import Entity, EntityRef, EntityType
from ....domain.errors import MediaError, NotFound
from ....domain.media import Media
from ...viewer.pictures import Pictures
from .words import places

if TYPE_CHECKING:
    from ....bootstrap import App

#: Rows that were scrolled past are forgotten rather than read.
_WAITING: Final = 60
_KEPT: Final = 2_000
_RESTS_MS: Final = 30
_CASES: Final = 8
#: Of so many entities of one group the names are told.
_PLACES: Final = 20
#: With so many others the keeper is compared beforehand, with the rest when they are looked at.
_BESIDE: Final = 20
Places = dict[EntityRef, Entity]


@dataclass(frozen=True, slots=True)
class RowFacts:
    """The title of a row, and the two media whose pictures stand before it."""

    title: str
    first: Media | None
    second: Media | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which one stays and which go; as suggested where nothing is said."""

    keeper: int
    trash: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A group with all that is shown of it: its media that are still there, the keeper first."""

    group: Group
    choice: Choice
    media: tuple[Media, ...]
    places: Places
    merge: Merge
    #: What tells the keeper apart from the first others, by their numbers.
    differences: dict[int, tuple[Difference, ...]]
    #: How those of them are to be turned that do not lie as the keeper does, by their numbers.
    orientations: dict[int, int]

    @property
    def why(self) -> tuple[Reason, ...]:
        """The reasons that decided, then whatever else the keeper is better in than the next."""
        decided = [each.rule for each in self.merge.why]
        beside = self.differences.get(self.media[1].id, ()) if len(self.media) > 1 else ()
        more = [
            Reason(Rule(each.key), *each.values)
            for each in beside
            if each.better == 0 and each.key in set(Rule) and each.key not in decided
        ]
        return (*self.merge.why, *more)

    def entity(self, media: Media) -> Entity | None:
        """Where one of them lies; None for a place that only the platform knows."""
        ref = ref_of(media)
        return None if ref is None else self.places.get(ref)


def ref_of(media: Media) -> EntityRef | None:
    """The entity of a row; None for a type that we do not know."""
    known = media.entity_type in set(EntityType)
    return EntityRef(EntityType(media.entity_type), media.entity_id) if known else None


class Rows(QObject):
    """Asked while painting, so it only ever looks things up."""

    arrived = Signal()
    #: Groups of which media are gone.
    shrunk = Signal(object)

    def __init__(self, app: "App", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._found: OrderedDict[tuple[int, ...], RowFacts] = OrderedDict()
        self._waiting: OrderedDict[tuple[int, ...], Group] = OrderedDict()
        self._is_reading = False
        self._names: Places | None = None
        self._starting = QTimer(self)
        self._starting.setSingleShot(True)
        self._starting.setInterval(_RESTS_MS)
        self._starting.timeout.connect(self._read)

    def get(self, group: Group) -> RowFacts | None:
        """What is known of a group; None for now, and then it is on its way."""
        found = self._found.get(group.ids)
        if found is None and group.ids not in self._waiting:
            self._waiting[group.ids] = group
            while len(self._waiting) > _WAITING:
                self._waiting.popitem(last=False)
            if not self._is_reading:
                self._starting.start()
        return found

    def forget(self) -> None:
        """Read all anew when it is looked at next."""
        self._found.clear()
        self._names = None

    def _read(self) -> None:
        if not self._waiting:
            return
        groups, self._waiting = list(self._waiting.values()), OrderedDict()
        self._is_reading = True
        names = self._names
        library = self._app.library

        def read(_: object) -> tuple[Places, dict[int, Media]]:
            found = {each.ref: each for each in library.entities()} if names is None else names
            wanted = {number for group in groups for number in group.ids[:2]}
            return found, library.media_by_ids(sorted(wanted))

        self._app.runner.run(
            read,
            lambda answer: self._arrive(groups, *answer),
            lambda _error: self._end(),
            None,
            self._end,
        )

    def _arrive(self, groups: list[Group], names: Places, media: dict[int, Media]) -> None:
        self._names = names
        shrunk = []
        for group in groups:
            first, second = (media.get(each) for each in group.ids[:2])
            if first is None or second is None:
                shrunk.append(group)
            ref = None if first is None else ref_of(first)
            entity = None if ref is None else names.get(ref)
            title = "" if entity is None else entity.name
            title = title if group.entities < 2 else places(group.entities)
            self._found[group.ids] = RowFacts(title, first, second)
        while len(self._found) > _KEPT:
            self._found.popitem(last=False)
        self._end()
        self.arrived.emit()
        if shrunk:
            self.shrunk.emit(shrunk)

    def _end(self) -> None:
        self._is_reading = False
        if self._waiting:
            self._starting.start()


class Cases(QObject):
    """The group in front and those that come next, with their pictures."""

    #: Case: what was wanted is there.
    arrived = Signal(object)
    #: Group, MediaError
    failed = Signal(object, object)

    def __init__(
        self, app: "App", rules: Callable[[], tuple[Rule, ...]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._app, self._rules = app, rules
        self.pictures = Pictures(app, self)
        self._found: OrderedDict[tuple[tuple[int, ...], Choice], Case] = OrderedDict()
        self._reading: set[tuple[tuple[int, ...], Choice]] = set()
        self._turn = 0

    def get(self, group: Group, choice: Choice | None = None) -> Case | None:
        """A group as it is chosen; None for now, and then ``arrived`` follows."""
        choice = choice or Choice(group.keeper)
        key = (group.ids, choice)
        found = self._found.get(key)
        if found is not None:
            self._found.move_to_end(key)
            return found
        if key not in self._reading:
            self._read(group, choice)
        return None

    def forget(self) -> None:
        """What is known may be out of date; what is on its way does not count either."""
        self._turn += 1
        self._found.clear()
        self._reading.clear()

    def _read(self, group: Group, choice: Choice) -> None:
        key, turn, rules = (group.ids, choice), self._turn, self._rules()
        self._reading.add(key)
        app = self._app

        def ended() -> bool:
            self._reading.discard(key)
            return turn == self._turn

        def done(case: Case) -> None:
            if not ended():
                return
            self._found[key] = case
            while len(self._found) > _CASES:
                self._found.popitem(last=False)
            self.arrived.emit(case)

        def failed(error: MediaError) -> None:
            if ended():
                self.failed.emit(group, error)

        app.runner.run(
            lambda _: read_case(app, group, choice, rules), done, failed, None, lambda: None
        )


def read_case(app: "App", group: Group, choice: Choice, rules: tuple[Rule, ...]) -> Case:
    """Read a group; for a worker. Raises as the services."""
    media = app.library.media_by_ids(group.ids)
    order = [choice.keeper, *(each for each in group.ids if each != choice.keeper)]
    trash = None if choice.trash is None else sorted(choice.trash)
    merge = app.duplicates.preview(group, choice.keeper, trash, rules)
    there = tuple(media[each] for each in order if each in media)
    wanted = {ref for each in there if (ref := ref_of(each)) is not None}
    near = there[1 : _BESIDE + 1]
    beside = {each.id: app.duplicates.differences((there[0], each)) for each in near}
    turned = app.duplicates.orientations(there[0].id, [each.id for each in near])
    return Case(group, choice, there, _places(app, wanted), merge, beside, turned)


def _places(app: "App", wanted: Collection[EntityRef]) -> Places:
    found = {}
    for ref in sorted(wanted, key=str)[:_PLACES]:
        with suppress(NotFound):
            found[ref] = app.library.resolve(ref.type, str(ref.id))
    return found
