"""What the errors of a MySQL or MariaDB server mean for people, by their numbers.

Numbers: https://mariadb.com/kb/en/mariadb-error-code-reference/ and MySQL's error reference.
"""

import re
import ssl
from typing import Any, Final

from sqlalchemy.exc import DBAPIError

from ..domain.errors import Conflict, MediaError, Permanent, Transient, Unusable

#: Codes after which nothing was written: the whole transaction may be done again at once.
HARMLESS: Final = frozenset({"database_deadlock", "database_locked", "database_gone"})
#: The code for a row that breaks a rule of its table.
REFUSED: Final = "database_refused"
#: The code for a COMMIT whose answer was lost: it has to be looked up what became of it.
UNKNOWN: Final = "commit_unknown"

_LOST: Final = (1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2003, 2006, 2013, 2014,
                2045, 2055, 4031)  # fmt: skip
_TRANSIENT: Final[dict[tuple[int, ...], tuple[str, str]]] = {
    (1213,): (
        "database_deadlock",
        "Somebody wrote to the same rows of the database {name}. Trying again.",
    ),
    (1205,): (
        "database_locked",
        "Somebody holds rows of the database {name} for long. Trying again.",
    ),
    (1040, 1203, 1226): (
        "database_full_house",
        "The database {name} has as many connections as it allows. Trying again.",
    ),
    (1290, 1836, 3100): (
        "database_read_only",
        "The database {name} takes no changes at the moment. Trying again.",
    ),
    (1317, 1969, 3024): (
        "database_slow",
        "The database {name} took too long to answer. Trying again.",
    ),
    (1021, 1037, 1041, 1114): (
        "disk_full",
        "The server of the database {name} has no room left. Its administrator has to free some.",
    ),
}
_UNUSABLE: Final[dict[tuple[int, ...], tuple[str, str]]] = {
    (1045, 1698): (
        "database_sign_in",
        "The database {name} refused the account or its password. Check both.",
    ),
    (1820, 1862): (
        "database_password_expired",
        "The password of the account on the database {name} has expired. Set a new one there.",
    ),
    (1129, 1130): (
        "database_host_refused",
        "The database {name} takes no connections from this machine. Its administrator has to "
        "allow it.",
    ),
    (1251, 2059): (
        "database_sign_in_method",
        "The database {name} wants a way of signing in that is not known here. Ask its "
        "administrator for an account with a password.",
    ),
    (2026, 3159): (
        "database_tls",
        "No encrypted connection to the database {name} could be made. Check its TLS settings.",
    ),
    (1044, 1049): (
        "database_unknown",
        "There is no database {name}, or this account may not use it. Check the name.",
    ),
    (1142, 1143, 1227, 1370): (
        "database_rights",
        "This account lacks a right on the database {name} ({detail}). See “artitec-media grants”.",
    ),
    (1051, 1146): (
        "database_not_ready",
        "The database {name} lacks a table ({detail}). Run “artitec-media migrate”.",
    ),
}  # fmt: skip
_PERMANENT: Final[dict[tuple[int, ...], tuple[str, str]]] = {
    (1054, 1364): (
        "database_changed",
        "The tables of the database {name} were changed meanwhile ({detail}). Try again.",
    ),
    (1267, 1366, 3854): (
        "database_letters",
        "The database {name} does not know some characters ({detail}). Leave out emoji, or have "
        "its tables converted to utf8mb4.",
    ),
    (1264, 1265, 1292, 1406): (
        "database_too_narrow",
        "A column of the database {name} can't hold this ({detail}). Run “artitec-media migrate”, "
        "or shorten the text.",
    ),
    (1048, 1451, 1452, 3819, 4025): (
        REFUSED,
        "The database {name} refused the row ({detail}). If that column was not changed, it holds "
        "what the table's rules forbid: its administrator has to mend it.",
    ),
}  # fmt: skip
#: After these, what is known of the tables is no longer to be trusted.
CHANGED_TABLES: Final = frozenset({"database_not_ready", "database_changed", "database_too_narrow"})
_BY_NUMBER: Final = {
    number: (kind, *words)
    for kind, table in ((Transient, _TRANSIENT), (Unusable, _UNUSABLE), (Permanent, _PERMANENT))
    for numbers, words in table.items()
    for number in numbers
}


def fault(error: DBAPIError, name: str) -> MediaError | None:
    """Say what a fault means; None for one that is a fault of ours."""
    number = _number(error.orig)
    cause = getattr(error.orig, "original_exception", None)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Unusable(
            "database_tls",
            f"The certificate of the database {name} is not trusted ({cause.verify_message}). "
            "Name the CA it comes from, or have it renewed.",
        )
    if isinstance(cause, ssl.SSLError):
        number = 2026
    if number == 1062:
        return Conflict(
            "database_conflict", f"The database {name} has that row already. Look again."
        )
    if number in _BY_NUMBER:
        kind, code, sentence = _BY_NUMBER[number]
        return kind(code, sentence.format(name=name, detail=_detail(error.orig)))
    if number in _LOST or error.connection_invalidated:
        return gone(name)
    return None


def gone(name: str) -> Transient:
    """No connection, or one that broke before anything was saved."""
    return Transient("database_gone", f"The database {name} does not answer. Trying again.")


def unknown(name: str) -> Transient:
    """The connection broke while COMMIT was under way."""
    return Transient(
        UNKNOWN,
        f"The connection to the database {name} broke while saving. Looking up what was saved.",
    )


def _number(error: Any) -> int:
    first = error.args[0] if getattr(error, "args", ()) else None
    return first if isinstance(first, int) else 0


def _detail(error: Any) -> str:
    """The server's own words, without the values and the account that they may repeat."""
    text = str(error.args[1]) if len(error.args) > 1 else ""
    text = re.sub(r"'[^'\s]*'@'[^'\s]*'", "this account", text)
    text = re.sub(r"(value:?) '.*?' for", r"\1 for", text, flags=re.DOTALL)
    text = re.sub(r"\(`.*", "", text, flags=re.DOTALL)
    return text.strip().rstrip(".")[:120]
