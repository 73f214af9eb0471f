"""The objects that are being moved between the public and the private area."""

import sqlalchemy as sa
from alembic import context, op

revision = "library_003"
down_revision = "library_002"


def upgrade() -> None:
    """Create the table, unless an interrupted run has done so."""
    if "media_moves" in context.config.attributes["there"]:
        return
    op.create_table(
        "media_moves",
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("pairs", sa.Text().with_variant(sa.Text(2**32 - 1), "mysql"), nullable=False),
        sa.Column("account", sa.String(length=50), nullable=False),
        sa.Column("held_since", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("public_id"),
        mysql_engine="InnoDB",
        mysql_charset="utf8mb4",
    )


def downgrade() -> None:
    """Refuse, as every migration here."""
    raise NotImplementedError("this is never taken back to an older version")
