from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton

from artitec_media_desktop.domain.targets import Target
from artitec_media_desktop.domain.uploads import ItemProgress, UploadState
from artitec_media_desktop.ui.panels.uploads import UploadsPanel
from artitec_media_desktop.ui.panels.uploads.actions import action_rects
from artitec_media_desktop.ui.panels.uploads.columns import columns
from artitec_media_desktop.ui.theme import Mode, theme
from artitec_media_desktop.ui.upload_queue import UploadQueue
from tests.ui.held import hold

S = UploadState
TOO_LARGE = ("too_large", "Too large. Images can be up to 20 MB.")


@pytest.fixture
def filled(panel, app, make_item, qtbot):
    """One file in each state: rows 1 to 6, below their heading."""
    panel.items = [
        make_item(S.FAILED, error=TOO_LARGE, size=28_000_000),
        make_item(S.DUPLICATE, duplicate_of="MED-1", distance=0),
        make_item(S.WORKING),
        make_item(S.QUEUED),
        make_item(S.DONE, note="The name says PNG."),
        make_item(S.SKIPPED),
    ]
    app.pump.items_changed.emit(tuple(panel.items))
    with qtbot.waitSignal(panel.queue.totals_changed):
        pass
    return panel


def row_rect(panel, row):
    return panel._view.visualRect(panel._rows.index(row))


def select(panel, *rows):
    panel._view.setFocus()
    panel._view.clearSelection()
    for row in rows:
        panel._view.selectionModel().select(
            panel._rows.index(row), panel._view.selectionModel().SelectionFlag.Select
        )


def action_at(panel, row, name):
    """The middle of a row's button."""
    index = panel._rows.index(row)
    actions = panel._view.itemDelegate().actions(index)
    at = [each.name for each in actions].index(name)
    return action_rects(panel._view.visualRect(index), actions)[at].center()


def press(panel, qtbot, row, name):
    port = panel._view.viewport()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=action_at(panel, row, name))


def button_named(panel, text):
    found = [each for each in panel.findChildren(QPushButton) if each.text() == text]
    return next(each for each in found if each.isVisible())


def test_an_empty_page_says_what_to_do(panel, qtbot):
    with qtbot.waitSignal(panel.page_requested) as asked:
        button_named(panel, "Open Library").click()
    assert asked.args[0] == "library"


def test_nothing_is_claimed_before_the_journal_was_read(app, light, qtbot):
    unread = UploadsPanel(app, UploadQueue(app))
    qtbot.addWidget(unread)
    unread.show()
    assert not unread._nothing_here.isVisible()


def test_totals_and_counts(filled):
    chips = filled._bar.chips
    assert chips["all"].count == 6
    assert {name: chip.count for name, chip in chips.items() if chip.count and name != "all"} == {
        "needs_you": 1,
        "adding": 1,
        "waiting": 1,
        "added": 1,
        "already_here": 1,
        "left_out": 1,
        "failed": 1,
    }
    assert filled._totals.accessibleName().startswith("1 of 6 added, 1 added, 1 adding")


def test_chips_filter_and_an_empty_filter_says_so(filled, app, qtbot):
    filled._bar.chips["needs_you"].click()
    assert filled._rows.rowCount() == 2
    app.pump.items_changed.emit((replace(filled.items[0], state=S.QUEUED),))
    assert not filled._view.isVisible()
    button_named(filled, "Show all").click()
    assert filled._view.isVisible()
    assert filled._rows.rowCount() == 7


def test_chips_that_are_never_met_stay_away(panel, app, make_item, qtbot):
    app.pump.items_changed.emit((make_item(),))
    qtbot.waitUntil(panel._view.isVisible)
    assert panel._bar.chips["needs_you"].isVisible()
    assert not panel._bar.chips["already_here"].isVisible()


def test_the_words_of_the_buttons_give_way_in_a_narrow_window(filled):
    assert filled._bar.retry_button.text() == "Retry failed"
    filled.resize(800, 860)
    assert filled._bar.retry_button.text() == ""
    assert filled._bar.retry_button.accessibleName() == "Retry failed"
    assert filled.minimumSizeHint().width() <= 800


def test_retry_is_offered_where_it_can_help(filled, app, make_item, qtbot):
    assert not filled._bar.retry_button.isEnabled()
    gone = ("vanished", "Gone. Put it back and try again.")
    app.pump.items_changed.emit((make_item(S.FAILED, error=gone),))
    qtbot.waitUntil(filled._bar.retry_button.isEnabled)


def test_retry_and_clear_go_to_the_pump(filled, app, make_item, qtbot):
    gone = ("vanished", "Gone. Put it back and try again.")
    app.pump.items_changed.emit((make_item(S.FAILED, error=gone),))
    qtbot.waitUntil(filled._bar.retry_button.isEnabled)
    filled._bar.retry_button.click()
    filled._bar.clear_button.click()
    qtbot.keyClick(
        filled._view,
        Qt.Key.Key_R,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert app.pump.calls == [("retry_failed",), ("clear_finished",), ("retry_failed",)]


def test_buttons_are_off_when_there_is_nothing_for_them(panel, app, make_item, qtbot):
    app.pump.items_changed.emit((make_item(),))
    qtbot.waitUntil(panel._view.isVisible)
    assert not panel._bar.retry_button.isEnabled()
    assert not panel._bar.clear_button.isEnabled()


def test_a_key_that_is_held_pauses_once(filled):
    asked = []
    filled._view.asked.connect(lambda name, _items: asked.append(name))
    select(filled, 4)
    hold(filled._view, Qt.Key.Key_Space)
    assert asked == ["pause"]


def test_del_cancels_what_is_not_finished(filled, app, qtbot):
    select(filled, 1, 3, 4)
    qtbot.keyClick(filled._view, Qt.Key.Key_Delete)
    assert app.pump.calls == [("cancel", (3, 4))]


def test_del_on_a_heading_cancels_its_files(filled, app, qtbot):
    select(filled, 0)
    qtbot.keyClick(filled._view, Qt.Key.Key_Delete)
    assert app.pump.calls == [("cancel", (3, 4))]


def test_the_cross_of_a_row_cancels_it_and_selects_nothing(filled, app, qtbot):
    cross = action_at(filled, 4, "cancel")
    qtbot.mouseClick(filled._view.viewport(), Qt.MouseButton.LeftButton, pos=cross)
    assert app.pump.calls == [("cancel", (4,))]
    assert filled._view.selected_items() == []


def test_a_press_that_is_dragged_off_the_cross_does_nothing(filled, app, qtbot):
    cross = action_at(filled, 4, "cancel")
    port = filled._view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=cross)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=cross - QPoint(200, 0))
    assert app.pump.calls == []


def test_errors_are_copied_by_key_and_by_button(filled, qtbot):
    select(filled, 1, 5)
    notices = []
    filled.noticed.connect(notices.append)
    qtbot.keyClick(filled._view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    sentence = "IMG_4161.jpg: Too large. Images can be up to 20 MB."
    assert QGuiApplication.clipboard().text() == sentence
    QGuiApplication.clipboard().clear()
    copy = action_at(filled, 1, "copy")
    qtbot.mouseClick(filled._view.viewport(), Qt.MouseButton.LeftButton, pos=copy)
    assert QGuiApplication.clipboard().text() == sentence
    assert len(notices) == 2


def test_arrows_fold_a_heading_and_find_it(filled, qtbot):
    filled._view.setFocus()
    filled._view.setCurrentIndex(filled._rows.index(3))
    qtbot.keyClick(filled._view, Qt.Key.Key_Left)
    assert filled._view.currentIndex().row() == 0
    qtbot.keyClick(filled._view, Qt.Key.Key_Left)
    assert filled._rows.rowCount() == 1
    qtbot.keyClick(filled._view, Qt.Key.Key_Right)
    assert filled._rows.rowCount() == 7


def test_enter_shows_the_place_in_the_library(filled, qtbot):
    filled._view.setFocus()
    filled._view.setCurrentIndex(filled._rows.index(5))
    with qtbot.waitSignal(filled.page_requested) as asked:
        qtbot.keyClick(filled._view, Qt.Key.Key_Return)
    name, what = asked.args
    assert name == "library"
    assert isinstance(what, Target)
    assert str(what) == "community:CMY-456/photos"


def test_status_says_what_is_selected(filled, qtbot):
    with qtbot.waitSignal(filled.status_changed) as status:
        select(filled, 1)
    assert status.args == ["1 file · 26.7 MB selected"]


def test_the_selection_stays_while_rows_come_and_change(filled, app, make_item):
    select(filled, 4)
    app.pump.items_changed.emit((make_item(batch=2), make_item(batch=2)))
    app.pump.items_changed.emit((replace(filled.items[3], state=S.WORKING),))
    assert [item.id for item in filled._view.selected_items()] == [4]


def test_a_finished_batch_is_summed_up(filled, app, qtbot):
    assert not filled._report.isVisible()
    now = datetime.now(UTC)
    done = [replace(item, state=S.DONE, finished_at=now) for item in filled.items[2:4]]
    app.pump.items_changed.emit(tuple(done))
    assert filled._report.isVisible()
    spoken = filled._report.accessibleName()
    assert spoken.startswith("Willow Creek · Photos, finished ")
    assert spoken.endswith("3 added, 1 already here, 1 left out, 1 failed: too large")
    with qtbot.waitSignal(filled.page_requested):
        button_named(filled._report, "Show in Library").click()


def test_files_from_outside_are_left_to_the_window(filled):
    """A drag that the list takes would end there; see ui/drop_anywhere.py."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/photos/a.jpg")])
    event = QDragEnterEvent(
        QPoint(50, 50),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    filled._view.dragEnterEvent(event)
    assert not event.isAccepted()
    assert not filled.acceptDrops()


def test_progress_is_painted(filled, app):
    item = filled.items[2]
    track = columns(row_rect(filled, 3)).state
    middle = QPoint(track.left() + 40, track.center().y())

    def color():
        return filled._view.viewport().grab().toImage().pixelColor(middle)

    assert color() == QColor(theme().tokens.track)
    app.pump.progressed.emit((ItemProgress(item.id, "sending", 90, 100, 1e6),))
    assert color() == QColor(theme().tokens.accent)


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_an_error_is_red_and_has_an_icon(filled, mode):
    theme().set_mode(mode)
    box = columns(row_rect(filled, 1)).state
    image = filled._view.viewport().grab().toImage()
    danger = QColor(theme().tokens.danger)
    colors = [
        image.pixelColor(x, y)
        for x in range(box.left(), box.left() + 16)
        for y in range(box.center().y() - 8, box.center().y() + 8)
    ]
    assert colors.count(danger) > 40


def picture(color):
    image = QImage(88, 64, QImage.Format.Format_RGB32)
    image.fill(color)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


def test_previews_arrive_in_their_rows(filled, app, qtbot):
    app.uploads.picture = picture("#00FF00")
    filled._previews.clear()
    box = columns(row_rect(filled, 4)).thumb

    def painted():
        shown = filled._view.viewport().grab().toImage().pixelColor(box.center())
        assert shown == QColor("#00FF00")

    qtbot.waitUntil(painted)


def test_previews_that_were_scrolled_past_are_not_made(panel, app, make_item, qtbot):
    app.runner.held = True
    for _ in range(200):
        panel._previews.get(make_item(), 1.0)
    asked = []
    app.uploads.preview = lambda item, pixels: asked.append(item.id)
    qtbot.waitUntil(lambda: bool(app.runner.waiting))
    app.runner.release()
    assert len(asked) == 40
    assert asked[0] == 200


def test_a_file_that_gives_no_picture_is_asked_once(panel, app, make_item, qtbot):
    item, asked = make_item(), []
    app.uploads.preview = lambda item, pixels: asked.append(pixels)
    panel._previews.get(item, 2.0)
    qtbot.waitUntil(lambda: asked == [88])
    assert panel._previews.get(item, 2.0) is None
    qtbot.wait(5)
    assert asked == [88]


def test_ten_thousand_rows_and_only_those_in_view_are_painted(panel, app, make_item, qtbot):
    app.pump.items_changed.emit(tuple(make_item() for _ in range(10_000)))
    assert panel._rows.rowCount() == 10_001
    painted = []
    original = panel._view.itemDelegate()._file
    panel._view.itemDelegate()._file = lambda item: (painted.append(item.id), original(item))[1]
    panel._view.viewport().grab()
    assert 0 < len(painted) < 40


def test_only_one_of_the_pages_is_seen(panel, app, make_item, qtbot):
    app.pump.caught_up.emit()
    qtbot.waitUntil(panel._nothing_here.isVisible)
    app.pump.items_changed.emit((make_item(),))
    qtbot.waitUntil(panel._view.isVisible)
    assert not panel._nothing_here.isVisible()


def test_rows_there_is_no_time_for_come_with_the_next_paint(
    panel, app, make_item, qtbot, monkeypatch
):
    app.pump.items_changed.emit(tuple(make_item() for _ in range(100)))
    delegate = panel._view.itemDelegate()
    delegate._pictures.clear()
    with monkeypatch.context() as hurried:
        hurried.setattr("artitec_media_desktop.ui.panels.uploads.delegate._TIME", -1.0)
        panel._view.viewport().grab()
    assert delegate.is_behind
    assert not delegate._pictures
    qtbot.waitUntil(lambda: len(delegate._pictures) > 5 and not delegate.is_behind)


def test_a_row_that_looks_as_before_is_not_painted_again(panel, app, make_item, monkeypatch):
    app.pump.items_changed.emit(tuple(make_item() for _ in range(5)))
    panel._view.viewport().grab()
    painted = []
    monkeypatch.setattr(
        "artitec_media_desktop.ui.panels.uploads.delegate.paint_row",
        lambda *row: painted.append(row),
    )
    panel._view.viewport().grab()
    assert not painted
    item = next(iter(panel._queue.items.values()))
    app.pump.items_changed.emit((replace(item, state=UploadState.PAUSED),))
    panel._view.viewport().grab()
    assert 1 <= len(painted) <= 2
