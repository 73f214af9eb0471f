"""Files that wait for a place, an order of one's own, and files that ended the process."""

import sqlalchemy as sa
from alembic import op

revision = "journal_002"
down_revision = "journal_001"


def upgrade() -> None:
    """Widen the table of files."""
    with op.batch_alter_table("uploads", table_kwargs={"sqlite_autoincrement": True}) as table:
        for name, kind in (
            ("entity_type", sa.String(length=50)),
            ("entity_id", sa.BigInteger()),
            ("entity_public_id", sa.String(length=64)),
            ("slot", sa.String(length=20)),
        ):
            table.alter_column(name, existing_type=kind, nullable=True)
        table.add_column(sa.Column("wish", sa.String(length=20), nullable=True))
        for name in ("rank", "crashes"):
            table.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("idx_uploads_state", "uploads")
    columns = ["state", "rank", "batch", "position"]
    op.create_index("idx_uploads_state", "uploads", columns, unique=False)


def downgrade() -> None:
    """Refuse: it would lose uploads."""
    raise NotImplementedError("this is never taken back to an older version")
