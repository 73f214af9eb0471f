"""Decisions on the rows of every age of the platform's database."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import moves, schema
from artitec_media_desktop.database.moves import Move
from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.errors import Conflict
from artitec_media_desktop.domain.media import Media, MediaType, ModerationStatus
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.editing import EditService
from artitec_media_desktop.services.moderation import ModerationService
from artitec_media_desktop.services.relocating import Relocating
from artitec_media_desktop.services.trash import TrashService
from artitec_media_desktop.storage import LocalStore, Payload
from tests.rulings import ruled

S = ModerationStatus
KEY = "communities/photos/CMY-456/2026-11/photo-1.jpg"


@pytest.fixture
def database(platform):
    database = platform.open()
    schema.bring_up_to_date(database, "library")
    yield database
    database.close()


@pytest.fixture
def services(database, tmp_path):
    store = LocalStore(tmp_path / "uploads")
    store.put(KEY, Payload(b"x", 1, sha256(b"x").hexdigest(), "image/jpeg"))
    account = Account("USR-100", "Ada Admin", Role.ADMIN)
    access, relocating = Access(database, lambda: account), Relocating(database, store)
    moderation, trash = (
        each(database, access, relocating) for each in (ModerationService, TrashService)
    )
    return store, moderation, EditService(database, store, access, relocating), trash


def test_there_and_back_on_every_age(database, services):
    store, moderation, editing, trash = services
    media = Media(
        id=0, public_id="MED-1-AAAAAA", filename="photo-1.jpg", original_filename="p.jpg",
        media_type=MediaType.IMAGE, content_type="image/jpeg", file_size=1, storage_path=KEY,
        original_url=KEY, entity_type="community", entity_id=1, entity_field="gallery",
        uploaded_by="USR-100",
    )  # fmt: skip
    with database.write() as tx:
        rows.add(tx, media)
        added = rows.by_public_id(tx, media.public_id)
    ids = [media.public_id]

    def keys():
        return [each.key for each in store.list()]

    for there, back in (
        (lambda: moderation.decide(ids, ruled(S.REJECTED), {ids[0]: S.APPROVED}),
         lambda: moderation.decide(ids, ruled(S.APPROVED), {ids[0]: S.REJECTED})),
        (lambda: editing.edit(ids, MediaEdit(is_public=False)),
         lambda: editing.edit(ids, MediaEdit(is_public=True))),
        (lambda: trash.delete(ids), lambda: trash.restore(ids)),
    ):  # fmt: skip
        there()
        assert keys() == [f"private/{KEY}"]
        back()
        assert keys() == [KEY]
    with pytest.raises(Conflict, match="was set to approved by"):
        moderation.decide(ids, ruled(S.FLAGGED), {ids[0]: S.REJECTED})
    with database.read() as tx:
        after = rows.by_public_id(tx, media.public_id)
    assert replace(after, updated_at=added.updated_at) == added


def test_two_clients_never_hold_the_same_move(database, platform):
    wanted = Move("MED-1-AAAAAA", (("a", "private/a"),), "USR-100")
    with database.write() as tx:
        begun = moves.begin(tx, wanted)
    with database.read() as tx:
        assert moves.older_than(tx, timedelta(minutes=1)) == []
        assert moves.older_than(tx, timedelta(0)) == [begun]
    other = platform.open()
    try:
        with other.write() as tx:
            assert moves.begin(tx, wanted) is None
            taken = moves.take(tx, begun)
        with database.write() as tx:
            assert not moves.is_held(tx, begun)
            assert moves.is_held(tx, taken)
    finally:
        other.close()
