"""Pause, cancel, move and retry: of files that wait, and of files that are being worked on."""

import functools
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from artitec_media_desktop.domain.errors import Permanent, Transient
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.uploads import CANCELLED, Description, UploadState
from artitec_media_desktop.domain.work import Unwatched, held

from .conftest import PHOTOS, objects, work_off

S = UploadState


@pytest.fixture
def drop(library, photo):
    def run(*names, to=PHOTOS):
        target = None if to is None else library.library.target(to)
        paths = [photo(name, hue=20 * number) for number, name in enumerate(names)]
        batch = library.uploads.drop(paths, target)
        return [each.id for each in library.uploads.items(batch)]

    return run


def one(library):
    (item,) = library.uploads.items()
    return item


def at(library, step, act):
    """Do something when an upload reaches a step, once."""
    left = [step]

    def told(name):
        if name in left:
            left.remove(name)
            act()

    library.step = told


class Crash(BaseException):
    """The process ends here."""


def crash():
    raise Crash


def refuse(error):
    def fail(*_args, **_values):
        raise error

    return fail


@pytest.mark.parametrize("step", ["claimed", "prepared", "planned", "put"])
def test_paused_in_the_middle_it_goes_on_from_there(library, drop, step):
    drop("a.jpg")
    at(library, step, library.uploads.pause)
    work_off(library)
    item = one(library)
    assert (item.state, item.error) == (S.PAUSED, None)
    assert (item.plan is not None) is (step in ("planned", "put"))
    assert library.uploads.claim() is None
    library.uploads.resume()
    work_off(library)
    again = one(library)
    assert again.state is S.DONE
    assert item.plan is None or again.plan == item.plan
    assert library.check.run().is_clean


@pytest.mark.parametrize("step", ["claimed", "prepared", "planned", "put"])
def test_cancelled_in_the_middle_nothing_is_left(library, drop, step):
    drop("a.jpg")
    at(library, step, library.uploads.cancel)
    work_off(library)
    item = one(library)
    assert (item.state, item.error, item.plan) == (S.SKIPPED, CANCELLED, None)
    assert item.finished_at is not None
    assert objects(library) == {}


def test_who_cancels_too_late_has_it(library, drop):
    drop("a.jpg")
    at(library, "committed", library.uploads.cancel)
    work_off(library)
    assert one(library).state is S.DONE
    assert library.check.run().is_clean


def test_paused_and_resumed_at_once_it_just_goes_on(library, drop):
    drop("a.jpg")

    def change_ones_mind():
        library.uploads.pause()
        library.uploads.resume()

    at(library, "prepared", change_ones_mind)
    item = library.uploads.claim()
    assert library.uploads.work_on(item, Unwatched(), lambda _: None).item.state is S.DONE


def test_a_cancel_stays_one_whatever_comes_after(library, drop):
    drop("a.jpg")

    def cancel():
        library.uploads.cancel()
        library.uploads.pause()
        library.uploads.resume()

    at(library, "prepared", cancel)
    work_off(library)
    assert one(library).state is S.SKIPPED


@pytest.mark.parametrize(("wish", "state"), [("cancel", S.SKIPPED), ("pause", S.PAUSED)])
def test_a_fault_at_the_same_moment_does_not_make_it_forgotten(
    library, drop, monkeypatch, wish, state
):
    drop("a.jpg")
    at(library, "planned", getattr(library.uploads, wish))
    monkeypatch.setattr(library.store, "put", refuse(Transient("busy", "It is busy.")))
    work_off(library)
    assert one(library).state is state


@pytest.mark.parametrize(("wish", "state"), [("cancel", S.SKIPPED), ("pause", S.PAUSED)])
def test_another_process_of_the_home_wishes(library, drop, wish, state):
    """It only writes into the journal; whoever works sees it when it looks."""
    drop("a.jpg")

    def elsewhere():
        library.uploads._pipeline.stop = lambda *_: None
        getattr(library.uploads, wish)()
        del library.uploads._pipeline.stop
        library.uploads.newer((0, 0), 10)

    at(library, "prepared", elsewhere)
    work_off(library)
    assert one(library).state is state


@pytest.mark.parametrize(("wish", "state"), [("cancel", S.SKIPPED), ("pause", S.PAUSED)])
def test_a_crash_before_the_wish_was_seen_to(library, drop, wish, state):
    class Crash(BaseException):
        pass

    def crash():
        getattr(library.uploads, wish)()
        raise Crash

    drop("a.jpg")
    at(library, "put", crash)
    with pytest.raises(Crash):
        work_off(library)
    library.uploads.recover()
    item = one(library)
    assert (item.state, item.wish) == (state, None)
    if state is S.SKIPPED:
        assert (item.error, item.finished_at is not None) == (CANCELLED, True)
        assert objects(library) == {}
    else:
        library.uploads.resume()
        work_off(library)
        assert one(library).state is S.DONE
    assert library.check.run().is_clean


def test_what_could_not_be_removed_is_removed_at_the_next_start(library, drop, monkeypatch):
    drop("a.jpg")
    monkeypatch.setattr(library.store, "delete", refuse(Transient("offline", "It is gone.")))
    at(library, "put", library.uploads.cancel)
    work_off(library)
    assert one(library).state is S.SKIPPED
    assert objects(library) != {}
    monkeypatch.undo()
    library.uploads.recover()
    assert objects(library) == {}


def test_a_file_that_was_added_before_it_was_cancelled_is_added(library, drop):
    """Its process ended between the row and the journal: it waits, yet it is in the library."""

    class Crash(BaseException):
        pass

    def crash():
        raise Crash

    drop("a.jpg")
    at(library, "committed", crash)
    with pytest.raises(Crash):
        work_off(library)
    library.uploads.recover()
    library.uploads.cancel()
    item = one(library)
    page = library.library.page(MediaQuery())
    assert item.state is S.DONE
    assert (item.media_public_id, item.error) == (page.items[0].public_id, None)
    assert library.check.run().is_clean


def test_cancel_one_some_all(library, drop):
    ids = drop("1.jpg", "2.jpg", "3.jpg", "4.jpg", to=None)
    library.uploads.cancel(ids[:1])
    library.uploads.place(ids[1:3], library.library.target(PHOTOS))
    library.uploads.pause(ids[2:3])
    library.uploads.cancel(ids[1:3])
    states = {each.id: each.state for each in library.uploads.items()}
    assert [states[each] for each in ids] == [S.SKIPPED] * 3 + [S.UNPLACED]
    library.uploads.cancel()
    assert {each.error for each in library.uploads.items()} == {CANCELLED}
    assert library.uploads.claim() is None


def test_another_place_after_something_was_sent(library, drop):
    ids = drop("a.jpg")
    at(library, "put", library.uploads.pause)
    work_off(library)
    sent = one(library).plan
    assert sent.keys.original.startswith("communities/")
    library.uploads.place(ids, library.library.target("property:789/photos"))
    assert one(library).state is S.PAUSED
    library.uploads.resume()
    work_off(library)
    media = library.library.media(one(library).media_public_id)
    assert media.storage_path.startswith("properties/")
    assert media.public_id != sent.public_id
    assert not set(sent.keys.all) & set(objects(library))
    assert library.check.run().is_clean


def test_what_is_worked_on_stays_where_it_goes(library, drop):
    ids = drop("a.jpg")
    elsewhere = library.library.target("property:789/photos")
    at(library, "planned", lambda: library.uploads.place(ids, elsewhere))
    work_off(library)
    item = one(library)
    assert (item.state, str(item.place)) == (S.DONE, PHOTOS)
    assert library.library.media(item.media_public_id).entity_type == "community"


@pytest.mark.parametrize("step", ["planned", "put", "committed", "edited", "done"])
def test_whatever_is_written_with_it_is_with_the_media(library, drop, step, monkeypatch):
    (item_id,) = drop("a.jpg")
    first = Description(caption="The first one.", tags=("kitchen",))
    library.uploads.describe([item_id], first)
    late = Description(alt_text="A kitchen.", tags=("pool",), primary=True)
    describe = functools.partial(library.uploads.describe, [item_id], late)
    journal = library.uploads._journal
    move = journal.move

    def moved(item, state, **values):
        if step == "edited":  # after the last look, before it is done
            describe()
        found = move(item, state, **values)
        if step == "done":  # a window that has not heard of it yet
            describe()
        return found

    monkeypatch.setattr(journal, "move", moved)
    at(library, step, describe)
    work_off(library)
    media = library.library.media(one(library).media_public_id)
    assert (media.alt_text, media.caption, media.is_primary) == (
        "A kitchen.",
        "The first one.",
        True,
    )
    assert tuple(media.tags) == ("pool",)


def test_what_was_written_between_a_crash_and_the_next_start_is_with_the_media(library, drop):
    (item_id,) = drop("a.jpg")
    at(library, "committed", crash)
    with pytest.raises(Crash):
        work_off(library)
    library.uploads.describe([item_id], Description(alt_text="A kitchen."))
    library.uploads.recover()
    work_off(library)
    done = one(library)
    assert done.state is S.DONE
    assert library.library.media(done.media_public_id).alt_text == "A kitchen."


def test_where_the_late_words_are_refused_that_is_said(library, drop, monkeypatch):
    (item_id,) = drop("a.jpg")
    error = Permanent("forbidden", "You may not edit this.")
    monkeypatch.setattr(library.editing, "edit", refuse(error))
    late = Description(alt_text="A kitchen.")
    at(library, "committed", lambda: library.uploads.describe([item_id], late))
    work_off(library)
    done = one(library)
    assert done.state is S.DONE and done.note.endswith("You may not edit this.")


def test_files_without_a_place_get_one(library, drop):
    ids = drop("1.jpg", "2.jpg", to=None)
    work_off(library)
    assert {each.state for each in library.uploads.items()} == {S.UNPLACED}
    batch = library.uploads.place(ids, library.library.target("property:789/photos"))
    work_off(library)
    added = library.uploads.items(batch)
    assert {each.state for each in added} == {S.DONE}
    orders = [library.library.media(each.media_public_id).sort_order for each in added]
    assert orders == [1, 2]


def test_an_order_of_ones_own_is_kept(library, drop):
    ids = drop("1.jpg", "2.jpg", "3.jpg")
    library.uploads.reorder([ids[2]], ids[0])
    assert [library.uploads.claim().id for _ in range(3)] == [ids[2], ids[0], ids[1]]


def test_a_drop_that_comes_first_is_taken_first(library, drop, photo):
    before = drop("1.jpg", "2.jpg")
    target = library.library.target("property:789/photos")
    batch = library.uploads.drop([photo("3.jpg", hue=90)], target, first=True)
    (hurried,) = library.uploads.items(batch)
    assert [library.uploads.claim().id for _ in range(3)] == [hurried.id, *before]


def test_pasted_pictures_go_once_they_are_uploaded_and_a_day_old(library, photo):
    target, folder = library.library.target(PHOTOS), library.home.pasted
    names = ("done.png", "20260101-1/waits.png", "20260101-2/left.png", "failed.png", "young.png")
    paths = {Path(name).stem: folder / name for name in names}
    for hue, path in enumerate(paths.values()):
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(photo("x.jpg", hue=hue * 20), path)
    paths["failed"].write_bytes(b"no picture")
    library.uploads.drop([str(paths[each]) for each in ("done", "failed")], target)
    work_off(library)
    library.uploads.drop([str(paths["waits"])], None)
    yesterday = time.time() - 25 * 3600
    for path in [*paths.values(), *folder.glob("*/")]:
        if path != paths["young"]:
            os.utime(path, (yesterday, yesterday))
    library.tidy()
    left = {name for name, path in paths.items() if path.exists()}
    assert left == {"waits", "failed", "young"}
    assert library.uploads.clear_pasted(folder / "gone") == 0
    assert sorted(each.name for each in folder.iterdir()) == [
        "20260101-1",
        "failed.png",
        "young.png",
    ]


def test_what_is_permanent_is_not_retried(library, drop, tmp_path, monkeypatch):
    drop("a.jpg", "b.jpg", "c.jpg")
    (tmp_path / "a.jpg").unlink()
    (tmp_path / "b.jpg").write_bytes(b"no picture")
    monkeypatch.setattr(library.store, "put", refuse(Permanent("too_large_for_storage", "No.")))
    work_off(library)
    monkeypatch.undo()
    assert {each.state for each in library.uploads.items()} == {S.FAILED}
    assert library.uploads.retry_failed() == 1
    assert [each.state for each in library.uploads.items()] == [S.QUEUED, S.FAILED, S.FAILED]


def test_whoever_waits_for_another_file_can_be_stopped():
    class Stopped(Exception):
        pass

    def check():
        raise Stopped

    lock = threading.Lock()
    with lock, pytest.raises(Stopped), held(lock, check):
        pass
    with held(lock, check):
        assert lock.locked()
    assert not lock.locked()
