"""The next picture at once, the former one never; what can't be shown is named."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.ui.panels.moderation.veil import CLEAR
from artitec_media_desktop.ui.widgets import EmptyState
from tests.ui.moderation.stage.conftest import BLURRED, seen, waiting


def test_what_was_read_ahead_is_shown_in_the_same_call(stage, app):
    first, second = waiting(1), waiting(2)
    stage.show_item(first, CLEAR)
    stage.prefetch([(second, CLEAR)])
    app.runner.held = True
    stage.show_item(second, CLEAR)
    assert seen(stage) == {"red"}
    face = stage._pictures.face(2, CLEAR)
    assert stage.canvas._fits(face.frame)  # painting is copying


def test_until_a_picture_comes_the_former_one_is_gone(stage, app):
    stage.show_item(waiting(1), CLEAR)
    assert seen(stage) == {"green"}
    app.runner.held = True
    stage.show_item(waiting(2), CLEAR)
    assert seen(stage) == set()
    app.runner.release()
    app.runner.release()
    assert seen(stage) == {"red"}
    stage.show_item(None, CLEAR)
    assert not stage.canvas.isVisible()


def test_each_item_is_told_once_when_it_is_painted(qtbot, stage, app):
    told = []
    stage.painted.connect(told.append)
    app.runner.held = True
    stage.show_item(waiting(1), CLEAR)
    stage.canvas.repaint()
    QApplication.processEvents()
    assert told == []
    app.runner.held = False
    app.runner.release()
    qtbot.waitUntil(lambda: told == [waiting(1).public_id])
    stage.canvas.repaint()
    QApplication.processEvents()
    assert len(told) == 1


def test_zoom_goes_between_all_of_it_and_its_own_pixels(stage):
    stage.show_item(waiting(1, width=3200, height=2400), CLEAR)
    assert stage.zoomed.text == "Fit"
    stage.toggle_zoom()
    assert stage.canvas.scale == pytest.approx(1)
    assert stage.zoomed.text == "100 %"
    stage.toggle_zoom()
    assert stage.zoomed.text == "Fit"
    middle = QPointF(stage.canvas.rect().center())
    wheel = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(stage.canvas, wheel)
    assert stage.canvas.view.zoom > 1
    stage.show_item(waiting(2), CLEAR)
    assert stage.zoomed.text == "Fit"


def test_a_missing_object_is_named_and_can_be_decided(stage, app):
    app.library.missing = {1}
    stage.show_item(waiting(1), BLURRED)
    state = stage.findChild(EmptyState)
    assert state.isVisible()
    assert "IMG_0001.jpg" in state.accessibleName()
    assert "decided" in state.accessibleName()
    assert not stage.hidden.isVisible()
    app.library.missing = set()
    stage._try_again()
    assert not state.isVisible()
    assert stage.hidden.isVisible()


def test_a_damaged_file_is_named(stage, app):
    app.library.fault = Permanent("unreadable", "This picture's file can't be decoded.")
    stage.show_item(waiting(1), CLEAR)
    state = stage.findChild(EmptyState)
    assert "IMG_0001.jpg" in state.accessibleName()
