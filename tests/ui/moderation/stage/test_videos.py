"""Videos: posters, silent playing and frames from all over, veiled as pictures are."""

from datetime import UTC, datetime

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from artitec_media_desktop.domain.moderation import Waiting
from artitec_media_desktop.ui.panels.moderation.veil import CLEAR
from artitec_media_desktop.ui.panels.moderation.wellbeing import Wellbeing, keep_wellbeing
from artitec_media_desktop.ui.theme import theme
from artitec_media_desktop.ui.widgets import EmptyState
from tests.ui.moderation.stage.conftest import BLURRED, BOTH, colors, marked, waiting
from tests.ui.viewer.conftest import video


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
    empty = stage.frames.grab().toImage()
    assert empty.pixelColor(20, 20) == theme().color("sunken")
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


def shape_of(stage):
    """Width by height of what is seen of the video, by the size of its marked square."""
    image = stage.video._screen.grab().toImage()
    ground = theme().color("sunken")
    row = [image.pixelColor(x, image.height() // 3) != ground for x in range(image.width())]
    column = [image.pixelColor(image.width() // 3, y) != ground for y in range(image.height())]
    return round(sum(row) / sum(column), 1)


def test_of_a_small_video_a_whole_picture_comes_in_place_of_its_cropped_poster(stage, app):
    app.library.picture = lambda row, pixels: marked(2, 150, 150)
    stage.show_item(film(1), CLEAR)
    assert shape_of(stage) == 1.0
    player = keyframes_of(stage)
    player.moved.emit(0, 80_000)
    player.framed.emit(Frame(2, 5_000))
    assert shape_of(stage) == 1.0  # the very first picture is often black
    QApplication.processEvents()
    player.framed.emit(Frame(1, 15_000))
    assert shape_of(stage) == 1.3
    assert shown_of(stage) == {"green"}
    stage.show_item(film(1), BOTH)
    assert shape_of(stage) == 1.3
    assert shown_of(stage) == set()
    stage.show_item(film(3), CLEAR)
    assert shape_of(stage) == 1.0


def test_of_a_very_short_video_the_only_picture_will_do(stage, app):
    app.library.picture = lambda row, pixels: marked(2, 150, 150)
    stage.show_item(film(1), CLEAR)
    player = keyframes_of(stage)
    player.moved.emit(0, 80_000)
    player.framed.emit(Frame(1, 5_000))
    player.failed.emit()
    assert shape_of(stage) == 1.3


def test_a_poster_that_is_whole_stays(stage):
    stage.show_item(film(2), CLEAR)
    player = keyframes_of(stage)
    player.moved.emit(0, 80_000)
    player.framed.emit(Frame(1, 5_000))
    QApplication.processEvents()
    player.framed.emit(Frame(1, 15_000))
    assert shown_of(stage) == {"red"}


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
