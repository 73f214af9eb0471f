"""Plays a video; QtMultimedia is loaded with the first one."""

from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QLibrary, QLibraryInfo, QLoggingCategory, QObject, QUrl, Signal

from ...domain.errors import Permanent
from .words import tr

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioOutput, QVideoFrame


class Player(Protocol):
    """What plays: tests have one that needs no decoder."""

    #: Signals; see MediaPlayer.
    framed: Any
    moved: Any
    played: Any
    failed: Any

    @property
    def is_playing(self) -> bool:
        """Whether it plays now."""

    def open(self, url: str) -> None:
        """Take another video."""

    def play(self) -> None:
        """Play on."""

    def pause(self) -> None:
        """Stay where it is."""

    def seek(self, position: int) -> None:
        """Go to a moment."""

    def set_muted(self, muted: bool) -> None:
        """Be heard or not."""

    def close(self) -> None:
        """Let go of the video."""


class MediaPlayer(QObject):
    """QMediaPlayer, times are in milliseconds.

    Raises Permanent ``no_player`` where QtMultimedia is missing or can't decode.
    """

    #: QVideoFrame
    framed = Signal(object)
    #: Where it is, and how long it is (0 while that isn't known).
    moved = Signal(int, int)
    #: Whether it plays.
    played = Signal(bool)
    failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        load()
        try:
            from PySide6.QtMultimedia import QMediaPlayer, QVideoSink
        except ImportError as error:
            raise _missing() from error
        self._player = QMediaPlayer(self)
        if not self._player.isAvailable():
            raise _missing()
        self._playing = QMediaPlayer.PlaybackState.PlayingState
        self._sink = QVideoSink(self)
        self._sound: QAudioOutput | None = None
        self._player.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._framed)
        self._player.positionChanged.connect(lambda _: self._moved())
        self._player.durationChanged.connect(lambda _: self._moved())
        self._player.playbackStateChanged.connect(lambda _: self.played.emit(self.is_playing))
        self._player.errorOccurred.connect(lambda *_: self.failed.emit())

    @property
    def is_playing(self) -> bool:
        """Whether it plays now."""
        return self._player.playbackState() == self._playing

    def open(self, url: str) -> None:
        """Take another video."""
        self._player.setSource(QUrl(url))

    def play(self) -> None:
        """Play on, or once more from the start."""
        self._player.play()

    def pause(self) -> None:
        """Stay where it is."""
        self._player.pause()

    def seek(self, position: int) -> None:
        """Go to a moment."""
        self._player.setPosition(position)

    def set_muted(self, muted: bool) -> None:
        """Be heard or not; at first it is not.

        There is no output for sound before it is wanted: where the computer has no device for it,
        Qt 6.11 can hang in stopping a video that was just moved.
        """
        from PySide6.QtMultimedia import QAudioOutput

        if self._sound is None and not muted:
            self._sound = QAudioOutput(self)
        output = None if muted else self._sound
        self._player.setAudioOutput(output)  # type: ignore[arg-type]  # None is for no sound

    def close(self) -> None:
        """Let go of the video."""
        self._player.stop()
        self._player.setSource(QUrl())

    def _framed(self, frame: "QVideoFrame") -> None:
        if frame.isValid():
            self.framed.emit(frame)

    def _moved(self) -> None:
        self.moved.emit(self._player.position(), self._player.duration())


def load() -> None:
    """Read QtMultimedia from disk, which takes a worker a tenth of a second or more.

    Where it is missing, MediaPlayer says so.
    """
    # What it says of a fault names the address, which is good for whoever has it.
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    with suppress(ImportError):
        import_module("PySide6.QtMultimedia")
        plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
        for decoder in (plugins / "multimedia").glob("*ffmpeg*"):
            QLibrary(str(decoder)).load()  # most of the time; it stays in memory


def _missing() -> Permanent:
    return Permanent(
        "no_player",
        tr("Videos can't be played here: QtMultimedia is missing. Install it, or open the file."),
    )
