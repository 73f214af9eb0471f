import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from artitec_media_desktop.domain.uploads import ItemProgress, UploadItem, UploadState
from artitec_media_desktop.ui.panels.uploads.model import Role, UploadsModel, heading_key
from artitec_media_desktop.ui.upload_queue import UploadQueue
from tests.places import PHOTOS

S = UploadState


@pytest.fixture
def queue(app, qapp):
    return UploadQueue(app)


@pytest.fixture
def model(queue):
    made = UploadsModel(queue)
    made.tester = QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    return made


def shown(model):
    """Ids, with headings as negative batch numbers."""
    keys = []
    for row in range(model.rowCount()):
        index = model.index(row)
        item = index.data(Role.ITEM)
        keys.append(item.id if item else -index.data(Role.BATCH).id)
    return keys


def test_batches_stand_newest_first_each_below_its_heading(model, app, make_item):
    app.pump.items_changed.emit((make_item(batch=1), make_item(batch=1)))
    app.pump.items_changed.emit((make_item(batch=2),))
    assert shown(model) == [-2, 3, -1, 1, 2]


def test_a_file_that_comes_later_joins_its_batch(model, app, make_item):
    app.pump.items_changed.emit((make_item(batch=2), make_item(batch=1)))
    app.pump.items_changed.emit((make_item(batch=2),))
    assert shown(model) == [-2, 1, 3, -1, 2]


def test_a_change_touches_its_row_and_heading_only(model, app, make_item):
    items = [make_item() for _ in range(5)]
    app.pump.items_changed.emit(tuple(items))
    touched, structure = [], []
    model.dataChanged.connect(lambda a, b, *_: touched.append((a.row(), b.row())))
    model.rowsInserted.connect(structure.append)
    model.modelReset.connect(lambda: structure.append("reset"))
    app.pump.items_changed.emit((replace(items[3], state=S.DONE),))
    assert touched == [(0, 0), (4, 4)]
    assert structure == []


def test_progress_touches_one_row(model, app, make_item):
    items = [make_item(S.WORKING) for _ in range(3)]
    app.pump.items_changed.emit(tuple(items))
    touched = []
    model.dataChanged.connect(lambda a, b, *_: touched.append((a.row(), b.row())))
    app.pump.progressed.emit((ItemProgress(items[1].id, "sending", 1, 2, 0.0),))
    assert touched == [(2, 2)]


def test_clearing_takes_rows_and_empty_headings_away(model, app, make_item):
    app.pump.items_changed.emit((make_item(batch=1), make_item(batch=2), make_item(batch=2)))
    app.pump.items_removed.emit((1, 2))
    assert shown(model) == [-2, 3]


def test_a_filter_shows_its_states_and_their_headings(model, app, make_item):
    app.pump.items_changed.emit(
        (make_item(S.DONE, batch=1), make_item(S.FAILED, batch=2), make_item(S.DONE, batch=2))
    )
    model.show_states(frozenset({S.FAILED}))
    assert shown(model) == [-2, 2]
    model.show_states(frozenset({S.WORKING}))
    assert shown(model) == []
    model.show_states(None)
    assert shown(model) == [-2, 2, 3, -1, 1]


def test_a_file_leaves_the_filter_when_its_state_does(model, app, make_item):
    items = [make_item(), make_item()]
    app.pump.items_changed.emit(tuple(items))
    model.show_states(frozenset({S.QUEUED}))
    app.pump.items_changed.emit((replace(items[0], state=S.WORKING),))
    assert shown(model) == [-1, 2]
    app.pump.items_changed.emit((replace(items[1], state=S.WORKING),))
    assert shown(model) == []
    app.pump.items_changed.emit((items[0],))
    assert shown(model) == [-1, 1]


def test_a_folded_batch_is_its_heading(model, app, make_item):
    app.pump.items_changed.emit((make_item(), make_item()))
    model.fold(1, True)
    assert shown(model) == [-1]
    app.pump.items_changed.emit((make_item(),))
    assert shown(model) == [-1]
    assert [item.id for item in model.items_at(0)] == [1, 2, 3]
    model.fold(1, False)
    assert shown(model) == [-1, 1, 2, 3]


def test_rows_speak(model, app, make_item):
    error = ("too_large", "Too large. Images can be up to 20 MB.")
    app.pump.items_changed.emit((make_item(S.FAILED, error=error), make_item(S.DONE)))
    heading, failed = model.index(0), model.index(1)
    assert heading.data() == "Willow Creek · Photos"
    spoken = heading.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Willow Creek · Photos, 2 files, 1 added, 1 failed: too large"
    assert "Too large. Images can be up to 20 MB." in failed.data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    assert failed.data(Qt.ItemDataRole.ToolTipRole) == "Too large. Images can be up to 20 MB."


def test_an_index_is_found_by_key(model, app, make_item):
    app.pump.items_changed.emit((make_item(), make_item()))
    assert model.index_of(2).row() == 2
    assert model.index_of(heading_key(1)).row() == 0
    assert not model.index_of(77).isValid()


def an_item(number, batch, state):
    return UploadItem(
        number,
        batch,
        number,
        f"/{number}.jpg",
        PHOTOS,
        state,
    )


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 2**32), states=st.sets(st.sampled_from(list(S))) | st.none())
def test_whatever_happens_the_rows_are_those_a_fresh_model_has(seed, states, app):
    dice = random.Random(seed)
    queue = UploadQueue(app)
    model = UploadsModel(queue)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_states(None if states is None else frozenset(states))
    for _ in range(12):
        match dice.randrange(4):
            case 0:
                app.pump.items_removed.emit(tuple(dice.sample(range(1, 300), 150)))
            case 1:
                model.fold(dice.randint(1, 3), bool(dice.getrandbits(1)))
            case _:
                numbers = dice.sample(range(1, 300), dice.choice((1, 5, 150)))
                app.pump.items_changed.emit(
                    tuple(an_item(n, 1 + n // 100, dice.choice(list(S))) for n in numbers)
                )
        fresh = UploadsModel(queue)
        fresh.show_states(None if states is None else frozenset(states))
        for batch in (1, 2, 3):
            fresh.fold(batch, model.is_folded(batch))
        assert shown(model) == shown(fresh)


def test_batches_without_a_place_stand_on_top(model, app, make_item):
    lost = make_item(S.UNPLACED, place=None, batch=1)
    app.pump.items_changed.emit((lost, make_item(batch=2)))
    assert shown(model) == [-1, 1, -2, 2]
    app.pump.items_changed.emit((replace(lost, batch=3, place=PHOTOS, state=S.QUEUED),))
    assert shown(model) == [-3, 1, -2, 2]


def test_what_is_put_first_moves_and_stays_selected(model, app, make_item, qapp):
    items = [make_item() for _ in range(4)]
    app.pump.items_changed.emit(tuple(items))
    selected = QPersistentModelIndex(model.index_of(4))
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    app.pump.items_changed.emit((replace(items[3], rank=-4),))
    assert shown(model) == [-1, 4, 1, 2, 3]
    assert selected.row() == 1
    assert not resets
