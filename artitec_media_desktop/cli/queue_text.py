"""The queue of visual review, as scripts and people read it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from ..bootstrap.library import Library
from ..domain.moderation import Claimed, Listed, Look, Waiting
from ..domain.review_queue import OLDER, QueueCounts
from .render import media_json, plain

#: Ages by the key of their bucket.
_AGES: Final = {
    "hour": "under an hour",
    "day": "1 to 24 hours",
    "three_days": "1 to 3 days",
    "week": "3 to 7 days",
    OLDER: "over a week",
}


def items_json(library: Library, items: Sequence[Listed] | Sequence[Claimed]) -> list[Any]:
    """Each media with every key of the contract, and why and since when it waits."""
    public_ids = library.library.entity_public_ids([each.item.media for each in items])
    now = datetime.now(UTC)
    return [
        media_json(each.item.media, public_ids.get(each.item.media.id))
        | _waiting(each.item, now)
        | _holding(each)
        for each in items
    ]


def listed_line(listed: Listed) -> str:
    """One item of the queue, for people."""
    until = f"{listed.held_until.astimezone():%H:%M}" if listed.held_until else ""
    return _line(listed.item, f"with {listed.holder} until {until}" if listed.holder else "")


def claimed_line(claimed: Claimed) -> str:
    """One item that is held, for people."""
    lease = claimed.lease
    return _line(claimed.item, f"until {lease.until.astimezone():%H:%M}  token {lease.token}")


def queue_lines(counts: QueueCounts, shown: int) -> list[str]:
    """How many wait and how long."""
    if not counts.total:
        return ["Nothing waits."]
    ages = ", ".join(f"{_AGES[e.label_key]}: {e.count}" for e in counts.buckets if e.count)
    others = f"; others look at {counts.held_by_others}" if counts.held_by_others else ""
    return [f"{shown} of {counts.total}; {ages}{others}"]


def _waiting(item: Waiting, now: datetime) -> dict[str, Any]:
    return {
        "look": item.look.value,
        "since": plain(item.since),
        "waited_seconds": _seconds(item, now),
        "score": item.score,
        "asked": item.asked,
        "decided_by": item.decided_by,
    }


def _holding(each: Listed | Claimed) -> dict[str, Any]:
    if isinstance(each, Listed):
        return {"held_by": each.held_by, "held_until": plain(each.held_until)}
    lease = each.lease
    return {"held_by": lease.account, "held_until": plain(lease.until), "token": lease.token}


def _line(item: Waiting, held: str) -> str:
    parts = [
        item.public_id,
        f"{item.media.moderation_status.value:<8}",
        "" if item.look is Look.FIRST else item.look.value,
        f"{_age(_seconds(item, datetime.now(UTC))):>8}",
        "" if item.score is None else f"{item.score:.2f}",
        item.media.original_filename,
        f"“{item.asked}”" if item.asked else "",
        held,
    ]
    return "  ".join(each for each in parts if each)


def _seconds(item: Waiting, now: datetime) -> int:
    return max(0, int((now - item.since).total_seconds()))


def _age(seconds: int) -> str:
    for length, name in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= length * (2 if name == "days" else 1):
            return f"{seconds // length} {name}"
    return f"{seconds} s"
