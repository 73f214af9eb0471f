"""Uploads of what was rejected, and of what the policy says waits."""

from dataclasses import replace

import pytest
from PIL import Image
from sqlalchemy import text

from artitec_media_desktop.database import reviews
from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.moderation import Policy, Rule, Ruling
from artitec_media_desktop.domain.uploads import OnDuplicate, UploadOptions, UploadState
from artitec_media_desktop.services.lookalikes import HELD
from tests.unit.services.conftest import objects, work_off

HOME = "property:789/photos"
UNSAFE = Ruling(ModerationStatus.REJECTED, "unsafe")
APPROVED = Ruling(ModerationStatus.APPROVED)


@pytest.fixture
def rejected(library, photo_id):
    """A photo that a moderator has rejected."""
    library.moderation.decide([photo_id], UNSAFE)
    return photo_id


@pytest.fixture
def again(photo):
    """The same look in other bytes."""
    return photo("again.jpg", size=(1000, 700), quality=70)


def keys_of(media):
    return {media.storage_path, *(each["key"] for each in media.metadata["variants"].values())}


def status_of(library, item):
    """The status of what an upload has become, its objects where they belong."""
    assert item.state is UploadState.DONE
    media = library.library.media(item.media_public_id)
    status = media.moderation_status
    approved = status is ModerationStatus.APPROVED
    assert media.is_approved is approved
    assert {each.startswith("private/") for each in keys_of(media)} == {not approved}
    assert keys_of(media) <= objects(library).keys()
    assert library.check.run().is_clean
    return status


def test_what_looks_like_something_rejected_is_held(library, upload, again, rejected):
    (item,) = upload([again], HOME, UploadOptions(on_duplicate=OnDuplicate.ASK))
    assert status_of(library, item) is ModerationStatus.FLAGGED
    assert item.note == HELD
    # What was rejected is not shown to who uploads.
    assert item.duplicate_of is None
    with library.database.read() as tx:
        (record,) = reviews.history(tx, item.media_public_id)
    assert (record.rule, record.account) == (Rule.KNOWN_BAD, "")
    assert (record.before, record.after) == (None, ModerationStatus.FLAGGED)
    assert (record.alike_to, record.reason) == (rejected, "unsafe")
    assert 0 <= record.distance <= 5
    assert (record.entity_type, record.media_type) == ("property", "IMAGE")
    assert record.uploaded_by == library.account.user_id
    (uploaded,) = library.library.history(library.library.media(item.media_public_id))
    assert record.change_id == uploaded.id


def test_the_policy_says_how_near_is_too_near(library, photo, upload, again, rejected):
    library.policy.set(replace(Policy(), known_bad_bits=None))
    assert status_of(library, upload([again], HOME)[0]) is ModerationStatus.APPROVED
    library.policy.set(replace(Policy(), known_bad_bits=0))
    same = photo("same.jpg", size=(1000, 700))
    assert status_of(library, upload([same], HOME)[0]) is ModerationStatus.FLAGGED


def test_what_is_approved_after_all_is_let_in(library, upload, again, rejected):
    library.moderation.decide([rejected], APPROVED)
    assert status_of(library, upload([again], HOME)[0]) is ModerationStatus.APPROVED


def test_it_is_known_when_the_rejected_media_is_long_gone(library, upload, again, rejected):
    library.trash.delete([rejected])
    library.purging.purge(public_ids=[rejected])
    assert status_of(library, upload([again], HOME)[0]) is ModerationStatus.FLAGGED


def test_what_the_platform_has_rejected_counts_as_well(library, upload, again, photo_id):
    with library.database.write() as tx:
        rejecting = "UPDATE media SET moderation_status = 'rejected' WHERE public_id = :public_id"
        tx.execute(text(rejecting), {"public_id": photo_id})
    (item,) = upload([again], HOME)
    assert library.library.media(item.media_public_id).moderation_status is ModerationStatus.FLAGGED
    with library.database.read() as tx:
        (record,) = reviews.history(tx, item.media_public_id)
    assert (record.alike_to, record.reason) == (photo_id, None)


def test_of_blank_pictures_only_the_very_file_is_known(library, tmp_path, upload):
    for name, size in (("white.png", (640, 480)), ("other.png", (800, 600))):
        Image.new("RGB", size, "white").save(tmp_path / name)
    white, other = str(tmp_path / "white.png"), str(tmp_path / "other.png")
    (first,) = upload([white])
    library.moderation.decide([first.media_public_id], UNSAFE)
    assert status_of(library, upload([other], HOME)[0]) is ModerationStatus.APPROVED
    assert status_of(library, upload([white], HOME)[0]) is ModerationStatus.FLAGGED


def test_the_policy_says_which_types_wait(library, photo, upload, photo_id):
    library.policy.set(replace(Policy(), waiting=frozenset({EntityType.PROPERTY})))
    (home,) = upload([photo("h.jpg", hue=3)], HOME)
    (post,) = upload([photo("p.jpg", hue=41)], "post:PST-1/media")
    assert status_of(library, home) is ModerationStatus.PENDING
    assert status_of(library, post) is ModerationStatus.APPROVED
    library.editing.edit([photo_id], MediaEdit(place=library.library.target(HOME)))
    assert library.library.media(photo_id).moderation_status is ModerationStatus.PENDING


class Crash(BaseException):
    """What a killed process does: nothing more."""


def crashed_at(library, step, path):
    def crash(name):
        if name == step:
            raise Crash

    library.uploads.drop([path], library.library.target(HOME))
    library.step = crash
    with pytest.raises(Crash):
        work_off(library)
    library.step = lambda _name: None


def gone_on(library):
    library.uploads.recover()
    work_off(library)
    return library.uploads.items()[0]


@pytest.mark.parametrize("step", ["put", "committed"])
def test_after_an_interruption_it_is_held_as_before(library, again, rejected, step):
    crashed_at(library, step, again)
    item = gone_on(library)
    assert status_of(library, item) is ModerationStatus.FLAGGED
    assert item.note == HELD
    with library.database.read() as tx:
        assert len(reviews.history(tx, item.media_public_id)) == 1


def test_what_is_rejected_during_an_interruption_is_held(library, again, photo_id):
    crashed_at(library, "put", again)
    library.moderation.decide([photo_id], UNSAFE)
    assert status_of(library, gone_on(library)) is ModerationStatus.FLAGGED


def test_what_is_approved_during_an_interruption_is_let_in(library, again, rejected):
    crashed_at(library, "put", again)
    library.moderation.decide([rejected], APPROVED)
    assert status_of(library, gone_on(library)) is ModerationStatus.APPROVED


def test_without_the_tables_uploads_go_on(library, photo, upload):
    with library.database.write() as tx:
        for name in ("media_known_bad", "media_settings"):
            tx.execute(text(f"DROP TABLE {name}"))
    library.database.look_again()
    (photo_of_home,) = upload([photo("a.jpg")], HOME)
    (post,) = upload([photo("p.jpg", hue=41)], "post:PST-1/media")
    assert status_of(library, photo_of_home) is ModerationStatus.APPROVED
    assert status_of(library, post) is ModerationStatus.PENDING
