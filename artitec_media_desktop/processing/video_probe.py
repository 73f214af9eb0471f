"""Read a video with ffprobe and ffmpeg: its shown size, its duration, one frame.

Options are those of https://ffmpeg.org/ffprobe.html and https://ffmpeg.org/ffmpeg.html. Only the
containers of the contract and only local files are opened: a playlist or a reference inside a
hostile file leads nowhere.
"""

import json
import math
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from ..domain.errors import Permanent
from ..domain.limits import KB, MAX_PIXELS, MB, VIDEO_POSTER_SECOND
from .child import Finished, OutOfTime
from .video_container import damaged

#: Posters are at most this long, in pixels: more than the large variant, so that one is made.
POSTER_SIDE: Final = 1920
#: A PNG of that size with no redundancy at all.
MAX_POSTER: Final = 16 * MB
MAX_FACTS: Final = 256 * KB
SAFE: Final = (
    *("-v", "error", "-hide_banner", "-protocol_whitelist", "file,pipe"),
    *("-format_whitelist", "mov,matroska,avi", "-max_pixels", str(MAX_PIXELS)),
)
ENTRIES: Final = (
    "stream=index,codec_type,codec_name,width,height,sample_aspect_ratio,duration:"
    "stream_disposition=attached_pic:stream_side_data=rotation:stream_tags=rotate:format=duration"
)
#: A pixel stretched more than this is a broken header, not a format.
MAX_STRETCH: Final = 10.0


class Run(Protocol):
    """Runs a command within the reader's deadline; see ``run_child`` for what it raises."""

    def __call__(self, command: Sequence[str], limit: int, *, share: float = 1.0) -> Finished:
        """``limit`` in bytes of output; ``share`` of the time left that it may take."""


@dataclass(frozen=True, slots=True)
class VideoStream:
    """The stream to show: its number, its size as shown in pixels, its duration in seconds."""

    index: int
    width: int
    height: int
    duration: float | None


def find_tools() -> tuple[str, str] | None:
    """The paths of ffprobe and ffmpeg; None when either is missing from PATH."""
    probe, decoder = shutil.which("ffprobe"), shutil.which("ffmpeg")
    return (probe, decoder) if probe and decoder else None


def probe_stream(ffprobe: str, path: str, run: Run) -> VideoStream:
    """The first real video stream. Raises Permanent when there is none or nothing is readable."""
    command = [ffprobe, *SAFE, "-print_format", "json", "-show_entries", ENTRIES, f"file:{path}"]
    finished = run(command, MAX_FACTS)
    try:
        facts = json.loads(finished.output)
        streams = [each for each in facts["streams"] if each.get("codec_type") == "video"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        facts, streams = None, []
    if finished.status != 0 or facts is None:
        raise damaged("Its video can't be read. Open it in a player, or export it again.")
    for stream in streams:
        if not _is_cover(stream) and (read := _read_stream(stream, facts)) is not None:
            return read
    raise no_video()


def no_video() -> Permanent:
    """The error for a sound recording in a video's container, or for unknown pictures."""
    return Permanent("no_video", "No video. It holds no moving picture that can be shown.")


def extract_poster(ffmpeg: str, path: str, stream: VideoStream, run: Run) -> bytes:
    """The frame at 1 s, upright, as PNG; the first of a short or very slow video.

    Raises Permanent, and OutOfTime.
    """
    late = stream.duration is None or stream.duration > VIDEO_POSTER_SECOND
    finished = Finished(0, b"", "")
    for second, share in ((VIDEO_POSTER_SECOND, 0.5), (0.0, 1.0)) if late else ((0.0, 1.0),):
        try:
            finished = run(_poster_command(ffmpeg, path, stream, second), MAX_POSTER, share=share)
        except OutOfTime:
            if second:
                continue
            raise
        if finished.status < 0:
            raise damaged("Decoding it made the decoder crash. Export it again.")
        if _is_png(finished.output):
            return finished.output
    if "decoder" in finished.errors.lower() and "not found" in finished.errors.lower():
        raise no_video()
    raise damaged("No picture could be decoded from it. Open it in a player, or export it again.")


def measure_duration(ffmpeg: str, path: str, stream: VideoStream, run: Run) -> float | None:
    """Seconds, by reading all packets without decoding: browsers' recordings declare none."""
    command = [ffmpeg, "-nostdin", *SAFE, "-i", f"file:{path}", "-map", f"0:{stream.index}"]
    command += ["-c", "copy", "-progress", "pipe:1", "-nostats", "-f", "null", "-"]
    try:
        lines = run(command, MB).output.decode("ascii", "replace").splitlines()
    except OutOfTime:
        return None
    times = [line.partition("=")[2] for line in lines if line.startswith("out_time_us=")]
    micros = _positive(times[-1]) if times else None
    return None if micros is None else micros / 1_000_000


def shrunk(width: int, height: int, side: int = POSTER_SIDE) -> tuple[int, int]:
    """The size scaled down so that its longer side is at most ``side``, never up, never 0."""
    longest = max(width, height)
    if longest <= side:
        return width, height
    return max(1, round(width * side / longest)), max(1, round(height * side / longest))


def _poster_command(ffmpeg: str, path: str, stream: VideoStream, second: float) -> list[str]:
    width, height = shrunk(stream.width, stream.height)
    return [
        *(ffmpeg, "-nostdin", *SAFE, "-ss", str(second), "-i", f"file:{path}"),
        *("-map", f"0:{stream.index}", "-frames:v", "1"),
        *("-vf", f"scale={width}:{height}:flags=lanczos,setsar=1", "-pix_fmt", "rgb24"),
        *("-f", "image2pipe", "-c:v", "png", "pipe:1"),
    ]


def _is_png(data: bytes) -> bool:
    return data.startswith(b"\x89PNG\r\n") and data.endswith(b"IEND\xaeB`\x82")


def _is_cover(stream: dict[str, Any]) -> bool:
    disposition = stream.get("disposition")
    return isinstance(disposition, dict) and bool(disposition.get("attached_pic"))


def _read_stream(stream: dict[str, Any], facts: dict[str, Any]) -> VideoStream | None:
    """What the reader wants of ffprobe's stream; None when it has no codec or no size."""
    index, width, height = (stream.get(key) for key in ("index", "width", "height"))
    if not (isinstance(index, int) and isinstance(width, int) and isinstance(height, int)):
        return None
    if width < 1 or height < 1 or stream.get("codec_name") in (None, "unknown", "none"):
        return None
    width = max(1, int(width * _stretch(stream.get("sample_aspect_ratio"))))
    if _quarter_turns(stream) % 2:
        width, height = height, width
    whole = facts.get("format")
    duration = _positive(whole.get("duration")) if isinstance(whole, dict) else None
    return VideoStream(index, width, height, duration or _positive(stream.get("duration")))


def _stretch(ratio: object) -> float:
    """How much wider than high a pixel is shown, from ``4:3``."""
    across, _, down = str(ratio).partition(":")
    if not (across.isdecimal() and down.isdecimal() and int(across) and int(down)):
        return 1.0
    stretch = int(across) / int(down)
    return stretch if 1 / MAX_STRETCH <= stretch <= MAX_STRETCH else 1.0


def _quarter_turns(stream: dict[str, Any]) -> int:
    """How often the picture is turned by 90° when shown, from the display matrix or the tag."""
    sides, tags = stream.get("side_data_list"), stream.get("tags")
    found = [each.get("rotation") for each in sides] if isinstance(sides, list) else []
    found += [tags.get("rotate")] if isinstance(tags, dict) else []
    for each in found:
        try:
            return round(float(each) / 90)
        except (TypeError, ValueError, OverflowError):
            continue
    return 0


def _positive(text: object) -> float | None:
    """A finite number above 0, or None; ffprobe says ``N/A`` for what it does not know."""
    try:
        value = float(str(text))
    except ValueError:
        return None
    return value if math.isfinite(value) and value > 0 else None
