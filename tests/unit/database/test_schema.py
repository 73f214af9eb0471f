from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from artitec_media_desktop.database import schema
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.database.journal_tables import JOURNAL_METADATA
from artitec_media_desktop.database.review_tables import REVIEWING
from artitec_media_desktop.database.tables import COMPANIONS, METADATA, PLATFORM
from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.hashes import bands as bands_of

SCRIPTS = Path(schema.__file__).parent / "migrations"


def test_the_migrations_make_what_the_code_expects(databases):
    for database, metadata in zip(databases, (METADATA, JOURNAL_METADATA), strict=True):
        with database.read() as tx:
            options = {
                "version_table": schema.VERSION_TABLE,
                "compare_type": True,
                # Made by a migration alone; the index of words makes tables of its own.
                "include_name": lambda name, kind, _: (
                    not (kind == "table" and name.startswith(("media_search", "media_words")))
                ),
            }
            context = MigrationContext.configure(tx, opts=options)
            assert compare_metadata(context, metadata) == []
            assert tx.execute(text("PRAGMA journal_mode")).scalar() == "wal"
            assert tx.execute(text("PRAGMA foreign_keys")).scalar() == 1


@pytest.mark.parametrize("name", schema.HEADS)
def test_the_heads_are_the_newest_scripts(name):
    directory = ScriptDirectory(str(SCRIPTS), version_locations=[str(SCRIPTS / name)])
    assert directory.get_heads() == [schema.HEADS[name]]


def test_every_table_is_either_the_platforms_or_ours():
    assert set(METADATA.tables.values()) == {*PLATFORM, *COMPANIONS, *REVIEWING}


def test_again_does_nothing(databases):
    assert schema.bring_up_to_date(databases[0], "library") is False
    assert schema.current(databases[0]) == schema.HEADS["library"]


def test_tables_that_are_there_are_left_as_they_are(tmp_path):
    database = Database.file(tmp_path / "old.db")
    with database.write() as tx:
        tx.execute(text("CREATE TABLE posts (id INTEGER PRIMARY KEY, theirs TEXT)"))
        tx.execute(text("INSERT INTO posts VALUES (1, 'kept')"))
    assert schema.bring_up_to_date(database, "library") is True
    with database.read() as tx:
        assert tx.execute(text("SELECT theirs FROM posts")).scalar() == "kept"
    database.close()


def test_hashes_of_an_older_library_are_found_at_the_door(tmp_path):
    database = Database.file(tmp_path / "old.db")
    with database.write() as tx:
        config = schema._config(tx, "library")
        config.attributes["connection"] = tx
        command.upgrade(config, "library_005")
        values = "(1, 1, :sha, :hash, 0, 0, 0, 0, 0, 0, '2026-11-22 12:00:00')"
        bands = ", ".join(f"band{n}" for n in range(6))
        tx.execute(
            text(
                f"INSERT INTO media_fingerprints (media_id, version, sha256, perceptual, {bands}, "
                f"created_at) VALUES {values}"
            ),
            {"sha": "a" * 64, "hash": "F123456789abcdef"},
        )
    assert schema.bring_up_to_date(database, "library") is True
    with database.read() as tx:
        found = tx.execute(text("SELECT band0, band1, band2 FROM media_fingerprints")).one()
    assert tuple(found) == bands_of(0xF123456789ABCDEF)
    database.close()


def test_a_file_that_is_no_database_is_said_plainly(tmp_path):
    path = tmp_path / "l.db"
    path.write_bytes(b"this is not a database at all" * 50)
    database = Database.file(path)
    with pytest.raises(Permanent, match="damaged"):
        schema.bring_up_to_date(database, "library")
    database.close()
    assert path.read_bytes().startswith(b"this is not")
