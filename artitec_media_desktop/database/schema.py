"""Brings a database to the newest version; Alembic is loaded only when there is work to do."""

from pathlib import Path
from typing import Final

from sqlalchemy import inspect, text

from .engine import Database

#: Our own table, since the platform has its ``alembic_version``.
VERSION_TABLE: Final = "media_desktop_version"
#: The newest revision of each script folder; a test holds them against the scripts.
HEADS: Final = {"library": "library_001", "journal": "journal_001"}


def current(database: Database) -> str | None:
    """The version a database is at; None for one that is empty."""
    with database.read() as tx:
        if not inspect(tx).has_table(VERSION_TABLE):
            return None
        found = tx.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
        return None if found is None else str(found)


def bring_up_to_date(database: Database, scripts: str) -> bool:
    """Run the missing migrations of ``library`` or ``journal``; returns whether any was.

    Raises Transient or Permanent. Each migration is one transaction.
    """
    if current(database) == HEADS[scripts]:
        return False
    from alembic import command
    from alembic.config import Config

    here = Path(__file__).parent / "migrations"
    config = Config()
    config.set_main_option("script_location", str(here).replace("%", "%%"))
    config.set_main_option("version_locations", str(here / scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    with database.write() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "head")
    return True
