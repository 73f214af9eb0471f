"""What visual review came to, in figures. There are none of a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .media import ModerationStatus
from .moderation import Look


@dataclass(frozen=True, slots=True)
class SecondLooks:
    """Second looks that were answered, and how many of them by another decision."""

    answered: int
    changed: int

    @property
    def disagreement_rate(self) -> float | None:
        """The share (0 … 1) that was decided otherwise; None where none was answered."""
        return self.changed / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class ReviewStatistics:
    """Decisions that people took from ``since`` to ``until`` and that stand.

    Both are whole days (UTC) and count themselves; None is no bound. Second looks count as
    decisions of their own. ``by_reason`` are codes; ``by_type`` entity and media type.
    ``median_seconds`` is from when an item began to wait to its decision, without second looks.
    ``second_looks`` are those answered in these days, of samples and of appeals. ``flagged`` are
    uploads that were held at the door by their likeness to something rejected.
    """

    since: date | None
    until: date | None
    decided: int
    by_day: Mapping[date, Mapping[ModerationStatus, int]]
    by_reason: Mapping[str, int]
    by_type: Mapping[tuple[str, str], int]
    by_status: Mapping[ModerationStatus, int]
    median_seconds: float | None
    second_looks: Mapping[Look, SecondLooks]
    flagged: int

    @property
    def disagreement_rate(self) -> float | None:
        """The share (0 … 1) of all second looks that was decided otherwise."""
        answered = sum(each.answered for each in self.second_looks.values())
        changed = sum(each.changed for each in self.second_looks.values())
        return SecondLooks(answered, changed).disagreement_rate
