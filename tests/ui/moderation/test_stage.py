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
from artitec_media_desktop.ui.panels.moderation.wellbeing import Wellbeing, keep_wellbeing
from artitec_media_desktop.ui.widgets import EmptyState
from tests.ui.viewer.conftest import Library, Player, Runner, Settings, media, video

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
    for x in range(16):
        for y in range(16):
            image.setPixelColor(100 + x, 75 + y, color_of(key))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


def color_of(key):
    return (RED, GREEN)[key % 2]


@pytest.fixture
def app():
    return SimpleNamespace(
        library=Drawn(), runner=Runner(), settings=Settings(), email="ada@example.org"
    )


@pytest.fixture
def stage(qtbot, app):
    made = Stage(app, make_player=Player)
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def waiting(key, **facts):
    values = {"width": 400, "height": 300} | facts
    return Waiting(media(key, **values), datetime(2026, 11, 1, tzinfo=UTC))


def seen(stage):
    """Which media's squares are on the stage's canvas now."""
    return colors(stage.canvas.grab().toImage())


def colors(image):
    found = set()
    for x in range(image.width()):
        for y in range(0, image.height(), 2):
            color = image.pixelColor(x, y)
            if color.saturation() > 120 and color.value() > 100 and color.blue() < 100:
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


# ---- videos


def film(key, **facts):
    return Waiting(video(key, width=400, height=300, **facts), datetime(2026, 11, 1, tzinfo=UTC))


class Frame:
    """Of a video, at a moment in milliseconds."""

    def __init__(self, key, moment=0):
        self.key, self.moment = key, moment

    def isValid(self):
        return True

    def startTime(self):
        return self.moment * 1000

    def toImage(self):
        return QImage.fromData(marked(self.key))


def shown_of(stage):
    return colors(stage.video.grab().toImage())


def test_a_video_shows_its_poster_and_plays_silently_when_asked(stage):
    stage.show_item(film(1), CLEAR)
    assert stage.video.isVisible()
    assert shown_of(stage) == {"green"}
    assert stage.video._player is None
    stage.toggle_play()
    player = stage.video._player
    assert player.is_playing
    assert player.is_muted
    stage.hide()
    assert not player.is_playing


def test_a_veiled_video_plays_veiled_and_clear_only_while_one_looks(stage):
    told = []
    stage.cleared.connect(told.append)
    stage.show_item(film(1), BOTH)
    assert shown_of(stage) == set()
    assert stage.hidden.isVisible()
    stage.toggle_play()
    stage.video._player.framed.emit(Frame(1))
    assert shown_of(stage) == set()
    stage.look(True)
    assert shown_of(stage) == {"green"}
    assert told == [film(1).public_id]
    stage.look(False)
    assert shown_of(stage) == set()


def test_a_video_is_heard_only_by_wish(stage, app):
    keep_wellbeing(app, Wellbeing(mute=False))
    stage.show_item(film(1), CLEAR)
    stage.toggle_play()
    assert not stage.video._player.is_muted


def test_a_video_without_poster_can_be_played_and_one_that_cant_says_so(stage, app):
    app.library.missing = {1}
    stage.show_item(film(1), BLURRED)
    assert stage.video.isVisible()
    stage.toggle_play()
    state = stage.findChild(EmptyState)
    assert state.isVisible()
    assert "IMG_0001.jpg" in state.accessibleName()
    stage.show_item(waiting(2), CLEAR)
    assert stage.canvas.isVisible()


def keyframes_of(stage):
    """Once it has rested."""
    keyframes = stage.frames._keyframes
    keyframes._rest.stop()
    keyframes._ask()
    return keyframes._player


def test_keyframes_come_from_all_over_a_video(stage):
    stage.show_item(film(1), CLEAR)
    player = keyframes_of(stage)
    player.moved.emit(0, 80_000)
    for at in range(8):
        moment = 5_000 + at * 10_000
        assert player.calls[-1] == moment
        player.framed.emit(Frame(1, max(0, moment - 10_000)))  # of the moment before: passed over
        player.framed.emit(Frame(1, moment))
        assert player.calls[-1] == moment  # a player is left alone while it hands over a frame
        QApplication.processEvents()
    assert player.calls[-1] == "close"
    assert colors(stage.frames.grab().toImage()) == {"green"}
    assert len(stage.frames._clear) == 8


def test_keyframes_of_a_veiled_video_are_veiled(stage):
    stage.show_item(film(1), BOTH)
    player = keyframes_of(stage)
    player.moved.emit(0, 80_000)
    player.framed.emit(Frame(1, 5_000))
    assert len(stage.frames._clear) == 1
    assert colors(stage.frames.grab().toImage()) == set()
    stage.look(True)
    assert colors(stage.frames.grab().toImage()) == {"green"}
    stage.look(False)
    assert colors(stage.frames.grab().toImage()) == set()


def test_a_video_that_gives_no_frames_has_no_strip(stage, app):
    stage.show_item(film(1), CLEAR)
    assert stage.frames.isVisible()
    player = keyframes_of(stage)
    player.failed.emit()
    assert not stage.frames.isVisible()
    stage.show_item(film(2), CLEAR)
    assert stage.frames.isVisible()
    stage.show_item(waiting(3), CLEAR)
    assert not stage.frames.isVisible()


def test_a_click_on_a_keyframe_plays_from_there(qtbot, stage):
    stage.show_item(film(1), CLEAR)
    player = keyframes_of(stage)
    player.moved.emit(0, 80_000)
    qtbot.mouseClick(stage.frames, Qt.MouseButton.LeftButton, pos=QPoint(3, 20))
    playing = stage.video._player
    playing.moved.emit(0, 80_000)
    assert playing.calls == ["file:///tmp/video.mp4", 5_000]
    assert playing.is_playing
