"""What lies in the trash, as a list that is read in pages."""

from dataclasses import dataclass
from datetime import datetime

from .entities import Entity
from .media import Media
from .permissions import Account, Decision


@dataclass(frozen=True, slots=True)
class TrashItem:
    """One deleted media.

    ``entity`` is where it came from, None where that is gone; ``deleted_by`` who deleted it, None
    where that account is gone. ``expires_at`` is when it is removed for good.
    """

    media: Media
    entity: Entity | None
    deleted_by: Account | None
    deleted_at: datetime
    expires_at: datetime
    may_restore: Decision


@dataclass(frozen=True, slots=True)
class TrashPlace:
    """Where a page ends; what comes or goes meanwhile neither repeats nor hides others."""

    deleted_at: datetime
    public_id: str


@dataclass(frozen=True, slots=True)
class TrashPage:
    """Some of the trash, newest deleted first.

    ``total`` and ``total_bytes`` are those of everything that was searched for, ``next`` where to
    go on, None at the end.
    """

    items: tuple[TrashItem, ...]
    total: int
    total_bytes: int
    next: TrashPlace | None
    may_purge: Decision
