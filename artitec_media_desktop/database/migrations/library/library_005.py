"""What a large ``media`` of a server is searched by; a library of our own has it since 004.

Facts lie in narrow rows with an index for each, words in rows of their own, and the words of 32
media together in one more row, which is how a rare word is found quickly: see ``search_index``.
"""

from alembic import op

revision = "library_005"
down_revision = "library_004"

_OWN = "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
_WORD = "VARCHAR({0}) CHARACTER SET ascii COLLATE ascii_bin"
_FLAGS = ("is_video", "is_link", "is_public", "is_primary", "no_alt", "no_caption", "no_tags")
_FACTS = (
    ("media_id", "INT NOT NULL PRIMARY KEY"),
    ("created_at", "DATETIME(6) NULL"),
    ("entity_type", _WORD.format(50) + " NOT NULL"),
    ("entity_id", "INT NOT NULL"),
    ("entity_field", _WORD.format(50) + " NULL"),
    ("sort_order", "INT NOT NULL"),
    ("status", "TINYINT NOT NULL"),
    ("file_size", "BIGINT NOT NULL"),
    ("uploaded_by", _WORD.format(50) + " NULL"),
    ("taken", _WORD.format(19) + " NULL"),
    ("name", "VARCHAR(255) NOT NULL"),
    *((name, "TINYINT NOT NULL") for name in _FLAGS),
    # The sum of ``updated_at``: where it is another one now, the media is read anew.
    ("written", "INT UNSIGNED NULL"),
)
_INDEXES = {
    "newest": "created_at, media_id",
    "place": "entity_type, entity_id, sort_order, created_at DESC, media_id DESC",
    "name": "name, media_id DESC",
    "size": "file_size, media_id",
    "taken": "taken, media_id",
    "status": "status, created_at DESC, media_id DESC",
    # The newest that have a value are read off in order.
    **{name: f"{name}, created_at, media_id" for name in ("entity_field", "uploaded_by", *_FLAGS)},
}


def upgrade() -> None:
    """Create the tables, but those that an interrupted run has made."""
    if op.get_context().dialect.name == "sqlite":
        parts = _INDEXES["uploaded_by"]
        op.execute(
            f"CREATE INDEX IF NOT EXISTS idx_media_search_uploaded_by ON media_search ({parts})"
        )
        return
    facts = [f"{name} {kind}" for name, kind in _FACTS]
    facts += [f"KEY idx_media_search_{name} ({parts})" for name, parts in _INDEXES.items()]
    words = "words LONGBLOB NOT NULL"
    for statement in (
        f"CREATE TABLE IF NOT EXISTS media_search ({', '.join(facts)}) {_OWN}",
        "CREATE TABLE IF NOT EXISTS media_words (block INT NOT NULL, media_id INT NOT NULL, "
        f"{words}, tags LONGBLOB NOT NULL, camera BLOB NOT NULL, "
        f"PRIMARY KEY (block, media_id)) {_OWN}",
        f"CREATE TABLE IF NOT EXISTS media_blocks (block INT NOT NULL PRIMARY KEY, {words}) {_OWN}",
        "CREATE TABLE IF NOT EXISTS media_indexed (id INT NOT NULL PRIMARY KEY, "
        "made_to INT NOT NULL, last_id INT NOT NULL, last_change BIGINT NOT NULL, "
        f"seen_at DATETIME NULL) {_OWN}",
    ):
        op.execute(statement)


def downgrade() -> None:
    """Refuse, as every migration here."""
    raise NotImplementedError("this is never taken back to an older version")
