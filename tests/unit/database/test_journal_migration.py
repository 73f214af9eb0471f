"""A journal of the first version is brought up to date with all that is in it."""

import pytest
from alembic import command
from sqlalchemy import inspect, text

from artitec_media_desktop.database import schema
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.database.journal import Journal
from artitec_media_desktop.database.journal_tables import JOURNAL_METADATA
from tests.places import photos

BATCH = "INSERT INTO batches (id, order_base, created_at) VALUES (3, 9, '2026-11-22 12:00:00')"
NEW = """
    INSERT INTO uploads (revision, batch, position, path, state, attempts, options, created_at)
    VALUES (9, 3, 0, '/n', 'unplaced', 0, '{}', '2026-11-22 12:00:00')
"""
ROW = """
    INSERT INTO uploads (id, revision, batch, position, path, entity_type, entity_id,
        entity_public_id, slot, state, attempts, size, options, plan, account, created_at)
    VALUES (:id, :id, 3, :id, :path, 'community', 1, 'CMY-456', 'photos', :state, 2, 77,
        '{"alt_text": "A room", "tags": ["sofa"], "on_duplicate": "keep"}',
        '{"public_id": "MED-1-AAAAAA", "original": "a/b/c.jpg", "variants": ["thumb"],
          "sha256": "00"}', 'USR-100', '2026-11-22 12:00:00')
"""


@pytest.fixture
def database(tmp_path):
    database = Database.file(tmp_path / "journal.db", "journal")
    with database.write() as tx:
        config = schema._config(tx, "journal")
        config.attributes["connection"] = tx
        command.upgrade(config, "journal_001")
        tx.execute(text(BATCH))
        for number, state in enumerate(("queued", "working", "done", "failed"), 5):
            tx.execute(text(ROW), {"id": number, "path": b"/x/\xff.jpg", "state": state})
    yield database
    database.close()


def test_every_row_survives(database):
    assert schema.bring_up_to_date(database, "journal")
    items = Journal(database).items()
    assert [each.id for each in items] == [5, 6, 7, 8]
    assert [each.state.value for each in items] == ["queued", "working", "done", "failed"]
    for each in items:
        assert (each.path, each.place) == ("/x/\udcff.jpg", photos(1))
        assert (each.rank, each.wish, each.crashes, each.attempts, each.size) == (0, None, 0, 2, 77)
        assert (each.options.alt_text, each.options.tags) == ("A room", ("sofa",))
        assert each.plan.keys.all == ("a/b/c.jpg", "a/b/c_thumb.jpg")
    journal = Journal(database)
    assert journal.recover() == 1
    assert [journal.claim().id for _ in range(2)] == [5, 6]
    assert journal.order_base(3, photos(1), used=0) == 9
    assert schema.bring_up_to_date(database, "journal") is False


def test_numbers_are_not_given_twice_and_batches_still_own_their_files(database):
    schema.bring_up_to_date(database, "journal")
    with database.write() as tx:
        tx.execute(text("DELETE FROM uploads WHERE id = 8"))
    journal = Journal(database)
    journal.add([], None, journal.items()[0].options, "USR-100")
    with database.write() as tx:
        tx.execute(text(NEW))
        assert tx.execute(text("SELECT max(id) FROM uploads")).scalar() == 9
        tx.execute(text("DELETE FROM batches WHERE id = 3"))
        assert tx.execute(text("SELECT count(*) FROM uploads")).scalar() == 0


def test_it_is_what_a_new_one_is(database, tmp_path):
    schema.bring_up_to_date(database, "journal")
    new = Database.file(tmp_path / "new.db", "journal")
    schema.bring_up_to_date(new, "journal")
    found = []
    for each in (database, new):
        with each.read() as tx:
            look = inspect(tx)
            found.append(
                {
                    name: (
                        [
                            (c["name"], str(c["type"]), c["nullable"])
                            for c in look.get_columns(name)
                        ],
                        sorted((i["name"], *i["column_names"]) for i in look.get_indexes(name)),
                        look.get_foreign_keys(name)[0]["options"] if name == "uploads" else None,
                    )
                    for name in JOURNAL_METADATA.tables
                }
            )
    new.close()
    assert found[0] == found[1]
