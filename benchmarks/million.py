"""Libraries of many media, opened: in a file, and on a server whose memory holds the tables."""

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from artitec_media_desktop.database import media_search, schema, search_index
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.services.opening import open_embedded

from .library import fill, settle

if TYPE_CHECKING:
    from tests.services.mariadb import Platform

_IN_MEMORY: Final = ("--innodb-buffer-pool-size=2G", "--innodb-log-file-size=256M")


@contextmanager
def library_file(folder: Path) -> Iterator[Database]:
    """The library below ``folder``, new and empty unless it is there."""
    with (
        closing(Database.file(folder / "library.db")) as library,
        closing(Database.file(folder / "journal.db", "journal")) as journal,
    ):
        open_embedded(library, journal)
        yield library


@contextmanager
def platform_server(folder: Path, niceness: int = 0) -> Iterator["Platform"]:
    """A platform without media on a MariaDB of its own; as it was left where ``folder`` is."""
    from tests.services.mariadb import Platform, Server, make

    server, there = Server(folder), folder.exists()
    if not there:
        folder.mkdir(parents=True)
        server.install()
    server.start(*_IN_MEMORY, niceness=niceness)
    try:
        platform = Platform(server, "bench", "newest")
        if not there:
            platform = make(server, "newest", "bench")
            platform.query("DELETE FROM media")
        with closing(platform.open()) as database:
            schema.bring_up_to_date(database, "library")
        yield platform
    finally:
        server.stop()


@contextmanager
def in_a_file(folder: Path, rows: int, waiting: int = 97) -> Iterator[Database]:
    """The library below ``folder``, filled unless it is already; see ``fill``."""
    with library_file(folder) as library:
        if not is_filled(library, rows):
            fill(library, rows, waiting)
        settle(library)
        yield library


@contextmanager
def on_a_server(folder: Path, rows: int, waiting: int = 97) -> Iterator[Database]:
    """The same on a MariaDB of its own, as a platform has it."""
    with platform_server(folder) as platform, closing(platform.open()) as database:
        if not is_filled(database, rows):
            fill(database, rows, waiting)
        search_index.catch_up(database)
        settle(database)
        yield database


def is_filled(database: Database, rows: int) -> bool:
    """Whether it has that many media."""
    with database.read() as tx:
        return media_search.count(tx, MediaQuery()) == rows


def in_both(
    measured: Callable[[Database, str], dict[str, float]], waiting: int = 97
) -> dict[str, float]:
    """What ``measured`` finds in a file and on a server, as the arguments ask for; see ``fill``.

    It is given the library and what the names of its figures begin with. The server is left out
    where MariaDB is not installed.
    """
    given = argparse.ArgumentParser()
    given.add_argument("--rows", type=int, default=1_000_000)
    given.add_argument("--only", choices=("file", "server"))
    given.add_argument("--keep", type=Path, help="where the libraries stay for the next run")
    options = given.parse_args()
    figures: dict[str, float] = {"media": options.rows}
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        if options.only != "server":
            with in_a_file(folder, options.rows, waiting) as database:
                figures |= measured(database, "")
        if options.only != "file" and shutil.which("mariadbd"):
            with on_a_server(folder / "mariadb", options.rows, waiting) as database:
                figures |= measured(database, "mariadb_")
    return figures
