"""The history of the library as a person reads it: who did what, where and when."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from .changes import ChangeKind
from .entities import Entity
from .media import MediaType, ModerationStatus
from .permissions import Account, Decision

_K: Final = ChangeKind
#: What a person filters by.
KINDS: Final[dict[str, frozenset[ChangeKind]]] = {
    "added": frozenset({_K.UPLOADED}),
    "edited": frozenset({_K.EDITED, _K.ORDERED}),
    "moved": frozenset({_K.MOVED}),
    "deleted": frozenset({_K.TRASHED, _K.PURGED}),
    "restored": frozenset({_K.RESTORED}),
    "decided": frozenset({_K.MODERATED}),
    "duplicates": frozenset({_K.MERGED, _K.COMPARED}),
    "undone": frozenset({_K.UNDONE}),
}
#: Of the media of an entry, so many are shown.
PICTURED: Final = 3
#: Uploads that are no further apart are one entry.
_TOGETHER: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class ActivityQuery:
    """Whose changes, of which of ``KINDS`` (empty: all), with which words."""

    mine: bool = False
    kind: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ActivityMedia:
    """One media of an entry. ``media_type`` is None where it is gone for good."""

    public_id: str
    name: str
    media_type: MediaType | None
    in_trash: bool = False


@dataclass(frozen=True, slots=True)
class Activity:
    """One entry: a change, or many uploads of one account to one place.

    ``changes`` are their numbers, newest first; ``at`` is when the newest was, ``since`` the
    oldest. ``media`` and ``places`` are the first of ``count`` and ``place_count``; places that are
    gone are left out. ``columns`` are those that were written, ``status`` what was decided (of an
    undoing: what holds again), and ``why`` for which reason; of a ``second_look``, ``confirmed``
    where that changed nothing. They are said where they are the same for all.
    ``only_images`` is said where that is known of all. ``by`` and ``undone_by`` are None for an
    account that is gone.
    """

    changes: tuple[int, ...]
    kind: ChangeKind
    account: str
    by: Account | None
    at: datetime
    since: datetime
    count: int
    media: tuple[ActivityMedia, ...]
    only_images: bool
    places: tuple[Entity, ...]
    place_count: int
    columns: frozenset[str]
    status: ModerationStatus | None
    undone_at: datetime | None
    undone_by: Account | None
    may_undo: Decision
    why: str = ""
    second_look: bool = False
    confirmed: bool = False

    def takes(self, earlier: "Activity") -> bool:
        """Whether an earlier upload belongs to this one."""
        return (
            self.kind is earlier.kind is _K.UPLOADED
            and self._group == earlier._group
            and self.since - earlier.at <= _TOGETHER
        )

    def plus(self, earlier: "Activity") -> "Activity":
        """Both as one entry."""
        return replace(
            self,
            changes=self.changes + earlier.changes,
            since=min(self.since, earlier.since),
            count=self.count + earlier.count,
            media=(self.media + earlier.media)[:PICTURED],
            only_images=self.only_images and earlier.only_images,
        )

    def before(self, number: int) -> "Activity | None":
        """What of it is older than a change; None for nothing."""
        if self.changes[0] < number:
            return self
        left = tuple(each for each in self.changes if each < number)
        return replace(self, changes=left, count=len(left)) if left else None

    @property
    def _group(self) -> object:
        places = tuple(each.ref for each in self.places)
        return self.account, places, self.place_count, self.undone_at is None, self.undone_by


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """Some of the history, newest first, a change each; ``next`` is where to go on."""

    items: tuple[Activity, ...]
    next: int | None
