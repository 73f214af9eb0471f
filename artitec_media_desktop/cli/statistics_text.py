"""The figures of visual review, as scripts and people read them."""

from typing import Any

from ..domain.moderation import Policy
from ..domain.review_statistics import ReviewStatistics


def statistics_json(found: ReviewStatistics) -> dict[str, Any]:
    """Counts as lists, the largest first; days in their order."""
    return {
        "since": None if found.since is None else found.since.isoformat(),
        "until": None if found.until is None else found.until.isoformat(),
        "decided": found.decided,
        "by_day": [
            {"day": day.isoformat(), "status": status.value, "count": count}
            for day, counts in found.by_day.items()
            for status, count in counts.items()
        ],
        "by_status": [{"status": s.value, "count": n} for s, n in found.by_status.items()],
        "by_reason": [{"reason": code, "count": n} for code, n in found.by_reason.items()],
        "by_type": [
            {"entity_type": entity, "media_type": media, "count": count}
            for (entity, media), count in found.by_type.items()
        ],
        "median_seconds": found.median_seconds,
        "second_looks": {
            look.value: {"answered": each.answered, "changed": each.changed}
            for look, each in found.second_looks.items()
        },
        "disagreement_rate": found.disagreement_rate,
        "flagged_at_door": found.flagged,
    }


def statistics_lines(found: ReviewStatistics, policy: Policy) -> list[str]:
    """The same for people, without the days."""
    rate, median = found.disagreement_rate, found.median_seconds
    lines = [f"{found.decided:>8} decided"]
    lines += [f"{count:>8} {status.value}" for status, count in found.by_status.items()]
    for code, count in found.by_reason.items():
        reason = policy.reason(code)
        lines.append(f"{count:>8} {code}: {reason.text}" if reason else f"{count:>8} {code}")
    lines += [f"{n:>8} {entity} {media.lower()}" for (entity, media), n in found.by_type.items()]
    lines += [
        f"{each.answered:>8} second looks ({look.value}), {each.changed} decided otherwise"
        for look, each in found.second_looks.items()
    ]
    lines.append(f"{found.flagged:>8} flagged at the door")
    if median is not None:
        lines.append(f"{median:>8.0f} seconds until the decision (median)")
    if rate is not None:
        lines.append(f"{rate:>8.0%} of second looks decided otherwise")
    return lines
