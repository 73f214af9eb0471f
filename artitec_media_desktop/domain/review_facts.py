"""What is known of an item while a person decides on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from .entities import EntityRef
from .media import Media, ModerationStatus
from .moderation import KnownBad, Record
from .permissions import Role

#: So many days of an uploader are looked back on.
LOOK_BACK_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Similar:
    """A media that looks like the item and waits no more; ``distance`` is 0 … 5 bits.

    ``decided`` is the last decision that stands; None where nobody ever decided on it, as of
    uploads that need no review.
    """

    media: Media
    status: ModerationStatus
    distance: int
    decided: Record | None = None
    in_trash: bool = False


@dataclass(frozen=True, slots=True)
class Rejection:
    """When something was rejected, and the code of the reason."""

    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One item: where it is, who put it there, and what was decided before.

    ``entity_ref`` is None for a place that only the platform knows; ``entity_name`` then says its
    type and number. ``uploader_name`` and ``uploader_role`` are None for an account that is gone.

    ``history`` is every record of this media, oldest first; what was undone is marked there.
    ``uploader_days`` counts the uploader's media by what people decided on each last within
    ``LOOK_BACK_DAYS``, and ``last_rejection`` is of the same days.

    ``similar`` is nearest first. ``known_bad`` is the nearest rejected media that it looks like;
    where it was flagged for one at the door, that one. ``score`` is the screening's (0 … 1), None
    before. ``gps_removed`` tells whether a location was taken out of the file: False where there
    was none, None where that is not known. ``names`` are of the accounts in records, by user id.
    """

    media: Media
    entity_name: str
    entity_ref: EntityRef | None
    uploader_name: str | None
    uploader_role: Role | None
    history: tuple[Record, ...]
    uploader_days: Mapping[ModerationStatus, int]
    last_rejection: Rejection | None
    similar: tuple[Similar, ...]
    known_bad: KnownBad | None
    score: float | None
    gps_removed: bool | None
    names: Mapping[str, str]
