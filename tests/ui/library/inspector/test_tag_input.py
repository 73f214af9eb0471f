"""Tags are completed from those in use; typing never waits for that."""

import pytest
from PySide6.QtCore import Qt

from artitec_media_desktop.ui.panels.library.inspector.tag_input import TagInput


@pytest.fixture
def field(app, put, qtbot, monkeypatch):
    put(1, tags=("kitchen", "kids room"))
    put(2, tags=("kitchen",))
    made = TagInput(app)
    made.tags = []
    made.taken.connect(made.tags.append)
    monkeypatch.setattr(made, "hasFocus", lambda: True)  # offscreen no window is active
    qtbot.addWidget(made)
    made.resize(280, 32)
    made.show()
    return made


def offered(field):
    return [field.list.item(row).text() for row in range(field.list.count())]


def test_enter_takes_the_one_used_most(field, qtbot):
    qtbot.keyClicks(field, "ki")
    qtbot.waitUntil(field.list.isVisible)
    assert offered(field) == ["kitchen  ·  2", "kids room  ·  1", "New: ki"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.tags == ["kitchen"]
    assert field.text() == ""
    assert not field.list.isVisible()


def test_down_and_up_mark_another_one(field, qtbot):
    qtbot.keyClicks(field, "ki")
    qtbot.waitUntil(field.list.isVisible)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.tags == ["kids room"]


def test_a_comma_takes_what_is_typed(field, qtbot):
    qtbot.keyClicks(field, "ki,  pool  side,")
    assert field.tags == ["ki", "pool side"]


def test_enter_takes_what_is_typed_before_any_answer(field, app, qtbot):
    app.runner.held = True
    qtbot.keyClicks(field, "ki")
    qtbot.waitUntil(lambda: bool(app.runner.jobs))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.tags == ["ki"]
    app.runner.release()
    assert not field.list.isVisible()


@pytest.mark.parametrize(("typed", "taken"), [("tc", "kitchen"), ("ng size", "king size")])
def test_enter_takes_no_offer_for_an_earlier_text(field, app, qtbot, typed, taken):
    qtbot.keyClicks(field, "ki")
    qtbot.waitUntil(field.list.isVisible)
    app.runner.held = True
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.tags == [taken]


def test_what_is_there_already_is_not_offered(field, qtbot):
    field.set_taken(frozenset({"kitchen"}))
    qtbot.keyClicks(field, "ki")
    qtbot.waitUntil(field.list.isVisible)
    assert offered(field) == ["kids room  ·  1", "New: ki"]


def test_esc_closes_the_list_and_not_more(field, qtbot):
    qtbot.keyClicks(field, "ki")
    qtbot.waitUntil(field.list.isVisible)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.list.isVisible()
    assert field.tags == []
