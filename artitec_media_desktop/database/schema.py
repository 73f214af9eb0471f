"""Brings a database to the newest version; Alembic is loaded only when there is work to do."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any, Final

from sqlalchemy import inspect, text

from ..domain.errors import Transient
from ..domain.media import StorageType
from . import enhance
from .engine import Database, Tx
from .tables import FINGERPRINTS

_LOG = logging.getLogger(__name__)

#: Our own table, since the platform has its ``alembic_version``.
VERSION_TABLE: Final = "media_desktop_version"
#: The newest revision of each script folder; a test holds them against the scripts.
HEADS: Final = {"library": "library_007", "journal": "journal_002"}


def current(database: Database) -> str | None:
    """The version a database is at; None for one that is empty."""
    with database.read() as tx:
        return _current(tx)


def bring_up_to_date(
    database: Database, scripts: str, storage: StorageType = StorageType.LOCAL
) -> bool:
    """Run the missing migrations of ``library`` or ``journal``; returns whether any was.

    In a file each migration is one transaction. On a server, which has none for tables, each
    step looks at what is there, so that an interrupted run is completed by the next; there the
    platform's tables are never created, and of them only ``media`` is altered, by ``enhance``;
    ``storage`` is what the platform stores in.
    Raises Transient or Permanent.
    """
    if database.is_shared:
        return _bring_server_up_to_date(database, scripts, storage)
    if current(database) == HEADS[scripts]:
        return False
    with database.write() as tx:
        _upgrade(tx, scripts)
    database.look_again()
    return True


def pending(
    database: Database, scripts: str = "library", storage: StorageType = StorageType.LOCAL
) -> list[str]:
    """The SQL that ``bring_up_to_date`` would run, a statement each; changes nothing."""
    with database.read() as tx:
        statements = enhance.statements(tx, storage) if database.is_shared else []
        at = _current(tx)
        if at == HEADS[scripts]:
            return statements
        from alembic import command

        sql = StringIO()
        config = _config(tx, scripts)
        config.attributes |= {"dialect": tx.dialect.name, "sql": sql}
        command.upgrade(config, f"{at or 'base'}:head", sql=True)
    own = [_without_comments(each) for each in sql.getvalue().split(";\n")]
    return statements + [each for each in own if each]


def _bring_server_up_to_date(database: Database, scripts: str, storage: StorageType) -> bool:
    with database.read() as tx, _alone(tx, database.name):
        statements = enhance.statements(tx, storage)
        for statement in statements:
            _LOG.info("migrating: %s", statement)
            tx.exec_driver_sql(statement)
        behind = _current(tx) != HEADS[scripts]
        if behind:
            _upgrade(tx, scripts)
    database.look_again()
    return bool(statements) or behind


def _current(tx: Tx) -> str | None:
    if not inspect(tx).has_table(VERSION_TABLE):
        return None
    found = tx.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
    return None if found is None else str(found)


def _upgrade(tx: Tx, scripts: str) -> None:
    from alembic import command

    config = _config(tx, scripts)
    config.attributes["connection"] = tx
    command.upgrade(config, "head")


def _config(tx: Tx, scripts: str) -> Any:
    from alembic.config import Config

    here = Path(__file__).parent / "migrations"
    config = Config()
    config.set_main_option("script_location", str(here).replace("%", "%%"))
    config.set_main_option("version_locations", str(here / scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    found = inspect(tx)
    there = config.attributes["there"] = set(found.get_table_names())
    if FINGERPRINTS.name in there:
        columns = {each["name"] for each in found.get_columns(FINGERPRINTS.name)}
        config.attributes["fingerprint_columns"] = columns
    return config


@contextmanager
def _alone(tx: Tx, name: str) -> Iterator[None]:
    """Two people who migrate at once would meet half of each other's work."""
    lock = {"name": "media_desktop_migrate"}
    if tx.execute(text("SELECT GET_LOCK(:name, 5)"), lock).scalar() != 1:
        raise Transient("migrating", f"Somebody else is migrating the database {name} just now.")
    try:
        yield
    finally:
        if not tx.invalidated:
            tx.execute(text("DO RELEASE_LOCK(:name)"), lock)


def _without_comments(statement: str) -> str:
    return "\n".join(
        line for line in statement.splitlines() if line.strip() and not line.startswith("--")
    ).strip()
