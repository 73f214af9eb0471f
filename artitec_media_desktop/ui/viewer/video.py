"""A video in the viewer: its poster, then its pictures, and what controls them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from ...domain.errors import MediaError
from ...domain.media import Media
from ..theme import Height, Space, theme
from ..theme.icons import draw, icon
from ..widgets import icon_button, label
from .picture import Picture
from .player import MediaPlayer, Player, load
from .words import length, tr

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

    from ...bootstrap import App

_SIGN: Final = 48
_BADGE: Final = 88


class VideoStage(QWidget):
    """Nothing of a video is read, and no decoder loaded, before it is played."""

    #: MediaError: it can't be played.
    failed = Signal(object)
    #: A picture of it was painted; nothing may be changed in the midst of that.
    painted = Signal()

    def __init__(
        self,
        app: "App",
        make_player: Callable[[QObject], Player] = MediaPlayer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._make_player = make_player
        self._player: Player | None = None
        self._media: Media | None = None
        self._opened = self._asked = False
        self._start = 0
        self._muted = True
        self._screen = _Screen()
        self._screen.clicked.connect(self.toggle)
        self._screen.painted.connect(self.painted)
        self._build()

    def show_media(self, media: Media) -> None:
        """Turn to another video; it does not play by itself."""
        self.stop()
        self._media = media
        self._screen.show_poster(None)
        self._screen.setAccessibleName(media.alt_text or media.original_filename)
        self._moved(0, (media.duration or 0) * 1000)

    def set_picture(self, picture: Picture | None) -> None:
        """The poster, which stays until the first picture of the video."""
        self._screen.show_poster(picture)

    def show_through(self, veil: Callable[[QImage], QImage] | None) -> None:
        """What each of its pictures goes through before it is painted; its poster does not."""
        self._screen.show_through(veil)

    @property
    def is_muted(self) -> bool:
        """Whether it is not heard."""
        return self._muted

    def seek(self, position: int) -> None:
        """Go to a moment, in milliseconds; a video that was not opened yet begins there."""
        if self._opened:
            self._seek(position)
        else:
            self._start = position
            self.toggle()

    def stop(self) -> None:
        """Let go of the video."""
        self._start = 0
        self._media, self._opened, self._asked = None, False, False
        if self._player is not None:
            self._player.close()
        self._played(False)

    def toggle(self) -> None:
        """Play or pause."""
        if self._player is not None and self._opened:
            if self._player.is_playing:
                self._player.pause()
            else:
                self._player.play()
        elif self._media is not None and not self._asked:
            self._open(self._media)

    def pause(self) -> None:
        """Stay where it is, if it plays."""
        if self._player is not None and self._player.is_playing:
            self._player.pause()

    def toggle_mute(self) -> None:
        """Be heard or not; a video is muted at first."""
        self._muted = not self._muted
        if self._player is not None:
            self._player.set_muted(self._muted)
        self._show_mute()

    # ---- opening

    def _open(self, media: Media) -> None:
        self._asked = True

        def ask(_: object) -> str:
            load()
            return self._app.library.playable(media)

        def opened(url: str) -> None:
            player = self._ready_player() if self._media is media else None
            if player is not None:
                self._opened = True
                player.open(url)
                player.play()
            self._asked = self._asked and self._media is not media

        def failed(error: MediaError) -> None:
            if self._media is media:
                self._asked = False
                self.failed.emit(error)

        self._app.runner.run(ask, opened, failed)

    def _ready_player(self) -> Player | None:
        if self._player is None:
            try:
                player = self._make_player(self)
            except MediaError as error:
                self.failed.emit(error)
                return None
            player.framed.connect(self._framed)
            player.moved.connect(self._moved)
            player.played.connect(self._played)
            player.failed.connect(self._failed)
            player.set_muted(self._muted)
            self._player = player
        return self._player

    # ---- what the player says

    def _framed(self, frame: "QVideoFrame") -> None:
        if self._opened:
            self._screen.show_frame(frame)

    def _moved(self, position: int, duration: int) -> None:
        if self._start and duration:  # it can be moved once its length is known
            position, self._start = self._start, 0
            self._seek(position)
        if not self._bar.isSliderDown():
            self._bar.setMaximum(max(0, duration))
            self._bar.setValue(position)
        self._time.setText(f"{length(position)} / {length(duration)}")

    def _played(self, playing: bool) -> None:
        self._play.setIcon(icon("pause-fill" if playing else "play-fill"))
        self._play.setAccessibleName(tr("Pause") if playing else tr("Play"))
        self._play.setToolTip(tr("Pause") if playing else tr("Play"))
        self._screen.set_playing(playing)

    def _failed(self) -> None:
        media = self._media
        if media is None or not self._opened:
            return
        self._opened = False  # to be asked for anew: the address may have run out
        text = tr("“{name}” can't be played: its file is damaged, or the way to it is interrupted.")
        name = media.original_filename
        self.failed.emit(MediaError("not_playable", text.format(name=name)))

    # ---- the parts

    def _build(self) -> None:
        self._play = icon_button("play-fill", tr("Play"), "K")
        self._play.clicked.connect(self.toggle)
        self._bar = QSlider(Qt.Orientation.Horizontal)
        self._bar.setAccessibleName(tr("Moment"))
        self._bar.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # arrows go to the next media
        self._bar.sliderMoved.connect(self._seek)
        self._bar.actionTriggered.connect(lambda _: self._seek(self._bar.sliderPosition()))
        self._time = label("", "small", "muted")
        self._mute = icon_button("speaker-slash", tr("Sound on"), "M")
        self._mute.clicked.connect(self.toggle_mute)
        bar = QWidget()
        bar.setProperty("ground", "raised")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(Height.FILTER_BAR)
        row = QHBoxLayout(bar)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.M)
        row.addWidget(self._play)
        row.addWidget(self._bar, 1)
        row.addWidget(self._time)
        row.addWidget(self._mute)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._screen, 1)
        column.addWidget(bar)

    def _seek(self, position: int) -> None:
        if self._player is not None and self._opened:
            self._player.seek(position)

    def _show_mute(self) -> None:
        self._mute.setIcon(icon("speaker-slash" if self._muted else "speaker-high"))
        words = tr("Sound on") if self._muted else tr("Sound off")
        self._mute.setAccessibleName(words)
        self._mute.setToolTip(words)


class _Screen(QWidget):
    """Paints the newest frame; those that come faster than it can paint are passed over."""

    clicked = Signal()
    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._veil: Callable[[QImage], QImage] | None = None
        self._poster: Picture | None = None
        self._frame: QVideoFrame | None = None
        self._playing = False

    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    def show_poster(self, picture: Picture | None) -> None:
        self._poster = picture
        if picture is None:
            self._frame = None
        self.update()

    def show_frame(self, frame: "QVideoFrame") -> None:
        self._frame = frame
        self.update()

    def show_through(self, veil: Callable[[QImage], QImage] | None) -> None:
        self._veil = veil
        self.update()

    def set_playing(self, playing: bool) -> None:
        self._playing = playing
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme().color("sunken"))
        image = self._image()
        if not image.isNull():
            size = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), image)
            self.painted.emit()
        if not self._playing:
            badge = QRectF(0, 0, _BADGE, _BADGE)
            badge.moveCenter(QRectF(self.rect()).center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("overlay"))
            painter.drawEllipse(badge)
            draw(painter, badge, "play-fill", theme().color("overlay_text"), _SIGN)

    def _image(self) -> QImage:
        image = QImage() if self._frame is None else self._frame.toImage()
        if not image.isNull():  # it is for HDR where there is no graphics card to convert it
            return image if self._veil is None else self._veil(image)
        if self._poster is not None:
            return self._poster.level(self.width() * self.devicePixelRatioF())
        return QImage()
