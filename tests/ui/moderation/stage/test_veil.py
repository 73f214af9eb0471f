"""Nothing clear below a veil, but while one looks."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.ui.panels.moderation.veil import CLEAR
from tests.ui.moderation.stage.conftest import BLURRED, BOTH, marked, seen, waiting


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
        color = image.pixelColor(image.width() * 108 // 400, image.height() * 83 // 300)
        if color.saturation() > 100:
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
        app.runner.release()  # where it is held: read, and not veiled yet
        stage.show_item(each, BLURRED)
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


def test_a_blur_stays_as_it_is_once_one_has_looked_at_the_original(stage, app):
    app.library.original = lambda row: marked(row.id, 1600, 1200)
    stage.show_item(waiting(1, width=1600, height=1200), BLURRED)
    before = stage.canvas.grab().toImage()
    stage.look(True)
    stage._rest.stop()  # nothing has moved for a while
    stage._want()
    assert stage._pictures.clear(1).width > 400
    stage.look(False)
    assert stage.canvas.grab().toImage() == before
