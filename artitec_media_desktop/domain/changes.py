"""What a mutation did. Services return it, views refresh by it, undo reverses it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from .entities import EntityRef, EntityType
from .errors import Cancelled, MediaError


class ChangeKind(StrEnum):
    """The verbs of the history."""

    UPLOADED = "uploaded"
    EDITED = "edited"
    TRASHED = "trashed"
    RESTORED = "restored"
    MODERATED = "moderated"
    MOVED = "moved"
    ORDERED = "ordered"
    PURGED = "purged"
    #: Duplicates became one.
    MERGED = "merged"
    #: Decided that look-alikes are no duplicates, or that all of them stay.
    COMPARED = "compared"
    UNDONE = "undone"


#: What can't be undone: it is for good, or it is an undoing itself.
FINAL: Final = frozenset({ChangeKind.PURGED, ChangeKind.UNDONE})

_ENTITY_TYPES: Final = frozenset(EntityType)


@dataclass(frozen=True, slots=True)
class MediaChange:
    """One media's part: the columns that changed, before and after (JSON values).

    ``entity`` is where it was before. ``aside`` (not stored) is one that nobody named: the primary
    role passed to it or from it.
    """

    public_id: str
    entity: EntityRef | None
    before: dict[str, Any]
    after: dict[str, Any]
    aside: bool = False

    @property
    def entities(self) -> frozenset[EntityRef]:
        """Where it was and where it is now; from one community to another, only the id changes."""
        was = self.entity
        kind = self.after.get("entity_type", was and was.type)
        number = self.after.get("entity_id", was and was.id)
        places = {was} if was is not None else set()
        if kind in _ENTITY_TYPES and number:
            places.add(EntityRef(EntityType(kind), number))
        return frozenset(places)

    def then(self, later: "MediaChange") -> "MediaChange":
        """Both as one, where the same change touches a media twice."""
        return replace(
            self,
            before=later.before | self.before,
            after=self.after | later.after,
            aside=self.aside and later.aside,
        )


def merged(parts: Iterable[MediaChange]) -> tuple[MediaChange, ...]:
    """One part a media, in order."""
    found: dict[str, MediaChange] = {}
    for each in parts:
        first = found.get(each.public_id)
        found[each.public_id] = each if first is None else first.then(each)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Failure:
    """One media of a batch that something went wrong with."""

    public_id: str
    error: MediaError


@dataclass(frozen=True, slots=True)
class Change:
    """One action of one account, possibly over many media; ``id`` is set once it is stored.

    ``failed`` is not stored: which of a batch could not be done. One that is in ``media`` too
    was written, and its old copies in the storage could not be removed yet (``old_copy_left``).
    """

    kind: ChangeKind
    media: tuple[MediaChange, ...]
    account: str
    at: datetime
    id: int | None = None
    failed: tuple[Failure, ...] = ()

    @classmethod
    def together(cls, changes: Sequence["Change"]) -> "Change":
        """Several of one kind as one, for views to refresh by; not for what is stored."""
        first, last = changes[0], changes[-1]
        media = tuple(media for change in changes for media in change.media)
        return cls(first.kind, media, first.account, last.at)

    @property
    def is_final(self) -> bool:
        """Whether it can't be undone."""
        return self.kind in FINAL

    @property
    def entities(self) -> frozenset[EntityRef]:
        """The entities whose views are out of date."""
        return frozenset().union(*(each.entities for each in self.media))

    @property
    def public_ids(self) -> tuple[str, ...]:
        """The media that were named, in order; those that a role passed to are not."""
        return tuple(each.public_id for each in self.media if not each.aside)


class Stopped(Cancelled):
    """A batch was stopped between two of its parts: what ``change`` names stays done.

    ``total`` is how many media were to be changed.
    """

    def __init__(self, change: Change, total: int) -> None:
        super().__init__()
        self.change = change
        self.total = total
