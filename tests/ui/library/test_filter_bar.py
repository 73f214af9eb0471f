"""From what is typed or clicked to what the grid shows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.media import MediaType, ModerationStatus
from artitec_media_desktop.domain.search import EVERYTHING, Order, Search, Term, parse
from artitec_media_desktop.ui.theme import Height, Space

KITCHEN = Term("tag", ("kitchen",))
NO_ALT = Term("missing", ("alt",))


@pytest.fixture
def bar(panel, app, make, qtbot):
    """Over 41 photos, 3 of them of kitchens, 2 pending, one a video, one without alt text."""
    app.library.put(
        make.media(1, alt_text="Photo 1", tags=("kitchen",)),
        make.media(2, alt_text="Photo 2", tags=("kitchen", "pool")),
        make.media(3, tags=("kitchen",), moderation_status=ModerationStatus.PENDING),
        make.media(4, alt_text="Tour", media_type=MediaType.VIDEO),
        make.media(5, alt_text="Photo 5", moderation_status=ModerationStatus.PENDING),
    )
    panel.page.refresh()
    panel.resize(1400, 800)
    panel.activateWindow()
    qtbot.waitUntil(lambda: panel.page.bar._counts is not None)
    panel.page._counting._run()
    return panel.page.bar


def keys(panel):
    return list(panel.page.model.keys_of([(0, panel.page.model.rowCount() - 1)]))


def chips(bar):
    return [each.text() for each in bar.field._chips]


def begin(panel):
    QTest.keyClick(panel.page.grid, Qt.Key.Key_Slash)


def typed(bar, text, qtbot, found):
    QTest.keyClicks(bar.field.edit, text)
    qtbot.waitUntil(lambda: bar.field.search.text == found)


def test_a_stroke_leads_into_the_field_and_results_follow_the_typing(panel, bar, qtbot):
    panel.page.grid.setFocus()
    begin(panel)
    assert bar.field.edit.hasFocus() and bar.field.isVisible()
    typed(bar, "tag:kitchen", qtbot, "tag:kitchen")
    assert keys(panel) == [1, 2, 3]
    assert bar.field.edit.text() == "tag:kitchen" and not chips(bar)


def test_what_is_typed_stands_in_the_middle_of_the_line(panel, bar):
    begin(panel)
    field = bar.field
    assert abs(field.edit.geometry().center().y() - field.rect().center().y()) <= 1


def test_the_field_is_as_high_with_chips_as_without(panel, bar, qtbot):
    bar.begin()
    QTest.qWait(1)
    assert bar.field.height() == Height.FIELD
    QTest.keyClicks(bar.field.edit, "tag:kitchen")
    QTest.keyClick(bar.field.edit, Qt.Key.Key_Return)
    QTest.qWait(1)
    assert bar.field.height() == Height.FIELD


def test_an_empty_end_takes_no_line_of_its_own(bar, panel, qtbot):
    edit = bar.field.edit
    bar.begin()
    whole = edit.minimumWidth()
    panel.page.set_search(parse("tag:kitchen"))
    assert edit.minimumWidth() < whole / 4
    typed(bar, "missing:alt and more words", qtbot, "tag:kitchen missing:alt and more words")
    assert edit.minimumWidth() == whole


def test_enter_makes_chips_and_backspace_takes_the_last(panel, bar, qtbot):
    bar.begin()
    typed(bar, "tag:kitchen missing:alt", qtbot, "tag:kitchen missing:alt")
    bar.completion._list.hide()
    QTest.keyClick(bar.field.edit, Qt.Key.Key_Return)
    assert chips(bar) == ["tag:kitchen", "No alt text"] and bar.field.edit.text() == ""
    assert keys(panel) == [3]
    QTest.keyClick(bar.field.edit, Qt.Key.Key_Backspace)
    assert chips(bar) == ["tag:kitchen"] and keys(panel) == [1, 2, 3]


def test_the_cross_of_a_chip_removes_it_and_its_words_edit_it(panel, bar, qtbot):
    panel.page.set_search(parse("tag:kitchen missing:alt"))
    first, second = bar.field._chips
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton, pos=second._cross().center())
    assert panel.page.search == Search((KITCHEN,))
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton, pos=first.rect().center())
    assert bar.field.edit.text() == "tag:kitchen"
    assert bar.field.edit.selectedText() == "kitchen" and not chips(bar)
    typed(bar, "pool", qtbot, "tag:pool")
    assert keys(panel) == [2]


def test_escape_gives_up_editing_a_chip(panel, bar, qtbot):
    panel.page.set_search(parse("tag:kitchen status:pending"))
    bar.field._chips[0].edit_wanted.emit(KITCHEN)
    QTest.keyClicks(bar.field.edit, "x")
    QTest.keyClick(bar.field.edit, Qt.Key.Key_Escape)
    assert chips(bar) == ["tag:kitchen", "Pending"] and not bar.field.edit.text()
    assert bar.field.search.text == "tag:kitchen status:pending"


def test_a_field_that_is_not_known_is_said_and_the_results_stay(panel, bar, qtbot):
    bar.begin()
    typed(bar, "tag:kitchen", qtbot, "tag:kitchen")
    QTest.keyClicks(bar.field.edit, " colour:red")
    qtbot.waitUntil(lambda: bar.message.isVisible())
    assert "There is no field “colour:”" in bar.message.text
    assert keys(panel) == [1, 2, 3] and panel.page.search == Search((KITCHEN,))
    for _ in " colour:red":
        QTest.keyClick(bar.field.edit, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: not bar.message.isVisible())


def test_a_field_without_its_value_yet_is_no_mistake(panel, bar, qtbot):
    bar.begin()
    QTest.keyClicks(bar.field.edit, "kitchen size:")
    assert bar.field.read() and panel.page.search == parse("kitchen")


def test_escape_goes_back_step_by_step(panel, bar, qtbot):
    panel.page.set_search(Search((KITCHEN,)))
    bar.begin()
    typed(bar, "pool", qtbot, "tag:kitchen pool")
    bar.completion._list.hide()
    QTest.keyClick(bar.field.edit, Qt.Key.Key_Escape)
    assert panel.page.search == Search((KITCHEN,)) and bar.field.edit.hasFocus()
    QTest.keyClick(bar.field.edit, Qt.Key.Key_Escape)
    assert panel.page.search == EVERYTHING and bar.field.edit.hasFocus()
    QTest.keyClick(bar.field.edit, Qt.Key.Key_Escape)
    assert panel.page.grid.hasFocus() and not bar.field.isVisible()


def test_escape_in_the_grid_takes_the_filter_away(panel, bar):
    panel.page.set_search(Search((KITCHEN,)))
    panel.page.grid.setFocus()
    QTest.keyClick(panel.page.grid, Qt.Key.Key_Escape)
    assert panel.page.search == EVERYTHING and len(keys(panel)) == 41


def test_quick_chips_count_and_filter(panel, bar, qtbot):
    shown = {each.text(): each.count for each in bar.quick.chips.values() if not each.isHidden()}
    assert shown == {"No alt text": 1, "Pending": 2, "Videos": 1}
    bar.quick.chips[NO_ALT].click()
    assert keys(panel) == [3] and chips(bar) == ["No alt text"]
    assert bar.quick.chips[NO_ALT].isHidden()
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 41")


def test_chips_without_room_are_left_out(panel, bar):
    bar.quick.setFixedWidth(120)
    assert [each.text() for each in bar.quick.chips.values() if each.isVisible()] == ["No alt text"]


def test_the_order_is_chosen_from_the_menu_and_kept_at_the_next_place(panel, bar, ref):
    action = next(e for e in bar.order._group.actions() if e.data() == Order.NAME.value)
    action.trigger()
    assert panel.page.search == Search(order=Order.NAME) and bar.order.text() == "File name"
    panel.open(ref.cedar)
    assert panel.page.search == Search(order=Order.NAME)
    next(e for e in bar.order._group.actions() if e.data() == Order.PLACE.value).trigger()
    assert panel.page.search == EVERYTHING


def test_an_order_that_is_typed_and_deleted_again_does_not_stay(panel, bar, qtbot):
    bar.begin()
    typed(bar, "pool sort:size", qtbot, "pool sort:size")
    bar.field.edit.clear()
    QTest.keyClicks(bar.field.edit, "spa")
    qtbot.waitUntil(lambda: bar.field.search == parse("spa"))


def test_the_mark_of_a_submenu_leaves_the_words_alone(bar):
    menu = bar.filters.menu
    menu.aboutToShow.emit()
    for each in (action for action in menu.actions() if action.menu() is not None):
        words = menu.fontMetrics().horizontalAdvance(each.text())
        assert menu.actionGeometry(each).width() - words >= Space.S + Space.XL


def test_the_menu_has_the_fields_and_tags_in_use(panel, bar, app):
    menu = bar.filters.menu
    bar.filters._fill()
    titles = {each.text(): each for each in menu.actions() if each.text()}
    assert "Slot" not in titles and {"Status", "Type", "Camera…", "Date taken"} <= titles.keys()
    tags = {each.text(): each for each in titles["Tag"].menu().actions()}
    assert list(tags)[:2] == ["kitchen", "pool"]
    tags["kitchen"].trigger()
    assert panel.page.search == Search((KITCHEN,))
    bar.filters._fill()
    tags = {e.text(): e for e in menu.actions() if e.text()}["Tag"].menu().actions()
    assert tags[0].isChecked()
    tags[0].trigger()
    assert panel.page.search == EVERYTHING


def test_the_menu_begins_what_is_to_be_typed(panel, bar):
    bar.filters._fill()
    next(e for e in bar.filters.menu.actions() if e.text() == "Camera…").trigger()
    assert bar.field.edit.text() == "camera:" and bar.field.edit.hasFocus()


def test_an_older_answer_never_replaces_a_newer_one(panel, bar, app):
    app.runner.held = True
    panel.page.set_search(parse("tag:kitchen"))
    panel.page.set_search(parse("tag:pool"))
    app.runner.jobs.reverse()  # the older one answers last
    app.runner.release()
    assert keys(panel) == [2] and panel.page.model.query.search == parse("tag:pool")


def test_what_takes_long_is_said_and_can_be_stopped(panel, bar, app, qtbot):
    app.runner.held = True
    panel.page.set_search(parse("tag:pool"))
    assert bar.cancel.isHidden()
    qtbot.waitUntil(bar.cancel.isVisible)
    assert bar.count.text() == "Searching…"
    bar.cancel.click()
    app.runner.release()
    assert panel.page.search == EVERYTHING and len(keys(panel)) == 41 and bar.cancel.isHidden()


def test_nothing_found_says_what_can_be_done(panel, bar, app, qtbot):
    panel.page.set_search(parse("nowhere"))
    states = panel.page.states
    assert states.currentWidget() is states.state
    assert "Nothing matches" in states.state.accessibleName()
    assert "Willow Creek, Photos" in states.state.accessibleName()
    buttons = states.state.findChildren(type(bar.cancel))
    first, second = (each for each in buttons if each.isVisible())
    assert [first.text(), second.text()] == ["Clear the filter", "Search the whole library"]
    second.click()
    assert panel.page.ref is None and panel.page.search == parse("nowhere")
    panel.page.states.clear_wanted.emit()
    assert len(keys(panel)) == 41


def test_a_search_that_fails_can_be_tried_again(panel, bar, app):
    app.library.error = Transient("db_away", "The database does not answer.")
    panel.page.show_all(parse("pool"))
    assert "does not answer" in panel.page.states.state.accessibleName()
    app.library.error = None
    panel.reload()
    assert keys(panel) == [2]
