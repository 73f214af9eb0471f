"""What was undone is done again, as long as nobody wrote to it meanwhile."""

import pytest

from artitec_media_desktop.domain.changes import ChangeKind
from artitec_media_desktop.domain.edits import MediaEdit
from artitec_media_desktop.domain.errors import MediaError
from artitec_media_desktop.domain.listing import MediaQuery


@pytest.fixture
def names(library, upload, photo):
    upload([photo(f"{number}.jpg", hue=40 * number + 1) for number in range(3)])
    target = library.library.target("community:CMY-456/photos")
    return [each.public_id for each in library.library.first(MediaQuery(target.entity))]


@pytest.mark.parametrize(
    "edit",
    [
        MediaEdit(alt_text="A room"),
        MediaEdit(add_tags=("kitchen",)),
        MediaEdit(is_public=False),
        MediaEdit(is_primary=True),
    ],
)
def test_an_edit(library, names, edit):
    change = library.editing.edit(names[1:2], edit)
    done = library.library.media(names[1])
    undoing = library.undoing.undo(change.id)
    assert library.library.media(names[1]) != done
    again = library.undoing.redo(undoing.id, change.kind)
    assert (again.kind, again.failed) == (change.kind, ())
    now = library.library.media(names[1])
    assert (now.alt_text, now.tags, now.is_public, now.is_primary) == (
        done.alt_text, done.tags, done.is_public, done.is_primary,
    )  # fmt: skip
    assert library.undoing.last().id == again.id
    library.undoing.undo()
    assert library.library.media(names[1]).alt_text != "A room"


def test_a_deletion(library, names):
    change = library.trash.delete(names[:2])
    undoing = library.undoing.undo(change.id)
    again = library.undoing.redo(undoing.id, change.kind)
    assert again.kind is ChangeKind.TRASHED and set(again.public_ids) == set(names[:2])
    with pytest.raises(MediaError):
        library.library.media(names[0])
    library.undoing.undo()
    assert library.library.media(names[0])


def test_what_was_written_since_stays(library, names):
    change = library.editing.edit(names[:1], MediaEdit(alt_text="A room"))
    undoing = library.undoing.undo(change.id)
    library.editing.edit(names[:1], MediaEdit(alt_text="A hall"))
    with pytest.raises(MediaError) as caught:
        library.undoing.redo(undoing.id, change.kind)
    assert caught.value.code == "overtaken"
    assert library.library.media(names[0]).alt_text == "A hall"


def test_only_an_undoing_and_only_once(library, names):
    change = library.editing.edit(names[:1], MediaEdit(alt_text="A room"))
    undoing = library.undoing.undo(change.id)
    library.undoing.redo(undoing.id, change.kind)
    with pytest.raises(MediaError) as caught:
        library.undoing.redo(undoing.id, change.kind)
    assert caught.value.code == "undone_already"


def test_uploads_are_passed_over(library, names):
    edit = library.editing.edit(names[:1], MediaEdit(alt_text="A room"))
    assert library.undoing.last(uploads=False).id == edit.id
    library.undoing.undo(edit.id)
    assert library.undoing.last(uploads=False) is None
    assert library.undoing.last().kind is ChangeKind.UPLOADED
