from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.search import parse
from artitec_media_desktop.domain.slots import find_slot
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.ui.panels.library.grid.model import (
    FIRST,
    GridModel,
    State,
)
from artitec_media_desktop.ui.panels.library.grid.reading import PAGE
from artitec_media_desktop.ui.panels.library.grid.rows import KEPT, Role

PHOTOS = find_slot(EntityType.COMMUNITY, "photos")
COVER = find_slot(EntityType.COMMUNITY, "cover")


@pytest.fixture
def model(app):
    made = GridModel(app)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


@pytest.fixture
def long(app):
    """For many rows: the tester walks through all of them at every signal."""
    return GridModel(app)


def keys(model):
    return [model.index(row).data(Role.KEY) for row in range(model.rowCount())]


def test_the_first_media_come_with_the_first_answer_and_a_few_are_all(model, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, FIRST)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    assert model.total == model.rowCount() == FIRST - 1
    assert model.item(1) is not None and app.library.asked_orders == 0
    assert app.library.asked_pages == []


def test_then_all_ids_and_media_in_pages_around_what_is_in_view(long, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, 701)))
    app.runner.held = True
    long.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    app.runner.step()
    assert long.rowCount() == FIRST and long.total == 0  # not known yet
    app.runner.release()
    assert long.rowCount() == long.total == 700 and app.library.asked_pages == []
    long.need((520, 530), (531, 541), (509, 519))
    assert app.library.asked_pages == [[*range(521, 543), *range(510, 521)]]
    assert long.index(520).data(Role.ITEM).id == 521
    long.need((520, 530))
    assert len(app.library.asked_pages) == 1
    long.need((0, 699))
    assert all(len(page) <= PAGE for page in app.library.asked_pages)
    asked = [number for page in app.library.asked_pages for number in page]
    assert sorted(asked) == list(range(FIRST + 1, 701))


def test_what_has_scrolled_away_is_not_read(long, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, 3001)))
    long.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    app.runner.held = True
    for first in range(300, 2900, 100):
        long.need((first, first + 99))
    assert len(app.runner.jobs) == 2  # not one a place that was passed
    app.runner.release()
    assert len(app.library.asked_pages) == 3
    assert list(range(2801, 2901)) in app.library.asked_pages


def test_what_stays_in_memory_is_bounded(long, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, KEPT + 1001)))
    long.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    for first in range(0, KEPT + 1000, 100):
        long.need((first, first + 99))
    held = [key for key in range(1, KEPT + 1001) if long.item(key) is not None]
    assert len(held) == KEPT and long.item(KEPT + 1000) is not None and long.item(1) is None


def test_data_reads_nothing(model, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, 4)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    started = app.runner.count
    for row in range(3):
        for role in (*Qt.ItemDataRole, *Role):
            model.index(row).data(role)
    assert app.runner.count == started


def test_an_older_answer_never_replaces_a_newer_one(model, app, make, ref):
    app.library.put(make.media(1), make.media(2, field="cover"))
    app.runner.held = True
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    model.show(MediaQuery(ref.willow, COVER.field), (ref.willow, COVER))
    app.runner.step(1)
    assert keys(model) == [2] and model.state is State.READY
    app.runner.step(0)
    assert keys(model) == [2]


def test_late_media_find_their_row_or_none(model, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, 251)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    app.runner.held = True
    model.need((240, 249))
    page = app.runner.jobs[0]
    answer = page.fn(page.task)
    page.fn = lambda _task: answer  # it was read before photo 241 left
    del app.library.rows[241]
    app.library.put(make.media(900))
    model.refresh()
    app.runner.step(1)
    assert keys(model)[-3:] == [249, 250, 900] and model.row_of(241) is None
    app.runner.step(0)
    assert model.row_of(241) is None and model.row_of(242) == 240
    assert model.index(240).data(Role.ITEM).id == 242


def test_what_vanished_meanwhile_leaves(model, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, 252)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    del app.library.rows[251]
    model.need((249, 250))
    assert keys(model) == list(range(1, 251))


def test_a_refresh_keeps_every_row_that_stays(model, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, 8)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    kept = QPersistentModelIndex(model.index(4))
    gone = QPersistentModelIndex(model.index(1))
    for number in (2, 7):
        del app.library.rows[number]
    app.library.rows = {100: make.media(100), **app.library.rows}
    model.refresh()
    assert keys(model) == [100, 1, 3, 4, 5, 6]
    assert kept.data(Role.KEY) == 5 and not gone.isValid()


def test_another_order_says_where_each_row_is_now(model, app, make, ref, qtbot):
    app.library.put(*(make.media(number) for number in range(1, 8)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    del app.library.rows[2]
    app.library.rows = dict(reversed(app.library.rows.items()))
    with qtbot.waitSignal(model.renumbered) as caught:
        model.refresh()
    assert keys(model) == [7, 6, 5, 4, 3, 1]
    assert caught.args[0].followed([(0, 2)]) == [(4, 5)]


def test_another_search_in_the_same_place_keeps_the_rows_until_it_is_answered(
    model, app, make, ref
):
    app.library.put(make.media(1), make.media(2))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    app.runner.held = True
    model.show(replace(model.query, search=parse("sort:oldest")), (ref.willow, PHOTOS))
    assert keys(model) == [1, 2] and model.state is State.LOADING
    del app.library.rows[1]
    app.runner.release()
    assert keys(model) == [2]


def test_a_search_where_there_was_none_keeps_the_media_until_it_is_answered(model, app, make, ref):
    """Of a search nobody can say what comes: the place goes, and with it the files on their way."""
    app.library.put(*(make.media(number) for number in range(1, 6)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    model.set_uploads([make.upload(1)])
    assert keys(model) == [1, 2, 3, 4, 5, -1]
    app.runner.held = True
    model.show(MediaQuery(ref.willow, PHOTOS.field, search=parse("missing:alt")))
    assert keys(model) == [1, 2, 3, 4, 5] and model.place is None
    app.runner.release()
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    model.set_uploads([make.upload(1)])
    assert keys(model)[-1] == -1
    app.runner.release()
    assert keys(model) == [1, 2, 3, 4, 5, -1]


def test_the_order_is_read_by_one_worker_at_a_time(model, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, 301)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    app.runner.held = True
    for _ in range(5):
        model.refresh()
    assert len(app.runner.jobs) == 1
    before = app.library.asked_orders
    app.runner.release()
    assert app.library.asked_orders == before + 2  # what came meanwhile, once


def test_rows_that_change_while_they_are_compared_are_compared_again(model, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, 301)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    app.runner.held = True
    app.library.put(make.media(500))
    model.refresh()
    job = app.runner.jobs.pop()
    answer = job.fn(job.task)
    model.reorder([3], 1)
    job.on_done(answer)
    app.runner.release()
    assert keys(model) == [*range(1, 301), 500]


def test_a_passing_fault_leaves_what_is_shown(model, app, make, ref):
    app.library.put(make.media(1))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    app.library.error = Transient("busy", "The library is busy.")
    model.refresh()
    assert keys(model) == [1] and model.state is State.READY


def test_an_answer_of_another_kind_starts_afresh(long, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, 401, 2)))
    long.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    app.library.rows = {number: make.media(number) for number in range(1, 401)}
    long.refresh()
    assert keys(long) == list(range(1, 401))


def test_a_refresh_reads_again_what_is_in_view_and_shows_the_old_until_then(model, app, make, ref):
    app.library.put(make.media(1, alt_text="before"))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    model.need((0, 0))
    app.library.put(make.media(1, alt_text="after"))
    model.refresh()
    assert model.item(1).alt_text == "before"
    model.need((0, 0))
    assert model.item(1).alt_text == "after"


def test_media_read_before_a_refresh_are_read_once_more(model, app, make, ref):
    app.library.put(*(make.media(number, alt_text="before") for number in range(1, 252)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    app.runner.held = True
    model.need((250, 250))
    page = app.runner.jobs.pop()
    answer = page.fn(page.task)
    app.library.put(make.media(251, alt_text="after"))
    model.refresh()
    page.on_done(answer)
    assert model.item(251).alt_text == "before"
    app.runner.release()
    model.need((250, 250))
    assert model.item(251).alt_text == "after"


def test_a_fault_is_kept_for_the_page_to_show(model, app, ref):
    app.library.error = Transient("busy", "The library is busy.")
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    assert model.state is State.FAILED and model.error.code == "busy"
    app.library.error = None
    model.refresh()
    assert model.state is State.READY and model.error is None


def test_files_on_their_way_stand_at_the_end_until_their_media_is_there(model, app, make, ref):
    app.library.put(make.media(1))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    model.set_uploads([make.upload(5), make.upload(6, ref=ref.cedar), make.upload(7, slot="cover")])
    assert keys(model) == [1, -5] and model.total == 1
    model.set_progress(5, 0.5)
    model.set_progress(6, 0.5)
    assert model.progress_of(-5) == 0.5 and model.progress_of(-6) == 0.0
    model.set_uploads([make.upload(5, UploadState.DONE, media_public_id="MED-1-000002")])
    assert keys(model) == [1, -5]
    app.library.put(make.media(2))
    model.refresh()
    assert keys(model) == [1, 2] and model.item(-5) is None


@pytest.mark.parametrize("state", [UploadState.FAILED, UploadState.DUPLICATE, UploadState.SKIPPED])
def test_a_file_that_is_not_added_leaves(model, app, make, ref, state):
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    model.set_uploads([make.upload(5)])
    model.set_uploads([make.upload(5, state)])
    assert keys(model) == []
    model.set_uploads([make.upload(5)])
    model.remove_uploads([5, 99])
    assert keys(model) == []


def test_rows_are_spoken(model, app, make, ref):
    app.library.put(make.media(1, alt_text="Kitchen", is_primary=True, is_public=False))
    app.library.put(*(make.media(number) for number in range(2, 252)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(250).data(role) == "251, loading"
    assert model.index(0).data(role) == "1, Kitchen, IMG_0001.jpg, primary, private"
    assert model.index(1).data(role) == "2, no alt text, IMG_0002.jpg"
    assert model.data(QModelIndex(), role) is None


def test_a_search_that_nobody_waits_for_is_stopped(app, model, make):
    app.library.put(make.media(1, alt_text="Pool"), make.media(2, alt_text="Kitchen"))
    app.runner.held = True
    model.show(MediaQuery(search=parse("pool")))
    model.show(MediaQuery(search=parse("kitchen")))
    assert [each.task.cancelled for each in app.runner.jobs] == [True, False]
    app.runner.release()
    assert [model.key_at(row) for row in range(model.rowCount())] == [2]
    model.read_order()
    app.runner.held = True
    model.read_order()
    model.show(MediaQuery(search=parse("pool")))
    app.runner.release()
    assert model.is_complete and [model.key_at(0)] == [1]
    model.refresh()
    assert not model._ordering
