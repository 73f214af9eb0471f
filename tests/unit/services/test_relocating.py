"""Decisions move objects: nothing is public that should not be, and no row names what is gone."""

from dataclasses import replace

import pytest

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.errors import NotFound, Permanent, Transient
from artitec_media_desktop.services.relocating import STEPS
from tests.rulings import ruled
from tests.unit.services.conftest import objects
from tests.unit.services.relocations import (
    NOW,
    Client,
    Crash,
    S,
    Store,
    expect_area,
    intents,
    named,
    row,
)


@pytest.fixture
def client(library):
    return Client(library)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _seconds: None)


def test_what_waits_for_moderation_is_private_from_the_start(library, client, post_id):
    expect_area(library, post_id, private=True)
    folder = library.home.objects
    assert [each for each in folder.rglob("*.jpg") if ".incoming" not in each.parts] == []
    client.moderation.decide([post_id], ruled(S.APPROVED))
    expect_area(library, post_id, private=False)
    assert row(library, post_id).storage_path.startswith("posts/photos/PST-1/")


@pytest.mark.parametrize("status", [S.REJECTED, S.FLAGGED, S.PENDING])
def test_there_and_back(library, client, photo_id, status):
    before, content = row(library, photo_id), objects(library)
    change = client.moderation.decide([photo_id], ruled(status))
    assert (change.public_ids, change.failed) == ((photo_id,), ())
    expect_area(library, photo_id, private=True)
    after = row(library, photo_id)
    assert (after.moderation_status, after.is_approved) == (status, False)
    client.moderation.decide([photo_id], ruled(S.APPROVED))
    expect_area(library, photo_id, private=False)
    assert objects(library) == content
    assert replace(row(library, photo_id), updated_at=before.updated_at) == before


def test_only_what_is_approved_and_published_is_open(library, client, photo_id):
    client.editing.edit([photo_id], MediaEdit(is_public=False))
    expect_area(library, photo_id, private=True)
    client.moderation.decide([photo_id], ruled(S.REJECTED))
    client.editing.edit([photo_id], MediaEdit(is_public=True))
    expect_area(library, photo_id, private=True)
    client.moderation.decide([photo_id], ruled(S.APPROVED))
    expect_area(library, photo_id, private=False)
    history = [each.kind.value for each in library.library.history(row(library, photo_id))]
    assert history == ["uploaded", "edited", "moderated", "edited", "moderated"]


def test_where_the_area_stays_nothing_is_touched(library, post_id):
    store = Store(library.store)
    client = Client(library, store=store)
    client.at["intended"] = lambda: pytest.fail("an intent was written")
    client.moderation.decide([post_id], ruled(S.REJECTED))
    client.trash.delete([post_id])
    client.trash.restore([post_id])
    assert store.calls == []
    expect_area(library, post_id, private=True)


def test_what_is_deleted_is_private_until_it_comes_back(library, client, photo_id):
    client.trash.delete([photo_id])
    expect_area(library, photo_id, private=True)
    client.trash.restore([photo_id])
    expect_area(library, photo_id, private=False)


def acts(client, public_id):
    return {
        "reject": lambda: client.moderation.decide([public_id], ruled(S.REJECTED)),
        "unpublish": lambda: client.editing.edit([public_id], MediaEdit(is_public=False)),
        "delete": lambda: client.trash.delete([public_id]),
        "approve": lambda: client.moderation.decide([public_id], ruled(S.APPROVED)),
        "restore": lambda: client.trash.restore([public_id]),
    }


@pytest.mark.parametrize("act", ["reject", "unpublish", "delete", "approve", "restore"])
@pytest.mark.parametrize("step", STEPS)
def test_a_crash_anywhere_is_settled_by_the_next_client(library, client, photo_id, act, step):
    opening = act in ("approve", "restore")
    if opening:
        acts(client, photo_id)["reject" if act == "approve" else "delete"]()
    client.crashes_at(step)
    with pytest.raises(Crash):
        acts(client, photo_id)[act]()
    assert named(row(library, photo_id)) <= set(objects(library))
    assert intents(library) == [photo_id]
    other = Client(library)
    assert other.relocating.recover() == 0, "it may still be under way"
    assert other.relocating.recover(NOW) == 1
    written = step in ("saved", "removed")
    expect_area(library, photo_id, private=written != opening)
    assert other.relocating.recover(NOW) == 0
    if not written:
        acts(other, photo_id)[act]()
        expect_area(library, photo_id, private=not opening)


@pytest.mark.parametrize("step", STEPS)
def test_a_recovery_that_crashes_too(library, client, photo_id, step):
    client.crashes_at(step)
    with pytest.raises(Crash):
        client.moderation.decide([photo_id], ruled(S.REJECTED))
    second = Client(library)
    second.crashes_at("removed")
    with pytest.raises(Crash):
        second.relocating.recover(NOW)
    assert Client(library).relocating.recover(NOW) == 1
    expect_area(library, photo_id, private=step in ("saved", "removed"))


def test_a_copy_that_fails_changes_nothing(library, photo_id):
    store = Store(library.store)
    client, before = Client(library, store=store), row(library, photo_id)
    store.failing["copy"] = 99
    store.calls.clear()
    with pytest.raises(Transient, match="does not answer"):
        client.moderation.decide([photo_id], ruled(S.REJECTED))
    assert row(library, photo_id) == before
    expect_area(library, photo_id, private=False)


def test_a_copy_that_fails_halfway_is_taken_back_later_where_it_has_to(library, photo_id):
    class Gone(Store):
        def __getattr__(self, name):
            inner = super().__getattr__(name)
            if name != "copy":
                return inner

            def copy(source, target):
                if "_medium" in source:
                    self.failing |= {"move": 99, "delete": 99}
                    raise self.error
                inner(source, target)

            return copy

    client = Client(library, store=Gone(library.store))
    with pytest.raises(Transient):
        client.moderation.decide([photo_id], ruled(S.REJECTED))
    assert any(key.startswith("private/") for key in objects(library))
    assert Client(library).relocating.recover() == 1, "the client let go of it"
    expect_area(library, photo_id, private=False)


def test_a_passing_fault_while_removing_is_waited_for(library, photo_id):
    store = Store(library.store)
    store.failing["move"] = 2
    Client(library, store=store).moderation.decide([photo_id], ruled(S.REJECTED))
    expect_area(library, photo_id, private=True)


@pytest.mark.parametrize("error", [Transient, Permanent])
def test_what_is_still_public_is_never_called_done(library, photo_id, error):
    store = Store(library.store, error("refused", "The storage refused it."))
    store.failing["move"] = 99
    with pytest.raises(error) as caught:
        Client(library, store=store).moderation.decide([photo_id], ruled(S.REJECTED))
    assert caught.value.code == "old_copy_left"
    assert "still at its former address" in caught.value.message
    assert row(library, photo_id).moderation_status is S.REJECTED
    assert any(not key.startswith("private/") for key in objects(library))
    # The next client that recovers finishes the work at once.
    assert Client(library).relocating.recover() == 1
    expect_area(library, photo_id, private=True)


def test_a_missing_object_does_not_stop_a_decision(library, client, photo_id):
    before = row(library, photo_id)
    library.store.delete(before.medium_url)
    client.moderation.decide([photo_id], ruled(S.REJECTED))
    after = row(library, photo_id)
    assert after.medium_url == before.medium_url
    assert after.storage_path == f"private/{before.storage_path}"
    assert set(objects(library)) == named(after) - {before.medium_url}
    client.moderation.decide([photo_id], ruled(S.APPROVED))
    assert replace(row(library, photo_id), updated_at=before.updated_at) == before


def test_a_link_has_nothing_to_move(library, client, photo_id):
    link = replace(
        row(library, photo_id), id=0, public_id="MED-1700000000-LINKKK",
        content_type="video/embed", storage_path="", original_url="https://video.example/1",
        thumbnail_url=None, medium_url=None, large_url=None, metadata={},
    )  # fmt: skip
    with library.database.write() as tx:
        rows.add(tx, link)
    client.moderation.decide([link.public_id], ruled(S.REJECTED))
    after = row(library, link.public_id)
    assert (after.original_url, after.moderation_status) == (link.original_url, S.REJECTED)
    expect_area(library, photo_id, private=False)


def test_each_of_a_batch_by_itself(library, client, photo_id, post_id):
    change = client.moderation.decide([photo_id, "MED-1-AAAAAA", post_id], ruled(S.REJECTED))
    assert change.public_ids == (photo_id, post_id)
    assert [(each.public_id, each.error.code) for each in change.failed] == [
        ("MED-1-AAAAAA", "no_media")
    ]
    stored = [library.library.history(row(library, each))[-1] for each in (photo_id, post_id)]
    assert {each.id for each in stored} == {change.id}
    with pytest.raises(NotFound):
        client.moderation.decide(["MED-1-AAAAAA", "MED-1-AAAAAB"], ruled(S.REJECTED))
