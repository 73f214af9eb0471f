import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from artitec_media_desktop.domain.errors import Cancelled, Forbidden, Permanent, Transient
from artitec_media_desktop.domain.keys import PUBLIC_ID
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.permissions import Role
from artitec_media_desktop.domain.uploads import OnDuplicate, UploadOptions, UploadState
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.services.pipeline import STEPS
from artitec_media_desktop.storage import Payload

from .conftest import PHOTOS, objects, work_off


def test_a_photo_becomes_a_row_with_exactly_its_objects(library, photo, upload):
    (item,) = upload([photo("IMG 1.jpg", size=(2000, 1500))], options=UploadOptions(
        "A room", "Seen from the door", ("room", "sofa"), primary=True))  # fmt: skip
    assert item.state is UploadState.DONE
    media = library.library.media(item.media_public_id)
    assert PUBLIC_ID.fullmatch(media.public_id)
    assert (media.original_filename, media.content_type) == ("IMG 1.jpg", "image/jpeg")
    assert (media.width, media.height) == (2000, 1500)
    assert (media.alt_text, media.caption) == ("A room", "Seen from the door")
    assert (media.tags, media.is_primary, media.sort_order) == (("room", "sofa"), True, 1)
    assert (media.entity_type, media.entity_id, media.entity_field) == ("community", 1, "gallery")
    assert (media.uploaded_by, media.moderation_status.value) == ("USR-100", "approved")
    assert len(media.image_hash) == 16
    stem = media.storage_path.removesuffix(".jpg")
    expected = [
        media.storage_path,
        *(f"{stem}_{n}.jpg" for n in ("large", "medium", "small", "thumb")),
    ]
    assert sorted(objects(library)) == sorted(expected)
    assert objects(library)[media.storage_path] == media.file_size
    assert media.thumbnail_url == f"{stem}_thumb.jpg"
    assert media.small_url == f"{stem}_small.jpg"
    assert library.check.run().is_clean
    assert [each.kind.value for each in library.library.history(media)] == ["uploaded"]


def test_a_small_picture_is_never_enlarged(library, photo, upload):
    (item,) = upload([photo("s.png", size=(300, 200))])
    media = library.library.media(item.media_public_id)
    assert media.thumbnail_url is not None
    assert (media.small_url, media.medium_url, media.large_url) == (None, None, None)
    assert library.library.picture(media, 128)


def test_the_pictures_the_grid_asks_for(library, photo, upload):
    (item,) = upload([photo("a.jpg", size=(2000, 1500))])
    media = library.library.media(item.media_public_id)
    widths = {}
    for asked in (100, 400, 401, 800, 1600, 5000):
        path = Path(library.home.root / "p.jpg")
        path.write_bytes(library.library.picture(media, asked))
        with Image.open(path) as image:
            widths[asked] = image.width
    assert widths == {100: 400, 400: 400, 401: 800, 800: 800, 1600: 1600, 5000: 1600}


def test_a_folder_keeps_its_order_and_the_next_one_follows(library, photo, upload, tmp_path):
    for number in (10, 9, 1):
        photo(f"d/IMG_{number}.jpg", hue=number * 7)
    upload([str(tmp_path / "d")])
    upload([photo("later.jpg", hue=99)])
    page = library.library.page(MediaQuery(library.library.entity("community:CMY-456").ref))
    assert [each.original_filename for each in page.items] == [
        "IMG_1.jpg", "IMG_9.jpg", "IMG_10.jpg", "later.jpg",
    ]  # fmt: skip


def test_a_one_file_slot_keeps_one_primary_and_the_old_ones(library, photo, upload):
    first, second = (
        upload([photo(f"{n}.jpg", hue=n)], "community:CMY-456/cover")[0] for n in (11, 22)
    )
    assert not library.library.media(first.media_public_id).is_primary
    assert library.library.media(second.media_public_id).is_primary
    overview = library.library.overview(library.library.entity("community:CMY-456").ref)
    cover = next(each for each in overview.slots if each.slot.name == "cover")
    assert cover.count == 2
    assert cover.cover.public_id == second.media_public_id


def test_posts_wait_for_moderation(library, photo, upload):
    (item,) = upload([photo("a.jpg")], "post:PST-3/media")
    media = library.library.media(item.media_public_id)
    assert media.moderation_status is ModerationStatus.PENDING
    assert not media.is_approved


def test_a_wrong_extension_is_accepted_and_said(library, photo, upload, tmp_path):
    os.rename(photo("a.png"), tmp_path / "a.jpg")
    (item,) = upload([str(tmp_path / "a.jpg")])
    assert item.state is UploadState.DONE
    assert "PNG" in item.note
    media = library.library.media(item.media_public_id)
    assert media.content_type == "image/png"
    assert media.storage_path.endswith(".png")


class TestDuplicates:
    def test_identical_bytes_on_the_entity_are_left_out(self, library, photo, upload):
        first, second = upload([photo("a.jpg"), photo("b.jpg")])
        assert second.state is UploadState.DUPLICATE
        assert (second.duplicate_of, second.distance) == (first.media_public_id, 0)
        assert (
            len(objects(library))
            == len(library.library.media(first.media_public_id).metadata["variants"]) + 1
        )

    def test_keep_adds_them_all_the_same_and_says_so(self, library, photo, upload):
        first, second = upload(
            [photo("a.jpg"), photo("b.jpg")], options=UploadOptions(on_duplicate=OnDuplicate.KEEP)
        )
        assert second.state is UploadState.DONE
        assert second.duplicate_of == first.media_public_id
        assert library.check.run().is_clean

    def test_a_photo_of_the_gallery_may_become_the_cover_once(self, photo, upload):
        upload([photo("a.jpg")])
        (cover,) = upload([photo("a.jpg")], "community:CMY-456/cover")
        (again,) = upload([photo("a.jpg")], "community:CMY-456/cover")
        assert cover.state is UploadState.DONE
        assert again.state is UploadState.DUPLICATE
        assert again.duplicate_of == cover.media_public_id

    def test_elsewhere_they_are_another_media(self, photo, upload):
        (first,) = upload([photo("a.jpg")])
        (second,) = upload([photo("a.jpg")], "property:789/photos")
        assert second.state is UploadState.DONE
        assert (second.duplicate_of, second.distance) == (first.media_public_id, 0)

    def test_a_near_match_is_added_and_reported_unless_skipped(self, photo, upload):
        (first,) = upload([photo("a.jpg")])
        near = photo("near.jpg", quality=60)
        (skipped,) = upload([near], options=UploadOptions(on_duplicate=OnDuplicate.SKIP))
        (added,) = upload([near])
        assert skipped.state is UploadState.DUPLICATE
        assert added.state is UploadState.DONE
        assert skipped.duplicate_of == added.duplicate_of == first.media_public_id
        assert 0 <= added.distance <= 5

    def test_a_deleted_media_makes_no_duplicate(self, library, photo, upload):
        (first,) = upload([photo("a.jpg")])
        library.trash.delete([first.media_public_id])
        (again,) = upload([photo("a.jpg")])
        assert again.state is UploadState.DONE
        assert again.duplicate_of is None

    def test_a_failed_upload_makes_no_duplicate(self, library, photo, upload, monkeypatch):
        monkeypatch.setattr(library.store, "put", fail_with(Permanent("refused", "No.")))
        assert upload([photo("a.jpg")])[0].state is UploadState.FAILED
        monkeypatch.undo()
        assert upload([photo("a.jpg")])[0].state is UploadState.DONE


def fail_with(error):
    def fail(*_args, **_values):
        raise error

    return fail


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("same_file", [True, False], ids=["same", "edited"])
def test_after_an_interruption_at_any_step_replay_ends_with_one_row(
    library, photo, step, same_file
):
    class Crash(BaseException):
        pass

    def crash(name):
        if name == step:
            raise Crash

    path = photo("a.jpg")
    library.uploads.drop([path], library.library.target(PHOTOS))
    library.step = crash
    with pytest.raises(Crash):
        work_off(library)
    library.step = lambda _name: None
    if not same_file:
        photo("a.jpg", hue=40)
    library.uploads.recover()
    work_off(library)
    (item,) = library.uploads.items()
    assert item.state is UploadState.DONE
    page = library.library.page(MediaQuery())
    assert [each.public_id for each in page.items] == [item.media_public_id]
    assert library.check.run().is_clean


def test_a_passing_fault_waits_and_ends_well(library, photo, monkeypatch):
    library.uploads.drop([photo("a.jpg")], library.library.target(PHOTOS))
    monkeypatch.setattr(library.store, "put", fail_with(Transient("disk_full", "It is full.")))
    work_off(library)
    (item,) = library.uploads.items()
    assert (item.state, item.error[0], item.attempts) == (UploadState.QUEUED, "disk_full", 1)
    assert library.uploads.claim() is None
    monkeypatch.undo()
    monkeypatch.setattr("artitec_media_desktop.database.journal.now_utc", lambda: item.not_before)
    work_off(library)
    (item,) = library.uploads.items()
    assert (item.state, item.error) == (UploadState.DONE, None)
    assert library.check.run().is_clean


@pytest.mark.parametrize("ours", [True, False], ids=["an earlier try", "somebody else"])
def test_keys_that_are_taken_are_planned_anew(library, photo, monkeypatch, ours):
    class Crash(BaseException):
        pass

    def crash(name):
        if name == "planned":
            raise Crash

    library.uploads.drop([photo("a.jpg")], library.library.target(PHOTOS))
    if ours:
        library.step = crash
        with pytest.raises(Crash):
            work_off(library)
        library.step = lambda _name: None
        library.uploads.recover()
        (taken,) = (item.plan.keys.original for item in library.uploads.items())
    else:
        taken = "communities/photos/CMY-456/2026-11/photo-20261122120000-abcdef.jpg"
        monkeypatch.setattr("artitec_media_desktop.services.pipeline.new_key", lambda *_: taken)
    library.store.put(taken, Payload(b"other", 5, hashlib.sha256(b"other").hexdigest(), "x"))
    work_off(library)
    monkeypatch.undo()
    (item,) = library.uploads.items()
    assert (item.state, item.error[0], item.plan) == (UploadState.QUEUED, "key_taken", None)
    library.uploads.hurry()
    work_off(library)
    assert library.uploads.items()[0].state is UploadState.DONE
    left = [each["key"] for each in library.check.run().orphan_objects]
    assert left == ([] if ours else [taken])


def test_a_permanent_fault_leaves_nothing_behind(library, photo, upload, monkeypatch):
    put, count = library.store.put, 0

    def refuse_the_third(*args):
        nonlocal count
        count += 1
        if count == 3:
            raise Permanent("refused", "It was refused.")
        put(*args)

    monkeypatch.setattr(library.store, "put", refuse_the_third)
    (item,) = upload([photo("a.jpg", size=(1000, 800))])
    assert (item.state, item.error) == (UploadState.FAILED, ("refused", "It was refused."))
    assert objects(library) == {}
    assert item.plan is None or library.uploads.items()[0].plan is None


@pytest.mark.logs_errors
def test_a_fault_of_ours_costs_one_file_only(library, photo, upload, monkeypatch):
    put = library.store.put

    def break_down(key, payload, sent=None):
        if payload.content_type == "image/png":
            raise RuntimeError("a fault of ours")
        put(key, payload, sent)

    monkeypatch.setattr(library.store, "put", break_down)
    bad, good = upload([photo("a.png", hue=5), photo("b.jpg", hue=90)])
    assert (bad.state, bad.error[0]) == (UploadState.FAILED, "internal")
    assert good.state is UploadState.DONE
    assert library.check.run().is_clean


@pytest.mark.parametrize("while_working", [False, True])
def test_cancelling_removes_what_was_put(library, photo, while_working):
    library.uploads.drop([photo("a.jpg")], library.library.target(PHOTOS))
    if while_working:
        library.step = lambda name: library.uploads.cancel() if name == "planned" else None
    else:
        library.uploads.cancel()
    work_off(library)
    (item,) = library.uploads.items()
    assert (item.state, item.error[0]) == (UploadState.SKIPPED, "cancelled")
    assert objects(library) == {}
    assert library.library.page(MediaQuery()).total == 0


def test_closing_in_the_middle_goes_on_at_the_next_start(library, photo):
    class Closing(Unwatched):
        def check_cancelled(self):
            raise Cancelled

    library.uploads.drop([photo("a.jpg")], library.library.target(PHOTOS))
    item = library.uploads.claim()
    outcome = library.uploads.work_on(item, Closing(), lambda _progress: None)
    assert outcome.item.state is UploadState.QUEUED
    work_off(library)
    assert library.uploads.items()[0].state is UploadState.DONE


def test_a_file_that_changes_while_it_is_read_is_not_stored(library, photo, tmp_path):
    path = photo("a.jpg")

    def edit(name):
        if name == "claimed":
            return
        with open(path, "ab") as file:
            file.write(b"more")

    library.uploads.drop([path], library.library.target(PHOTOS))
    item = library.uploads.claim()
    prepare = library.uploads._pipeline._preparing.prepare

    def prepare_and_edit(*args):
        result = prepare(*args)
        edit("prepared")
        return result

    library.uploads._pipeline._preparing.prepare = prepare_and_edit
    outcome = library.uploads.work_on(item, Unwatched(), lambda _progress: None)
    assert (outcome.item.state, outcome.item.error[0]) == (UploadState.FAILED, "changed")
    assert objects(library) == {}


def test_who_may_not_add_is_told_before_anything_is_journaled(library, photo):
    library.account = replace(library.account, role=Role.BUYER, user_id="USR-9")
    with pytest.raises(Forbidden, match="admin of the community"):
        library.uploads.drop([photo("a.jpg")], library.library.target(PHOTOS))
    assert library.uploads.items() == []


def test_the_entity_is_gone_meanwhile(library, photo):
    from sqlalchemy import text

    library.uploads.drop([photo("a.jpg")], library.library.target("property:789/photos"))
    with library.database.write() as tx:
        tx.execute(text("DELETE FROM properties WHERE id = 789"))
    work_off(library)
    (item,) = library.uploads.items()
    assert (item.state, item.error[0]) == (UploadState.FAILED, "no_entity")
    assert objects(library) == {}


def test_the_stored_original_is_what_its_row_says(library, photo, upload):
    (item,) = upload([photo("a.jpg")])
    media = library.library.media(item.media_public_id)
    data = library.store.get(media.storage_path)
    assert len(data) == media.file_size
    with open(item.path, "rb") as file:
        assert hashlib.sha256(data).digest() == hashlib.sha256(file.read()).digest()
