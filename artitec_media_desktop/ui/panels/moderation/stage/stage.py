"""The item that is decided, as large as there is room, below its veil."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from .....domain import right_of_way
from .....domain.errors import MediaError
from .....domain.media import Media
from .....domain.moderation import Waiting
from ....theme import Space
from ....viewer.picture import Picture
from ....viewer.player import MediaPlayer, Player
from ....viewer.states import show_link
from ....viewer.video import VideoStage
from ....viewer.words import is_video
from ....widgets import EmptyState, Sharpness
from ..veil import CLEAR, Veil, veiled_frame
from ..wellbeing import wellbeing_of
from ..words import tr
from .canvas import StageCanvas
from .fault import show_fault
from .keyframe_strip import KeyframeStrip
from .pictures import StagePictures, is_part
from .pill import Pill

if TYPE_CHECKING:
    from .....bootstrap import App

#: An original is fetched, and frames for another room are made, once nothing moved for so long.
_RESTS_MS: Final = 120
_PLAY: Final = 128
#: In seconds: what was read ahead is painted until then, and workers step back.
_PAINTED: Final = 0.05
#: By how much a picture is zoomed that is smaller than its room.
_LARGER: Final = 2.0


class Stage(QWidget):
    """Nothing clear of a veiled item is ever given to what paints it, except while one looks."""

    #: The public id of an item whose picture is on the screen for the first time.
    painted = Signal(str)
    #: The public id of a veiled item of which a clear view began.
    cleared = Signal(str)

    def __init__(
        self,
        app: "App",
        parent: QWidget | None = None,
        make_player: Callable[[QObject], Player] = MediaPlayer,
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._look_key = "B"
        self._item: Waiting | None = None
        self._veil = CLEAR
        self._near: tuple[tuple[Waiting, Veil], ...] = ()
        self._is_held = self._is_looking = self._is_told = False
        #: Why the video can't be played.
        self._fault: MediaError | None = None
        self._pictures = StagePictures(app, self)
        self.canvas, self.state = StageCanvas(), EmptyState("image", "", "")
        self.video, self.frames = VideoStage(app, make_player), KeyframeStrip(app, make_player)
        self._stack = QStackedWidget()
        self.zoomed, self.hidden = Pill("", self), Pill("eye-slash", self)
        self._rest, self._told = QTimer(self), QTimer(self)
        for timer, wait in ((self._rest, _RESTS_MS), (self._told, 0)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
        self._lay_out()
        self._pictures.arrived.connect(self._arrived)
        self._rest.timeout.connect(self._want)
        self.canvas.viewed.connect(lambda _: self._viewed())
        for part in (self.canvas, self.video):
            part.painted.connect(self._told.start)
        self._told.timeout.connect(self._painted)
        self.video.failed.connect(self._failed)
        self.frames.chosen.connect(self.video.seek)
        self.frames.came.connect(self._dress)
        Sharpness(self, self._viewed)
        program = QApplication.instance()
        if isinstance(program, QApplication):
            program.focusChanged.connect(self._focus_moved)

    # ---- what is shown

    @property
    def item(self) -> Waiting | None:
        """What is on the stage."""
        return self._item

    @property
    def is_looking(self) -> bool:
        """Whether a veiled item is seen clear now."""
        return self._is_looking

    def show_item(self, item: Waiting | None, veil: Veil) -> None:
        """Turn to another item, or put another veil on this one; nobody looks below it yet."""
        self._is_held = False
        is_new = item is None or self._item is None or item.media.id != self._item.media.id
        self._item, self._veil = item, veil
        if is_new:
            self._turn()
        mute = wellbeing_of(self._app).mute
        if (is_new or mute) and self.video.is_muted is not mute:
            self.video.toggle_mute()
        self._dress()
        if is_new and self.canvas.has_picture:
            right_of_way.hold(_PAINTED)
        self._want()

    def prefetch(self, items: Sequence[tuple[Waiting, Veil]]) -> None:
        """What is likely shown next, the likeliest first; replaces what was said before."""
        near = tuple(items)
        if near != self._near:
            self._near = near
            self._want()

    def look(self, on: bool) -> None:
        """See a veiled item clear for as long as this is on."""
        if on is not self._is_held:
            self._is_held = on
            self._dress()
            self._rest.start()

    def toggle_zoom(self) -> None:
        """Between all of it and 1:1; what is at 1:1 already, since it is small, gets larger."""
        if self.canvas.view.zoom > 1:
            self.canvas.fit()
        elif self.canvas.scale < 1:
            self.canvas.actual()
        else:
            self.canvas.zoom(_LARGER)

    def toggle_play(self) -> None:
        """Play a video, or let it rest; below its veil where it has one."""
        if self._stack.currentWidget() is self.video:
            self.video.toggle()

    def set_look_key(self, keys: str) -> None:
        """What is held to look, as it is called on what is hidden."""
        self._look_key = keys
        self._place()

    def _turn(self) -> None:
        """Nothing of the former item stays."""
        self._is_told, self._fault = False, None
        self._told.stop()
        media = None if self._item is None else self._item.media
        film = media if media is not None and is_video(media) else None
        self.frames.show_media(film)
        if self._stack.currentWidget() is self.video:
            self.video.stop()
        if film is not None:
            self.video.show_media(film)
        elif media is not None:
            self.canvas.show_media(media)

    def _dress(self) -> None:
        """Give the canvas what may be seen now, and say what is hidden: the only place for it."""
        item = self._item
        began = self._lift()
        if item is None:
            self._stack.hide()
        elif item.media.is_link:
            show_link(self.state, item.media)
            self._bring(self.state)
        elif (error := self._error(item.media)) is not None:
            show_fault(self.state, item.media, error, self._try_again)
            self._bring(self.state)
        elif is_video(item.media):
            self._dress_video(item.media)
        else:
            self.canvas.show_face(*self._seen(item.media.id))
            self._bring(self.canvas)
        self._place()
        if began and item is not None:
            self.cleared.emit(item.public_id)

    def _dress_video(self, media: Media) -> None:
        veil = CLEAR if self._is_looking else self._veil
        through = None if veil == CLEAR else lambda image: veiled_frame(image, veil)
        self.video.show_through(through)
        self.frames.show_through(through)
        poster, whole = self._seen(media.id)[0], self.frames.whole
        if whole is not None and (poster is None or is_part(poster, media)):
            poster = Picture((whole,), whole.size())
        self.video.set_picture(poster)
        self._bring(self.video)

    def _seen(self, key: int) -> tuple[Picture | None, QImage | None]:
        """What may be seen of a media now: its picture, and a frame that fits the room."""
        if self._is_looking:
            return self._pictures.clear(key), None
        face = self._pictures.face(key, self._veil)
        if face is not None:
            return face.picture, face.frame
        return (self._pictures.clear(key) if self._veil == CLEAR else None), None

    def _error(self, media: Media) -> MediaError | None:
        """Why there is nothing to be seen; a video without a poster may be played all the same."""
        return self._fault if is_video(media) else self._pictures.error(media.id)

    def _failed(self, error: MediaError) -> None:
        self._fault = error
        self._dress()

    def _lift(self) -> bool:
        """Say whether one looks below the veil now; whether that has just begun."""
        was, item = self._is_looking, self._item
        there = item is not None and (
            is_video(item.media) or self._pictures.clear(item.media.id) is not None
        )
        self._is_looking = self._is_held and there and self._veil != CLEAR
        return self._is_looking and not was

    def _bring(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        self._stack.show()

    # ---- pictures

    def _want(self) -> None:
        item = self._item
        room = self.canvas.room.toSize()
        unveiled = self._veil == CLEAR or not self._veil.blur or self._is_looking
        full = self.canvas.pixels if unveiled and not self._rest.isActive() else 1
        near = [each for each in self._near if item is None or each[0].media.id != item.media.id]
        self._pictures.want(None if item is None else (item, self._veil), near, room, full)

    def _arrived(self, key: int) -> None:
        if self._item is not None and key == self._item.media.id:
            self._dress()

    def _try_again(self) -> None:
        if self._item is not None:
            self._fault = None
            self._pictures.try_again(self._item.media.id)
            self._dress()
            self._want()

    def _painted(self) -> None:
        if self._item is not None and not self._is_told:
            self._is_told = True
            right_of_way.hold(0)
            self.painted.emit(self._item.public_id)

    # ---- pills, size, focus

    def _viewed(self) -> None:
        self._place()
        self._rest.start()

    def _place(self) -> None:
        """The pills lie on the picture: its zoom at the top right, what is hidden in the middle."""
        current = None if self._item is None else self._stack.currentWidget()
        percent = tr("{percent} %").format(percent=round(100 * self.canvas.scale))
        zoom = tr("Fit") if self.canvas.view.zoom == 1 else percent
        has_picture = current is self.canvas and self.canvas.has_picture
        self.zoomed.say(zoom if has_picture else "")
        veiled = self._veil.blur and not self._is_looking
        veiled = veiled and (has_picture or current is self.video)
        words = tr("Hidden. Hold {keys} to look").format(keys=self._look_key)
        self.hidden.say(words if veiled else "")
        area = self.canvas.area.toRect().intersected(self.canvas.rect())
        area.moveTopLeft(self._stack.mapTo(self, area.topLeft()))
        inset = QPoint(self.zoomed.width() + Space.S, -Space.S)
        self.zoomed.move(area.topRight() - inset)
        if current is self.video:
            area = self._stack.geometry().adjusted(0, _PLAY, 0, 0)  # below what plays it
        self.hidden.move(area.center() - self.hidden.rect().center())
        for pill in (self.zoomed, self.hidden):
            pill.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pills stay on the picture."""
        super().resizeEvent(event)
        self._place()

    def hideEvent(self, event: QHideEvent) -> None:
        """The veil falls with the page, and no video goes on behind another."""
        super().hideEvent(event)
        self.look(False)
        self.video.pause()

    def event(self, event: QEvent) -> bool:
        """The veil falls where another window comes to the front: B may be let go there."""
        if event.type() is QEvent.Type.WindowDeactivate:
            self.look(False)
        return super().event(event)

    def _focus_moved(self) -> None:
        self.look(False)

    def _lay_out(self) -> None:
        self.setProperty("ground", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for each in (self.canvas, self.video, self.state):
            self._stack.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.M)
        column.addWidget(self._stack, 1)
        column.addWidget(self.frames)
        self._stack.hide()
        self.setAccessibleName(tr("The item that is decided"))
