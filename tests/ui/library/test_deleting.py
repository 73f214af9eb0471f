"""What a place loses by a deletion is said before it is done."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from artitec_media_desktop.domain.errors import Transient


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
