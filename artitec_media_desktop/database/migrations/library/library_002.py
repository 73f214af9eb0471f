"""A row to lock while a field's primary media changes."""

import sqlalchemy as sa
from alembic import context, op

revision = "library_002"
down_revision = "library_001"


def upgrade() -> None:
    """Create the table, unless an interrupted run has done so."""
    if "media_fields" in context.config.attributes["there"]:
        return
    op.create_table(
        "media_fields",
        sa.Column("entity_type", sa.String(length=50), nullable=False),
        sa.Column("entity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity_field", sa.String(length=50), nullable=False),
        sa.Column("last_order", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("entity_type", "entity_id", "entity_field"),
        mysql_engine="InnoDB",
        mysql_charset="utf8mb4",
    )


def downgrade() -> None:
    """Refuse, as every migration here."""
    raise NotImplementedError("this is never taken back to an older version")
