from dataclasses import replace

import pytest

from artitec_media_desktop.domain.changes import ChangeKind
from artitec_media_desktop.domain.errors import Forbidden, NotFound
from artitec_media_desktop.domain.media import ModerationStatus
from artitec_media_desktop.domain.permissions import Role
from tests.rulings import ruled

COVER = "community:CMY-456/cover"


@pytest.fixture
def cover(photo, upload):
    def make(name, hue):
        return upload([photo(name, hue=hue)], COVER)[0].media_public_id

    return make


def test_a_media_goes_and_comes_back_with_its_objects_and_history(library, cover):
    public_id = cover("a.jpg", 3)
    before = library.library.media(public_id)
    change = library.trash.delete([public_id])
    assert (change.kind, change.public_ids) == (ChangeKind.TRASHED, (public_id,))
    assert {str(ref) for ref in change.entities} == {"community:1"}
    with pytest.raises(NotFound):
        library.library.media(public_id)
    assert library.check.run().is_clean
    library.trash.restore([public_id])
    after = library.library.media(public_id)
    assert replace(after, updated_at=before.updated_at) == before
    kinds = [each.kind.value for each in library.library.history(after)]
    assert kinds == ["uploaded", "trashed", "restored"]


def test_what_comes_back_does_not_oust_its_successor(library, cover):
    old = cover("a.jpg", 3)
    library.trash.delete([old])
    new = cover("b.jpg", 90)
    library.trash.restore([old])
    assert library.library.media(new).is_primary
    assert not library.library.media(old).is_primary


def test_without_a_successor_it_is_primary_again(library, cover):
    old = cover("a.jpg", 3)
    library.trash.delete([old])
    library.trash.restore([old])
    assert library.library.media(old).is_primary


def test_all_or_none(library, cover):
    public_id = cover("a.jpg", 3)
    with pytest.raises(NotFound):
        library.trash.delete([public_id, "MED-1-AAAAAA"])
    assert library.library.media(public_id)
    with pytest.raises(NotFound):
        library.trash.restore([public_id])


def test_who_may_not_changes_nothing(library, cover):
    public_id = cover("a.jpg", 3)
    library.account = replace(library.account, role=Role.BUYER, user_id="USR-9")
    with pytest.raises(Forbidden):
        library.trash.delete([public_id])
    with pytest.raises(Forbidden):
        library.moderation.decide([public_id], ruled(ModerationStatus.REJECTED))
    assert library.library.media(public_id).moderation_status is ModerationStatus.APPROVED
