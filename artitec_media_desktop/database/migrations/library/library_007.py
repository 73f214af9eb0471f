"""Visual review: its records, who holds what, second looks, what is known to be bad, scores."""

from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "library_007"
down_revision = "library_006"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LONG = sa.Text().with_variant(sa.Text(2**32 - 1), "mysql")
_COUNTED_BY = ("day", "after", "reason", "entity_type", "media_type")
_BANDS = ("band0", "band1", "band2")


def upgrade() -> None:
    """Create what an interrupted run has not."""
    _create(
        "media_reviews",
        *_reviews(),
        indexes=[
            ["public_id"],
            ["change_id"],
            ["at"],
            ["uploaded_by", "at"],
            [*_COUNTED_BY, "rule", "undone_at", "look", "waited"],
            ["waited", "look", "rule", "undone_at", "day"],
        ],
    )
    _create("media_leases", *_leases(), indexes=[["until"]])
    _create("media_second_looks", *_second_looks(), indexes=[["public_id"], ["answered_at"]])
    _create(
        "media_known_bad",
        *_known_bad(),
        indexes=[["sha256"], *([name, "perceptual"] for name in _BANDS)],
    )
    _create("media_scores", *_scores(), indexes=[["score"]])
    _create("media_settings", *_settings(), indexes=[])


def _create(table: str, *columns: Any, indexes: list[list[str]]) -> None:
    if table in context.config.attributes["there"]:
        return
    op.create_table(table, *columns, mysql_engine="InnoDB", mysql_charset="utf8mb4")
    for names in indexes:
        op.create_index(f"idx_{table}_{names[0]}", table, names)


def _reviews() -> list[Any]:
    return [
        sa.Column("id", _BIG, nullable=False),
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("change_id", _BIG, nullable=True),
        sa.Column("account", sa.String(length=50), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=True),
        sa.Column("after", sa.String(length=20), nullable=False),
        sa.Column("entity_type", sa.String(length=50), nullable=False),
        sa.Column("media_type", sa.String(length=10), nullable=False),
        sa.Column("look", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=50), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("rule", sa.String(length=20), nullable=True),
        sa.Column("alike_to", sa.String(length=30), nullable=True),
        sa.Column("distance", sa.SmallInteger(), nullable=True),
        sa.Column("waited", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("uploaded_by", sa.String(length=50), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    ]


def _leases() -> list[Any]:
    return [
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=50), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("public_id"),
    ]


def _second_looks() -> list[Any]:
    return [
        sa.Column("id", _BIG, nullable=False),
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("look", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.String(length=50), nullable=False),
        sa.Column("change_id", _BIG, nullable=True),
        sa.Column("asked_by", sa.String(length=50), nullable=True),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answered_by", sa.String(length=50), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    ]


def _known_bad() -> list[Any]:
    return [
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("perceptual", sa.String(length=16), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in _BANDS),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(length=50), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("public_id"),
    ]


def _scores() -> list[Any]:
    return [
        sa.Column("media_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("model", sa.String(length=50), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("media_id"),
    ]


def _settings() -> list[Any]:
    return [
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("value", _LONG, nullable=False),
        sa.Column("account", sa.String(length=50), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    ]


def downgrade() -> None:
    """Refuse, as every migration here."""
    raise NotImplementedError("this is never taken back to an older version")
