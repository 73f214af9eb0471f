"""Edits, roles, undo and sums on real servers, in every age of the platform's table."""

import threading
from hashlib import sha256

import pytest

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import media_edits, rights, schema
from artitec_media_desktop.domain.edits import UNTOUCHED, MediaEdit
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.errors import MediaError, Permanent
from artitec_media_desktop.domain.media import Media, MediaType
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.analytics import AnalyticsService
from artitec_media_desktop.services.editing import EditService
from artitec_media_desktop.services.purging import PurgeService
from artitec_media_desktop.services.relocating import Relocating
from artitec_media_desktop.services.trash import TrashService
from artitec_media_desktop.services.undoing import UndoService
from artitec_media_desktop.storage import LocalStore, Payload
from tests.integration.database.interleaving import patiently

WILLOW = EntityRef(EntityType.COMMUNITY, 1)


class Client:
    """One signed-in person's services over a connection of their own."""

    def __init__(self, database, store, name="Ada"):
        account = Account(f"USR-{name}", name, Role.ADMIN)
        access, relocating = Access(database, lambda: account), Relocating(database, store)
        self.database, self.access, self.relocating = database, access, relocating
        self.editing = EditService(database, store, access, relocating)
        self.undoing = UndoService(database, access, relocating)
        self.trash = TrashService(database, access, relocating)
        self.purging = PurgeService(database, store, access, relocating)
        self.analytics = AnalyticsService(database)


@pytest.fixture
def store(tmp_path):
    return LocalStore(tmp_path / "uploads")


def fill(database, store, count):
    ids = []
    for number in range(count):
        key = f"communities/photos/CMY-456/2026-11/photo-{number}.jpg"
        data = key.encode()
        store.put(key, Payload(data, len(data), sha256(data).hexdigest(), "image/jpeg"))
        media = Media(
            id=0, public_id=f"MED-{number}-AAAAAA", filename=f"photo-{number}.jpg",
            original_filename="p.jpg", media_type=MediaType.IMAGE, content_type="image/jpeg",
            file_size=len(data), storage_path=key, original_url=key, entity_type="community",
            entity_id=1, entity_field="gallery", uploaded_by="USR-100", sort_order=number,
        )  # fmt: skip
        with database.write() as tx:
            ids.append(rows.add(tx, media).public_id)
    return ids


def primaries(database):
    with database.read() as tx:
        return [each.public_id for each in media_edits.primaries(tx, WILLOW, "gallery")]


def all_rows(platform):
    names = [row[0] for row in platform.query("SHOW COLUMNS FROM media")]
    kept = ", ".join(f"`{name}`" for name in names if name != "updated_at")
    return platform.query(f"SELECT {kept} FROM media ORDER BY id")


def test_there_and_back_on_every_age(platform, store):
    database = platform.open()
    try:
        with database.read() as tx:
            schema._upgrade(tx, "library")
        database.look_again()
        client = Client(database, store)
        ids = fill(database, store, 3)
        before, keys = all_rows(platform), [each.key for each in store.list()]
        wanted = MediaEdit(caption="é 🏡", alt_text="a", sort_order=9)
        assert client.editing.edit(ids, wanted).failed == ()
        client.editing.reorder(WILLOW, "gallery", [ids[0]], None)
        has_tags = bool(platform.query("SHOW COLUMNS FROM media LIKE 'tags'"))
        mixed = client.editing.edit(ids, MediaEdit(caption="x", tags=("t",), is_primary=False))
        assert {each.error.code for each in mixed.failed} == (set() if has_tags else {"no_column"})
        if has_tags:
            client.editing.edit([ids[1]], MediaEdit(is_primary=True))
            assert primaries(database) == [ids[1]]
        else:
            with pytest.raises(Permanent) as info:
                client.editing.edit(ids, MediaEdit(is_primary=True))
            assert info.value.code == "no_column"
        client.editing.edit([ids[1]], MediaEdit(slot="cover"))
        client.trash.delete([ids[2], ids[0]])
        while client.undoing.last() is not None:
            assert client.undoing.undo().failed == ()
        assert all_rows(platform) == before
        assert [each.key for each in store.list()] == keys
        found = client.analytics.run()
        ((count, size),) = platform.query("SELECT COUNT(*), SUM(file_size) FROM media")
        assert (found.total_files, found.total_bytes) == (count, size)
        for groups in (found.by_entity_and_type, found.by_month, found.by_status):
            assert sum(each.count for each in groups) == count
        willow = client.analytics.run(EntityType.COMMUNITY)
        assert {each.key[0] for each in willow.by_entity_and_type} == {"community"}
        assert len(client.analytics.largest()) == count
        client.trash.delete(ids)
        assert len(client.purging.purge(public_ids=ids).media) == 3
        assert list(store.list()) == []
    finally:
        database.close()


def test_whoever_races_for_the_primary_role_there_is_one(platform_of, store):
    platform = platform_of("newest")
    newest = platform.open()
    schema.bring_up_to_date(newest, "library")
    ids = fill(newest, store, 6)
    clients = [Client(newest, store, name) for name in ("Ada", "Bob", "Cid")]
    errors = []

    def work(number):
        client = clients[number]
        try:
            for turn in range(12):
                mine = ids[number * 2 + turn % 2]
                match turn % 4:
                    case 0 | 1:
                        patiently(client.editing.edit, [mine], MediaEdit(is_primary=True))
                    case 2:
                        patiently(client.trash.delete, [mine])
                        patiently(client.trash.restore, [mine])
                    case 3:
                        words = MediaEdit(is_primary=True, caption=str(turn))
                        patiently(client.editing.edit, [mine], words)
        except MediaError as error:
            errors.append(error)

    def watch():
        while not done.is_set():
            (found,) = platform.query("SELECT COUNT(*) FROM media WHERE is_primary")
            seen.append(found[0])

    seen, done = [], threading.Event()
    watcher = threading.Thread(target=watch)
    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    watcher.start()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    done.set()
    watcher.join()
    assert errors == []
    assert set(seen) <= {0, 1}
    assert len(primaries(newest)) == 1
    newest.close()


def test_an_uploaders_account_of_the_database_can_edit_words_and_undo(platform_of, store):
    platform = platform_of("newest")
    root = platform.open()
    schema.bring_up_to_date(root, "library")
    ids = fill(root, store, 2)
    root.close()
    found = rights.statements("uploader", platform.name, "words_only")
    for each in (*found, rights.of_posts(platform.name, "words_only")):
        platform.query(each)
    platform.query("ALTER USER words_only IDENTIFIED BY '' REQUIRE NONE ACCOUNT UNLOCK")
    database = platform.open("words_only")
    try:
        client, before = Client(database, store), primaries(database)
        client.editing.edit(ids, MediaEdit(caption="c", tags=("t",), is_primary=UNTOUCHED))
        client.editing.edit(ids[:1], MediaEdit(is_primary=True))
        client.editing.edit(ids[1:], MediaEdit(is_primary=True))
        client.editing.reorder(WILLOW, "gallery", [ids[1]], ids[0])
        assert primaries(database) == [ids[1]]
        for _ in range(4):
            assert client.undoing.undo().failed == ()
        assert primaries(database) == before
    finally:
        database.close()
