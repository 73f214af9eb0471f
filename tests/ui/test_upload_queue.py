from dataclasses import replace

import pytest

from artitec_media_desktop.domain.uploads import ItemProgress, UploadState
from artitec_media_desktop.ui.upload_queue import UploadQueue
from tests.places import PHOTOS

S = UploadState


@pytest.fixture
def queue(app, qapp):
    return UploadQueue(app)


def test_it_is_loaded_once_the_pump_has_told_the_whole_journal(queue, app, make_item, qtbot):
    app.pump.items_changed.emit((make_item(), make_item(S.DONE)))
    assert not queue.is_loaded
    with qtbot.waitSignal(queue.loaded):
        app.pump.caught_up.emit()
    assert queue.is_loaded
    assert queue.batches[1].ids == [1, 2]
    assert queue.totals().counts == {S.QUEUED: 1, S.DONE: 1}
    with qtbot.assertNotEmitted(queue.loaded):
        app.pump.caught_up.emit()


def test_counts_and_sizes_follow_every_change(queue, app, make_item):
    items = [make_item(size=100) for _ in range(3)]
    app.pump.items_changed.emit(tuple(items))
    app.pump.items_changed.emit((replace(items[0], state=S.DONE),))
    app.pump.items_changed.emit((replace(items[1], state=S.WORKING, size=300),))
    totals = queue.totals()
    assert (totals.total, totals.final, totals.is_active) == (3, 1, True)
    assert (totals.size, totals.size_done) == (500, 100)
    app.pump.items_removed.emit((items[0].id,))
    assert (queue.totals().size, queue.totals().total) == (400, 2)


def test_totals_are_those_of_the_batches_under_way(queue, app, make_item):
    app.pump.items_changed.emit((make_item(S.DONE, batch=1), make_item(S.QUEUED, batch=2)))
    assert queue.totals().total == 1
    app.pump.items_changed.emit((replace(queue.items[2], state=S.DONE),))
    assert queue.totals().total == 2
    assert not queue.totals().is_active


def test_files_nobody_has_looked_at_are_taken_to_be_as_large_as_the_others(queue, app, make_item):
    items = [make_item(S.DONE, size=100), make_item(S.DONE, size=300), make_item(size=None)]
    app.pump.items_changed.emit(tuple(items))
    totals = queue.totals()
    assert (totals.unsized, totals.size, totals.size_done) == (1, 600, 400)
    app.pump.items_changed.emit((replace(items[2], state=S.FAILED, error=("x", "x.")),))
    assert (queue.totals().unsized, queue.totals().size) == (0, 400)


def test_progress_of_a_file_adds_to_the_size_that_is_done(queue, app, make_item):
    item = make_item(S.WORKING, size=1000)
    app.pump.items_changed.emit((item,))
    app.pump.progressed.emit((ItemProgress(item.id, "sending", 1000, 1000, 5.0),))
    assert queue.share(item.id) == pytest.approx(0.95)
    assert queue.totals().size_done == 950


def test_shares_grow_from_stage_to_stage(queue, app, make_item):
    item = make_item(S.WORKING)
    app.pump.items_changed.emit((item,))
    shares = []
    for stage, done in (
        ("checking", 0),
        ("making", 0),
        ("sending", 0),
        ("sending", 9),
        ("saving", 0),
    ):
        app.pump.progressed.emit((ItemProgress(item.id, stage, done, 10 if done else 0, 0.0),))
        shares.append(queue.share(item.id))
    assert shares == sorted(set(shares))
    app.pump.items_changed.emit((replace(item, state=S.DONE),))
    assert queue.progress == {}


def test_progress_of_a_file_that_is_gone_is_ignored(queue, app, qtbot):
    with qtbot.assertNotEmitted(queue.progressed):
        app.pump.progressed.emit((ItemProgress(99, "sending", 1, 2, 0.0),))


def test_a_batch_finishes_once(queue, app, make_item, qtbot):
    items = [make_item(), make_item()]
    app.pump.items_changed.emit(tuple(items))
    finished = []
    queue.batch_finished.connect(finished.append)
    app.pump.items_changed.emit((replace(items[0], state=S.DONE),))
    assert finished == []
    app.pump.items_changed.emit((replace(items[1], state=S.FAILED, error=("x", "x.")),))
    assert [batch.id for batch in finished] == [1]
    app.pump.items_changed.emit((replace(items[1], state=S.FAILED, error=("x", "y.")),))
    assert len(finished) == 1


def test_an_old_batch_that_is_only_read_has_not_just_finished(queue, app, make_item, qtbot):
    with qtbot.assertNotEmitted(queue.batch_finished):
        app.pump.items_changed.emit((make_item(S.DONE),))


def test_files_that_come_out_of_order_stand_in_their_order(queue, app, make_item, qtbot):
    first, second, third = make_item(), make_item(), make_item()
    app.pump.items_changed.emit((third, first))
    with qtbot.waitSignal(queue.moved):
        app.pump.items_changed.emit((second,))
    assert queue.batches[1].ids == [first.id, second.id, third.id]


def test_names_come_from_the_library_once(queue, app, make_item, qtbot):
    app.runner.held = True
    item, gone = make_item(), make_item(place=replace(PHOTOS, entity_id=9, public_id="CMY-9"))
    app.pump.items_changed.emit((item, gone))
    assert queue.place(item) == "CMY-456 · Photos"
    with qtbot.waitSignal(queue.names_changed):
        app.runner.release()
    assert queue.place(item) == "Willow Creek · Photos"
    assert queue.place(gone) == "CMY-9 · Photos"
    app.runner.held = True
    app.pump.items_changed.emit((replace(item, state=S.DONE),))
    assert app.runner.waiting == []


def test_a_file_without_a_place_asks_for_one(queue, make_item):
    assert queue.place(make_item(place=None)) == "Choose a place"


def test_totals_are_announced_in_one_go(queue, app, make_item, qtbot):
    heard = []
    queue.totals_changed.connect(lambda: heard.append(1))
    with qtbot.waitSignal(queue.totals_changed):
        for _ in range(50):
            app.pump.items_changed.emit((make_item(),))
    assert len(heard) == 1


def test_files_that_were_given_a_place_leave_their_batch(queue, app, make_item, qtbot):
    items = [make_item(S.UNPLACED, place=None) for _ in range(3)]
    app.pump.items_changed.emit(tuple(items))
    assert queue.batches[1].is_unplaced
    placed = [replace(each, batch=2, place=PHOTOS, state=S.QUEUED) for each in items[:2]]
    with qtbot.waitSignal(queue.moved), qtbot.assertNotEmitted(queue.batch_finished):
        app.pump.items_changed.emit(tuple(placed))
    assert (queue.batches[1].ids, queue.batches[2].ids) == ([3], [1, 2])
    assert queue.batches[1].counts[S.UNPLACED] == 1
    app.pump.items_changed.emit((replace(items[2], batch=2, place=PHOTOS, state=S.QUEUED),))
    assert list(queue.batches) == [2]


def test_a_file_that_was_put_first_stands_first(queue, app, make_item):
    items = [make_item() for _ in range(3)]
    app.pump.items_changed.emit(tuple(items))
    app.pump.items_changed.emit((replace(items[2], rank=-3),))
    assert queue.batches[1].ids == [3, 1, 2]


def test_what_waits_for_a_person_takes_no_time(queue, app, make_item):
    items = [make_item(S.DONE, size=100), make_item(S.PAUSED, size=300), make_item(size=100)]
    app.pump.items_changed.emit(tuple(items))
    totals = replace(queue.totals(), bytes_per_second=10.0)
    assert (totals.size_resting, totals.seconds_left) == (300, 10.0)
    app.pump.items_changed.emit((replace(items[2], state=S.ASKING),))
    assert replace(queue.totals(), bytes_per_second=10.0).seconds_left is None


def test_a_file_of_another_account_says_whose_it_is(queue, app, make_item):
    app.library.names["u2"] = "Priya Nair"
    mine, other = make_item(account="u1"), make_item(account="u2")
    app.pump.items_changed.emit((mine, other))
    assert queue.waits_for(mine) == ""
    assert queue.waits_for(other) == "Priya Nair"


def test_totals_are_announced_with_what_the_pump_told(queue, app, make_item, qtbot):
    app.pump.items_changed.emit((make_item(),))
    with qtbot.waitSignal(queue.totals_changed, timeout=0, raising=False) as heard:
        app.pump.caught_up.emit()
    assert heard.signal_triggered
    with qtbot.assertNotEmitted(queue.totals_changed):  # never twice in a moment
        app.pump.items_changed.emit((make_item(),))
        app.pump.caught_up.emit()
