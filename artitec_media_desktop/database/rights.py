"""The rights that an account of the database needs, as the application uses the tables."""

from collections.abc import Mapping
from typing import Final

from .review_tables import (
    KNOWN_BAD,
    LEASES,
    REVIEWING,
    REVIEWS,
    SCORES,
    SECOND_LOOKS,
    SHARED_SETTINGS,
)
from .schema import VERSION_TABLE
from .tables import (
    CHANGED_MEDIA,
    CHANGES,
    COMPANIONS,
    DECISION_MEMBERS,
    DECISIONS,
    FINGERPRINTS,
    INDEX,
    MEDIA,
    MEDIA_FIELDS,
    MEDIA_MOVES,
    PLATFORM,
    POSTS,
    TRASH,
)

_ALL: Final = ("SELECT", "INSERT", "UPDATE", "DELETE")
_HISTORY: Final = {  # is added to; nobody rewrites it
    CHANGES.name: ("SELECT", "INSERT", "UPDATE (`undone_at`)"),
    CHANGED_MEDIA.name: ("SELECT", "INSERT"),
    # Who uploads is asked about look-alikes, and answers for everyone.
    DECISIONS.name: ("SELECT", "INSERT", "UPDATE (`undone_at`)"),
    DECISION_MEMBERS.name: ("SELECT", "INSERT"),
    MEDIA_FIELDS.name: ("SELECT", "INSERT", "UPDATE"),
    SHARED_SETTINGS.name: ("SELECT",),
    VERSION_TABLE: ("SELECT",),
}
# Made of ``media`` by whoever searches, so everybody keeps it up to date.
_SEARCHING: Final = {each.name: _ALL for each in INDEX}
# An uploader writes what describes a media; its state, place and objects are for moderators.
_DESCRIPTION: Final = (
    "entity_field",
    "alt_text",
    "caption",
    "sort_order",
    "is_primary",
    "tags",
    "updated_at",
)
_UPLOADING: Final[Mapping[str, tuple[str, ...]]] = {
    MEDIA.name: ("SELECT", "INSERT", f"UPDATE ({', '.join(f'`{each}`' for each in _DESCRIPTION)})"),
    FINGERPRINTS.name: ("SELECT", "INSERT", "UPDATE"),
    TRASH.name: ("SELECT",),
    MEDIA_MOVES.name: ("SELECT",),
    # What is flagged at the door is on record, and an uploader may ask for a second look.
    REVIEWS.name: ("SELECT", "INSERT"),
    SECOND_LOOKS.name: ("SELECT", "INSERT"),
    LEASES.name: ("SELECT",),
    KNOWN_BAD.name: ("SELECT",),
    **_HISTORY,
    **_SEARCHING,
}
_DECIDING: Final[Mapping[str, tuple[str, ...]]] = {
    **{each.name: _ALL for each in (MEDIA, FINGERPRINTS, TRASH, MEDIA_MOVES)},
    **{each.name: _ALL for each in (LEASES, KNOWN_BAD, SCORES)},
    REVIEWS.name: ("SELECT", "INSERT", "UPDATE (`undone_at`)"),
    SECOND_LOOKS.name: (
        "SELECT",
        "INSERT",
        "DELETE",
        "UPDATE (`answered_by`, `answered_at`, `agreed`)",
    ),
    **_HISTORY,
    **_SEARCHING,
}
_TABLES: Final = (*_ALL, "CREATE", "ALTER", "DROP", "INDEX", "REFERENCES")
_MIGRATING: Final[Mapping[str, tuple[str, ...]]] = {
    MEDIA.name: ("SELECT", "INSERT", "UPDATE", "CREATE", "ALTER", "INDEX"),
    **{each.name: _TABLES for each in (*COMPANIONS, *REVIEWING, *INDEX)},
    VERSION_TABLE: _TABLES,
}
_OF_ROLE: Final = {
    "uploader": _UPLOADING,
    "moderator": _DECIDING,
    "admin": {**_DECIDING, SHARED_SETTINGS.name: _ALL},
    "migrator": _MIGRATING,
}
#: What is read of the platform's tables.
_READ: Final = {
    **{each.name: tuple(each.c.keys()) for each in PLATFORM if each is not MEDIA},
    "user_credentials": ("user_id", "password_hash"),
}


def statements(role: str, schema: str, account: str) -> list[str]:
    """The SQL that makes an account and gives it the rights of a role, a statement each.

    ``account`` is ``name`` or ``name@host``. The account is made locked and without a password,
    for whoever runs this to choose one; of one that is there, neither is changed.
    """
    who = _account(account)
    found = [
        f"CREATE USER IF NOT EXISTS {who} REQUIRE SSL ACCOUNT LOCK",
        f"ALTER USER {who} REQUIRE SSL",
    ]
    if role != "migrator":
        found += [
            _grant(f"SELECT ({', '.join(map(_name, columns))})", schema, table, who)
            for table, columns in _READ.items()
            if table != POSTS.name
        ]
    found += [
        _grant(", ".join(rights), schema, table, who) for table, rights in _OF_ROLE[role].items()
    ]
    return found


def of_posts(schema: str, account: str) -> str:
    """The statement for the one table that some deployments lack, and whose columns vary."""
    return _grant("SELECT", schema, POSTS.name, _account(account))


def unlock(account: str) -> str:
    """How the account is opened, with a password to be filled in."""
    return f"ALTER USER {_account(account)} IDENTIFIED BY '…' ACCOUNT UNLOCK"


def _grant(rights: str, schema: str, table: str, who: str) -> str:
    return f"GRANT {rights} ON {_name(schema)}.{_name(table)} TO {who}"


def _name(word: str) -> str:
    return "`" + word.replace("`", "``") + "`"


def _account(text: str) -> str:
    name, _, host = text.partition("@")
    return f"{_quoted(name)}@{_quoted(host or '%')}"


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
