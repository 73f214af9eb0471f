"""What media are searched by, in a library of our own: facts in narrow rows, words in an index.

Triggers keep both in step, so that whatever writes ``media`` need not know of them. On a server
nothing is made: the platform's own writes could not be followed.
"""

from alembic import op

# ruff: noqa: S608 — every part of the statements stands in this file

revision = "library_004"
down_revision = "library_003"

_EXIF = "CASE WHEN json_valid({0}.metadata) THEN json_extract({0}.metadata, '$.exif.{1}') END"
_TIMES = [_EXIF.format("{0}", each) for each in ("datetime_original", "datetime_digitized")]
_TAKEN = f"coalesce({', '.join(_TIMES)})"
_ARRAY = (
    "CASE WHEN json_valid({0}.tags) THEN CASE json_type({0}.tags) WHEN 'array' THEN {1} END END"
)
# Around each tag; between the fields a line ends. So nothing is found across two.
_MARK = "char(31)"
_END = "char(10)"
_EACH = "group_concat(replace(value, char(31), ' '), char(31))"
_TAGS = _ARRAY.format("{0}", f"(SELECT {_EACH} FROM json_each({{0}}.tags))")

#: Each column of ``media_search`` with its type, and how it follows from a row of ``media``.
_FACTS = (
    ("media_id", "INTEGER PRIMARY KEY", "{0}.id"),
    ("created_at", "DATETIME", "{0}.created_at"),
    ("entity_type", "TEXT NOT NULL", "coalesce({0}.entity_type, '')"),
    ("entity_id", "INTEGER NOT NULL", "coalesce({0}.entity_id, 0)"),
    ("entity_field", "TEXT", "{0}.entity_field"),
    ("sort_order", "INTEGER NOT NULL", "coalesce({0}.sort_order, 0)"),
    ("is_video", "INTEGER NOT NULL", "coalesce(upper({0}.media_type) = 'VIDEO', 0)"),
    ("is_link", "INTEGER NOT NULL", "coalesce({0}.content_type = 'video/embed', 0)"),
    ("status", "INTEGER NOT NULL", "CASE lower({0}.moderation_status) WHEN 'pending' THEN 0 "
     "WHEN 'flagged' THEN 1 WHEN 'rejected' THEN 2 ELSE 3 END"),
    ("file_size", "INTEGER NOT NULL", "coalesce({0}.file_size, 0)"),
    ("uploaded_by", "TEXT", "{0}.uploaded_by"),
    ("is_public", "INTEGER NOT NULL", "coalesce({0}.is_public, 0)"),
    ("is_primary", "INTEGER NOT NULL", "coalesce({0}.is_primary, 0)"),
    ("no_alt", "INTEGER NOT NULL", "coalesce(trim({0}.alt_text), '') = ''"),
    ("no_caption", "INTEGER NOT NULL", "coalesce(trim({0}.caption), '') = ''"),
    ("no_tags", "INTEGER NOT NULL",
     f"coalesce({_ARRAY.format('{0}', 'json_array_length({0}.tags)')}, 0) = 0"),
    ("taken", "TEXT",
     f"CASE WHEN {_TAKEN} GLOB '[1-9][0-9][0-9][0-9]:[0-9][0-9]:*' THEN {_TAKEN} END"),
    ("camera", "TEXT NOT NULL", "trim(" + " || ' ' || ".join(
        f"coalesce({_EXIF.format('{0}', each)}, '')" for each in ("make", "model")) + ")"),
    ("name", "TEXT NOT NULL", "lower(coalesce({0}.original_filename, ''))"),
    # The capital that LIKE and the server fold differently.
    ("words", "TEXT NOT NULL", "replace(" + f" || {_END} || ".join(
        f"coalesce(replace({{0}}.{each}, {_MARK}, ' '), '')"
        for each in ("original_filename", "public_id", "alt_text", "caption")
    ) + f" || {_END} || {_MARK} || coalesce({_TAGS}, '') || {_MARK}, char(304), 'i')"),
)  # fmt: skip
_NAMES = [name for name, _, _ in _FACTS]
_WIDE = _NAMES[: _NAMES.index("name")]

_INDEXES = {
    # Holds every fact but the words, newest last: any filter is a walk through this alone.
    "newest": ("created_at", "media_id", *_WIDE[2:]),
    # With the size, so that the places that take most are summed in its order; see ``usage``.
    "place": (
        *("entity_type", "entity_id", "sort_order", "created_at DESC", "media_id DESC"),
        "file_size",
    ),
    "name": ("name", "media_id DESC"),
    "size": ("file_size", "media_id"),
    "taken": ("taken", "media_id"),
    "status": ("status", "created_at DESC", "media_id DESC"),
    # For sums by entity type, kind, status and month; see ``usage``.
    "usage": ("entity_type", "is_video", "status", "substr(created_at, 1, 7)", "file_size"),
}


def upgrade() -> None:
    """Make the tables and their triggers, and fill them."""
    if op.get_context().dialect.name != "sqlite":
        return
    columns = ", ".join(f"{name} {kind}" for name, kind, _ in _FACTS)
    names = ", ".join(_NAMES)
    # Each three letters that follow one another; which rows hold them, not where.
    words = "content='media_search', content_rowid='media_id', tokenize='trigram', detail='none'"
    changed = "old.words IS NOT new.words OR old.camera IS NOT new.camera"
    for statement in (
        f"CREATE TABLE media_search ({columns})",
        f"CREATE VIRTUAL TABLE media_words USING fts5(words, camera, {words}, columnsize=0)",
        # Which threes there are, for words of two letters.
        "CREATE VIRTUAL TABLE media_words_known USING fts5vocab(media_words, row)",
        _trigger("media_search", "insert", "AFTER INSERT ON media_search", _ADD),
        _trigger("media_search", "delete", "AFTER DELETE ON media_search", _TAKE),
        _trigger("media_search", "update",
                 f"AFTER UPDATE ON media_search WHEN {changed}", _TAKE, _ADD),
        _trigger("media", "insert", "AFTER INSERT ON media",
                 f"INSERT INTO media_search ({names}) VALUES ({_values('new')})"),
        _trigger("media", "delete", "AFTER DELETE ON media",
                 "DELETE FROM media_search WHERE media_id = old.id"),
        _trigger("media", "update", "AFTER UPDATE ON media",
                 f"UPDATE media_search SET ({names}) = ({_values('new')}) WHERE media_id = old.id"),
        f"INSERT INTO media_search ({names}) SELECT {_values('media')} FROM media",
        *(f"CREATE INDEX idx_media_search_{name} ON media_search ({', '.join(parts)})"
          for name, parts in _INDEXES.items()),
    ):  # fmt: skip
        op.execute(statement.replace(":", "\\:"))


_ADD = "INSERT INTO media_words (rowid, words, camera) VALUES (new.media_id, new.words, new.camera)"
_TAKE = (
    "INSERT INTO media_words (media_words, rowid, words, camera) "
    "VALUES ('delete', old.media_id, old.words, old.camera)"
)


def _trigger(table: str, name: str, when: str, *actions: str) -> str:
    return f"CREATE TRIGGER {table}_{name} {when} BEGIN {'; '.join(actions)}; END"


def _values(row: str) -> str:
    return ", ".join(value.format(row) for _, _, value in _FACTS)


def downgrade() -> None:
    """Refuse, as every migration here."""
    raise NotImplementedError("this is never taken back to an older version")
