import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.ui.panels.library.browser.browser import Browser
from artitec_media_desktop.ui.panels.library.thumbnails import Thumbnails

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def browser(app, qtbot):
    thumbnails = Thumbnails(app)
    made = Browser(app, thumbnails)
    qtbot.addWidget(made)
    made.resize(248, 800)
    made.show()
    made.load()
    yield made
    thumbnails.deleteLater()


def point(browser, ref):
    browser.tree.reveal(ref)
    return browser.tree.visualRect(browser.model.index_of(ref)).center()


def click(browser, at):
    QTest.mouseClick(browser.tree.viewport(), LEFT, NONE, at)


def test_a_click_opens_an_entity_and_folds_a_section(browser, ref, qtbot):
    with qtbot.waitSignal(browser.opened) as opened:
        click(browser, point(browser, ref.pool))
    assert opened.args == [ref.pool]
    head = browser.model.index(0, 0)
    assert browser.tree.isExpanded(head)
    with qtbot.assertNotEmitted(browser.opened):
        click(browser, browser.tree.visualRect(head).center())
    assert not browser.tree.isExpanded(head)


def test_the_chevron_folds_without_opening(browser, ref, qtbot):
    index = browser.model.index_of(ref.willow)
    row = browser.tree.visualRect(index)
    with qtbot.assertNotEmitted(browser.opened):
        click(browser, QPoint(22, row.center().y()))
    assert browser.tree.isExpanded(index)
    with qtbot.waitSignal(browser.opened):
        click(browser, row.center())
    assert browser.tree.isExpanded(index)


def test_keys_fold_and_open(browser, ref, qtbot):
    browser.tree.setFocus()
    browser.tree.setCurrentIndex(browser.model.index_of(ref.willow))
    QTest.keyClick(browser.tree, Qt.Key.Key_Right)
    assert browser.tree.isExpanded(browser.model.index_of(ref.willow))
    QTest.keyClick(browser.tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(browser.entered) as entered:
        QTest.keyClick(browser.tree, Qt.Key.Key_Return)
    assert entered.args == [ref.pool]
    QTest.keyClick(browser.tree, Qt.Key.Key_Left)
    QTest.keyClick(browser.tree, Qt.Key.Key_Left)
    assert not browser.tree.isExpanded(browser.model.index_of(ref.willow))


def test_letters_find_a_row(browser, ref):
    browser.tree.setFocus()
    QTest.keyClicks(browser.tree, "w")
    QTest.keyClicks(browser.search, "il")  # which has the keyboard now
    assert browser.search.text() == "wil"
    assert browser.tree.visualRect(browser.model.index_of(ref.willow)).isValid()
    assert not browser.model.index_of(ref.cedar).isValid()


def test_searching_unfolds_and_clearing_restores(browser, ref):
    QTest.keyClicks(browser.search, "trail")
    park = browser.model.index_of(ref.park)
    assert browser.tree.visualRect(park).isValid()
    QTest.keyClick(browser.search, Qt.Key.Key_Escape)
    assert browser.search.text() == ""
    assert not browser.tree.isExpanded(browser.model.index_of(ref.willow))
    assert browser.tree.isExpanded(browser.model.index(0, 0))


def test_enter_in_the_field_opens_the_first_match(browser, ref, qtbot):
    QTest.keyClicks(browser.search, "juniper")
    with qtbot.waitSignal(browser.entered) as opened:
        QTest.keyClick(browser.search, Qt.Key.Key_Return)
    assert opened.args == [ref.house]
    QTest.keyClick(browser.search, Qt.Key.Key_Down)
    assert browser.tree.hasFocus()


def test_nothing_found_says_so(browser):
    browser.search.setText("zebra")
    assert "zebra" in browser._stack.currentWidget().accessibleName()
    browser.search.clear()
    assert browser._stack.currentWidget() is browser.tree


def test_a_fault_can_be_tried_again(browser, app, qtbot):
    def fail(*_):
        raise Transient("busy", "The library is busy.")

    works, app.library.entities = app.library.entities, fail
    browser.load()
    assert "busy" in browser._stack.currentWidget().accessibleName()
    app.library.entities = works
    with qtbot.waitSignal(browser.loaded):
        browser.load()
    assert browser._stack.currentWidget() is browser.tree


def test_an_older_answer_never_replaces_a_newer_one(browser, app, ref):
    app.runner.held = True
    browser.load()
    old = app.runner.jobs.pop()
    entities = dict(app.library.all)
    stale = old.fn(old.task)
    old.fn = lambda _task: stale
    new = EntityRef(EntityType.BUILDER, 1)
    app.library.all = entities | {new: Entity(new, "BLD-1", "Copperline Homes")}
    app.runner.held = False
    browser.load()
    assert browser.model.entity_of(new) is not None
    old()
    assert browser.model.entity_of(new) is not None


def test_recent_places_stand_on_top_the_last_first(browser, app, ref):
    assert not browser.recent.isVisible()
    for each in (ref.cedar, ref.house, ref.willow, ref.house):
        browser.note_opened(each)
    names = [browser.recent.model().index(row, 0).data() for row in range(3)]
    assert names == ["8214 E Juniper Ct", "Willow Creek", "Cedar Bend"]
    assert browser.recent.isVisible() and browser.recent.height() == 3 * 44
    assert app.settings["library.recent"][0] == ["property", 789]
    browser.search.setText("oak")
    assert not browser.recent.isVisible()
    assert browser.start() == ref.house


@pytest.mark.parametrize("kept", ["text", [1, 2], [["community"]], [["community", 99]], [[{}, 1]]])
def test_damaged_settings_cost_nothing_but_the_list(browser, app, ref, kept):
    app.settings["library.recent"] = kept
    browser.load()
    assert browser.start() == ref.cedar
    browser.note_opened(ref.house)
    assert browser.start() == ref.house


def test_files_dropped_on_a_row_go_to_its_entity(browser, ref, make, qtbot):
    at = point(browser, ref.pool)
    drag = make.drag(browser.tree.viewport(), make.mime("/a.jpg", "/b.jpg"))
    with qtbot.waitSignal(browser.files_dropped) as dropped:
        assert drag.all(at).isAccepted()
    assert dropped.args[0].paths == ("/a.jpg", "/b.jpg") and dropped.args[1] == ref.pool


def test_a_row_that_cant_take_them_refuses(browser, ref, make, qtbot):
    drag = make.drag(browser.tree.viewport(), make.mime("/a.jpg", "/b.jpg"))
    for at in (
        point(browser, ref.dana),
        browser.tree.visualRect(browser.model.index(0, 0)).center(),
    ):
        drag.enter(at)
        assert not drag.move(at).isAccepted()
        with qtbot.assertNotEmitted(browser.files_dropped):
            drag.drop(at)


def test_a_waiting_drag_opens_what_is_below(browser, ref, make, qtbot):
    index = browser.model.index_of(ref.willow)
    at = browser.tree.visualRect(index).center()
    drag = make.drag(browser.tree.viewport(), make.mime("/a.jpg"))
    drag.enter(at)
    with qtbot.waitSignal(browser.peeked) as opened:
        drag.move(at)
    assert opened.args == [ref.willow] and browser.tree.isExpanded(index)


def test_nothing_moves_below_the_mouse(browser, ref, monkeypatch):
    monkeypatch.setattr(Browser, "underMouse", lambda self: True)
    before = browser.tree.pos()
    browser.note_opened(ref.willow)
    assert browser.recent.model().rowCount() == 0 and browser.tree.pos() == before
    QApplication.sendEvent(browser, QEvent(QEvent.Type.Leave))
    assert browser.recent.model().rowCount() == 1


def test_a_drag_that_leaves_opens_nothing(browser, ref, make, qtbot):
    at = browser.tree.visualRect(browser.model.index_of(ref.willow)).center()
    drag = make.drag(browser.tree.viewport(), make.mime("/a.jpg"))
    drag.enter(at)
    drag.leave()
    assert not browser.tree._hover.isActive() and browser.tree._delegate.dragged is None


def test_files_dropped_on_a_recent_place_go_there(browser, ref, make, qtbot):
    browser.note_opened(ref.cedar)
    browser.note_opened(ref.house)
    drag = make.drag(browser.recent.viewport(), make.mime("/a.jpg"))
    with qtbot.waitSignal(browser.files_dropped) as dropped:
        drag.all(QPoint(100, 44 + 20))
    assert dropped.args[0].paths == ("/a.jpg",) and dropped.args[1] == ref.cedar


def test_ten_thousand_places_are_all_there(browser, app):
    many = [
        Entity(EntityRef(EntityType.PROPERTY, n), f"PROP-{n}", f"{n} Juniper Ct", "Mesa, AZ")
        for n in range(10_000)
    ]
    app.library.all = {each.ref: each for each in many}
    browser.load()
    browser.tree.expand(browser.model.index(0, 0, QModelIndex()))
    browser.search.setText("9999 mesa")
    assert browser.model.first_entity().ref.id == 9999
