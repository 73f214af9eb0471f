"""The stage: the next picture at once, the former one never, nothing clear below a veil."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.moderation import Waiting
from artitec_media_desktop.ui.panels.moderation.stage import Stage
from artitec_media_desktop.ui.panels.moderation.veil import CLEAR, Veil
from artitec_media_desktop.ui.widgets import EmptyState
from tests.ui.viewer.conftest import Library, Runner, media

BLURRED, BOTH = Veil(True, False), Veil(True, True)
RED, GREEN = QColor("#c03030"), QColor("#30c030")


class Drawn(Library):
    """Each picture is grey with one square of its media's own colour: a blur leaves none of it."""

    def picture(self, row, pixels):
        self.asked.append(("picture", row.id))
        self._check(row)
        return marked(row.id)

    original = picture


def marked(key, width=400, height=300):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#808080"))
    for x in range(4):
        for y in range(4):
            image.setPixelColor(198 + x, 148 + y, color_of(key))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


def color_of(key):
    return (RED, GREEN)[key % 2]


@pytest.fixture
def app():
    return SimpleNamespace(library=Drawn(), runner=Runner())


@pytest.fixture
def stage(qtbot, app):
    made = Stage(app)
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def waiting(key, **facts):
    values = {"width": 400, "height": 300} | facts
    return Waiting(media(key, **values), datetime(2026, 11, 1, tzinfo=UTC))


def seen(stage):
    """The colours of saturated pixels that are on the stage's canvas now."""
    image = stage.canvas.grab().toImage()
    found = set()
    for x in range(image.width()):
        for y in range(0, image.height(), 2):
            color = image.pixelColor(x, y)
            if color.saturation() > 120 and color.value() > 100:
                found.add("red" if color.red() > color.green() else "green")
    return found


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


class Painted:
    """Whatever the canvas was about to paint, each time that it painted."""

    def __init__(self, canvas):
        self.colors = set()
        plain = canvas.paintEvent

        def paint(event):
            plain(event)
            for image in (canvas._frame, *(canvas.picture.levels if canvas.picture else ())):
                if image is not None:
                    self._note(image)

        canvas.paintEvent = paint

    def _note(self, image):
        color = image.pixelColor(image.width() // 2, image.height() // 2)
        if color.saturation() > 60:
            self.colors.add(color.name())


def test_no_clear_frame_of_a_veiled_item_is_ever_painted(qtbot, stage, app):
    """At show, at hand-over, in another room, zoomed, and when one has looked."""
    items = [waiting(key) for key in range(1, 7)]
    painted = Painted(stage.canvas)
    for at, each in enumerate(items):
        app.runner.held = at % 2 == 0  # read ahead or not
        stage.show_item(each, BLURRED)
        stage.canvas.repaint()
        stage.prefetch([(other, BLURRED) for other in items[at + 1 : at + 3]])
        stage.canvas.repaint()
        app.runner.held = False
        app.runner.release()
        stage.canvas.repaint()
        stage.resize(600 - 40 * (at % 2), 500)
        stage.canvas.repaint()
        stage.toggle_zoom()
        stage.canvas.repaint()
        stage._want()
        stage.canvas.repaint()
        stage.toggle_zoom()
        stage.canvas.repaint()
    assert painted.colors == set()
    stage.look(True)
    stage.canvas.repaint()
    assert painted.colors  # the spy can see it
    painted.colors.clear()
    stage.look(False)
    stage.canvas.repaint()
    stage.look(True)
    stage.show_item(items[0], BLURRED)
    stage.canvas.repaint()
    assert painted.colors == set()


def test_a_veil_that_is_put_on_later_counts_at_once(stage, app):
    stage.show_item(waiting(1), CLEAR)
    app.runner.held = True
    stage.show_item(waiting(1), BOTH)
    assert seen(stage) == set()
    app.runner.release()
    assert seen(stage) == set()


def test_looking_is_told_and_ends_with_the_key(stage):
    told = []
    stage.cleared.connect(told.append)
    stage.show_item(waiting(1), BLURRED)
    assert stage.hidden.isVisible()
    stage.look(True)
    stage.look(True)
    assert seen(stage) == {"green"}
    assert not stage.hidden.isVisible()
    assert told == [waiting(1).public_id]
    stage.look(False)
    assert seen(stage) == set()
    assert stage.hidden.isVisible()


def test_looking_waits_for_the_picture(stage, app):
    told = []
    stage.cleared.connect(told.append)
    app.runner.held = True
    stage.show_item(waiting(1), BLURRED)
    stage.look(True)
    assert told == []
    app.runner.held = False
    app.runner.release()
    assert seen(stage) == {"green"}
    assert told == [waiting(1).public_id]


@pytest.mark.parametrize("how", ["item", "window", "focus", "hidden"])
def test_the_veil_falls_whatever_takes_the_key_away(qtbot, stage, how):
    stage.show_item(waiting(1), BLURRED)
    stage.look(True)
    if how == "item":
        stage.show_item(waiting(3), BLURRED)
    elif how == "window":
        QApplication.sendEvent(stage, QEvent(QEvent.Type.WindowDeactivate))
    elif how == "focus":
        QApplication.instance().focusChanged.emit(None, stage)
    else:
        stage.hide()
    assert not stage.is_looking
    assert seen(stage) == set()


def test_what_is_not_veiled_has_nothing_to_look_below(stage):
    told = []
    stage.cleared.connect(told.append)
    stage.show_item(waiting(1), CLEAR)
    stage.look(True)
    assert told == []
    assert not stage.is_looking


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
