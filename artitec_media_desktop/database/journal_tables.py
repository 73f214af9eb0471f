"""The upload journal's two tables, in a file of the person's own, whatever the library uses."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from .types import LenientJson, Utc

JOURNAL_METADATA = MetaData()

BATCHES = Table(
    "batches",
    JOURNAL_METADATA,
    Column("id", Integer, primary_key=True),
    # The sort order of the batch's first file, reserved when the first one is taken up.
    Column("order_base", Integer),
    Column("created_at", Utc, nullable=False),
    sqlite_autoincrement=True,
)
UPLOADS = Table(
    "uploads",
    JOURNAL_METADATA,
    Column("id", Integer, primary_key=True),
    # Grows with every write to any row: whoever watches asks for what is newer.
    Column("revision", Integer, nullable=False),
    Column("batch", ForeignKey("batches.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    # As the file system spells it: a name need not be valid text.
    Column("path", LargeBinary, nullable=False),
    # Where it goes; NULL until somebody has said so.
    Column("entity_type", String(50)),
    Column("entity_id", BigInteger),
    Column("entity_public_id", String(64)),
    Column("slot", String(20)),
    Column("state", String(20), nullable=False),
    # The lowest is taken first; of equals, in the order of the drop.
    Column("rank", Integer, nullable=False, server_default="0"),
    # What a person wants of a file that is being worked on; its worker sees to it.
    Column("wish", String(20)),
    Column("attempts", Integer, nullable=False),
    Column("crashes", Integer, nullable=False, server_default="0"),
    Column("size", BigInteger),
    Column("options", LenientJson, nullable=False),
    Column("plan", LenientJson),
    Column("media_public_id", String(30)),
    Column("duplicate_of", String(30)),
    Column("distance", Integer),
    Column("error_code", String(40)),
    Column("error", Text),
    Column("note", Text),
    Column("account", String(50)),
    Column("not_before", Utc),
    Column("created_at", Utc, nullable=False),
    Column("finished_at", Utc),
    Index("idx_uploads_revision", "revision"),
    Index("idx_uploads_state", "state", "rank", "batch", "position"),
    Index("idx_uploads_batch", "batch", "position"),
    sqlite_autoincrement=True,
)
