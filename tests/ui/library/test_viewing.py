import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artitec_media_desktop.ui.viewer import Viewer


def opened(panel):
    return next((each for each in panel.window().findChildren(Viewer) if each.isVisible()), None)


def stand_on(panel, row, *others):
    grid, index = panel.page.grid, panel.page.model.index
    grid.setCurrentIndex(index(row))
    for other in others:
        grid.selectionModel().select(index(other), grid.selectionModel().SelectionFlag.Select)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_key_opens_the_current_photo(panel, key):
    stand_on(panel, 4)
    QTest.keyClick(panel.page.grid, key)
    assert opened(panel).key == 5
    assert "Willow Creek, Photos" in opened(panel).header.detail.text()


def test_a_double_click_opens_what_is_under_it(panel):
    grid = panel.page.grid
    at = grid.visualRect(panel.page.model.index(2)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened(panel).key == 3


def test_ctrl_space_still_selects(panel):
    stand_on(panel, 4)
    QTest.keyClick(panel.page.grid, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert opened(panel) is None


def test_the_selection_follows_when_it_is_closed(panel):
    stand_on(panel, 4)
    QTest.keyClick(panel.page.grid, Qt.Key.Key_Space)
    viewer = opened(panel)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Escape):
        QTest.keyClick(viewer, key)
    assert opened(panel) is None
    assert panel.page.grid.selected_keys() == [7]
    assert panel.page.grid.currentIndex().row() == 6
    assert panel.window().focusWidget() is panel.page.grid


def test_several_that_were_selected_stay_so(panel):
    stand_on(panel, 1, 2, 3)
    QTest.keyClick(panel.page.grid, Qt.Key.Key_Space)
    viewer = opened(panel)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_C):
        QTest.keyClick(viewer, key)
    assert [each.media.id for each in viewer.compare.canvases] == [2, 3, 4]
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Escape):
        QTest.keyClick(viewer, key)
    assert panel.page.grid.selected_keys() == [2, 3, 4]
    assert panel.page.grid.currentIndex().row() == 2


def test_what_went_meanwhile_leaves_the_selection_alone(panel, app, make, ref):
    stand_on(panel, 4)
    QTest.keyClick(panel.page.grid, Qt.Key.Key_Space)
    del app.library.rows[5]
    panel.page.model.refresh()
    viewer = opened(panel)
    assert "no longer here" in viewer.state.accessibleName()
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert opened(panel) is None
