"""Look-alikes at the door: who is asked about what, and what becomes of it then."""

from dataclasses import replace

import pytest

from artitec_media_desktop.domain.changes import ChangeKind
from artitec_media_desktop.domain.errors import Forbidden, NotFound, Permanent, Transient
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.uploads import (
    Description,
    OnDuplicate,
    UploadOptions,
    UploadState,
)

from .conftest import objects, work_off

ASK = UploadOptions(on_duplicate=OnDuplicate.ASK)
S = UploadState


@pytest.fixture
def first(photo, upload):
    """A media of the gallery; ``near`` looks like it."""
    options = UploadOptions("A room", "From the door", ("sofa",), primary=True)
    return upload([photo("a.jpg")], options=options)[0].media_public_id


@pytest.fixture
def near(photo):
    return photo("near.jpg", quality=60)


@pytest.fixture
def asked(first, near, upload):
    (item,) = upload([near], options=ASK)
    return item


def now(library, item):
    return next(each for each in library.uploads.items() if each.id == item.id)


def live(library):
    return {each.public_id for each in library.library.page(MediaQuery()).items}


def test_a_person_is_asked_before_any_byte_leaves(library, first, asked):
    assert (asked.state, asked.duplicate_of, asked.error) == (S.ASKING, first, None)
    assert 0 <= asked.distance <= 5
    assert asked.plan is None
    assert live(library) == {first}
    assert library.check.run().is_clean


def test_skip_ends_it_with_a_reason(library, first, asked):
    library.uploads.decide([asked.id], OnDuplicate.SKIP)
    item = now(library, asked)
    assert (item.state, item.error[0], item.duplicate_of) == (S.DUPLICATE, "left_out", first)
    assert item.finished_at is not None
    work_off(library)
    assert live(library) == {first}


def test_keep_adds_it_beside_the_other(library, first, asked):
    library.uploads.decide([asked.id], OnDuplicate.KEEP)
    work_off(library)
    item = now(library, asked)
    assert item.state is S.DONE
    assert live(library) == {first, item.media_public_id}


def test_replace_takes_place_and_words_and_the_other_goes_to_the_trash(library, first, asked):
    old = library.library.media(first)
    library.uploads.decide([asked.id], OnDuplicate.REPLACE)
    work_off(library)
    item = now(library, asked)
    new = library.library.media(item.media_public_id)
    assert live(library) == {new.public_id}
    assert (new.alt_text, new.caption, new.tags) == ("A room", "From the door", ("sofa",))
    assert (new.sort_order, new.is_primary) == (old.sort_order, True)
    assert library.check.run().is_clean
    library.trash.restore([first])
    assert live(library) == {new.public_id, first}


def test_what_was_decided_elsewhere_meanwhile_is_left_alone(library, photo, asked):
    """A decision about a whole batch is one about those that were asked about."""
    library.uploads.drop([photo("other.jpg", hue=90)], asked.target, ASK)
    ids = [each.id for each in library.uploads.items()]
    library.uploads.decide(ids, OnDuplicate.REPLACE)
    (other, *_) = library.uploads.items()
    assert (other.state, other.options.on_duplicate) == (S.QUEUED, OnDuplicate.ASK)
    library.uploads.decide(ids, OnDuplicate.SKIP)
    assert {each.state for each in library.uploads.items()} == {S.QUEUED, S.DONE}


def test_what_was_to_be_replaced_is_gone(library, first, asked):
    library.uploads.decide([asked.id], OnDuplicate.REPLACE)
    library.trash.delete([first])
    work_off(library)
    item = now(library, asked)
    assert (item.state, item.note) == (S.DONE, None)
    assert live(library) == {item.media_public_id}


def test_what_was_to_be_replaced_is_on_another_entity(library, first, near, upload):
    (item,) = upload([near], "property:789/photos", ASK)
    library.uploads.decide([item.id], OnDuplicate.REPLACE)
    work_off(library)
    new = library.library.media(now(library, item).media_public_id)
    assert live(library) == {new.public_id}
    assert (new.entity_type, new.alt_text, new.is_primary) == ("property", None, False)


@pytest.mark.parametrize("error", [Forbidden("not_allowed", "You may not."), Permanent("x", "No.")])
def test_what_may_not_be_replaced_stays_and_that_is_said(library, first, asked, monkeypatch, error):
    library.uploads.decide([asked.id], OnDuplicate.REPLACE)
    monkeypatch.setattr(library.trash, "delete", raising(error))
    work_off(library)
    item = now(library, asked)
    assert item.state is S.DONE
    assert error.message in item.note
    assert live(library) == {first, item.media_public_id}


def raising(error):
    def fail(*_args):
        raise error

    return fail


@pytest.mark.parametrize("how", ["crash", "fault"])
def test_an_interruption_before_the_other_is_in_the_trash(library, first, asked, monkeypatch, how):
    class Crash(BaseException):
        pass

    library.uploads.decide([asked.id], OnDuplicate.REPLACE)
    if how == "crash":
        library.step = lambda name: (_ for _ in ()).throw(Crash) if name == "committed" else None
        with pytest.raises(Crash):
            work_off(library)
        library.step = lambda _name: None
        library.uploads.recover()
    else:
        monkeypatch.setattr(library.trash, "delete", raising(Transient("busy", "It is busy.")))
        work_off(library)
        monkeypatch.undo()
        library.uploads.hurry()
    assert len(live(library)) == 2
    work_off(library)
    item = now(library, asked)
    assert item.state is S.DONE
    assert live(library) == {item.media_public_id}
    with pytest.raises(NotFound):
        library.library.media(first)
    assert library.check.run().is_clean


def test_about_what_came_with_the_same_drop_nobody_is_asked(library, photo, upload):
    burst = [photo("1.jpg"), photo("2.jpg", quality=70), photo("3.jpg", quality=55)]
    assert {each.state for each in upload(burst, options=ASK)} == {S.DONE}
    (later,) = upload([photo("4.jpg", quality=50)], options=ASK)
    assert later.state is S.ASKING


def test_identical_bytes_are_left_out_unasked_on_the_same_entity_only(first, photo, upload):
    (same,) = upload([photo("copy.jpg")], options=ASK)
    assert (same.state, same.distance) == (S.DUPLICATE, 0)
    (elsewhere,) = upload([photo("copy.jpg")], "property:789/photos", ASK)
    assert (elsewhere.state, elsewhere.distance) == (S.ASKING, 0)


@pytest.mark.parametrize("how", ["trashed", "failed"])
def test_only_live_rows_count(library, photo, upload, near, monkeypatch, how):
    if how == "trashed":
        library.trash.delete([upload([photo("a.jpg")])[0].media_public_id])
    else:
        monkeypatch.setattr(library.store, "put", raising(Permanent("refused", "No.")))
        upload([photo("a.jpg")])
        monkeypatch.undo()
    (item,) = upload([near], options=ASK)
    assert (item.state, item.duplicate_of) == (S.DONE, None)


def test_a_fault_of_before_is_no_reason(library, first, near, monkeypatch):
    library.uploads.drop(
        [near], library.library.target("community:CMY-456/photos"),
        replace(ASK, on_duplicate=OnDuplicate.SKIP),
    )  # fmt: skip
    monkeypatch.setattr(
        library.uploads._pipeline._preparing, "prepare", raising(Transient("busy", "It is busy."))
    )
    work_off(library)
    assert library.uploads.items()[0].error[0] == "busy"
    monkeypatch.undo()
    library.uploads.hurry()
    work_off(library)
    (item, *_) = library.uploads.items()
    assert (item.state, item.error, item.duplicate_of) == (S.DUPLICATE, None, first)


def test_what_is_written_while_it_uploads_reaches_the_row(library, photo):
    target = library.library.target("community:CMY-456/photos")
    library.uploads.drop([photo("a.jpg")], target)
    (item,) = library.uploads.items()

    def edit(name):
        if name == "put":
            library.uploads.describe([item.id], Description("A room", tags=("sofa",)))

    library.step = edit
    work_off(library)
    media = library.library.media(now(library, item).media_public_id)
    assert (media.alt_text, media.tags, media.caption) == ("A room", ("sofa",), None)


def test_the_history_of_a_replacement(library, asked):
    library.uploads.decide([asked.id], OnDuplicate.REPLACE)
    work_off(library)
    media = library.library.media(now(library, asked).media_public_id)
    assert [each.kind for each in library.library.history(media)] == [ChangeKind.UPLOADED]
    assert len(objects(library)) > 0
