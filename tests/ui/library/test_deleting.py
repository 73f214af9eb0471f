"""What a place loses by a deletion is said before it is done."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from artitec_media_desktop.domain.errors import Forbidden, Transient


def loss(ref, field="gallery", *, empties=False):
    return SimpleNamespace(entity=ref, field=field, empties=empties, primary="A", heir="B")


@pytest.fixture
def selected(panel):
    panel.page.grid.selectAll()
    return panel


def said(panel):
    return [each.text() for each in panel.deleting.question.findChildren(QLabel)]


def test_the_primary_one_goes_after_a_question(selected, app, ref, qtbot):
    app.trash.losses = [loss(ref.willow)]
    selected.delete_selected()
    question, lost = said(selected)
    assert question == "Move 41 photos to Trash?"
    assert "Willow Creek, Photos" in lost and "next in order" in lost
    assert not app.trash.held
    QTest.keyClick(selected.deleting.question, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(app.trash.held) == 41)
    assert selected.deleting.question is None


def test_the_last_one_stays_where_the_answer_is_no(selected, app, ref):
    app.trash.losses = [loss(ref.willow, "cover", empties=True)]
    selected.delete_selected()
    assert said(selected)[1] == "Nothing is left in Willow Creek, Cover."
    QTest.keyClick(selected.deleting.question, Qt.Key.Key_Escape)
    assert (app.trash.held, selected.deleting.question) == ({}, None)


def test_many_places_are_counted(selected, app, ref):
    app.trash.losses = [loss(ref.willow, empties=True)] * 9
    selected.delete_selected()
    assert len(said(selected)) == 6
    assert said(selected)[-1] == "And so in 5 more places."


def test_what_can_not_be_foreseen_is_told_by_the_deletion(selected, app, qtbot):
    def fail(_ids):
        raise Transient("offline", "The library does not answer.")

    app.trash.consequences = fail
    selected.delete_selected()
    qtbot.waitUntil(lambda: len(app.trash.held) == 41)


# ---- and the next one is the current one


def current(panel):
    grid = panel.page.grid
    return grid.selected_keys(), panel.page.model.key_at(grid.currentIndex().row())


def stand_on(panel, *rows):
    grid, index = panel.page.grid, panel.page.model.index
    grid.setCurrentIndex(index(rows[0]))
    for row in rows[1:]:
        grid.selectionModel().select(index(row), grid.selectionModel().SelectionFlag.Select)


def test_the_next_one_is_selected_at_once(panel, app, qtbot):
    stand_on(panel, 3)
    panel.activateWindow()
    panel.page.grid.setFocus()
    app.runner.held = True
    for _ in range(3):
        QTest.keyClick(panel.page.grid, Qt.Key.Key_Delete)
    assert current(panel) == ([7], 7)
    assert [panel.page.model.row_of(key) for key in (4, 5, 6)] == [None] * 3
    app.runner.release()
    qtbot.waitUntil(lambda: len(app.trash.held) == 3)
    qtbot.waitUntil(lambda: panel.page.model.total == 38)
    assert current(panel) == ([7], 7)


@pytest.mark.parametrize(
    ("rows", "then"), [((1, 4, 5), 7), ((39, 40), 39), ((0, 40), 40), ((38, 40), 40)]
)
def test_of_several_the_next_is_behind_the_last_else_before_it(panel, rows, then):
    stand_on(panel, *rows)
    panel.delete_selected()
    assert current(panel) == ([then], then)


def test_with_none_left_nothing_is_current(selected):
    selected.delete_selected()
    assert selected.page.grid.selected_keys() == []
    assert not selected.page.grid.currentIndex().isValid()


def test_what_was_asked_about_is_there_and_selected_again(panel, app, ref):
    stand_on(panel, 3)
    app.trash.losses = [loss(ref.willow)]
    panel.delete_selected()
    assert current(panel) == ([4], 4)
    QTest.keyClick(panel.deleting.question, Qt.Key.Key_Escape)
    assert current(panel) == ([4], 4) and not app.trash.held


def test_the_next_one_is_selected_after_the_answer_too(panel, app, ref, qtbot):
    stand_on(panel, 3)
    app.trash.losses = [loss(ref.willow)]
    panel.delete_selected()
    QTest.keyClick(panel.deleting.question, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(app.trash.held) == 1)
    assert current(panel) == ([5], 5)


def test_what_could_not_be_deleted_comes_back(panel, app):
    def fail(_ids, _work):
        raise Forbidden("forbidden", "You can't.")

    app.trash.delete = fail
    stand_on(panel, 3)
    panel.delete_selected()
    assert panel.page.model.row_of(4) == 3
    assert current(panel) == ([5], 5)


def test_a_list_read_meanwhile_doesnt_bring_it_back(panel, app):
    stand_on(panel, 3)
    app.runner.held = True
    panel.delete_selected()
    app.runner.held = False
    panel.page.model.read_order()
    assert panel.page.model.row_of(4) is None
