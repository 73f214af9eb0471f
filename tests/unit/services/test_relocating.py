"""Decisions move objects: nothing is public that should not be, and no row names what is gone."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import moves, trash
from artitec_media_desktop.database.mysql_faults import unknown
from artitec_media_desktop.database.tables import MEDIA_MOVES
from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.errors import Conflict, NotFound, Permanent, Transient
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.editing import EditService
from artitec_media_desktop.services.moderation import ModerationService
from artitec_media_desktop.services.relocating import STEPS, Relocating
from artitec_media_desktop.services.settling import Settling
from artitec_media_desktop.services.trash import TrashService
from tests.unit.services.conftest import PHOTOS, objects

S = ModerationStatus
NOW = timedelta(0)


class Crash(BaseException):
    """What a killed process does: nothing more."""


class Client:
    """One signed-in person's services; ``at[step]`` is called when a move comes to that step."""

    def __init__(self, library, name="Mia Moderator", store=None):
        self.library = library
        self.at = {}
        account = Account(f"USR-{name[:3]}", name, Role.ADMIN)
        access = Access(library.database, lambda: account)
        store = store or library.store
        self.relocating = Relocating(
            library.database, store, lambda name: self.at.get(name, lambda: None)()
        )
        parts = library.database, access, self.relocating
        self.moderation = ModerationService(*parts)
        self.editing = EditService(library.database, store, access, self.relocating)
        self.trash = TrashService(*parts)

    def crashes_at(self, step):
        def crash():
            raise Crash

        self.at[step] = crash


class Store:
    """The library's store, of which some calls fail: ``failing["copy"] = 2`` fails twice."""

    def __init__(self, inner, error=None):
        self._inner = inner
        self.failing = {}
        self.calls = []
        self.error = error or Transient("network", "The storage does not answer.")

    def __getattr__(self, name):
        inner = getattr(self._inner, name)
        if name not in ("copy", "move", "delete", "put"):
            return inner

        def call(*arguments):
            self.calls.append((name, *arguments))
            if self.failing.get(name, 0) > 0:
                self.failing[name] -= 1
                raise self.error
            return inner(*arguments)

        return call


@pytest.fixture
def client(library):
    return Client(library)


@pytest.fixture
def photo_id(upload, photo):
    return upload([photo("a.jpg", size=(1000, 700))])[0].media_public_id


@pytest.fixture
def post_id(upload, photo):
    return upload([photo("p.jpg", hue=40)], "post:PST-1/media")[0].media_public_id


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _seconds: None)


def intents(library):
    with library.database.read() as tx:
        return list(tx.execute(select(MEDIA_MOVES.c.public_id)).scalars())


def row(library, public_id):
    """Live or deleted."""
    with library.database.read() as tx:
        live = rows.by_public_id(tx, public_id)
        return live or trash.get(tx, public_id).media


def named(media):
    """Every key and address of a row; in a folder an address is a key."""
    variants = [each["key"] for each in media.metadata["variants"].values()]
    columns = (media.original_url, media.thumbnail_url, media.medium_url, media.large_url)
    return {media.storage_path, media.small_url, *columns, *variants} - {None}


def expect_area(library, public_id, private):
    """All that the row names is there and in that area, and nothing else is anywhere."""
    names = named(row(library, public_id))
    assert {name.startswith("private/") for name in names} == {private}
    stems = {name.removeprefix("private/") for name in names}
    mine = {key for key in objects(library) if key.removeprefix("private/") in stems}
    assert mine == names
    assert len(mine) >= 2
    assert library.check.run().is_clean
    assert intents(library) == []


def test_what_waits_for_moderation_is_private_from_the_start(library, client, post_id):
    expect_area(library, post_id, private=True)
    folder = library.home.objects
    assert [each for each in folder.rglob("*.jpg") if ".incoming" not in each.parts] == []
    client.moderation.decide([post_id], S.APPROVED)
    expect_area(library, post_id, private=False)
    assert row(library, post_id).storage_path.startswith("posts/photos/PST-1/")


@pytest.mark.parametrize("status", [S.REJECTED, S.FLAGGED, S.PENDING])
def test_there_and_back(library, client, photo_id, status):
    before, content = row(library, photo_id), objects(library)
    change = client.moderation.decide([photo_id], status)
    assert (change.public_ids, change.failed) == ((photo_id,), ())
    expect_area(library, photo_id, private=True)
    after = row(library, photo_id)
    assert (after.moderation_status, after.is_approved) == (status, False)
    client.moderation.decide([photo_id], S.APPROVED)
    expect_area(library, photo_id, private=False)
    assert objects(library) == content
    assert replace(row(library, photo_id), updated_at=before.updated_at) == before


def test_only_what_is_approved_and_published_is_open(library, client, photo_id):
    client.editing.edit([photo_id], MediaEdit(is_public=False))
    expect_area(library, photo_id, private=True)
    client.moderation.decide([photo_id], S.REJECTED)
    client.editing.edit([photo_id], MediaEdit(is_public=True))
    expect_area(library, photo_id, private=True)
    client.moderation.decide([photo_id], S.APPROVED)
    expect_area(library, photo_id, private=False)
    history = [each.kind.value for each in library.library.history(row(library, photo_id))]
    assert history == ["uploaded", "edited", "moderated", "edited", "moderated"]


def test_where_the_area_stays_nothing_is_touched(library, post_id):
    store = Store(library.store)
    client = Client(library, store=store)
    client.at["intended"] = lambda: pytest.fail("an intent was written")
    client.moderation.decide([post_id], S.REJECTED)
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
        "reject": lambda: client.moderation.decide([public_id], S.REJECTED),
        "unpublish": lambda: client.editing.edit([public_id], MediaEdit(is_public=False)),
        "delete": lambda: client.trash.delete([public_id]),
        "approve": lambda: client.moderation.decide([public_id], S.APPROVED),
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
        client.moderation.decide([photo_id], S.REJECTED)
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
        client.moderation.decide([photo_id], S.REJECTED)
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
        client.moderation.decide([photo_id], S.REJECTED)
    assert any(key.startswith("private/") for key in objects(library))
    assert Client(library).relocating.recover() == 1, "the client let go of it"
    expect_area(library, photo_id, private=False)


def test_a_passing_fault_while_removing_is_waited_for(library, photo_id):
    store = Store(library.store)
    store.failing["move"] = 2
    Client(library, store=store).moderation.decide([photo_id], S.REJECTED)
    expect_area(library, photo_id, private=True)


@pytest.mark.parametrize("error", [Transient, Permanent])
def test_what_is_still_public_is_never_called_done(library, photo_id, error):
    store = Store(library.store, error("refused", "The storage refused it."))
    store.failing["move"] = 99
    with pytest.raises(error) as caught:
        Client(library, store=store).moderation.decide([photo_id], S.REJECTED)
    assert caught.value.code == "old_copy_left"
    assert "still at its former address" in caught.value.message
    assert row(library, photo_id).moderation_status is S.REJECTED
    assert any(not key.startswith("private/") for key in objects(library))
    # The next client that decides on it, or recovers, finishes the work at once.
    Client(library).moderation.decide([photo_id], S.REJECTED)
    expect_area(library, photo_id, private=True)


def test_a_decision_on_another_status_than_was_seen(library, client, photo_id):
    Client(library, "Ada Admin").moderation.decide([photo_id], S.REJECTED)
    with pytest.raises(Conflict, match=r"a\.jpg.*was set to rejected by USR-Ada"):
        client.moderation.decide([photo_id], S.FLAGGED, expected=S.APPROVED)
    client.moderation.decide([photo_id], S.FLAGGED, expected=S.REJECTED)
    with library.database.write() as tx:
        rows.change(tx, photo_id, {"moderation_status": S.PENDING})
    with pytest.raises(Conflict, match="was set to pending on the platform"):
        client.moderation.decide([photo_id], S.APPROVED, expected=S.FLAGGED)


def test_somebody_else_decides_while_objects_are_copied(library, client, post_id):
    other = Client(library)
    busy = []

    def decide():
        with pytest.raises(Transient) as caught:
            other.moderation.decide([post_id], S.REJECTED)
        busy.append(caught.value.code)

    client.at["copied"] = decide
    client.moderation.decide([post_id], S.APPROVED)
    assert busy == ["moving"]
    expect_area(library, post_id, private=False)


@pytest.mark.parametrize("step", ["intended", "copied"])
def test_the_platform_changes_the_row_while_objects_are_copied(library, client, post_id, step):
    def change():
        with library.database.write() as tx:
            rows.change(tx, post_id, {"moderation_status": S.REJECTED})

    client.at[step] = change
    with pytest.raises(Conflict, match="was set to rejected on the platform"):
        client.moderation.decide([post_id], S.APPROVED)
    assert row(library, post_id).moderation_status is S.REJECTED
    expect_area(library, post_id, private=True)


@pytest.mark.parametrize("step", ["intended", "copied"])
def test_a_client_that_slept_too_long_does_nothing_any_more(library, client, post_id, step):
    other = Client(library)

    def relieve():
        client.at.clear()
        assert other.relocating.recover(NOW) == 1
        other.moderation.decide([post_id], S.REJECTED)

    client.at[step] = relieve
    with pytest.raises(Conflict):
        client.moderation.decide([post_id], S.APPROVED)
    expect_area(library, post_id, private=True)


@pytest.mark.parametrize("step", ["intended", "copied"])
def test_a_client_that_was_only_relieved_begins_anew(library, client, post_id, step):
    def relieve():
        client.at.clear()
        assert Client(library).relocating.recover(NOW) == 1

    client.at[step] = relieve
    client.moderation.decide([post_id], S.APPROVED)
    expect_area(library, post_id, private=False)


def test_a_client_that_was_relieved_touches_nothing_while_another_moves_it(library, photo_id):
    client, other = Client(library), Client(library)
    client.crashes_at("saved")
    with pytest.raises(Crash):
        client.moderation.decide([photo_id], S.REJECTED)
    with library.database.write() as tx:
        mine = moves.find(tx, photo_id)
    other.relocating.recover(NOW)
    said = []
    settling = Settling(library.database, library.store, lambda _step: None)
    other.at["copied"] = lambda: said.append(settling.finish(mine))
    other.moderation.decide([photo_id], S.APPROVED)
    assert [each.code for each in said] == ["old_copy_left"]
    expect_area(library, photo_id, private=False)


def test_a_client_that_slept_too_long_removes_nothing_that_is_in_use_again(library, photo_id):
    client, other = Client(library), Client(library)

    def relieve():
        client.at.clear()
        assert other.relocating.recover(NOW) == 1
        other.moderation.decide([photo_id], S.APPROVED)

    client.at["saved"] = relieve
    client.moderation.decide([photo_id], S.REJECTED)
    expect_area(library, photo_id, private=False)


@pytest.mark.parametrize("step", STEPS)
def test_the_row_is_gone(library, client, photo_id, step):
    client.crashes_at(step)
    with pytest.raises(Crash):
        client.moderation.decide([photo_id], S.REJECTED)
    with library.database.write() as tx:
        rows.remove(tx, [rows.by_public_id(tx, photo_id).id])
    assert Client(library).relocating.recover(NOW) == 1
    assert objects(library) == {}


def test_a_missing_object_does_not_stop_a_decision(library, client, photo_id):
    before = row(library, photo_id)
    library.store.delete(before.medium_url)
    client.moderation.decide([photo_id], S.REJECTED)
    after = row(library, photo_id)
    assert after.medium_url == before.medium_url
    assert after.storage_path == f"private/{before.storage_path}"
    assert set(objects(library)) == named(after) - {before.medium_url}
    client.moderation.decide([photo_id], S.APPROVED)
    assert replace(row(library, photo_id), updated_at=before.updated_at) == before


def test_an_object_of_somebody_else_at_the_new_key(library, client, photo_id, photo):
    key = f"private/{row(library, photo_id).storage_path}"
    other = library.library.media(photo_id).thumbnail_url
    library.store.copy(other, key)
    with pytest.raises(Conflict):
        client.moderation.decide([photo_id], S.REJECTED)
    assert library.store.get(key) == library.store.get(other)
    assert row(library, photo_id).moderation_status is S.APPROVED
    assert intents(library) == []


def test_an_object_that_two_rows_name_stays_for_the_other(library, client, photo_id):
    one = row(library, photo_id)
    twin = replace(one, id=0, public_id="MED-1700000000-TWINNN", entity_field="cover")
    with library.database.write() as tx:
        rows.add(tx, twin)
    client.moderation.decide([photo_id], S.REJECTED)
    assert named(row(library, photo_id)) | named(twin) == set(objects(library))
    client.moderation.decide([twin.public_id], S.REJECTED)
    assert named(row(library, twin.public_id)) == named(row(library, photo_id))
    assert set(objects(library)) == named(row(library, photo_id))


def test_an_object_that_two_rows_name_stays_where_a_move_is_taken_back(library, client, photo_id):
    one = row(library, photo_id)
    twin = replace(one, id=0, public_id="MED-1700000000-TWINNN", entity_field="cover")
    with library.database.write() as tx:
        rows.add(tx, twin)
    client.moderation.decide([twin.public_id], S.REJECTED)
    before = objects(library)
    client.crashes_at("copied")
    with pytest.raises(Crash):
        client.moderation.decide([photo_id], S.REJECTED)
    assert Client(library).relocating.recover(NOW) == 1
    assert objects(library) == before
    assert named(row(library, twin.public_id)) | named(row(library, photo_id)) == set(before)


def test_a_link_has_nothing_to_move(library, client, photo_id):
    link = replace(
        row(library, photo_id), id=0, public_id="MED-1700000000-LINKKK",
        content_type="video/embed", storage_path="", original_url="https://video.example/1",
        thumbnail_url=None, medium_url=None, large_url=None, metadata={},
    )  # fmt: skip
    with library.database.write() as tx:
        rows.add(tx, link)
    client.moderation.decide([link.public_id], S.REJECTED)
    after = row(library, link.public_id)
    assert (after.original_url, after.moderation_status) == (link.original_url, S.REJECTED)
    expect_area(library, photo_id, private=False)


def test_each_of_a_batch_by_itself(library, client, photo_id, post_id):
    change = client.moderation.decide([photo_id, "MED-1-AAAAAA", post_id], S.REJECTED)
    assert change.public_ids == (photo_id, post_id)
    assert [(each.public_id, each.error.code) for each in change.failed] == [
        ("MED-1-AAAAAA", "no_media")
    ]
    stored = [library.library.history(row(library, each))[-1] for each in (photo_id, post_id)]
    assert {each.id for each in stored} == {change.id}
    with pytest.raises(NotFound):
        client.moderation.decide(["MED-1-AAAAAA", "MED-1-AAAAAB"], S.REJECTED)


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
    change = client.moderation.decide([public_id], S.REJECTED)
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
