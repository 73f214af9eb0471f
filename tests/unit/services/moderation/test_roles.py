"""What is held does not displace what is shown: the primary role before and after decisions."""

from dataclasses import replace

import pytest

from artitec_media_desktop.domain.changes import ChangeKind
from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.moderation import Policy
from artitec_media_desktop.domain.uploads import OnDuplicate, UploadOptions
from artitec_media_desktop.services.pipeline import STAYS
from tests.rulings import ruled
from tests.unit.services.conftest import PHOTOS, work_off
from tests.unit.services.moderation.people import S, media

LOGO = "builder:BLD-012/logo"


@pytest.fixture
def hold(library):
    """Uploads wait from now on, or no longer."""

    def change(waits=True):
        types = {EntityType.BUILDER, EntityType.COMMUNITY, EntityType.POST} if waits else ()
        library.policy.set(replace(Policy(), waiting=frozenset(types)))

    return change


@pytest.fixture
def logo(upload, photo):
    """Drop a logo, each another one; returns its public id."""
    hues = iter(range(0, 200, 40))

    def drop(to=LOGO, **options):
        hue = next(hues)
        (item,) = upload([photo(f"{hue}.jpg", hue)], to, UploadOptions(**options))
        return item.media_public_id

    return drop


@pytest.fixture
def primary(library):
    """The public id of what stands for a field; at most one does, ever."""

    def find(*public_ids):
        found = [each for each in public_ids if media(library, each).is_primary]
        assert len(found) <= 1
        return found[0] if found else None

    return find


def test_a_logo_that_waits_leaves_the_old_one_until_it_is_approved(
    library, ada, logo, hold, primary
):
    old = logo()
    hold()
    new = logo()
    assert primary(old, new) == old
    change = ada.decide(new, S.APPROVED)
    assert primary(old, new) == new
    assert change.public_ids == (new,)
    undoing = ada.undoing.undo(change.id)
    assert (primary(old, new), media(library, new).moderation_status) == (old, S.PENDING)
    again = ada.undoing.redo(undoing.id, ChangeKind.MODERATED)
    assert (primary(old, new), media(library, new).moderation_status) == (new, S.APPROVED)
    ada.undoing.undo(again.id)
    assert primary(old, new) == old
    ada.decide(new, S.REJECTED)
    assert primary(old, new) == old


def test_the_first_logo_has_the_role_at_once_and_the_last_of_those_that_wait_gets_it(
    ada, logo, hold, primary
):
    hold()
    first, second = logo(), logo()
    assert primary(first, second) == second
    ada.decide(first, S.APPROVED)
    assert primary(first, second) == first  # what is shown comes before what waits
    third = logo()
    ada.decide(third, S.APPROVED)
    ada.decide(second, S.APPROVED)
    assert primary(first, second, third) == third


def test_what_a_person_chose_meanwhile_stays(library, ada, logo, hold, primary):
    old, other = logo(PHOTOS, primary=True), logo(PHOTOS)
    hold()
    new = logo(PHOTOS, primary=True)
    assert primary(old, other, new) == old
    library.editing.edit([other], MediaEdit(is_primary=True))
    ada.decide(new, S.APPROVED)
    assert primary(old, other, new) == other


def test_a_photo_that_nobody_made_primary_does_not_become_it(ada, logo, hold, primary):
    old = logo(PHOTOS)
    hold()
    new = logo(PHOTOS)
    ada.decide(new, S.APPROVED)
    assert primary(old, new) is None
    chosen = logo(PHOTOS, primary=True)
    assert primary(old, new, chosen) is None  # the first that is shown goes on being it
    ada.decide(chosen, S.APPROVED)
    assert primary(old, new, chosen) == chosen


@pytest.mark.parametrize("status", [S.REJECTED, S.FLAGGED])
@pytest.mark.parametrize("place", [LOGO, PHOTOS])
def test_a_primary_that_is_hidden_passes_the_role_on_and_gets_it_back(
    library, ada, logo, primary, status, place
):
    old, new = logo(place), logo(place, primary=True)
    change = ada.decide(new, status)
    assert primary(old, new) == old
    assert change.public_ids == (new,)
    ada.undoing.undo(change.id)
    assert primary(old, new) == new
    ada.decide(new, status)
    ada.decide(new, S.APPROVED)  # it was a mistake
    assert primary(old, new) == new


def test_without_anything_else_to_show_it_keeps_the_role(ada, logo, primary):
    old, new = logo(), logo()
    ada.decide(old, S.REJECTED)
    ada.decide(new, S.REJECTED)
    assert primary(old, new) == new
    ada.decide(old, S.APPROVED)
    assert primary(old, new) == old


def test_a_batch_with_the_heir_in_it_is_undone_as_it_was(library, ada, logo, primary):
    three = [logo(), logo(), logo()]
    rest, heir, new = three
    change = ada.moderation.decide([new, heir], ruled(S.REJECTED))
    assert primary(*three) == rest
    ada.undoing.undo(change.id)
    assert primary(*three) == new
    assert all(media(library, each).is_open for each in three)


@pytest.mark.parametrize("turned", [False, True])
def test_of_a_batch_that_is_approved_the_last_gets_it_in_one_change(
    ada, logo, hold, primary, turned
):
    old = logo()
    hold()
    batch = [logo(), logo(), logo()]
    change = ada.moderation.decide(batch[::-1] if turned else batch, ruled(S.APPROVED))
    assert primary(old, *batch) == batch[-1]
    assert set(change.public_ids) == set(batch)
    ada.undoing.undo(change.id)
    assert primary(old, *batch) == old


@pytest.mark.parametrize("turned", [False, True])
def test_of_a_post_that_is_approved_the_chosen_one_stays_primary(ada, logo, primary, turned):
    batch = [logo("post:PST-1/media", primary=True), logo("post:PST-1/media")]
    change = ada.moderation.decide(batch[::-1] if turned else batch, ruled(S.APPROVED))
    assert primary(*batch) == batch[0]
    assert len(change.media) == 2


def test_who_got_the_role_since_keeps_it_when_a_rejection_is_undone(library, ada, logo, primary):
    old, other, new = logo(), logo(), logo()
    change = ada.decide(new, S.REJECTED)
    assert primary(old, other, new) == other
    library.editing.edit([old], MediaEdit(is_primary=True))
    ada.undoing.undo(change.id)
    assert primary(old, other, new) == old
    assert media(library, new).is_open


def test_what_waits_replaces_nothing(library, ada, upload, photo, hold, primary):
    (item,) = upload([photo("a.jpg", size=(1000, 700))], LOGO)
    old = item.media_public_id
    hold()
    ask = UploadOptions(on_duplicate=OnDuplicate.ASK)
    (item,) = upload([photo("b.jpg", size=(1000, 700), quality=70)], LOGO, ask)
    library.uploads.decide([item.id], OnDuplicate.REPLACE)
    work_off(library)
    (item,) = library.uploads.items(item.batch)
    assert item.note == STAYS
    new = item.media_public_id
    assert primary(old, new) == old
    ada.decide(new, S.APPROVED)
    assert primary(old, new) == new
    assert media(library, old).is_open


def test_what_comes_back_or_moves_there_hidden_leaves_the_role_too(
    library, ada, logo, hold, primary
):
    hold()
    new = logo()
    old = logo()
    ada.decide(old, S.APPROVED)
    library.trash.delete([old])
    assert primary(new) == new
    library.trash.restore([old])
    assert primary(old, new) == old
    hold(False)
    moved = logo("property:789/photos")
    hold()
    library.editing.edit([moved], MediaEdit(place=library.library.target(LOGO)))
    assert media(library, moved).moderation_status is S.PENDING
    assert primary(old, new, moved) == old
    ada.decide(moved, S.APPROVED)
    assert primary(old, new, moved) == moved
