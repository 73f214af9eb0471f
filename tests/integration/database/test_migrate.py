"""``migrate`` on every age: adds what is missing, and touches nothing else."""

import re
import threading

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import media_search, schema
from artitec_media_desktop.database.review_tables import REVIEWING
from artitec_media_desktop.database.tables import COMPANIONS, INDEX
from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.hashes import bands
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.media import StorageType
from artitec_media_desktop.services.migrating import MigrationService
from tests.integration.database.interleaving import patiently

from .test_shapes import media

OURS = {each.name for each in (*COMPANIONS, *REVIEWING, *INDEX)} | {schema.VERSION_TABLE}


def declared(platform):
    names = [row[0] for row in platform.query("SHOW TABLES")]
    text = {name: platform.query(f"SHOW CREATE TABLE `{name}`")[0][1] for name in names}
    return {name: re.sub(r" AUTO_INCREMENT=\d+", "", each) for name, each in text.items()}


def columns_of(platform):
    return "`" + "`, `".join(row[0] for row in platform.query("SHOW COLUMNS FROM media")) + "`"


@pytest.fixture
def service(platform):
    database = platform.open()
    yield MigrationService(database)
    database.close()


def test_it_adds_what_is_missing_and_keeps_every_row(platform, service):
    columns = columns_of(platform)
    rows_before, tables_before = platform.snapshot(columns), declared(platform)
    assert service.run()
    assert platform.snapshot(columns) == rows_before
    tables = declared(platform)
    assert set(tables) - set(tables_before) == OURS
    changed = {name for name, text in tables_before.items() if tables[name] != text}
    assert changed == (set() if platform.age == "newest" else {"media"})
    kept = [line.rstrip(",") for line in tables_before["media"].splitlines()[1:-1]]
    now = [line.rstrip(",") for line in tables["media"].splitlines()]
    widened = [re.sub(r"(?i)(`(public_id|uploaded_by)`) varchar\(20\)", r"\1 varchar(30)", line)
               for line in kept]  # fmt: skip
    assert [line for line in widened if line not in now] == []


@pytest.mark.parametrize("storage", StorageType)
def test_older_rows_lie_where_the_platform_stores(platform_of, storage):
    database = platform_of("oldest").open()
    MigrationService(database, storage).run()
    with database.read() as tx:
        found = rows.by_ids(tx, media_search.ids(tx, MediaQuery()))
    database.close()
    assert {each.storage_type for each in found.values()} == {storage}


def test_a_second_time_it_changes_nothing(platform, service):
    service.run()
    tables, kept = declared(platform), platform.snapshot()
    assert service.pending() == []
    assert service.run() == []
    assert declared(platform) == tables
    assert platform.snapshot() == kept


def test_the_dry_run_is_what_would_be_run(platform, service):
    before = declared(platform), platform.snapshot()
    statements = service.pending()
    assert (declared(platform), platform.snapshot()) == before
    connection = platform.server.connect(platform.name)
    with connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    assert service.pending() == []
    by_hand = declared(platform)
    assert service.run() == []
    assert declared(platform) == by_hand


def test_afterwards_everything_can_be_stored(platform, service):
    service.run()
    database = platform.open()
    wanted = media(public_id="MED-1800000000-ABCDEF", uploaded_by="USR-" + "9" * 26)
    with database.write() as tx:
        added = rows.add(tx, wanted)
        assert rows.by_id(tx, added.id).image_hash == wanted.image_hash
        assert rows.by_id(tx, added.id).tags == wanted.tags
    database.close()


def test_an_open_library_sees_the_new_columns(platform_of):
    platform = platform_of("oldest")
    database = platform.open()
    with database.read() as tx:
        assert rows.by_id(tx, 1).tags == ()
    MigrationService(database).run()
    with database.write() as tx:
        rows.change(tx, "MED-1690000000-AAAAA", {"tags": ["new"]})
        assert rows.by_id(tx, 1).tags == ("new",)
    database.close()


@pytest.mark.parametrize("missing", ["tags", "moderation_status"])
def test_a_half_migrated_table_is_completed(platform_of, missing):
    platform = platform_of("newest")
    platform.query(f"ALTER TABLE media DROP COLUMN {missing}")
    database = platform.open()
    with database.read() as tx:
        assert len(media_search.page(tx, MediaQuery(), 10)[0]) == 3
    service = MigrationService(database)
    (first, *_) = service.pending()
    assert f"ADD COLUMN `{missing}`" in first
    assert first.count("ADD COLUMN") == 1
    service.run()
    assert missing in columns_of(platform)
    database.close()


def test_an_interrupted_run_is_completed(platform_of):
    platform = platform_of("newest")
    database = platform.open()
    service = MigrationService(database)
    service.run()
    whole = declared(platform)
    platform.query("DROP TABLE media_changed, media_fields")
    platform.query(f"DELETE FROM {schema.VERSION_TABLE}")
    service.run()
    assert declared(platform) == whole
    database.close()


def test_hashes_of_an_older_library_are_found_at_the_door(platform_of):
    database = platform_of("newest").open()
    with database.read() as tx:
        config = schema._config(tx, "library")
        config.attributes["connection"] = tx
        command.upgrade(config, "library_005")
    with database.write() as tx:
        tx.exec_driver_sql(
            "INSERT INTO media_fingerprints (media_id, version, sha256, perceptual, created_at) "
            "VALUES (1, 1, REPEAT('a', 64), 'F123456789abcdef', NOW()), "
            "(2, 1, REPEAT('b', 64), NULL, NOW())"
        )
    schema.bring_up_to_date(database, "library")
    with database.read() as tx:
        found = tx.exec_driver_sql("SELECT band0, band1, band2 FROM media_fingerprints").all()
    assert [tuple(each) for each in found] == [bands(0xF123456789ABCDEF), (None, None, None)]
    database.close()


def test_the_companions_are_what_the_code_expects(platform_of):
    database = platform_of("newest").open()
    schema.bring_up_to_date(database, "library")
    expected = MetaData()
    for each in (*COMPANIONS, *REVIEWING):
        each.to_metadata(expected)
    options = {
        "include_name": lambda name, kind, _: kind != "table" or name in expected.tables,
        "compare_type": True,
    }
    with database.read() as tx:
        found = compare_metadata(MigrationContext.configure(tx, opts=options), expected)
    # LONGTEXT is how the server spells the length that is asked for.
    assert [each for each in found if "LONGTEXT()" not in str(each)] == []
    database.close()


def test_shared_public_ids_are_no_obstacle(platform_of):
    platform = platform_of("oldest")
    platform.query("ALTER TABLE media DROP KEY uq_public")
    platform.query("UPDATE media SET public_id = 'twice' WHERE id > 2")
    database = platform.open()
    MigrationService(database).run()
    assert "KEY `idx_media_public_id` (`public_id`)" in declared(platform)["media"]
    assert "UNIQUE KEY `idx_media_public_id`" not in declared(platform)["media"]
    platform.query("DROP INDEX idx_media_public_id ON media")
    platform.query("UPDATE media SET public_id = id")
    MigrationService(database).run()
    assert "UNIQUE KEY `idx_media_public_id`" in declared(platform)["media"]
    database.close()


def test_another_database_is_left_alone(platform_of):
    platform = platform_of("newest")
    platform.query("DROP TABLE media")
    database = platform.open()
    before = declared(platform)
    with pytest.raises(Permanent, match="not the platform's"):
        MigrationService(database).run()
    assert declared(platform) == before
    with pytest.raises(Permanent, match="not the platform's"), database.read() as tx:
        rows.by_id(tx, 1)
    database.close()


def test_two_who_migrate_at_once(platform_of):
    platform = platform_of("oldest")
    databases = [platform.open() for _ in range(2)]
    faults = []

    def run(database):
        try:
            patiently(schema.bring_up_to_date, database, "library")
        except Exception as error:  # said by the assertion below
            faults.append(error)

    threads = [threading.Thread(target=run, args=(each,)) for each in databases]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []
    assert schema.pending(databases[0]) == []
    for each in databases:
        each.close()


def test_an_account_without_the_right_is_told_so(platform_of):
    platform = platform_of("oldest")
    platform.query("CREATE USER IF NOT EXISTS 'reader'@'127.0.0.1'")
    platform.query(f"GRANT SELECT ON {platform.name}.* TO 'reader'@'127.0.0.1'")
    before = declared(platform)
    database = platform.open(account="reader")
    with pytest.raises(Permanent) as caught:
        MigrationService(database).run()
    assert caught.value.code == "database_rights"
    assert "ALTER" in caught.value.message
    assert declared(platform) == before
    database.close()
