"""Several clients, the platform and other rows at the same media: the row decides."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import moves
from artitec_media_desktop.database.mysql_faults import unknown
from artitec_media_desktop.domain.errors import Conflict, Transient
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.services.relocating import STEPS
from artitec_media_desktop.services.settling import Settling
from tests.rulings import ruled
from tests.unit.services.conftest import PHOTOS, objects
from tests.unit.services.relocations import (
    NOW,
    Client,
    Crash,
    S,
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


def test_a_decision_on_another_status_than_was_seen(library, client, photo_id):
    Client(library, "Ada Admin").moderation.decide([photo_id], ruled(S.REJECTED))
    with pytest.raises(Conflict, match=r"a\.jpg.*was set to rejected by USR-Ada"):
        client.moderation.decide([photo_id], ruled(S.FLAGGED), {photo_id: S.APPROVED})
    client.moderation.decide([photo_id], ruled(S.FLAGGED), {photo_id: S.REJECTED})
    with library.database.write() as tx:
        rows.change(tx, photo_id, {"moderation_status": S.PENDING})
    with pytest.raises(Conflict, match="was set to pending on the platform"):
        client.moderation.decide([photo_id], ruled(S.APPROVED), {photo_id: S.FLAGGED})


def test_somebody_else_decides_while_objects_are_copied(library, client, post_id):
    other = Client(library)
    busy = []

    def decide():
        with pytest.raises(Transient) as caught:
            other.moderation.decide([post_id], ruled(S.REJECTED))
        busy.append(caught.value.code)

    client.at["copied"] = decide
    client.moderation.decide([post_id], ruled(S.APPROVED))
    assert busy == ["moving"]
    expect_area(library, post_id, private=False)


@pytest.mark.parametrize("step", ["intended", "copied"])
def test_the_platform_changes_the_row_while_objects_are_copied(library, client, post_id, step):
    def change():
        with library.database.write() as tx:
            rows.change(tx, post_id, {"moderation_status": S.REJECTED})

    client.at[step] = change
    with pytest.raises(Conflict, match="was set to rejected on the platform"):
        client.moderation.decide([post_id], ruled(S.APPROVED))
    assert row(library, post_id).moderation_status is S.REJECTED
    expect_area(library, post_id, private=True)


@pytest.mark.parametrize("step", ["intended", "copied"])
def test_a_client_that_slept_too_long_does_nothing_any_more(library, client, post_id, step):
    other = Client(library)

    def relieve():
        client.at.clear()
        assert other.relocating.recover(NOW) == 1
        other.moderation.decide([post_id], ruled(S.REJECTED))

    client.at[step] = relieve
    with pytest.raises(Conflict):
        client.moderation.decide([post_id], ruled(S.APPROVED))
    expect_area(library, post_id, private=True)


@pytest.mark.parametrize("step", ["intended", "copied"])
def test_a_client_that_was_only_relieved_begins_anew(library, client, post_id, step):
    def relieve():
        client.at.clear()
        assert Client(library).relocating.recover(NOW) == 1

    client.at[step] = relieve
    client.moderation.decide([post_id], ruled(S.APPROVED))
    expect_area(library, post_id, private=False)


def test_a_client_that_was_relieved_touches_nothing_while_another_moves_it(library, photo_id):
    client, other = Client(library), Client(library)
    client.crashes_at("saved")
    with pytest.raises(Crash):
        client.moderation.decide([photo_id], ruled(S.REJECTED))
    with library.database.write() as tx:
        mine = moves.find(tx, photo_id)
    other.relocating.recover(NOW)
    said = []
    settling = Settling(library.database, library.store, lambda _step: None)
    other.at["copied"] = lambda: said.append(settling.finish(mine))
    other.moderation.decide([photo_id], ruled(S.APPROVED))
    assert [each.code for each in said] == ["old_copy_left"]
    expect_area(library, photo_id, private=False)


def test_a_client_that_slept_too_long_removes_nothing_that_is_in_use_again(library, photo_id):
    client, other = Client(library), Client(library)

    def relieve():
        client.at.clear()
        assert other.relocating.recover(NOW) == 1
        other.moderation.decide([photo_id], ruled(S.APPROVED))

    client.at["saved"] = relieve
    client.moderation.decide([photo_id], ruled(S.REJECTED))
    expect_area(library, photo_id, private=False)


@pytest.mark.parametrize("step", STEPS)
def test_the_row_is_gone(library, client, photo_id, step):
    client.crashes_at(step)
    with pytest.raises(Crash):
        client.moderation.decide([photo_id], ruled(S.REJECTED))
    with library.database.write() as tx:
        rows.remove(tx, [rows.by_public_id(tx, photo_id).id])
    assert Client(library).relocating.recover(NOW) == 1
    assert objects(library) == {}


def test_an_object_of_somebody_else_at_the_new_key(library, client, photo_id, photo):
    key = f"private/{row(library, photo_id).storage_path}"
    other = library.library.media(photo_id).thumbnail_url
    library.store.copy(other, key)
    with pytest.raises(Conflict):
        client.moderation.decide([photo_id], ruled(S.REJECTED))
    assert library.store.get(key) == library.store.get(other)
    assert row(library, photo_id).moderation_status is S.APPROVED
    assert intents(library) == []


def test_an_object_that_two_rows_name_stays_for_the_other(library, client, photo_id):
    one = row(library, photo_id)
    twin = replace(one, id=0, public_id="MED-1700000000-TWINNN", entity_field="cover")
    with library.database.write() as tx:
        rows.add(tx, twin)
    client.moderation.decide([photo_id], ruled(S.REJECTED))
    assert named(row(library, photo_id)) | named(twin) == set(objects(library))
    client.moderation.decide([twin.public_id], ruled(S.REJECTED))
    assert named(row(library, twin.public_id)) == named(row(library, photo_id))
    assert set(objects(library)) == named(row(library, photo_id))


def test_an_object_that_two_rows_name_stays_where_a_move_is_taken_back(library, client, photo_id):
    one = row(library, photo_id)
    twin = replace(one, id=0, public_id="MED-1700000000-TWINNN", entity_field="cover")
    with library.database.write() as tx:
        rows.add(tx, twin)
    client.moderation.decide([twin.public_id], ruled(S.REJECTED))
    before = objects(library)
    client.crashes_at("copied")
    with pytest.raises(Crash):
        client.moderation.decide([photo_id], ruled(S.REJECTED))
    assert Client(library).relocating.recover(NOW) == 1
    assert objects(library) == before
    assert named(row(library, twin.public_id)) | named(row(library, photo_id)) == set(before)


@pytest.mark.parametrize("landed", [True, False])
@pytest.mark.parametrize("which", ["photo_id", "post_id"])
def test_the_answer_to_the_commit_is_lost(library, client, request, monkeypatch, which, landed):
    public_id = request.getfixturevalue(which)
    real, lost = library.database.write, []

    @contextmanager
    def write():
        """Lose the answer to the transaction that writes the row."""
        with real() as tx:
            yield tx
            mine = rows.by_public_id(tx, public_id)
            if lost or mine.moderation_status is not S.REJECTED:
                return
            lost.append(tx)
            if not landed:
                raise unknown("test")
        raise unknown("test")

    monkeypatch.setattr(library.database, "write", write)
    change = client.moderation.decide([public_id], ruled(S.REJECTED))
    assert lost
    assert change.public_ids == (public_id,)
    expect_area(library, public_id, private=True)
    kinds = [each.kind.value for each in library.library.history(row(library, public_id))]
    assert kinds == ["uploaded", "moderated"]


def test_a_replay_after_a_deletion_adds_nothing(library, upload, photo, monkeypatch):
    def crash(name):
        if name == "committed":
            raise Crash

    monkeypatch.setattr(library, "step", crash)
    with pytest.raises(Crash):
        upload([photo("a.jpg")])
    monkeypatch.undo()
    item = library.uploads.items()[0]
    library.trash.delete([item.plan.public_id])
    library.uploads.recover()
    assert upload([photo("b.jpg", hue=50)])[0].state == "done"
    replayed = next(each for each in library.uploads.items() if each.id == item.id)
    assert replayed.media_public_id == item.plan.public_id
    assert library.library.page(MediaQuery()).total == 1
    expect_area(library, item.plan.public_id, private=True)


def test_the_uploader_is_who_dropped_the_file(library, photo):
    dropper = library.account.user_id
    batch = library.uploads.drop([photo("a.jpg")], library.library.target(PHOTOS))
    item = library.uploads.claim()
    library.account = replace(library.account, user_id="USR-OTHER")
    assert library.uploads.claim() is None
    library.uploads.work_on(item, Unwatched(), lambda _progress: None)
    media = library.library.media(library.uploads.items(batch)[0].media_public_id)
    assert media.uploaded_by == dropper
    assert library.library.history(media)[0].account == dropper
