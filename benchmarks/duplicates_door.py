"""The look-up at the door, measured: one file, among the fingerprints of very many."""

import hashlib
import random
import shutil
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from artitec_media_desktop.database import fingerprints, media_search
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.domain.hashes import (
    BANDS,
    FINGERPRINT_VERSION,
    Fingerprint,
    bands,
    to_hex,
)
from artitec_media_desktop.domain.limits import DUPLICATE_THRESHOLD
from artitec_media_desktop.domain.listing import MediaQuery

from .library import fill, settle
from .million import is_filled, library_file, platform_server

_ASKED: Final = 50
#: Made before these, and not counted: they connect, and SQLAlchemy compiles statements.
_FIRST: Final = 20
_BLANK: Final = 0x8000000000000000
_ADDED: Final = "2026-11-22 12:00:00"
_COLUMNS: Final = (
    "media_id", "version", "sha256", "perceptual", *(f"band{n}" for n in range(len(BANDS))),
    "created_at",
)  # fmt: skip


def in_a_file(folder: Path, rows: int) -> dict[str, float]:
    """Of a library of our own in that folder, which is made unless it is there."""
    with library_file(folder) as library:
        prepare(library, rows)
        return _measured(library, "")


def on_a_server(folder: Path, rows: int) -> dict[str, float]:
    """Of a platform; nothing where there is no MariaDB."""
    if shutil.which("mariadbd") is None:
        return {}
    with platform_server(folder) as platform, closing(platform.open()) as database:
        prepare(database, rows)
        return _measured(database, "mariadb_")


def prepare(database: Database, rows: int) -> None:
    """Fill an empty library with media that have fingerprints; nothing where it has them."""
    if is_filled(database, rows):
        return
    fill(database, rows)
    mark = "%s" if database.is_shared else "?"
    marks = ", ".join([mark] * len(_COLUMNS))
    insert = f"INSERT INTO media_fingerprints ({', '.join(_COLUMNS)}) VALUES ({marks})"  # noqa: S608
    with database.write() as tx:
        for start in range(1, rows + 1, 20_000):
            numbers = range(start, min(start + 20_000, rows + 1))
            tx.exec_driver_sql(
                insert,
                [(n, FINGERPRINT_VERSION, _sha256(n), to_hex(_hash(n)), *bands(_hash(n)), _ADDED)
                 for n in numbers],
            )  # fmt: skip
    settle(database)
    with database.read() as tx:
        tx.exec_driver_sql(f"ANALYZE {'TABLE ' * database.is_shared}media_fingerprints")


def _sha256(number: int) -> str:
    """One of a hundred is the same blank picture."""
    return hashlib.sha256(b"%d" % (number if number % 100 else 0)).hexdigest()


def _hash(number: int) -> int:
    return int(_sha256(-number)[:16], 16) if number % 100 else _BLANK


def _measured(database: Database, name: str) -> dict[str, float]:
    """Files that are there, nearly there, and not there, in turn; a hundredth of all is blank."""
    with database.read() as tx:
        rows = media_search.count(tx, MediaQuery())
        for n in range(len(BANDS)):  # in memory, as in a library that is used
            tx.exec_driver_sql(f"SELECT count(*) FROM media_fingerprints WHERE band{n} >= 0")  # noqa: S608
    chance = random.Random(7)  # noqa: S311
    took, found = [], 0
    for n in range(-_FIRST, _ASKED):
        number = chance.randrange(1, rows) // 100 * 100 + (n % 5)
        look = _hash(number) if n % 2 else _hash(number) ^ 0x8000400002000101
        look = chance.getrandbits(64) if n % 5 == 4 else look
        fingerprint = Fingerprint(_sha256(rows + n if n % 3 else number), None, to_hex(look), None)
        began = perf_counter()
        with database.read() as tx:
            alike = fingerprints.alike(tx, fingerprint, DUPLICATE_THRESHOLD)
        if n >= 0:
            took.append((perf_counter() - began) * 1000)
            found += bool(alike)
    return {
        f"{name}look_ups": len(took),
        f"{name}with_look_alikes": found,
        f"{name}look_up_median_ms": round(median(took), 2),
        f"{name}look_up_ms": round(max(took), 2),
    }
