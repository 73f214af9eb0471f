"""Items of the queue and what is known of them, for tests of the moderation page's parts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Claimed, KnownBad, Lease, Look, Record, Waiting
from artitec_media_desktop.domain.permissions import Role
from artitec_media_desktop.domain.review_facts import ItemFacts, Rejection, Similar
from tests.ui import media_rows

S = ModerationStatus
NOW = datetime.now(UTC)
WILLOW = EntityRef(EntityType.COMMUNITY, 3)


def media(number=1, **changes):
    usual = {
        "file_size": 1_990_000,
        "entity_type": "post",
        "entity_id": 3,
        "entity_field": "media",
        "width": 2560,
        "height": 1920,
        "caption": "First sail of the season.",
        "alt_text": "Red sailboat at the dock",
        "moderation_status": S.PENDING,
        "created_at": NOW - timedelta(days=2, hours=6),
    }
    return media_rows.media(number, **(usual | changes))


def claimed(number=1, hours=54.0, minutes=9.5, look=Look.FIRST, asked=None, **changes):
    now = datetime.now(UTC)  # not when the first of all tests began
    item = Waiting(media(number, **changes), now - timedelta(hours=hours), look, 0.02, "u9", asked)
    return Claimed(item, Lease(f"MED-{number}", "t", "u1", now + timedelta(minutes=minutes)))


def record(number, after, reason=None, account="u9", **changes):
    return Record(
        number, "MED-1", NOW, account, S.PENDING, after, "post", "IMAGE", reason=reason, **changes
    )


def facts(number=1, **changes):
    made = ItemFacts(
        media=media(number),
        entity_name="Willow Creek",
        entity_ref=WILLOW,
        uploader_name="Jordan T.",
        uploader_role=Role.BUYER,
        history=(record(1, S.FLAGGED, "advertising"),),
        uploader_days={S.APPROVED: 41, S.REJECTED: 1},
        last_rejection=Rejection(NOW, "off_topic"),
        similar=(Similar(media(7), S.REJECTED, 4), Similar(media(8), S.APPROVED, 1)),
        known_bad=KnownBad("MED-7", 4, "unsafe"),
        score=0.02,
        gps_removed=True,
        names={"u9": "Ada Byron"},
    )
    return replace(made, **changes)
