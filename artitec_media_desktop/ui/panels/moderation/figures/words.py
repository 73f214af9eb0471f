"""The figures of visual review as bars and sentences; none is of a person."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QDate, QLocale

from .....domain.entities import EntityType
from .....domain.media import MediaType, ModerationStatus
from .....domain.moderation import Policy
from .....domain.review_statistics import ReviewStatistics
from ....chart import Bar, Part
from ....entity_words import plural
from ....upload_words import number
from ..facts_words import SUMS, lasting, reason_text
from ..words import counted, tr

_S: Final = ModerationStatus
#: From the ground up, with their colours.
INKS: Final = (
    (_S.APPROVED, "success"),
    (_S.REJECTED, "danger"),
    (_S.FLAGGED, "warning"),
    (_S.PENDING, "chart3"),
)


def by_day(found: ReviewStatistics) -> list[Bar]:
    """A bar a day, also of days without a decision."""
    first, last = found.since, found.until
    if first is None or last is None:
        return []
    bars = []
    for at in range((last - first).days + 1):
        day = first + timedelta(days=at)
        counts = found.by_day.get(day, {})
        parts = tuple(Part(ink, counts[status]) for status, ink in INKS if counts.get(status))
        told = [counted(counts[s], *SUMS[s]) for s, _ in INKS if counts.get(s) and s in SUMS]
        words = f"{_day(day)}: {', '.join(told) or tr('no decisions')}"
        bars.append(Bar(_day(day), parts, sum(counts.values()), 0, words, None))
    return bars


def by_reason(found: ReviewStatistics, policy: Policy) -> list[Bar]:
    """A bar a reason, the most frequent first."""
    named = ((reason_text(code, policy), count) for code, count in found.by_reason.items())
    return _rows(named, "danger")


def by_type(found: ReviewStatistics) -> list[Bar]:
    """A bar a kind of place and of media, the most frequent first."""
    named = ((_kind(*kind), count) for kind, count in found.by_type.items())
    return _rows(named, "chart1")


def median_text(found: ReviewStatistics) -> str:
    """``3 hours, 20 min``; a dash where nothing waited."""
    seconds = found.median_seconds
    return "–" if seconds is None else lasting(timedelta(seconds=seconds))


def disagreement_text(found: ReviewStatistics) -> tuple[str, str]:
    """``8%``, and ``2 of 25 second looks decided otherwise``."""
    rate = found.disagreement_rate
    if rate is None:
        return "–", tr("no second looks yet")
    answered = sum(each.answered for each in found.second_looks.values())
    changed = sum(each.changed for each in found.second_looks.values())
    words = tr("{changed} of {count} second looks decided otherwise")
    return f"{rate * 100:.0f}%", words.format(changed=number(changed), count=number(answered))


def _rows(named: Iterable[tuple[str, int]], ink: str) -> list[Bar]:
    rows = sorted(named, key=lambda each: -each[1])
    return [
        Bar(name, (Part(ink, count),), count, 0, f"{name}: {number(count)}", None)
        for name, count in rows
    ]


def _kind(entity: str, media: str) -> str:
    place = plural(EntityType(entity)) if entity in set(EntityType) else entity
    kind = tr("videos") if media == MediaType.VIDEO else tr("images")
    return tr("{place}, {kind}").format(place=place, kind=kind)


def _day(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), "MMM d")
