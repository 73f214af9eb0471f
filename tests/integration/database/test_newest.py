"""What others did is found on a server: our clients at once, the platform by a whole look."""

import pytest

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import newest as watched

from .test_edits import Client, fill, store  # noqa: F401  # a fixture

ADD = (
    "INSERT INTO media (public_id, filename, original_filename, media_type, content_type, "
    "file_size, storage_type, storage_path, original_url, entity_type, entity_id, uploaded_by) "
    "VALUES ('MED-9', '', '', 'IMAGE', '', 1, 's3', '', '', 'user', 1, 'U')"
)


def write(database, statement):
    with database.write() as tx:
        tx.exec_driver_sql(statement)


@pytest.fixture(params=["plain", "indexed"])
def filled(request, newest, store):  # noqa: F811
    """Four media of ours, numbered from 4; the latest was written in the year 2050."""
    if request.param == "indexed":
        write(newest, "CREATE INDEX theirs ON media (updated_at)")
    fill(newest, store, 4)
    write(newest, "UPDATE media SET updated_at = '2050-01-01' WHERE id = 7")
    return newest


def marks(database):
    with database.read() as tx:
        return watched.mark(tx), watched.mark(tx, whole=True)


def since(database, mark):
    with database.read() as tx:
        return watched.since(tx, mark)


def test_what_the_platform_adds_is_found_by_a_quick_look(filled):
    quick, whole = marks(filled)
    assert whole.is_whole and not quick.is_whole
    write(filled, ADD)
    for mark in (quick, whole):
        found = since(filled, mark)
        assert (found.ids, found.removed, found.everything) == ({8}, set(), False)
        assert not since(filled, found.mark)


def test_what_the_platform_writes_is_found_by_whatever_clock(filled):
    quick, whole = marks(filled)
    # Long before the latest, in the same second as the latest, and at no time at all.
    for at in ("NOW()", "'1999-01-01'", "'2050-01-01'", "NULL"):
        write(filled, f"UPDATE media SET alt_text = 'theirs', updated_at = {at} WHERE id = 5")
        assert not since(filled, quick)
        found = since(filled, whole)
        assert (found.ids, found.removed, found.everything) == ({5}, set(), False)
        assert not since(filled, found.mark)
        whole = found.mark


def test_what_the_platform_writes_among_many_is_found(filled, monkeypatch):
    monkeypatch.setattr(watched, "_GROUPS", 2)
    _, whole = marks(filled)
    write(filled, "UPDATE media SET updated_at = NOW() WHERE id = 5")
    found = since(filled, whole)
    assert 5 in found.ids and not found.everything
    monkeypatch.setattr(watched, "_MOST", 1)
    assert since(filled, whole).everything


def test_what_the_platform_removes_is_noticed(filled, store):  # noqa: F811
    client = Client(filled, store)
    quick, whole = marks(filled)
    write(filled, "DELETE FROM media WHERE id = 5")
    assert not since(filled, quick)
    assert since(filled, whole).everything
    # Neither what comes and goes meanwhile hides it, nor what comes back.
    (came,) = fill_one(filled)
    client.trash.delete([came])
    assert since(filled, whole).everything
    _, whole = marks(filled)
    client.undoing.undo()
    write(filled, "DELETE FROM media WHERE id = 6")
    assert since(filled, whole).everything


def fill_one(database):
    write(database, ADD)
    return ["MED-9"]


def test_what_another_client_does_is_found_at_once(newest, store):  # noqa: F811
    ids = fill(newest, store, 3)
    other = Client(newest, store)
    with newest.read() as tx:
        quick, whole = watched.mark(tx), watched.mark(tx, whole=True)
    change = other.trash.delete(ids[:1])
    for mark in (quick, whole):
        with newest.read() as tx:
            found = watched.since(tx, mark)
        assert len(found.removed) == 1 and not found.everything
        assert found.entities == change.entities
    with newest.read() as tx:
        assert not watched.since(tx, quick.and_seen([change.id]))


def test_what_the_platform_wrote_of_what_is_in_view_is_found_at_once(filled):
    with filled.read() as tx:
        seen = {each.id: each.updated_at for each in rows.by_ids(tx, [4, 5, 6]).values()}
        assert watched.among(tx, seen) == (set(), set())
    write(filled, "UPDATE media SET caption = 'Theirs', updated_at = '1999-01-01' WHERE id = 5")
    write(filled, "UPDATE media SET updated_at = NULL WHERE id = 7")
    write(filled, "DELETE FROM media WHERE id = 6")
    with filled.read() as tx:
        assert watched.among(tx, seen) == ({5}, {6})
