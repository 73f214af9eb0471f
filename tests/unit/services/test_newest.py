"""What two windows of one home see of each other."""

import pytest

from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.listing import MediaQuery
from tests.unit.services.conftest import work_off


@pytest.fixture
def three(upload, photo):
    upload([photo(f"{number}.jpg", hue=40 * number + 1) for number in range(3)])


@pytest.fixture
def media(library, three):
    entity = library.library.entity("community:CMY-456")
    return library.library.first(MediaQuery(entity.ref))


def test_nothing_happened(library, media):
    assert not library.library.changed_since(library.library.mark())


def test_an_edit(library, media):
    mark = library.library.mark()
    library.editing.edit([media[0].public_id], MediaEdit(alt_text="A room"))
    found = library.library.changed_since(mark)
    assert found.ids == {media[0].id}
    assert {str(each) for each in found.entities} == {
        f"{media[0].entity_type}:{media[0].entity_id}"
    }
    assert not library.library.changed_since(found.mark)


def test_what_was_deleted_put_back_and_purged(library, media):
    mark = library.library.mark()
    change = library.trash.delete([media[0].public_id])
    found = library.library.changed_since(mark)
    assert (found.ids - {each.id for each in media[1:]}, found.removed) == (set(), {media[0].id})
    assert found.entities == change.entities
    mark = found.mark
    library.undoing.undo()
    found = library.library.changed_since(mark)
    assert media[0].id in found.ids and not found.removed
    library.trash.delete([media[0].public_id])
    mark = library.library.mark()
    library.purging.purge(public_ids=[media[0].public_id])
    assert library.library.changed_since(mark).everything


def test_one_that_came(library, media, photo):
    mark = library.library.mark()
    entity = library.library.target("community:CMY-456/photos")
    library.uploads.drop([photo("new.jpg", hue=201)], entity)
    work_off(library)
    assert len(library.library.changed_since(mark).ids) == 1


def test_what_one_did_oneself_is_left_out(library, media, photo):
    mark = library.library.mark()
    edit = library.editing.edit([media[0].public_id], MediaEdit(alt_text="A room"))
    library.editing.edit([media[1].public_id], MediaEdit(alt_text="A hall"))
    found = library.library.changed_since(mark.and_seen([edit.id]))
    assert found.ids == {media[1].id}
    library.uploads.drop(
        [photo("new.jpg", hue=201)], library.library.target("community:CMY-456/photos")
    )
    work_off(library)
    upload = library.undoing.last()
    assert library.library.changed_since(found.mark).ids
    assert not library.library.changed_since(found.mark.and_seen([upload.id]))


def test_one_that_began_before_another_and_was_written_after_it(library, media):
    library.editing.edit([media[0].public_id], MediaEdit(alt_text="First"))
    first = library.undoing.last().id
    library.editing.edit([media[1].public_id], MediaEdit(alt_text="Second"))
    mark = library.library.mark()
    late = type(mark)(mark.changes - {first}, mark.last_id)
    assert library.library.changed_since(late).ids == {media[0].id}
