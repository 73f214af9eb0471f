"""The queue of visual review: which items of it are wanted, and how many wait how long."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from .media import ModerationStatus
from .search import EVERYTHING, Search

#: What waits for a decision, unless a search says another status.
WAITING: Final = (ModerationStatus.PENDING, ModerationStatus.FLAGGED)

#: Ages by the key of their label: up to, but not including; what is older is in the last.
AGES: Final = (
    ("hour", timedelta(hours=1)),
    ("day", timedelta(days=1)),
    ("three_days", timedelta(days=3)),
    ("week", timedelta(days=7)),
)
OLDER: Final = "older"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which items of the queue: ``search`` says ``status:`` or pending and flagged are meant.

    Oldest first, or the highest score first; what has no score comes last then.
    """

    search: Search = EVERYTHING
    by_score: bool = False

    @property
    def statuses(self) -> tuple[ModerationStatus, ...]:
        """Those of a first look; empty where the search contradicts itself."""
        said = [each for each in self.search.terms if each.field == "status"]
        if not said:
            return WAITING
        return tuple(
            status
            for status in ModerationStatus
            if all((status.value in each.values) != each.negated for each in said)
        )

    @property
    def says_status(self) -> bool:
        """Whether second looks have to be in those statuses too."""
        return any(each.field == "status" for each in self.search.terms)

    @property
    def has_first_looks(self) -> bool:
        """Whether more than second looks are wanted."""
        return all(each.negated for each in self.search.terms if each.field == "look")

    def by(self, user_id: str) -> "QueueFilter":
        """With ``me`` read as that account."""
        return replace(self, search=self.search.by(user_id))


@dataclass(frozen=True, slots=True)
class AgeBucket:
    """How many wait so long; ``label_key`` is one of ``AGES`` or ``OLDER``."""

    label_key: str
    count: int


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many wait, those that somebody looks at now among them, and since when the oldest does.

    ``held_by_others`` are looked at by other people, whatever the filter.
    """

    total: int = 0
    oldest: datetime | None = None
    buckets: tuple[AgeBucket, ...] = field(
        default=tuple(AgeBucket(key, 0) for key in (*(name for name, _ in AGES), OLDER))
    )
    held_by_others: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """What of a queue is looked at elsewhere, ``own`` in other windows of the same account.

    ``until`` is when the last lease of it ends, unless it is renewed.
    """

    own: int = 0
    others: int = 0
    until: datetime | None = None


def buckets(younger: Sequence[int], total: int) -> tuple[AgeBucket, ...]:
    """Ages apart, from how many are younger than each of ``AGES``."""
    bounds = [0, *younger, total]
    keys = [*(name for name, _ in AGES), OLDER]
    return tuple(AgeBucket(key, bounds[n + 1] - bounds[n]) for n, key in enumerate(keys))
