"""``artitec-media --video-poster PATH``: decode one frame with QtMultimedia's own FFmpeg.

Run as a child process where no ffmpeg is installed, so that a decoder that crashes or hangs takes
only this process with it. Standard output gets ``ready`` once the decoder is loaded, then
one line of JSON: ``width``, ``height`` (pixels as shown), ``duration`` (seconds or null) and
``poster`` (base64 of a PNG), or only ``error``: no_video, video_damaged, video_timeout.
"""

import base64
import faulthandler
import json
import os
import sys
from typing import TYPE_CHECKING, Any, Final

from ..domain.limits import VIDEO_POSTER_SECOND

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame

#: Seconds until the first frame is good enough, until the helper says that it takes too long, and
#: until it ends even if it is stuck.
HURRY: Final = 3.5
PATIENCE: Final = 7.0
WATCHDOG: Final = 9.0
#: The poster's longer side in pixels: more than the large variant, so that one is made.
POSTER_SIDE: Final = 1920
ENVIRONMENT: Final = {
    "QT_QPA_PLATFORM": "offscreen",
    "QT_MEDIA_BACKEND": "ffmpeg",
    # Drivers are a machine's own; software decoding of one frame is the same everywhere.
    "QT_FFMPEG_DECODING_HW_DEVICE_TYPES": ",",
    "QT_FFMPEG_PROTOCOL_WHITELIST": "file",
    "QT_LOGGING_RULES": "*=false",
}

Answer = dict[str, Any]


def main(path: str) -> int:
    """Print the facts of the video at ``path``; 0 with a poster, 1 with an error.

    Where QtMultimedia or a library of the system is missing, it ends before ``ready``.
    """
    faulthandler.dump_traceback_later(WATCHDOG, exit=True)
    os.environ.update(ENVIRONMENT)
    try:
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtMultimedia import QMediaPlayer
    except ImportError as error:
        print(f"QtMultimedia is missing: {error}", file=sys.stderr)
        return 1
    app = QGuiApplication.instance() or QGuiApplication([])
    player = QMediaPlayer(app)
    if not player.isAvailable():
        print("QtMultimedia has no decoder.", file=sys.stderr)
        return 1
    print("ready", flush=True)
    answer = _Grab(player).run(path)
    print(json.dumps(answer), flush=True)
    faulthandler.cancel_dump_traceback_later()
    return 1 if "error" in answer else 0


class _Grab:
    """Takes one frame from a paused player. There is no audio output: nothing is heard."""

    def __init__(self, player: "QMediaPlayer") -> None:
        from PySide6.QtCore import QEventLoop
        from PySide6.QtMultimedia import QMediaPlayer, QVideoSink

        self._player, self._sink, self._loop = player, QVideoSink(player), QEventLoop(player)
        self._states = QMediaPlayer.MediaStatus
        self._answer: Answer | None = None
        self._frame: QVideoFrame | None = None
        self._at: int | None = None
        player.setVideoSink(self._sink)
        player.mediaStatusChanged.connect(self._on_status)
        player.errorOccurred.connect(lambda *_: self._finish({"error": "video_damaged"}))
        self._sink.videoFrameChanged.connect(self._on_frame)

    def run(self, path: str) -> Answer:
        """Decode until there is a frame, an error, or no patience left."""
        from PySide6.QtCore import QTimer, QUrl

        QTimer.singleShot(int(HURRY * 1000), self._on_hurry)
        QTimer.singleShot(int(PATIENCE * 1000), lambda: self._finish({"error": "video_timeout"}))
        self._player.setSource(QUrl.fromLocalFile(path))
        if self._answer is None:
            self._loop.exec()
        if self._frame is not None:  # read here, where a fault is not lost as in a slot
            self._answer = _facts(_picture(self._frame), self._player.duration())
        self._player.stop()
        return self._answer or {"error": "video_damaged"}

    def _on_status(self, status: "QMediaPlayer.MediaStatus") -> None:
        if status == self._states.InvalidMedia:
            self._finish({"error": "video_damaged"})
        elif status == self._states.LoadedMedia and self._at is None:
            if not self._player.hasVideo():
                self._finish({"error": "no_video"})
                return
            self._show(_moment(self._player.duration()))
        elif status == self._states.EndOfMedia and self._frame is None:
            if self._at:  # the pictures end before the sound does
                self._show(0)
            else:
                self._finish({"error": "video_damaged"})

    def _on_hurry(self) -> None:
        if self._at and self._frame is None:
            self._show(0)

    def _show(self, at: int) -> None:
        self._at = at
        self._player.setPosition(at)
        self._player.pause()

    def _on_frame(self, frame: "QVideoFrame") -> None:
        if self._frame is None and frame.isValid():
            self._frame = frame
            self._loop.quit()

    def _finish(self, answer: Answer) -> None:
        if self._answer is None:
            self._answer = answer
            self._loop.quit()


def _moment(duration: int) -> int:
    """Where to look in a video of ``duration`` milliseconds (0: unknown), in milliseconds."""
    wanted = round(VIDEO_POSTER_SECOND * 1000)
    if 0 < duration <= wanted:
        return 0
    # A frame that ends at the position still counts as shown there: ask for the next one.
    return min(wanted + 1, duration - 1) if duration else wanted + 1


def _picture(frame: "QVideoFrame") -> "QImage":
    """The frame with rotation and pixel aspect applied; a null image when Qt can't convert it."""
    from PySide6.QtMultimedia import QVideoFrameFormat

    image = frame.toImage()
    if image.isNull() and frame.pixelFormat() == QVideoFrameFormat.PixelFormat.Format_YUV420P10:
        image = _in_8_bits(frame).toImage()
    return image


def _in_8_bits(frame: "QVideoFrame") -> "QVideoFrame":
    """A planar frame of 10 bits in 8: Qt converts the first, phones' HDR, only with a GPU."""
    import numpy as np
    from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

    old = frame.surfaceFormat()
    new = QVideoFrameFormat(old.frameSize(), QVideoFrameFormat.PixelFormat.Format_YUV420P)
    new.setColorSpace(old.colorSpace())
    new.setColorRange(old.colorRange())
    new.setRotation(old.rotation())
    new.setMirrored(old.isMirrored())
    copy = QVideoFrame(new)
    frame.map(QVideoFrame.MapMode.ReadOnly)
    copy.map(QVideoFrame.MapMode.WriteOnly)
    for plane in range(3):
        deep = np.frombuffer(frame.bits(plane), "<u2")
        deep = deep.reshape(-1, frame.bytesPerLine(plane) // 2)
        flat = np.frombuffer(copy.bits(plane), np.uint8)
        flat = flat.reshape(-1, copy.bytesPerLine(plane))
        height, width = min(deep.shape[0], flat.shape[0]), min(deep.shape[1], flat.shape[1])
        flat[:height, :width] = deep[:height, :width] >> 2
    copy.unmap()
    frame.unmap()
    return copy


def _facts(image: "QImage", milliseconds: int) -> Answer:
    """The answer for a frame's image; Qt's null image is one that nothing could be made of."""
    from PySide6.QtCore import QBuffer, QIODevice, Qt
    from PySide6.QtGui import QImage, QImageWriter

    if image.isNull():
        return {"error": "video_damaged"}
    width, height = image.width(), image.height()
    if max(width, height) > POSTER_SIDE:
        image = image.scaled(
            POSTER_SIDE,
            POSTER_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image.convertToFormat(QImage.Format.Format_RGB888))
    return {
        "width": width,
        "height": height,
        "duration": milliseconds / 1000 if milliseconds > 0 else None,
        "poster": base64.b64encode(buffer.data().data()).decode("ascii"),
    }
