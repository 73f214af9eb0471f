"""``enhance_media_table``: brings an older ``media`` of the platform up to date.

Only what is missing is added, in one ALTER TABLE, which a server does wholly or not at all; rows
and everything else stay as they are. Doing it again finds nothing to do.
"""

import re
from typing import Final

from sqlalchemy import inspect, text

from ..domain.media import StorageType
from . import shape
from .engine import Tx

_NEW: Final[dict[str, str]] = {
    "image_hash": "VARCHAR(64) NULL",
    "storage_type": "ENUM('local','s3') NOT NULL DEFAULT '{storage}'",
    "bucket_name": "VARCHAR(100) NULL",
    "is_primary": "BOOL NOT NULL DEFAULT 0",
    "source_url": "TEXT NULL",
    "tags": "JSON NULL",
    "metadata": "JSON NULL",
    "is_approved": "BOOL NOT NULL DEFAULT 1",
    "moderation_status": (
        "ENUM('pending','approved','rejected','flagged') NOT NULL DEFAULT 'approved'"
    ),
}
_WIDTHS: Final[dict[str, int]] = {"public_id": 30, "uploaded_by": 30}
_INDEXES: Final[tuple[tuple[str, ...], ...]] = (
    ("entity_type", "entity_id"),
    ("uploaded_by",),
    ("created_at",),
    ("public_id",),
    ("is_primary",),
    ("moderation_status",),
    ("storage_type",),
)


def statements(tx: Tx, storage: StorageType) -> list[str]:
    """The SQL that is missing; empty for a table that is up to date.

    ``storage`` is what the platform stores in, and so where the objects of older rows lie.
    Raises Permanent ``database_not_ready`` where there is no such table at all.
    """
    there = shape.look(tx, "media")
    if not there:
        raise shape.no_media()
    clauses = [
        f"ADD COLUMN `{name}` {declared.format(storage=storage.value)}"
        for name, declared in _NEW.items()
        if name not in there
    ]
    clauses += _widened(tx, {name: each.type for name, each in there.items()})
    clauses += _indexes(tx)
    return ["ALTER TABLE `media`\n  " + ",\n  ".join(clauses)] if clauses else []


def _widened(tx: Tx, types: dict[str, str]) -> list[str]:
    """Too narrow columns as they are declared now, but for the width."""
    found = []
    declared = str(tx.execute(text("SHOW CREATE TABLE `media`")).one()[1]).splitlines()
    for name, wanted in _WIDTHS.items():
        width = re.fullmatch(r"(?i)varchar\((\d+)\)", types.get(name, ""))
        if width is None or int(width[1]) >= wanted:
            continue
        for line in declared:
            start = f"`{name}` varchar({width[1]})"
            if line.strip().lower().startswith(start):
                rest = line.strip()[len(start) :].rstrip(",")
                found.append(f"MODIFY COLUMN `{name}` varchar({wanted}){rest}")
    return found


def _indexes(tx: Tx) -> list[str]:
    """Indexes on columns that none begins with yet."""
    inspector = inspect(tx)
    there = inspector.get_indexes("media")
    leading = [tuple(each["column_names"]) for each in there]
    leading.append(tuple(inspector.get_pk_constraint("media")["constrained_columns"]))
    names = {str(each["name"]).lower() for each in there}
    found = []
    for columns in _INDEXES:
        if any(each[: len(columns)] == columns for each in leading):
            continue
        name = "idx_media_" + ("entity" if len(columns) > 1 else columns[0])
        while name in names:
            name += "_2"
        # Unique, unless old rows share one: then nothing can be promised for them.
        kind = "UNIQUE INDEX" if columns == ("public_id",) and not _shared(tx) else "INDEX"
        listed = ", ".join(f"`{each}`" for each in columns)
        found.append(f"ADD {kind} `{name}` ({listed})")
    return found


def _shared(tx: Tx) -> bool:
    same = text("SELECT 1 FROM media GROUP BY public_id HAVING COUNT(*) > 1 LIMIT 1")
    return tx.execute(same).first() is not None
