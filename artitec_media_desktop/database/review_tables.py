"""The tables of visual review; all are ours."""

from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
)

from ..domain.hashes import BANDS
from .tables import METADATA, OURS, BigId, id_column
from .types import LenientJson, Utc


def _day(context: Any) -> date:
    """The UTC day of ``at`` of the row that is being inserted."""
    at: datetime = context.get_current_parameters()["at"]
    return at.astimezone(UTC).date()


#: What statistics group by, in the order of their index.
COUNTED_BY: Final = ("day", "after", "reason", "entity_type", "media_type")
# Every decision of visual review, and what a rule decided. Only ``undone_at`` is ever altered.
REVIEWS = Table(
    "media_reviews",
    METADATA,
    id_column(),
    Column("public_id", String(30), nullable=False),
    Column("change_id", BigId),
    Column("account", String(50), nullable=False),
    Column("at", Utc, nullable=False),
    Column("before", String(20)),
    Column("after", String(20), nullable=False),
    Column("entity_type", String(50), nullable=False),
    Column("media_type", String(10), nullable=False),
    Column("look", String(10), nullable=False),
    Column("reason", String(50)),
    Column("note", Text),
    Column("rule", String(20)),
    Column("alike_to", String(30)),
    Column("distance", SmallInteger),
    # Seconds.
    Column("waited", Integer),
    Column("undone_at", Utc),
    # Who had put it there: the media itself may be gone since.
    Column("uploaded_by", String(50)),
    # Of ``at``; filled in by itself. Statistics walk along it.
    Column("day", Date, nullable=False, default=_day),
    Index("idx_media_reviews_public_id", "public_id"),
    Index("idx_media_reviews_change_id", "change_id"),
    Index("idx_media_reviews_at", "at"),
    Index("idx_media_reviews_uploaded_by", "uploaded_by", "at"),
    Index("idx_media_reviews_day", *COUNTED_BY, "rule", "undone_at", "look", "waited"),
    Index("idx_media_reviews_waited", "waited", "look", "rule", "undone_at", "day"),
    **OURS,
)
# One row a media that somebody is looking at: nobody else is given it until then.
LEASES = Table(
    "media_leases",
    METADATA,
    Column("public_id", String(30), primary_key=True),
    Column("token", String(32), nullable=False),
    Column("account", String(50), nullable=False),
    # By the database's clock, which all clients share.
    Column("until", Utc, nullable=False),
    Index("idx_media_leases_until", "until"),
    **OURS,
)
# Decisions that somebody else is to look at again: drawn by lot, or asked for by the uploader.
SECOND_LOOKS = Table(
    "media_second_looks",
    METADATA,
    id_column(),
    Column("public_id", String(30), nullable=False),
    Column("look", String(10), nullable=False),
    Column("decided_by", String(50), nullable=False),
    # The change that is looked at again.
    Column("change_id", BigId),
    Column("asked_by", String(50)),
    Column("asked", Text),
    Column("asked_at", Utc, nullable=False),
    Column("answered_by", String(50)),
    Column("answered_at", Utc),
    Column("agreed", Boolean),
    Index("idx_media_second_looks_public_id", "public_id"),
    Index("idx_media_second_looks_answered_at", "answered_at"),
    **OURS,
)
# The hashes of what was rejected; they stay when the media itself is gone for good.
KNOWN_BAD = Table(
    "media_known_bad",
    METADATA,
    Column("public_id", String(30), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("perceptual", String(16)),
    *(Column(f"band{n}", Integer) for n in range(len(BANDS))),
    # FINGERPRINT_VERSION of the hashes; the bytes alone outlive it.
    Column("version", SmallInteger, nullable=False),
    Column("reason", String(50)),
    Column("at", Utc, nullable=False),
    Index("idx_media_known_bad_sha256", "sha256"),
    *(Index(f"idx_media_known_bad_band{n}", f"band{n}", "perceptual") for n in range(len(BANDS))),
    **OURS,
)
# What a model made of a picture: 0 … 1, NULL where it could not read it; it sorts and blurs, and
# never decides.
SCORES = Table(
    "media_scores",
    METADATA,
    Column("media_id", Integer, primary_key=True, autoincrement=False),
    Column("model", String(50), nullable=False),
    Column("score", Float),
    Column("at", Utc, nullable=False),
    Index("idx_media_scores_score", "score"),
    **OURS,
)
# What all clients of the library share, by name.
SHARED_SETTINGS = Table(
    "media_settings",
    METADATA,
    Column("name", String(50), primary_key=True),
    Column("value", LenientJson, nullable=False),
    Column("account", String(50), nullable=False),
    Column("updated_at", Utc, nullable=False),
    **OURS,
)

#: All of them.
REVIEWING: Final = (REVIEWS, LEASES, SECOND_LOOKS, KNOWN_BAD, SCORES, SHARED_SETTINGS)
