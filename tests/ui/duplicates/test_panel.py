from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from artitec_media_desktop.domain.changes import Change, ChangeKind
from artitec_media_desktop.domain.duplicates import DEFAULT_RULES, Inheritance, Likeness, Scope
from artitec_media_desktop.domain.errors import Conflict
from artitec_media_desktop.domain.listing import Changed, Mark
from artitec_media_desktop.ui.panels.duplicates.compare import Mode
from artitec_media_desktop.ui.panels.duplicates.consequences import parts_of
from artitec_media_desktop.ui.panels.duplicates.difference_words import table_rows
from artitec_media_desktop.ui.panels.duplicates.heads import Fate
from artitec_media_desktop.ui.panels.duplicates.words import likeness
from tests.ui.held import hold

from .conftest import MB, PLACES, decided, front, group, media

K = Qt.Key


def offers(panel):
    return [each.offer for each in parts_of(panel.view.case) if each.offer is not None]


# ---- comparing and grouping


def test_it_compares_once_and_says_what_there_is(panel, duplicates):
    panel.activate()
    panel.activate()
    assert [each for each in duplicates.calls if each[0] == "compare"] == [("compare", Scope())]
    assert panel.sidebar.left.text() == "3 groups left"
    assert panel.sidebar.free.text() == f"{11 + 21 + 31} MB to free"
    assert panel.sidebar.done.text() == "0 of 3 done"
    assert front(panel) == (10, 11, 3)
    assert panel.said[-1] == "Group 1 of 3"


def test_the_slider_groups_at_once_and_the_group_in_front_stays(started, duplicates):
    duplicates.groups[0] = group(10, 11, bits=7)
    started.step(1)
    assert front(started)[0] == 20
    started.sidebar.slider.setValue(3)
    assert duplicates.calls[-1] == ("grouped", 3, DEFAULT_RULES)
    assert front(started) == (20, 21, 2)
    assert started.sidebar.apart.text() == "3 of 64 bits apart"


def test_after_the_slider_was_moved_by_mouse_enter_accepts(started, duplicates, qtbot):
    slider, listed = started.sidebar.slider, started.sidebar.list
    listed.setFocus()
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    assert started.window().focusWidget() is listed


def test_only_the_newest_threshold_counts(started, app, duplicates):
    duplicates.groups = [group(10, 11, bits=0), group(20, 21, bits=4)]
    app.runner.held = True
    for value in (8, 6, 0):
        started.sidebar.slider.setValue(value)
    app.runner.waiting.reverse()  # the answer to the last question comes first
    app.runner.release()
    assert started.groups.rowCount() == 1


def test_another_scope_is_compared_anew(started, duplicates):
    started.sidebar.scope.setCurrentIndex(1)
    started.sidebar.scope.activated.emit(1)
    assert ("compare", Scope(within=True)) in duplicates.calls
    started.reveal(PLACES[0].ref)
    place = Scope(PLACES[0].ref.type, entity=PLACES[0].ref)
    assert ("compare", place) in duplicates.calls
    assert started.sidebar.scope.currentText() == "1 E Juniper Ct"


def test_a_hundred_thousand_groups_are_not_made_up_front(started, duplicates, app):
    many = [group(2 * at, 2 * at + 1) for at in range(100_000)]
    for each in range(40):
        app.library.media[each] = media(each)

    class Many(type(duplicates.grouped(5, ()))):
        def index_of(self, media_id):
            return None

    made = Many(many)
    duplicates.grouped = lambda threshold, rules: made
    started.clean_up.compare()
    assert started.groups.rowCount() == 100_000
    started.grab()
    assert made.made < 500


def test_what_was_compared_again_is_told_while_it_lasts(started, app):
    app.runner.held = True
    started.clean_up.compare()
    assert started.clean_up.is_comparing
    app.runner.release()
    assert not started.clean_up.is_comparing


def test_without_a_decision_of_this_session_undo_says_where_the_others_are(started):
    started.undo()
    assert "Ctrl+Z" in started.notices[-1].detail


# ---- what is shown


def test_it_shows_what_moves_goes_and_stays(started):
    words = started.reasons.words()
    assert "Four times the pixels: 24 against 6 megapixels" in words
    assert "Alt text: Driveway" in words
    assert "Tags: dusk" in words
    assert "IMG_11.jpg: 11 MB" in words
    assert "Undo, or restore until" in words
    assert started.reasons.freed.text() == "11 MB"
    table = started.view.table
    differing = {each.key: (each.values, each.better) for each in table.rows.rows}
    assert differing == {
        "file": (("JPG, 10 MB", "JPG, 11 MB"), None),
        "alt_text": (("", "Driveway"), 1),
        "tags": (("", "dusk"), 1),
    }
    same = "1 E Juniper Ct · Photos, public, approved, no caption, 60 × 40, no camera, Place 0"
    assert table.same.text().startswith(f"Same on both: {same}, added ")


def test_across_places_all_stay_unless_one_says_otherwise(started, duplicates, library):
    library.media[41] = media(41, 2)
    library.media[40] = media(40, 1)
    duplicates.groups = [group(40, 41, freed=0, entities=2)]
    started.clean_up.compare()
    assert started.view.case.merge.is_nothing
    assert started.view.compare.heads[1].pill.fate is Fate.STAY
    assert started.view.decisions.accept.text() == "Keep all and go on"
    started.reasons.all_wanted.emit(True)
    assert [each.id for each in started.view.case.merge.trashed] == [41]
    assert started.view.compare.heads[1].pill.fate is Fate.TRASH
    assert started.view.decisions.accept.text() == "Accept and go on"


def test_the_other_one_of_two_places_is_kept_and_the_rest_trashed(
    started, duplicates, library, press
):
    library.media |= {40: media(40, 1), 41: media(41, 2)}
    duplicates.groups = [group(40, 41, freed=0, entities=2)]
    started.clean_up.compare()
    press(K.Key_X)
    assert front(started)[:2] == (41, 40)
    assert offers(started) == [("Also trash those on other places", True)]
    started.reasons.all_wanted.emit(True)
    assert [each.id for each in started.view.case.merge.trashed] == [40]
    assert offers(started) == [("As suggested", False)]
    started.reasons.all_wanted.emit(False)
    assert front(started)[:2] == (40, 41)


def test_what_moves_elsewhere_is_named(started):
    case = started.view.case
    heir = Inheritance(PLACES[1].ref, "gallery", "MED-9", "pool.jpg")
    merge = replace(case.merge, slot="avatar", sort_order=2, heirs=(heir,))
    keeper = replace(merge.keeper, entity_type="builder")
    case = replace(case, merge=replace(merge, keeper=keeper), places={PLACES[1].ref: PLACES[1]})
    said = {(each.title, each.text) for each in parts_of(case)[0].items}
    assert said >= {
        ("Takes over a place of its own", "Logo"),
        ("Place 2 in Logo", "It was at place 0"),
        ("pool.jpg becomes primary", "2 E Juniper Ct · Photos"),
    }


def test_a_file_is_told_by_what_people_call_it():
    pair = (media(1), media(2, content_type="video/quicktime", duration=73))
    rows = {each.key: each.values for each in table_rows(pair, ())}
    assert rows["file"] == ("JPG, 1 MB", "MOV, 2 MB, 1:13")


def test_where_a_row_has_little_room_its_likeness_is_said_shorter():
    assert [likeness(each, short=True) for each in (
        group(1, 2, 3, kind=Likeness.EXACT), group(1, 2, bits=1), group(1, 2, kind=Likeness.SERIES),
    )] == ["3 copies, exact", "2 copies, 1 bit", "Series of 2"]  # fmt: skip


def test_a_series_is_called_one_and_kept_by_enter(started, duplicates, press):
    duplicates.groups = [group(10, 11, kind=Likeness.SERIES, freed=0)]
    started.clean_up.compare()
    assert started.reasons.words().startswith("A series, not copies")
    press(K.Key_X)
    assert front(started)[:2] == (11, 10)
    assert decided(duplicates) == []
    press(K.Key_Return)
    assert decided(duplicates) == [("keep_both", (11, 10))]


def test_in_a_larger_group_one_chooses_who_stays(started, duplicates, library, press):
    for each in (50, 51, 52):
        library.media[each] = media(each)
    duplicates.groups = [group(50, 51, 52)]
    started.clean_up.compare()
    assert started.view.members.isVisible()
    press(K.Key_Right)
    assert front(started)[:2] == (50, 52)
    press(K.Key_T)
    assert [each.id for each in started.view.case.merge.trashed] == [51]
    started.view.keep(library.media[51])
    press(K.Key_Return)
    assert decided(duplicates) == [("accept", 51, (50,))]


@pytest.mark.parametrize("narrow", [False, True])
def test_reasons_fold_away_where_there_is_no_room(started, press, narrow):
    started.resize(900 if narrow else 1300, 640)
    assert started.reasons.isVisible() is not narrow
    assert started.view.summary.isVisible() is narrow
    press(K.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert started.reasons.isVisible() is narrow
    assert started.sidebar.isVisible() is not narrow or not narrow


# ---- deciding


@pytest.mark.parametrize(
    ("key", "call"),
    [
        (K.Key_Return, ("accept", 10, (11,))),
        (K.Key_X, ("accept", 11, (10,))),
        (K.Key_K, ("keep_both", (10, 11))),
        (K.Key_N, ("not_duplicates", (10, 11))),
    ],
)
def test_a_key_decides_and_the_next_group_is_in_front(started, duplicates, press, key, call):
    press(key)
    assert decided(duplicates) == [call]
    assert front(started) == (20, 21, 2)
    assert started.sidebar.done.text() == "1 of 3 done"
    assert started.sidebar.list.selectionModel().isSelected(started.groups.index(0))


def test_the_next_group_is_there_before_it_is_carried_out(started, app, duplicates, press):
    app.runner.held = True
    press(K.Key_Return)
    press(K.Key_N)
    assert front(started) == (30, 31, 1)
    assert decided(duplicates) == []
    app.runner.release()
    assert decided(duplicates) == [("accept", 10, (11,)), ("not_duplicates", (20, 21))]


def test_what_follows_a_decision_under_way_is_merged_as_things_are_then(
    started, app, duplicates, press
):
    asked = []
    preview = duplicates.preview
    duplicates.preview = lambda *args: asked.append(args[0].keeper) or preview(*args)
    app.runner.held = True
    press(K.Key_Return)
    press(K.Key_Return)
    app.runner.release()
    assert decided(duplicates) == [("accept", 10, (11,)), ("accept", 20, (21,))]
    assert 20 in asked


def test_skip_and_arrows_decide_nothing(started, duplicates, press):
    press(K.Key_S)
    press(K.Key_Down)
    assert front(started) == (30, 31, 3)
    press(K.Key_Up)
    assert front(started)[0] == 20
    assert decided(duplicates) == []


def test_what_somebody_else_decided_comes_back_with_the_sentence(started, duplicates, press):
    duplicates.refusal = Conflict("decided", "Sam merged this group a minute ago.")
    press(K.Key_Return)
    assert started.groups.rowCount() == 3
    assert started.groups.trouble(duplicates.groups[0]) == "Sam merged this group a minute ago."
    assert started.notices[-1].detail == "Sam merged this group a minute ago."
    assert started.sidebar.done.text() == "0 of 3 done"


def test_undo_brings_the_group_back_to_the_front(started, duplicates, press):
    press(K.Key_Return)
    press(K.Key_N)
    press(K.Key_Z)
    assert front(started) == (20, 21, 2)
    press(K.Key_Z)
    assert front(started) == (10, 11, 3)
    assert (started.clean_up.done, started.clean_up.freed) == (0, 0)
    assert not started.view.decisions.undo.isEnabled()


def test_undo_while_it_is_carried_out_takes_back_just_that(started, app, press):
    app.runner.held = True
    press(K.Key_Return)
    press(K.Key_Z)
    app.runner.release()
    assert front(started) == (10, 11, 3)


def test_an_undo_elsewhere_counts_too_and_another_one_does_not(started, app, duplicates, press):
    press(K.Key_Return)
    stranger = Change(ChangeKind.UNDONE, (), "u1", datetime.now(UTC), 7)
    app.changes.happened.emit(stranger)
    assert started.groups.rowCount() == 2
    started.edits.undo(duplicates.done[0][0])
    assert front(started) == (10, 11, 3)


def test_freed_adds_up(started, press):
    press(K.Key_Return)
    press(K.Key_K)
    press(K.Key_Return)
    assert started.clean_up.freed == (11 + 31) * MB
    assert started.state.isVisible()
    assert "All done" in started.state.accessibleName()


def test_a_key_held_down_decides_once(started, duplicates, qtbot):
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    held = QKeyEvent(QKeyEvent.Type.KeyPress, K.Key_Return, Qt.KeyboardModifier(0), "\r", True)
    QApplication.sendEvent(started.sidebar.list, held)
    assert decided(duplicates) == []


# ---- how it is compared


def test_m_goes_through_the_modes(started, press):
    modes = []
    for _ in Mode:
        press(K.Key_M)
        modes.append(started.view.compare.mode)
    assert modes == [Mode.FLICK, Mode.SWIPE, Mode.DIFFERENCE, Mode.SIDE]


def test_zoom_is_locked_until_l(started, press):
    one, other = started.view.compare.stages
    press(K.Key_Plus)
    assert one.view == other.view
    assert one.view.zoom > 1
    press(K.Key_L)
    press(K.Key_0)
    one.zoom(2)
    assert other.view.zoom == 1
    press(K.Key_L)
    assert other.view == one.view


def test_space_shows_the_other_one_while_it_is_held(started, qtbot):
    stage = started.view.compare.stages[0]
    qtbot.keyPress(started.sidebar.list, K.Key_Space)
    assert stage.media.id == 11
    qtbot.keyRelease(started.sidebar.list, K.Key_Space)
    qtbot.waitUntil(lambda: stage.media.id == 10)


def test_a_key_that_is_held_accepts_once(started, duplicates):
    hold(started.sidebar.list, K.Key_Return)
    assert len(decided(duplicates)) == 1


def test_it_is_held_though_x11_says_it_was_let_go(started, qtbot):
    stage, listed = started.view.compare.stages[0], started.sidebar.list
    for act in (qtbot.keyPress, qtbot.keyRelease, qtbot.keyPress):
        act(listed, K.Key_Space)
        assert stage.media.id == 11
    qtbot.keyRelease(listed, K.Key_Space)
    qtbot.waitUntil(lambda: stage.media.id == 10)


def test_the_divider_is_dragged(started, qtbot, press):
    press(K.Key_M)
    press(K.Key_M)
    stage = started.view.compare.stages[0]
    middle, end = stage.rect().center(), stage.rect().center()
    end.setX(stage.width() // 4)
    qtbot.mousePress(stage, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(stage, end)
    qtbot.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=end)
    assert stage.split == pytest.approx(0.25, abs=0.01)


# ---- what others do


def test_what_others_remove_drops_out_and_what_they_add_is_said(started, app, library):
    del library.media[11]
    app.changes.noticed.emit(Changed(Mark(frozenset(), 0), removed=frozenset({11})))
    assert front(started) == (20, 21, 2)
    assert started.sidebar.stale.isVisible()
    started.sidebar.again.click()
    assert not started.sidebar.stale.isVisible()


def test_own_decisions_do_not_make_it_stale(started, press):
    press(K.Key_Return)
    press(K.Key_Z)
    assert not started.sidebar.stale.isVisible()
