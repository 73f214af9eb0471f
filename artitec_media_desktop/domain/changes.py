"""What a mutation did. Services return it, views refresh by it, undo reverses it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from .entities import EntityRef
from .errors import MediaError


class ChangeKind(StrEnum):
    """The verbs of the history."""

    UPLOADED = "uploaded"
    EDITED = "edited"
    TRASHED = "trashed"
    RESTORED = "restored"
    MODERATED = "moderated"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class MediaChange:
    """One media's part: the columns that changed, before and after (JSON values)."""

    public_id: str
    entity: EntityRef | None
    before: dict[str, Any]
    after: dict[str, Any]


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

    @property
    def entities(self) -> frozenset[EntityRef]:
        """The entities whose views are out of date."""
        return frozenset(each.entity for each in self.media if each.entity is not None)

    @property
    def public_ids(self) -> tuple[str, ...]:
        """The media touched, in order."""
        return tuple(each.public_id for each in self.media)
