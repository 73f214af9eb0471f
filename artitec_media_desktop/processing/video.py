"""What the library wants to know of a video: size, duration, one picture to show.

ffprobe and ffmpeg are used where they are installed, else our own executable in its
``--video-poster`` mode, whose decoder is QtMultimedia's. Either is a child process.
"""

import base64
import binascii
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ..domain.errors import Permanent
from .child import (
    Check,
    Finished,
    NotStarted,
    OutOfTime,
    TooMuchOutput,
    never_cancelled,
    run_child,
)
from .video_container import check_container, damaged
from .video_frames import extract_frames
from .video_probe import (
    MAX_POSTER,
    Run,
    extract_poster,
    find_tools,
    measure_duration,
    no_video,
    probe_stream,
)

#: The first line of the fallback's output: from here on a crash is the file's doing.
READY: Final = b"ready\n"
NO_DECODER: Final = "Its poster is missing: neither ffmpeg nor the built-in decoder is there."


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """A video as it is shown.

    ``width`` and ``height`` in pixels, with rotation and pixel aspect applied; ``duration`` in
    seconds; ``poster`` the upright frame at 1 s as PNG or JPEG, its longer side at most 1920 px.
    ``note`` is a sentence about what is missing. All None where nothing could decode it. ``frames``
    are those of :func:`.video_frames.extract_frames`.
    """

    width: int | None
    height: int | None
    duration: float | None
    poster: bytes | None
    note: str | None
    frames: tuple[bytes, ...] = ()


class VideoReader:
    """Reads videos through child processes; safe to use from several threads.

    ``fallback`` is a command line of our own to which the file's path is appended; ``timeout``
    bounds one whole read in seconds. With ``built_in`` nothing but the fallback is used.
    """

    def __init__(
        self, fallback: Sequence[str] | None = None, *, timeout: float = 8.0, built_in: bool = False
    ) -> None:
        self._fallback = tuple(fallback) if fallback else None
        self._built_in = built_in
        self._timeout = timeout

    def read(self, path: str, check_cancelled: Check = never_cancelled) -> VideoFacts:
        """The facts of the video at ``path``.

        Raises Permanent (not_a_video, no_video, video_damaged, video_timeout), what
        ``open_regular`` and ``check_cancelled`` raise; children are gone by then.
        """
        check_container(path)
        deadline = time.monotonic() + self._timeout

        def run(command: Sequence[str], limit: int, *, share: float = 1.0) -> Finished:
            end = deadline - (1 - share) * max(0.0, deadline - time.monotonic())
            return run_child(command, deadline=end, limit=limit, check_cancelled=check_cancelled)

        try:
            if not self._built_in and (tools := find_tools()) is not None:
                try:
                    return _read_with(*tools, path, run)
                except NotStarted:
                    pass  # installed but not runnable here: as good as missing
            return self._read_with_fallback(path, run)
        except OutOfTime:
            raise _too_slow() from None
        except TooMuchOutput:
            raise damaged("The decoder's answer never ended. Export it again.") from None

    def _read_with_fallback(self, path: str, run: Run) -> VideoFacts:
        if self._fallback is None:
            return VideoFacts(None, None, None, None, NO_DECODER)
        try:
            finished = run([*self._fallback, path], MAX_POSTER * 2)
        except NotStarted:
            return VideoFacts(None, None, None, None, NO_DECODER)
        if not finished.output.startswith(READY):
            return VideoFacts(None, None, None, None, NO_DECODER)
        return _read_answer(finished)


def _read_with(ffprobe: str, ffmpeg: str, path: str, run: Run) -> VideoFacts:
    stream = probe_stream(ffprobe, path, run)
    poster = extract_poster(ffmpeg, path, stream, run)
    if stream.duration is None:
        stream = replace(stream, duration=measure_duration(ffmpeg, path, stream, run))
    length = stream.duration
    frames = extract_frames(ffmpeg, path, stream, length, run) if length else ()
    return VideoFacts(stream.width, stream.height, length, poster, None, frames)


def _read_answer(finished: Finished) -> VideoFacts:
    """The fallback's one line of JSON: the facts with a base64 poster, or an error's code."""
    answer = _parse(finished.output[len(READY) :])
    if answer is None:
        raise damaged("Decoding it made the decoder crash. Export it again.")
    if (code := answer.get("error")) is not None:
        raise {"no_video": no_video(), "video_timeout": _too_slow()}.get(
            str(code),
            damaged("Its video can't be read. Open it in a player, or export it again."),
        )
    try:
        return VideoFacts(
            width=int(answer["width"]),
            height=int(answer["height"]),
            duration=None if answer["duration"] is None else float(answer["duration"]),
            poster=base64.b64decode(answer["poster"], validate=True),
            note=None,
        )
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise damaged("The decoder's answer makes no sense. Export it again.") from None


def _parse(line: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _too_slow() -> Permanent:
    return Permanent("video_timeout", "Too slow to decode. Export it again, or shorten it.")
