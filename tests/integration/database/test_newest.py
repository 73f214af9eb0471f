"""What others did is found on a server: our clients at once, the platform by a whole look."""

from artitec_media_desktop.database import newest as watched

from .test_edits import Client, fill, store  # noqa: F401  # a fixture


def test_what_the_platform_adds_writes_and_removes(newest, store, platform_of):  # noqa: F811
    ids = fill(newest, store, 4)
    with newest.read() as tx:
        quick, whole = watched.mark(tx), watched.mark(tx, whole=True)
    assert whole.is_whole and not quick.is_whole
    with newest.write() as tx:
        tx.exec_driver_sql(
            "UPDATE media SET alt_text = 'theirs', updated_at = NOW() + INTERVAL 1 HOUR "
            f"WHERE public_id = '{ids[0]}'"
        )
    with newest.read() as tx:
        assert not watched.since(tx, quick)
        found = watched.since(tx, whole)
    assert len(found.ids) >= 1 and not found.everything
    with newest.write() as tx:
        tx.exec_driver_sql(f"DELETE FROM media WHERE public_id = '{ids[1]}'")
    with newest.read() as tx:
        assert watched.since(tx, found.mark).everything


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
