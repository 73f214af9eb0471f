from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from artitec_media_desktop.domain.media import MediaType, ModerationStatus
from artitec_media_desktop.ui.panels.library.grid.delegate import thumb_rect
from artitec_media_desktop.ui.theme import theme
from tests.ui.held import hold

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def grid(panel):
    view = panel.page.grid
    panel.inspector.hide()
    QTest.qWait(1)
    assert view.grid.columns == 5
    view.setFocus()
    return view


def cell(grid, row):
    return grid.visualRect(grid.model().index(row, 0))


def click(grid, row, modifiers=NONE):
    QTest.mouseClick(grid.viewport(), LEFT, modifiers, cell(grid, row).center())


def drag(grid, start, end, steps=6):
    QTest.mousePress(grid.viewport(), LEFT, NONE, start)
    for step in range(1, steps + 1):
        QTest.mouseMove(grid.viewport(), start + (end - start) * step / steps)
    QTest.mouseRelease(grid.viewport(), LEFT, NONE, end)


def test_click_shift_and_ctrl_select(grid):
    click(grid, 2)
    assert grid.selected_keys() == [3]
    click(grid, 8, SHIFT)
    assert grid.selected_keys() == [3, 4, 5, 6, 7, 8, 9]
    click(grid, 0, SHIFT)
    assert grid.selected_keys() == [1, 2, 3]
    click(grid, 6, CTRL)
    click(grid, 1, CTRL)
    assert grid.selected_keys() == [1, 3, 7]
    click(grid, 4)
    assert grid.selected_keys() == [5]


def test_a_click_beside_the_cells_selects_nothing(grid):
    click(grid, 2)
    beside = cell(grid, 4).topRight() + QPoint(12, 20)
    QTest.mouseClick(grid.viewport(), LEFT, NONE, beside)
    assert grid.selected_keys() == []


def test_a_rubber_band_takes_what_it_touches(grid):
    start = cell(grid, 4).topRight() + QPoint(12, 20)
    drag(grid, start, cell(grid, 8).center())
    assert grid.selected_keys() == [4, 5, 9, 10]


def test_a_rubber_band_scrolls_at_the_edge_and_keeps_its_start(grid, qtbot):
    start = cell(grid, 4).topRight() + QPoint(12, 20)
    below = QPoint(start.x() - 300, grid.viewport().height() - 3)
    QTest.mousePress(grid.viewport(), LEFT, NONE, start)
    QTest.mouseMove(grid.viewport(), start + QPoint(0, 30))
    QTest.mouseMove(grid.viewport(), below)
    bar = grid.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 0)
    QTest.mouseRelease(grid.viewport(), LEFT, NONE, below)
    assert {4, 5, 39, 40} <= set(grid.selected_keys())


def test_an_unsteady_hand_still_clicks(grid):
    click(grid, 1)
    centre = cell(grid, 7).center()
    QTest.mousePress(grid.viewport(), LEFT, SHIFT, centre)
    QTest.mouseMove(grid.viewport(), centre + QPoint(2, 1))
    QTest.mouseRelease(grid.viewport(), LEFT, SHIFT, centre + QPoint(2, 1))
    assert grid.selected_keys() == list(range(2, 9))


def test_arrows_go_by_cell_and_line(grid):
    grid.setCurrentIndex(grid.model().index(0, 0))
    for key, row in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 6),
        (Qt.Key.Key_Left, 5),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 40),
        (Qt.Key.Key_Down, 40),
        (Qt.Key.Key_Home, 0),
    ):
        QTest.keyClick(grid, key)
        assert grid.currentIndex().row() == row
    assert grid.selected_keys() == [1]


def test_down_from_above_a_gap_goes_to_the_last(grid):
    grid.setCurrentIndex(grid.model().index(38, 0))
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.currentIndex().row() == 40


def test_shift_and_arrows_extend_ctrl_and_arrows_only_move(grid):
    click(grid, 6)
    QTest.keyClick(grid, Qt.Key.Key_Down, SHIFT)
    assert grid.selected_keys() == [7, 8, 9, 10, 11, 12]
    QTest.keyClick(grid, Qt.Key.Key_Right, CTRL)
    assert grid.currentIndex().row() == 12 and len(grid.selected_keys()) == 6
    QTest.keyClick(grid, Qt.Key.Key_X)
    assert 13 in grid.selected_keys()
    QTest.keyClick(grid, Qt.Key.Key_Space, CTRL)
    assert 13 not in grid.selected_keys()


def test_held_a_key_moves_on_and_on_but_acts_once(grid):
    click(grid, 6)
    hold(grid, Qt.Key.Key_Right)
    assert grid.currentIndex().row() == 9
    opened = []
    grid.opened.connect(opened.append)
    hold(grid, Qt.Key.Key_Space)
    assert len(opened) == 1
    before = len(grid.selected_keys())
    hold(grid, Qt.Key.Key_X)
    hold(grid, Qt.Key.Key_X)
    assert len(grid.selected_keys()) == before


def test_ctrl_a_takes_all_and_esc_none(grid):
    QTest.keyClick(grid, Qt.Key.Key_A, CTRL)
    assert len(grid.selected_keys()) == 41
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.selected_keys() == []


def test_the_current_cell_is_scrolled_into_view(grid):
    grid.setCurrentIndex(grid.model().index(0, 0))
    QTest.keyClick(grid, Qt.Key.Key_End)
    assert grid.viewport().rect().contains(cell(grid, 40))


@pytest.mark.parametrize(("key", "row"), [(Qt.Key.Key_End, 40), (Qt.Key.Key_Down, 0)])
def test_where_nothing_is_current_end_goes_to_the_end(grid, key, row):
    grid.setCurrentIndex(QModelIndex())  # as where another place is shown
    QTest.keyClick(grid, key)
    assert grid.currentIndex().row() == row


@pytest.mark.parametrize(("asked", "width"), [(10, 96), (999, 320), (131, 128), (133, 136)])
def test_zoom_goes_in_steps_within_bounds(grid, asked, width):
    grid.set_zoom(asked)
    assert grid.zoom == width


def height_in_view(grid, row):
    return cell(grid, row).center().y()


def test_zooming_keeps_the_current_cell_where_it_is(grid):
    click(grid, 15)
    grid.verticalScrollBar().setValue(200)
    before = height_in_view(grid, 15)
    for zoom in (176, 208, 176):
        grid.set_zoom(zoom)
        assert height_in_view(grid, 15) == before


def test_zooming_keeps_the_middle_where_no_current_cell_is_in_view(grid):
    grid.set_zoom(208)
    grid.verticalScrollBar().setValue(900)
    middle = grid.viewport().height() // 2
    row = next(row for row in range(41) if cell(grid, row).bottom() > middle)
    grid.set_zoom(240)
    assert abs(height_in_view(grid, row) - middle) < grid.grid.step


WIDTHS = (900, 820, 700, 1150, 1400, 960, 1000)


def test_the_first_in_view_stays_at_its_height_whatever_the_columns(panel, grid):
    grid.verticalScrollBar().setValue(300)
    row = next(row for row in range(41) if height_in_view(grid, row) >= 0)
    before = cell(grid, row).topLeft()
    seen = set()
    for width in WIDTHS:
        panel.resize(width, 800)
        seen.add(grid.grid.columns)
        bar = grid.verticalScrollBar()
        assert cell(grid, row).top() == before.y() or bar.value() == bar.maximum()
    assert len(seen) > 2
    assert cell(grid, row).topLeft() == before  # narrow and wide again: where one was


def test_the_current_cell_stays_at_its_height_whatever_the_columns(panel, grid):
    grid.set_zoom(208)
    grid.verticalScrollBar().setValue(700)
    row = grid.in_view()[0] + grid.grid.columns + 1
    click(grid, row)
    before = height_in_view(grid, row)
    for width in WIDTHS:
        panel.resize(width, 800)
        assert height_in_view(grid, row) == before


def test_at_the_top_one_stays_there_and_sees_the_current_cell(panel, grid):
    grid.set_zoom(208)
    assert grid.grid.columns == 3
    click(grid, 7)
    panel.resize(700, 800)
    assert grid.grid.columns == 2
    assert grid.viewport().rect().contains(cell(grid, 7))
    assert grid.verticalScrollBar().value() > 0
    panel.resize(1000, 800)
    assert grid.verticalScrollBar().value() == 0


def test_who_scrolled_since_is_not_led_back(panel, grid):
    bar = grid.verticalScrollBar()
    bar.setValue(300)
    panel.resize(820, 800)
    bar.setValue(0)
    panel.resize(1000, 800)
    assert bar.value() == 0


def test_one_that_goes_further_up_moves_nothing_out_of_its_line(panel, grid, app):
    """With whatever stood first in its line the view would follow by a whole line."""
    grid.set_zoom(208)
    columns = grid.grid.columns
    assert columns == 3
    grid.verticalScrollBar().setValue(900)
    first = grid.in_view()[0]
    before = {row: height_in_view(grid, row) for row in range(first, first + 3)}
    del app.library.rows[1]
    panel.page.model.refresh()
    stayed = [row for row, high in before.items() if height_in_view(grid, row - 1) == high]
    assert stayed == [first + 1, first + 2]


def test_a_refresh_keeps_selection_and_place(panel, grid, app, make):
    grid.set_zoom(320)
    click(grid, 0)
    grid.verticalScrollBar().setValue(900)
    row = grid.in_view()[0]
    key, top = panel.page.model.key_at(row), cell(grid, row).top()
    app.library.rows = {n: make.media(n) for n in (101, 102, 103, 104)} | app.library.rows
    panel.page.model.refresh()
    assert grid.selected_keys() == [1]
    assert cell(grid, panel.page.model.row_of(key)).top() == top


def test_only_pictures_in_view_and_a_screen_ahead_are_asked_for(panel, grid, app, make, ref):
    app.library.put(*(make.media(number) for number in range(1, 2001)))
    panel.page.model.refresh()
    QTest.qWait(20)
    assert panel.page.model.item(1) is not None
    assert panel.page.model.item(1500) is None


def shot(grid) -> QImage:
    return grid.viewport().grab().toImage()


def test_states_of_a_cell_are_seen(panel, grid, app, make):
    rows = app.library.rows
    rows[2] = replace(rows[2], moderation_status=ModerationStatus.FLAGGED)
    rows[3] = replace(rows[3], media_type=MediaType.VIDEO, duration=42)
    app.library.put(make.media(42))
    app.library.put(make.media(43, is_primary=True, is_public=False))
    app.library.pictures[42] = None
    app.library.rows = {n: rows[n] for n in (1, 2, 3, 42, 43)}
    panel.reload()
    QTest.qWait(50)
    image = shot(grid)

    def color(row, dx, dy):
        corner = thumb_rect(cell(grid, row)).topLeft()
        return image.pixelColor(corner + QPoint(dx, dy)).name()

    gray, sunken = "#808080", theme().color("sunken").name()
    assert color(0, 64, 48) == gray
    assert color(1, 128 - 8, 8) != gray and color(0, 128 - 8, 8) == gray
    assert color(2, 128 - 8, 96 - 8) != gray and color(0, 128 - 8, 96 - 8) == gray
    assert color(3, 10, 48) == sunken
    assert color(4, 8, 8) != gray and color(0, 8, 8) == gray
    assert color(4, 50, 8) != gray and color(0, 50, 8) == gray  # with its word
    assert color(4, 8, 96 - 8) != gray and color(0, 8, 96 - 8) == gray
    click(grid, 0)
    at = cell(grid, 0)
    assert shot(grid).pixelColor(at.left() + 40, at.bottom() - 4).name() == (
        theme().color("selection").name()
    )


def test_pictures_are_made_for_the_screen_they_are_on(grid, monkeypatch):
    monkeypatch.setattr(type(grid), "devicePixelRatioF", lambda self: 1.5)
    assert grid._pixels() == 192
