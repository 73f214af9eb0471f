"""Libraries of many media, opened: in a file, and on a server whose memory holds the tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from artitec_media_desktop.database import media_search, schema, search_index
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.services.opening import open_embedded

from .library import fill, settle


@contextmanager
def in_a_file(folder: Path, rows: int, waiting: int = 97) -> Iterator[Database]:
    """The library below ``folder``, filled unless it is already; see ``fill``."""
    library = Database.file(folder / "library.db")
    journal = Database.file(folder / "journal.db", "journal")
    open_embedded(library, journal)
    try:
        if not _is_filled(library, rows):
            fill(library, rows, waiting)
        settle(library)
        yield library
    finally:
        library.close()
        journal.close()


@contextmanager
def on_a_server(folder: Path, rows: int, waiting: int = 97) -> Iterator[Database]:
    """The same on a MariaDB of its own, as a platform has it."""
    from tests.services.mariadb import Platform, Server, make

    server = Server(folder)
    there = folder.exists()
    if not there:
        folder.mkdir()
        server.install()
    server.start("--innodb-buffer-pool-size=2G", "--innodb-log-file-size=256M")
    try:
        platform = Platform(server, "bench", "newest")
        if not there:
            platform = make(server, "newest", "bench")
            platform.query("DELETE FROM media")
        database = platform.open()
        schema.bring_up_to_date(database, "library")
        if not _is_filled(database, rows):
            fill(database, rows, waiting)
        search_index.catch_up(database)
        settle(database)
        yield database
        database.close()
    finally:
        server.stop()


def _is_filled(database: Database, rows: int) -> bool:
    with database.read() as tx:
        return media_search.count(tx, MediaQuery()) == rows
