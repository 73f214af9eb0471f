"""The tables of the library: the platform's, of which we name only what we use, and ours.

Those of visual review are in ``review_tables``.
"""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

from ..domain.hashes import BANDS
from ..domain.media import MediaType, ModerationStatus, StorageType
from .types import LenientJson, Utc, Word

METADATA = MetaData()

# SQLite numbers rows itself only where the key is a plain INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")


def id_column() -> Column[int]:
    """A number that the database gives."""
    return Column("id", BigId, primary_key=True)


USERS = Table(
    "users",
    METADATA,
    id_column(),
    Column("user_id", String(50), nullable=False, unique=True),
    Column("email", String(255), nullable=False, unique=True),
    Column("first_name", String(100)),
    Column("last_name", String(100)),
    Column("role", String(32), nullable=False),
    Column("status", String(20), nullable=False),
)
COMMUNITIES = Table(
    "communities",
    METADATA,
    id_column(),
    Column("community_id", String(64), nullable=False, unique=True),
    Column("user_id", ForeignKey("users.user_id")),
    Column("name", String(255), nullable=False),
    Column("city", String(100)),
    Column("state", String(50)),
)
COMMUNITY_ADMIN_LINKS = Table(
    "community_admin_links",
    METADATA,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("user_id", ForeignKey("users.id"), primary_key=True),
)
COMMUNITY_ADMIN_PROFILES = Table(
    "community_admin_profiles",
    METADATA,
    Column("user_id", ForeignKey("users.user_id"), primary_key=True),
    Column("community_id", ForeignKey("communities.id"), nullable=False),
    Column("can_moderate_threads", Boolean, nullable=False),
)
AMENITIES = Table(
    "community_amenities",
    METADATA,
    id_column(),
    Column("community_id", ForeignKey("communities.community_id"), nullable=False),
    Column("name", String(255), nullable=False),
)
BUILDERS = Table(
    "builder_profiles",
    METADATA,
    id_column(),
    Column("builder_id", String(50), nullable=False, unique=True),
    Column("user_id", ForeignKey("users.user_id")),
    Column("name", String(255), nullable=False),
    Column("city", String(100)),
    Column("state", String(50)),
)
SALES_REPS = Table(
    "sales_reps",
    METADATA,
    id_column(),
    Column("sales_rep_id", String(50), nullable=False, unique=True),
    Column("user_id", ForeignKey("users.user_id")),
    Column("builder_id", ForeignKey("builder_profiles.id")),
    Column("community_id", ForeignKey("communities.id")),
    Column("first_name", String(100)),
    Column("last_name", String(100)),
    Column("title", String(100)),
)
PROPERTIES = Table(
    "properties",
    METADATA,
    id_column(),
    Column("owner_id", ForeignKey("users.id")),
    Column("title", String(255)),
    Column("address1", String(255)),
    Column("city", String(100)),
    Column("state", String(50)),
    Column("builder_id", ForeignKey("builder_profiles.id")),
    Column("community_id", ForeignKey("communities.id")),
)
POSTS = Table(
    "posts",
    METADATA,
    id_column(),
    Column("user_id", ForeignKey("users.user_id")),
    Column("title", String(255)),
)

MEDIA = Table(
    "media",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("public_id", String(30), nullable=False, unique=True),
    Column("filename", String(255), nullable=False),
    Column("original_filename", String(255), nullable=False),
    Column("media_type", Word(MediaType, MediaType.IMAGE), nullable=False),
    Column("content_type", String(100), nullable=False),
    Column("file_size", BigInteger, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("duration", Integer),
    Column("image_hash", String(64)),
    Column("storage_type", Word(StorageType, StorageType.LOCAL), nullable=False),
    Column("bucket_name", String(100)),
    Column("storage_path", Text, nullable=False),
    Column("original_url", Text, nullable=False),
    Column("thumbnail_url", Text),
    Column("medium_url", Text),
    Column("large_url", Text),
    Column("video_processed_url", Text),
    Column("entity_type", String(50), nullable=False),
    Column("entity_id", Integer, nullable=False),
    Column("entity_field", String(50)),
    Column("alt_text", String(500)),
    Column("caption", Text),
    Column("sort_order", Integer, nullable=False),
    Column("is_primary", Boolean, nullable=False),
    Column("source_url", Text),
    Column("tags", LenientJson),
    Column("metadata", LenientJson),
    Column("uploaded_by", String(30), nullable=False),
    Column("is_public", Boolean, nullable=False),
    Column("is_approved", Boolean, nullable=False),
    Column("moderation_status", Word(ModerationStatus, ModerationStatus.APPROVED), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    Index("idx_media_entity", "entity_type", "entity_id"),
    Index("idx_media_uploaded_by", "uploaded_by"),
    Index("idx_media_created_at", "created_at"),
    Index("idx_media_is_primary", "is_primary"),
    Index("idx_media_moderation_status", "moderation_status"),
    Index("idx_media_storage_type", "storage_type"),
    # A number given back by a deleted row must not be taken by another: restore needs it.
    sqlite_autoincrement=True,
)

#: How the server keeps tables of ours.
OURS: Final[dict[str, Any]] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}

# Companions of ours. None refers to ``media`` by a foreign key: the platform deletes, truncates
# and alters its table as it likes. Only rows whose media is live count.
FINGERPRINTS = Table(
    "media_fingerprints",
    METADATA,
    Column("media_id", Integer, primary_key=True, autoincrement=False),
    Column("version", SmallInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("average", String(16)),
    Column("perceptual", String(16)),
    Column("difference", String(16)),
    *(Column(f"band{n}", Integer) for n in range(len(BANDS))),
    # What the duplicate finder compares: see ``processing/signature.py``.
    Column("signature", LargeBinary),
    Column("created_at", Utc, nullable=False),
    Index("idx_media_fingerprints_sha256", "sha256"),
    # With the hash itself and, as in every index, the key: a look-up reads no row that is unlike.
    *(
        Index(f"idx_media_fingerprints_band{n}", f"band{n}", "perceptual")
        for n in range(len(BANDS))
    ),
    **OURS,
)
TRASH = Table(
    "media_trash",
    METADATA,
    Column("public_id", String(30), primary_key=True),
    Column("media_id", Integer, nullable=False),
    Column("entity_type", String(50), nullable=False),
    Column("entity_id", Integer, nullable=False),
    Column("row", LenientJson, nullable=False),
    Column("fingerprint", LenientJson),
    Column("deleted_by", String(50), nullable=False),
    Column("deleted_at", Utc, nullable=False),
    Index("idx_media_trash_deleted_at", "deleted_at"),
    **OURS,
)
CHANGES = Table(
    "media_changes",
    METADATA,
    id_column(),
    Column("kind", String(20), nullable=False),
    Column("account", String(50), nullable=False),
    Column("at", Utc, nullable=False),
    Column("undone_at", Utc),
    Index("idx_media_changes_account", "account", "id"),
    **OURS,
)
CHANGED_MEDIA = Table(
    "media_changed",
    METADATA,
    Column("change_id", ForeignKey("media_changes.id", ondelete="CASCADE"), primary_key=True),
    Column("public_id", String(30), primary_key=True),
    Column("entity_type", String(50)),
    Column("entity_id", Integer),
    Column("before", LenientJson, nullable=False),
    Column("after", LenientJson, nullable=False),
    Index("idx_media_changed_public_id", "public_id"),
    **OURS,
)
# One row a field that ever had a primary media: whoever marks one locks it (see ``locks``).
MEDIA_FIELDS = Table(
    "media_fields",
    METADATA,
    Column("entity_type", String(50), primary_key=True),
    Column("entity_id", Integer, primary_key=True, autoincrement=False),
    Column("entity_field", String(50), primary_key=True),
    # The largest sort order that a client has reserved for what it is adding.
    Column("last_order", Integer),
    **OURS,
)
# One row a media whose objects are being copied to other keys: whoever has it may touch them.
MEDIA_MOVES = Table(
    "media_moves",
    METADATA,
    Column("public_id", String(30), primary_key=True),
    Column("token", String(32), nullable=False),
    Column("pairs", LenientJson, nullable=False),
    Column("account", String(50), nullable=False),
    # By the database's clock, which all clients share.
    Column("held_since", Utc, nullable=False),
    **OURS,
)
# What people have decided about look-alikes, for everyone and for good, unless it is undone:
# ``distinct`` (no two of its members are duplicates), ``kept`` (duplicates, all of which stay) or
# ``same`` (one was merged into another). By the change it came with, where it did.
DECISIONS = Table(
    "media_decisions",
    METADATA,
    id_column(),
    Column("kind", String(20), nullable=False),
    Column("account", String(50), nullable=False),
    Column("at", Utc, nullable=False),
    Column("change_id", BigId),
    Column("undone_at", Utc),
    Index("idx_media_decisions_change_id", "change_id"),
    **OURS,
)
DECISION_MEMBERS = Table(
    "media_decision_members",
    METADATA,
    Column("decision_id", ForeignKey("media_decisions.id", ondelete="CASCADE"), primary_key=True),
    Column("public_id", String(30), primary_key=True),
    # Of its bytes, so that the same file is known again when it comes back.
    Column("sha256", String(64)),
    Index("idx_media_decision_members_public_id", "public_id"),
    Index("idx_media_decision_members_sha256", "sha256"),
    **OURS,
)

# What ``media`` is searched by; made by migrations alone. In a library of our own triggers keep it
# in step, on a server ``search_index`` does.
_SEARCHED = MetaData()
SEARCH = Table(
    "media_search",
    _SEARCHED,
    Column("media_id", Integer, primary_key=True),
    # As the database writes them, without the conversions of ``media``.
    *(Column(name, Text) for name in ("created_at", "entity_type", "entity_field", "uploaded_by")),
    *(Column(name, Text) for name in ("taken", "camera", "name", "words")),
    *(Column(name, Integer) for name in ("entity_id", "sort_order", "status", "file_size")),
    *(Column(name, Integer) for name in ("is_video", "is_link", "is_public", "is_primary")),
    *(Column(name, Integer) for name in ("no_alt", "no_caption", "no_tags")),
    # On a server only: the sum of ``updated_at``.
    Column("written", Integer),
)
# On a server only: words apart from facts, which are read faster the narrower they are. Words are
# folded; ``block`` is ``media_id DIV 32``.
WORDS = Table(
    "media_words",
    _SEARCHED,
    Column("block", Integer, primary_key=True),
    Column("media_id", Integer, primary_key=True),
    *(Column(name, LargeBinary, nullable=False) for name in ("words", "tags", "camera")),
)
#: All words that the media of a block have, or had.
BLOCKS = Table(
    "media_blocks",
    _SEARCHED,
    Column("block", Integer, primary_key=True),
    Column("words", LargeBinary, nullable=False),
)
#: One row: how far the three are up to date.
INDEXED = Table(
    "media_indexed",
    _SEARCHED,
    Column("id", Integer, primary_key=True),
    # Up to this number every media was read when the index was made; -1 once it is whole.
    Column("made_to", Integer, nullable=False),
    Column("last_id", Integer, nullable=False),
    Column("last_change", BigId, nullable=False),
    # When all of it was last compared, by the database's clock.
    Column("seen_at", DateTime),
)
#: What a server's account needs all rights to: made of ``media``, and made anew at any time.
INDEX = (SEARCH, WORDS, BLOCKS, INDEXED)

#: What an embedded library has and a platform brings along.
PLATFORM = (
    USERS,
    COMMUNITIES,
    COMMUNITY_ADMIN_LINKS,
    COMMUNITY_ADMIN_PROFILES,
    AMENITIES,
    BUILDERS,
    SALES_REPS,
    PROPERTIES,
    POSTS,
    MEDIA,
)
COMPANIONS = (
    FINGERPRINTS,
    TRASH,
    CHANGES,
    CHANGED_MEDIA,
    MEDIA_FIELDS,
    MEDIA_MOVES,
    DECISIONS,
    DECISION_MEMBERS,
)
