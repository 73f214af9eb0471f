import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.listing import MediaQuery
from artitec_media_desktop.domain.slots import find_slot
from artitec_media_desktop.domain.uploads import UploadState
from artitec_media_desktop.ui.panels.library.grid_model import PAGE, GridModel, Role, State

PHOTOS = find_slot(EntityType.COMMUNITY, "photos")
COVER = find_slot(EntityType.COMMUNITY, "cover")


@pytest.fixture
def model(app):
    made = GridModel(app)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def keys(model):
    return [model.index(row).data(Role.KEY) for row in range(model.rowCount())]


def test_ids_at_once_media_in_pages_around_what_is_in_view(model, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, 351)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    assert model.rowCount() == 350 and app.library.asked_pages == []
    assert model.index(120).data(Role.ITEM) is None
    model.need(120, 130)
    assert app.library.asked_pages == [list(range(101, 132))]
    assert model.index(120).data(Role.ITEM).id == 121
    model.need(120, 130)
    assert len(app.library.asked_pages) == 1
    model.need(0, 349)
    assert all(len(page) <= PAGE for page in app.library.asked_pages)
    asked = [number for page in app.library.asked_pages for number in page]
    assert sorted(asked) == list(range(1, 351))


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
    app.library.put(*(make.media(number) for number in range(1, 6)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    app.runner.held = True
    model.need(0, 4)
    page = app.runner.jobs[0]
    answer = page.fn(page.task)
    page.fn = lambda _task: answer  # it was read before photo 1 left
    del app.library.rows[1]
    app.library.put(make.media(9))
    model.refresh()
    app.runner.step(1)
    assert keys(model) == [2, 3, 4, 5, 9]
    app.runner.step(0)
    assert model.row_of(1) is None and model.item(1) is None
    assert model.index(0).data(Role.ITEM).id == 2


def test_what_vanished_meanwhile_leaves(model, app, make, ref):
    app.library.put(make.media(1), make.media(2))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    del app.library.rows[1]
    model.need(0, 1)
    assert keys(model) == [2]


def test_a_refresh_keeps_every_row_that_stays(model, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, 8)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    kept = QPersistentModelIndex(model.index(4))
    gone = QPersistentModelIndex(model.index(1))
    for number in (2, 7):
        del app.library.rows[number]
    app.library.rows = {100: make.media(100), **dict(reversed(app.library.rows.items()))}
    model.refresh()
    assert keys(model) == [100, 6, 5, 4, 3, 1]
    assert kept.data(Role.KEY) == 5 and not gone.isValid()


def test_an_answer_of_another_kind_starts_afresh(model, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, 401, 2)))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    app.library.rows = {number: make.media(number) for number in range(1, 401)}
    model.refresh()
    assert keys(model) == list(range(1, 401))


def test_a_refresh_reads_again_what_is_in_view_and_shows_the_old_until_then(model, app, make, ref):
    app.library.put(make.media(1, alt_text="before"))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    model.need(0, 0)
    app.library.put(make.media(1, alt_text="after"))
    model.refresh()
    assert model.item(1).alt_text == "before"
    model.need(0, 0)
    assert model.item(1).alt_text == "after"


def test_media_read_before_a_refresh_are_read_once_more(model, app, make, ref):
    app.library.put(make.media(1, alt_text="before"))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    app.runner.held = True
    model.need(0, 0)
    page = app.runner.jobs.pop()
    before = app.library.media_by_ids([1])
    page.fn = lambda _task: (1, [1], before)
    app.library.put(make.media(1, alt_text="after"))
    model.refresh()
    app.runner.release()
    page()
    assert model.item(1).alt_text == "before"
    model.need(0, 0)
    assert model.item(1).alt_text == "after"


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
    app.library.put(make.media(2))
    model.show(MediaQuery(ref.willow, PHOTOS.field), (ref.willow, PHOTOS))
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0).data(role) == "1, loading"
    model.need(0, 1)
    assert model.index(0).data(role) == "1, Kitchen, IMG_0001.jpg, primary, private"
    assert model.index(1).data(role) == "2, no alt text, IMG_0002.jpg"
    assert model.data(QModelIndex(), role) is None
