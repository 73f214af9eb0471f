"""The upload journal."""

import sqlalchemy as sa
from alembic import context, op

revision = "journal_001"
down_revision = None


def upgrade() -> None:
    """Create what is not there yet; a table that is there is left as it is."""
    there = context.config.attributes["there"]
    for name, create in (
        ("batches", _batches),
        ("uploads", _uploads),
    ):
        if name not in there:
            create()


def downgrade() -> None:
    """Refuse: it would lose uploads."""
    raise NotImplementedError("this is never taken back to an older version")


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_base", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.LargeBinary(), nullable=False),
        sa.Column("entity_type", sa.String(length=50), nullable=False),
        sa.Column("entity_id", sa.BigInteger(), nullable=False),
        sa.Column("entity_public_id", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("media_public_id", sa.String(length=30), nullable=True),
        sa.Column("duplicate_of", sa.String(length=30), nullable=True),
        sa.Column("distance", sa.Integer(), nullable=True),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("account", sa.String(length=50), nullable=True),
        sa.Column("not_before", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["batch"], ["batches.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("idx_uploads_batch", "uploads", ["batch", "position"], unique=False)
    op.create_index("idx_uploads_revision", "uploads", ["revision"], unique=False)
    op.create_index("idx_uploads_state", "uploads", ["state", "batch", "position"], unique=False)
