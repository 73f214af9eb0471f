"""What duplicates are found by at the door, and what people have decided about them.

Three wide bands of the hash in place of six narrow ones: each picks few rows of a million, also
where one of its bits is another. Signatures are bytes; nothing had written any yet.
"""

from typing import Any

import sqlalchemy as sa
from alembic import context, op

# ruff: noqa: S608 — every part of the statements stands in this file

revision = "library_006"
down_revision = "library_005"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OURS: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4"}
# The hex digits of the hash that each band is made of, from the first one on.
_DIGITS = {"band0": range(11, 17), "band1": range(6, 11), "band2": range(1, 6)}
_OLD = [f"band{n}" for n in range(6)]


def upgrade() -> None:
    """Change and create what an interrupted run has not."""
    if "band5" in context.config.attributes.get("fingerprint_columns", _OLD):
        _change_columns()
    op.execute(
        f"UPDATE media_fingerprints SET {', '.join(f'{n} = {_value(n)}' for n in _DIGITS)} "
        "WHERE length(perceptual) = 16"
    )
    there = context.config.attributes["there"]
    if "media_decisions" not in there:
        _decisions()
    if "media_decision_members" not in there:
        _members()


def _change_columns() -> None:
    if op.get_context().dialect.name == "sqlite":
        for name in _OLD:
            op.drop_index(f"idx_media_fingerprints_{name}")
            op.execute(f"ALTER TABLE media_fingerprints DROP COLUMN {name}")
        op.execute("ALTER TABLE media_fingerprints DROP COLUMN signature")
        op.execute("ALTER TABLE media_fingerprints ADD COLUMN signature BLOB")
        for name in _DIGITS:
            op.execute(f"ALTER TABLE media_fingerprints ADD COLUMN {name} INTEGER")
            op.create_index(
                f"idx_media_fingerprints_{name}", "media_fingerprints", [name, "perceptual"]
            )
        return
    # One statement, which is done wholly or not at all.
    steps = [f"DROP KEY idx_media_fingerprints_{name}" for name in _OLD]
    steps += [f"DROP COLUMN {name}" for name in _OLD if name not in _DIGITS]
    steps += [f"MODIFY COLUMN {name} INT NULL" for name in _DIGITS]
    steps += [f"ADD KEY idx_media_fingerprints_{name} ({name}, perceptual)" for name in _DIGITS]
    steps.append("MODIFY COLUMN signature BLOB NULL")
    op.execute(f"ALTER TABLE media_fingerprints {', '.join(steps)}")


def _value(band: str) -> str:
    """The digits as a number, in words that both kinds of databases know."""
    value = "0"
    for at in _DIGITS[band]:
        digit = f"instr('0123456789abcdef', lower(substr(perceptual, {at}, 1))) - 1"
        value = f"({value}) * 16 + {digit}"
    return value


def _decisions() -> None:
    op.create_table(
        "media_decisions",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=50), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("change_id", _BIG, nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        **_OURS,
    )
    op.create_index("idx_media_decisions_change_id", "media_decisions", ["change_id"])


def _members() -> None:
    op.create_table(
        "media_decision_members",
        sa.Column("decision_id", _BIG, nullable=False),
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["media_decisions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("decision_id", "public_id"),
        **_OURS,
    )
    # One by one: indexes inside the table's definition come in any order.
    for column in ("public_id", "sha256"):
        op.create_index(f"idx_media_decision_members_{column}", "media_decision_members", [column])


def downgrade() -> None:
    """Refuse, as every migration here."""
    raise NotImplementedError("this is never taken back to an older version")
