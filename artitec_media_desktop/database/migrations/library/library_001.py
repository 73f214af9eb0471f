"""The tables an embedded library starts with, and our companions; these alone on a platform."""

from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "library_001"
down_revision = None
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


_JSON = sa.Text().with_variant(sa.Text(2**32 - 1), "mysql")
_OURS: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}


def upgrade() -> None:
    """Create what is not there yet; a table that is there is left as it is."""
    there = context.config.attributes["there"]
    platform = (
        ("users", _users),
        ("communities", _communities),
        ("community_admin_links", _community_admin_links),
        ("community_admin_profiles", _community_admin_profiles),
        ("community_amenities", _community_amenities),
        ("builder_profiles", _builder_profiles),
        ("sales_reps", _sales_reps),
        ("properties", _properties),
        ("posts", _posts),
        ("media", _media),
    )
    companions = (
        ("media_fingerprints", _media_fingerprints),
        ("media_trash", _media_trash),
        ("media_changes", _media_changes),
        ("media_changed", _media_changed),
    )
    # On a server, the platform's tables are the platform's business.
    ours = op.get_context().dialect.name == "sqlite"
    for name, create in (*platform, *companions) if ours else companions:
        if name not in there:
            create()


def downgrade() -> None:
    """Refuse: it would lose media."""
    raise NotImplementedError("this is never taken back to an older version")


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("user_id", sa.String(length=50), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=True),
        sa.Column("last_name", sa.String(length=100), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
        sa.UniqueConstraint("user_id"),
    )


def _communities() -> None:
    op.create_table(
        "communities",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=50), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=True),
        sa.Column("state", sa.String(length=50), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.user_id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("community_id"),
    )


def _community_admin_links() -> None:
    op.create_table(
        "community_admin_links",
        sa.Column("community_id", _BIG, nullable=False),
        sa.Column("user_id", _BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
        ),
        sa.PrimaryKeyConstraint("community_id", "user_id"),
    )


def _community_admin_profiles() -> None:
    op.create_table(
        "community_admin_profiles",
        sa.Column("user_id", sa.String(length=50), nullable=False),
        sa.Column("community_id", _BIG, nullable=False),
        sa.Column("can_moderate_threads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.user_id"],
        ),
        sa.PrimaryKeyConstraint("user_id"),
    )


def _community_amenities() -> None:
    op.create_table(
        "community_amenities",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("community_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.community_id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _builder_profiles() -> None:
    op.create_table(
        "builder_profiles",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("builder_id", sa.String(length=50), nullable=False),
        sa.Column("user_id", sa.String(length=50), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=True),
        sa.Column("state", sa.String(length=50), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.user_id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("builder_id"),
    )


def _sales_reps() -> None:
    op.create_table(
        "sales_reps",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("sales_rep_id", sa.String(length=50), nullable=False),
        sa.Column("user_id", sa.String(length=50), nullable=True),
        sa.Column("builder_id", _BIG, nullable=True),
        sa.Column("community_id", _BIG, nullable=True),
        sa.Column("first_name", sa.String(length=100), nullable=True),
        sa.Column("last_name", sa.String(length=100), nullable=True),
        sa.Column("title", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(
            ["builder_id"],
            ["builder_profiles.id"],
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.user_id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sales_rep_id"),
    )


def _properties() -> None:
    op.create_table(
        "properties",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("owner_id", _BIG, nullable=True),
        sa.Column("title", sa.String(length=255), nullable=True),
        sa.Column("address1", sa.String(length=255), nullable=True),
        sa.Column("city", sa.String(length=100), nullable=True),
        sa.Column("state", sa.String(length=50), nullable=True),
        sa.Column("builder_id", _BIG, nullable=True),
        sa.Column("community_id", _BIG, nullable=True),
        sa.ForeignKeyConstraint(
            ["builder_id"],
            ["builder_profiles.id"],
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("user_id", sa.String(length=50), nullable=True),
        sa.Column("title", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.user_id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _media() -> None:
    op.create_table(
        "media",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("original_filename", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(20), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("file_size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("duration", sa.Integer(), nullable=True),
        sa.Column("image_hash", sa.String(length=64), nullable=True),
        sa.Column("storage_type", sa.String(20), nullable=False),
        sa.Column("bucket_name", sa.String(length=100), nullable=True),
        sa.Column("storage_path", sa.Text(), nullable=False),
        sa.Column("original_url", sa.Text(), nullable=False),
        sa.Column("thumbnail_url", sa.Text(), nullable=True),
        sa.Column("medium_url", sa.Text(), nullable=True),
        sa.Column("large_url", sa.Text(), nullable=True),
        sa.Column("video_processed_url", sa.Text(), nullable=True),
        sa.Column("entity_type", sa.String(length=50), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("entity_field", sa.String(length=50), nullable=True),
        sa.Column("alt_text", sa.String(length=500), nullable=True),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("sort_order", sa.Integer(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=True),
        sa.Column("metadata", sa.Text(), nullable=True),
        sa.Column("uploaded_by", sa.String(length=30), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.Column("moderation_status", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("idx_media_created_at", "media", ["created_at"], unique=False)
    op.create_index("idx_media_entity", "media", ["entity_type", "entity_id"], unique=False)
    op.create_index("idx_media_is_primary", "media", ["is_primary"], unique=False)
    op.create_index("idx_media_moderation_status", "media", ["moderation_status"], unique=False)
    op.create_index("idx_media_storage_type", "media", ["storage_type"], unique=False)
    op.create_index("idx_media_uploaded_by", "media", ["uploaded_by"], unique=False)


def _media_fingerprints() -> None:
    op.create_table(
        "media_fingerprints",
        sa.Column("media_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("average", sa.String(length=16), nullable=True),
        sa.Column("perceptual", sa.String(length=16), nullable=True),
        sa.Column("difference", sa.String(length=16), nullable=True),
        sa.Column("band0", sa.SmallInteger(), nullable=True),
        sa.Column("band1", sa.SmallInteger(), nullable=True),
        sa.Column("band2", sa.SmallInteger(), nullable=True),
        sa.Column("band3", sa.SmallInteger(), nullable=True),
        sa.Column("band4", sa.SmallInteger(), nullable=True),
        sa.Column("band5", sa.SmallInteger(), nullable=True),
        sa.Column("signature", _JSON, nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("media_id"),
        **_OURS,
    )
    op.create_index("idx_media_fingerprints_band0", "media_fingerprints", ["band0"], unique=False)
    op.create_index("idx_media_fingerprints_band1", "media_fingerprints", ["band1"], unique=False)
    op.create_index("idx_media_fingerprints_band2", "media_fingerprints", ["band2"], unique=False)
    op.create_index("idx_media_fingerprints_band3", "media_fingerprints", ["band3"], unique=False)
    op.create_index("idx_media_fingerprints_band4", "media_fingerprints", ["band4"], unique=False)
    op.create_index("idx_media_fingerprints_band5", "media_fingerprints", ["band5"], unique=False)
    op.create_index("idx_media_fingerprints_sha256", "media_fingerprints", ["sha256"], unique=False)


def _media_trash() -> None:
    op.create_table(
        "media_trash",
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("media_id", sa.Integer(), nullable=False),
        sa.Column("entity_type", sa.String(length=50), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("row", _JSON, nullable=False),
        sa.Column("fingerprint", _JSON, nullable=True),
        sa.Column("deleted_by", sa.String(length=50), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("public_id"),
        **_OURS,
    )
    op.create_index("idx_media_trash_deleted_at", "media_trash", ["deleted_at"], unique=False)


def _media_changes() -> None:
    op.create_table(
        "media_changes",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=50), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        **_OURS,
    )
    op.create_index("idx_media_changes_account", "media_changes", ["account", "id"], unique=False)


def _media_changed() -> None:
    op.create_table(
        "media_changed",
        sa.Column("change_id", _BIG, nullable=False),
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("entity_type", sa.String(length=50), nullable=True),
        sa.Column("entity_id", sa.Integer(), nullable=True),
        sa.Column("before", _JSON, nullable=False),
        sa.Column("after", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["media_changes.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("change_id", "public_id"),
        **_OURS,
    )
    op.create_index("idx_media_changed_public_id", "media_changed", ["public_id"], unique=False)
