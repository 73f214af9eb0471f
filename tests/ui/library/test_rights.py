"""What one may not do is not offered, and it is said why."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from artitec_media_desktop.domain.permissions import Decision
from artitec_media_desktop.ui.panels.library.page.slot_cards import Drop

CTRL = Qt.KeyboardModifier.ControlModifier
NO = Decision(False, "Only an admin of the community may do this.")


@pytest.fixture
def refused(panel, app, ref):
    """Willow Creek, where nothing may be added."""
    app.library.rights[ref.willow] = NO
    panel.reload()
    return panel


@pytest.fixture
def told(refused):
    found = []
    refused.noticed.connect(found.append)
    return found


@pytest.fixture
def status(panel):
    found = []
    panel.status_changed.connect(found.append)
    return found


def test_the_button_is_grey_and_says_why(refused, ref):
    header = refused.page.header
    assert not header.add.isEnabled() and header.add.toolTip() == NO.reason
    assert not header._folder.isEnabled() and not header._paste.isEnabled()
    refused.open(ref.cedar)
    assert header.add.isEnabled() and "Ctrl+O" in header.add.toolTip()
    assert header._paste.isEnabled()


def test_an_empty_slot_invites_nobody(refused, app, ref):
    app.library.rights[ref.park] = NO
    refused.open(ref.park)
    state = refused.page.states.state
    assert state.accessibleName() == f"You can look, but not add here. {NO.reason}"
    assert not [each for each in state.findChildren(QPushButton) if each.isVisible()]
    assert refused.page.strip.cards[0].accessibleName() == "Photos, Nothing here"


def test_keys_say_why_instead_of_adding(refused, app, make, told):
    QGuiApplication.clipboard().setMimeData(make.mime("/a.jpg"))
    refused.page.grid.setFocus()
    QTest.keyClick(refused.page.grid, Qt.Key.Key_V, CTRL)
    refused.add_files()
    assert app.pump.drops == [] and refused.findChild(QFileDialog) is None
    assert [each.detail for each in told] == [NO.reason, NO.reason]


def test_a_drag_is_refused_before_it_is_let_go(refused, app, make):
    drag = make.drag(refused.page, make.mime("/a.jpg"))
    at = QPoint(300, 500)
    drag.enter(at)
    assert not drag.move(at).isAccepted()
    assert refused.page.drops.overlay.title == "You can look, but not add here"
    assert refused.page.drops.overlay.text == NO.reason
    assert {card.drop for card in refused.page.strip.cards} == {Drop.IMPOSSIBLE}
    refused.page.drops.overlay.grab()
    refused.page.strip.cards[0].grab()
    drag.drop(at)
    assert app.pump.drops == []


@pytest.mark.parametrize("where", ["tree", "recent"])
def test_a_place_refuses_a_drag_and_says_why(refused, app, make, ref, status, where):
    browser = refused.browser
    if where == "tree":
        view, index = browser.tree, browser.model.index_of(ref.willow)
    else:
        browser.note_opened(ref.willow)
        view, index = browser.recent, browser.recent.model().index(0, 0)
    at = view.visualRect(index).center()
    drag = make.drag(view.viewport(), make.mime("/a.jpg"))
    drag.enter(at)
    assert not drag.move(at).isAccepted()
    assert status[-1] == NO.reason
    drag.drop(at)
    assert app.pump.drops == []


def test_places_are_asked_about_once_and_in_a_worker(refused, app, make, ref):
    tree = refused.browser.tree
    at = tree.visualRect(refused.browser.model.index_of(ref.cedar)).center()
    app.runner.held = True
    drag = make.drag(tree.viewport(), make.mime("/a.jpg"))
    drag.enter(at)
    assert drag.move(at).isAccepted()  # nothing is known against it yet
    assert app.library.asked_rights == []
    app.runner.release()
    for _ in range(3):
        drag.move(at)
    (asked,) = app.library.asked_rights
    assert {ref.willow, ref.cedar} <= set(asked)
    assert not tree._delegate.takes(refused.browser.model.entity_of(ref.willow))
    drag.leave()
    assert tree._delegate.takes(refused.browser.model.entity_of(ref.willow))


def test_the_status_comes_back_after_the_drag(refused, make, ref, status, qtbot):
    tree = refused.browser.tree
    at = tree.visualRect(refused.browser.model.index_of(ref.willow)).center()
    drag = make.drag(tree.viewport(), make.mime("/a.jpg"))
    drag.enter(at)
    drag.move(at)
    qtbot.wait(60)
    assert status[-1] == NO.reason
    drag.leave()
    qtbot.waitUntil(lambda: status[-1] == "41 items")


def test_what_is_known_is_asked_anew_after_a_reload(refused, app, make, ref):
    tree = refused.browser.tree
    at = tree.visualRect(refused.browser.model.index_of(ref.willow)).center()
    make.drag(tree.viewport(), make.mime("/a.jpg")).all(at)
    app.library.rights.clear()
    refused.refresh()
    at = tree.visualRect(refused.browser.model.index_of(ref.willow)).center()
    make.drag(tree.viewport(), make.mime("/a.jpg")).all(at)
    assert len(app.pump.drops) == 1


def test_a_text_that_may_not_be_written_is_not_begun_where_nothing_is_selected(
    panel, app, ref, qtbot
):
    app.library.edit_rights[ref.willow] = NO
    told = []
    panel.noticed.connect(told.append)
    panel.page.show_all()
    grid = panel.page.grid
    qtbot.waitUntil(lambda: panel.page.model.item(2) is not None)
    grid.selectionModel().setCurrentIndex(
        panel.page.model.index(1), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    rights = panel.grid_actions.rights
    qtbot.waitUntil(lambda: bool(rights.refusal()))
    QTest.keyClick(grid, Qt.Key.Key_F2)
    assert grid.alt_text.field is None and told[-1].detail == NO.reason
