"""The helper mode is tried as it is used: as a process of its own."""

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage

from artitec_media_desktop.processing.video import NO_DECODER, VideoReader
from artitec_media_desktop.ui.video_poster import _moment

HELPER = (sys.executable, "-m", "artitec_media_desktop", "--video-poster")
WITHOUT_MULTIMEDIA = (
    sys.executable,
    "-c",
    """import sys
sys.modules["PySide6.QtMultimedia"] = None
from artitec_media_desktop.ui.video_poster import main
sys.exit(main(sys.argv[1]))""",
)
#: ffv1 stands for the phones' codecs: every ffmpeg can write it, in their pixel formats.
DEEP = {
    f"{pixels}.mkv": ("-c:v", "ffv1", "-pix_fmt", pixels)
    for pixels in ("yuv420p10le", "yuv422p10le", "yuv444p")
}
MakeVideo = Callable[..., Path]


@pytest.fixture
def make_video(tmp_path: Path) -> MakeVideo:
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail("ffmpeg is missing. Install it: apt-get install ffmpeg")
        pytest.skip("ffmpeg is not installed")

    def make(name: str, *options: str, seconds: float = 1.5) -> Path:
        path = tmp_path / name
        source = f"testsrc=size=64x48:rate=10:duration={seconds}"
        command = [ffmpeg, "-nostdin", "-v", "error", "-f", "lavfi", "-i", source]
        subprocess.run([*command, *options, str(path)], check=True, timeout=60)
        return path

    return make


def helper(path: Path | str, command: tuple[str, ...] = HELPER) -> tuple[int, list[str]]:
    finished = subprocess.run(
        [*command, str(path)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )
    return finished.returncode, finished.stdout.splitlines()


def facts(path: Path | str) -> dict[str, Any]:
    status, lines = helper(path)
    assert lines[0] == "ready"
    assert len(lines) == 2
    answer = json.loads(lines[1])
    assert status == (1 if "error" in answer else 0)
    return answer


def poster(answer: dict[str, Any]) -> QImage:
    image = QImage.fromData(base64.b64decode(answer["poster"]))
    assert not image.isNull()
    return image


def brightness(image: QImage, x: int, y: int) -> int:
    return QColor(image.pixel(x, y)).lightness()


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.mkv", "a.avi"])
def test_every_container(make_video: MakeVideo, name: str) -> None:
    answer = facts(make_video(name, "-c:v", "mpeg4"))
    assert (answer["width"], answer["height"]) == (64, 48)
    assert answer["duration"] == pytest.approx(1.5, abs=0.11)
    assert poster(answer).size().toTuple() == (64, 48)


def test_ten_bits_and_many_samples_keep_their_colours(make_video: MakeVideo) -> None:
    for name, options in DEEP.items():
        path = make_video(name, "-vf", "drawbox=c=0x20C040:t=fill", *options)
        colour = QColor(poster(facts(path)).pixel(32, 24))
        assert colour.red() < 90, name
        assert colour.green() > 150, name
        assert colour.blue() < 110, name


def test_the_poster_is_the_frame_at_one_second(make_video: MakeVideo) -> None:
    white = "drawbox=c=black:t=fill:enable='lt(t,1)',drawbox=c=white:t=fill:enable='gte(t,1)'"
    image = poster(facts(make_video("a.mp4", "-vf", white, "-c:v", "mpeg4")))
    assert brightness(image, 32, 24) > 200


def test_a_short_video_shows_its_first_frame(make_video: MakeVideo) -> None:
    first = "drawbox=c=white:t=fill:enable='lt(t,0.1)',drawbox=c=black:t=fill:enable='gt(t,0)'"
    answer = facts(make_video("a.mp4", "-vf", first, "-c:v", "mpeg4", seconds=0.5))
    assert answer["duration"] == pytest.approx(0.5)
    assert brightness(poster(answer), 32, 24) > 200


def test_pictures_that_end_before_the_sound_show_the_first(make_video: MakeVideo) -> None:
    sound = ("-f", "lavfi", "-i", "sine=d=3", "-c:a", "pcm_s16le")
    answer = facts(make_video("a.mkv", *sound, "-c:v", "mpeg4", seconds=0.5))
    assert poster(answer).size().toTuple() == (64, 48)


def test_rotation_is_applied(make_video: MakeVideo) -> None:
    halves = "drawbox=w=32:c=white:t=fill,drawbox=x=32:c=black:t=fill"
    path = make_video("a.mp4", "-vf", halves, "-c:v", "mpeg4")
    upright = bytes.fromhex("00010000 00000000 00000000 00000000 00010000")
    turned = bytes.fromhex("00000000 00010000 00000000 FFFF0000 00000000")
    before, track, after = path.read_bytes().partition(b"tkhd")
    assert upright in after
    path.write_bytes(before + track + after.replace(upright, turned, 1))
    answer = facts(path)
    image = poster(answer)
    assert (answer["width"], answer["height"]) == image.size().toTuple() == (48, 64)
    assert brightness(image, 24, 8) > 200, "its left side is up now"
    assert brightness(image, 24, 56) < 50


def test_a_large_picture_makes_a_bounded_poster(make_video: MakeVideo) -> None:
    options = ("-vf", "scale=2400:1200,setsar=1", "-c:v", "mpeg4")
    answer = facts(make_video("a.mp4", *options, seconds=0.2))
    assert (answer["width"], answer["height"]) == (2400, 1200)
    assert poster(answer).size().toTuple() == (1920, 960)


def test_sound_alone_is_no_video(make_video: MakeVideo) -> None:
    sound = ("-f", "lavfi", "-i", "sine=d=1", "-map", "1:a", "-c:a", "aac")
    assert facts(make_video("a.mp4", *sound)) == {"error": "no_video"}


def test_rubbish_and_a_missing_file_are_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"\0\0\0\x18ftypisom" + bytes(range(256)) * 100)
    assert facts(path) == {"error": "video_damaged"}
    assert facts(tmp_path / "gone.mp4") == {"error": "video_damaged"}


def test_a_missing_library_shows_before_ready(make_video: MakeVideo, tmp_path: Path) -> None:
    status, lines = helper(tmp_path / "a.mp4", WITHOUT_MULTIMEDIA)
    assert (status, lines) == (1, [])


def test_the_reader_falls_back_to_it(
    make_video: MakeVideo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = str(make_video("a.mp4", "-c:v", "mpeg4"))
    monkeypatch.setenv("PATH", str(tmp_path))
    read = VideoReader(HELPER).read(path)
    assert (read.width, read.height, read.note) == (64, 48, None)
    assert QImage.fromData(read.poster or b"").size().toTuple() == (64, 48)
    assert VideoReader(WITHOUT_MULTIMEDIA).read(path).note == NO_DECODER


@pytest.mark.parametrize(
    ("duration", "moment"),
    [(0, 1001), (1, 0), (1000, 0), (1001, 1000), (1002, 1001), (90_000, 1001)],
)
def test_the_moment_lies_inside_the_video(duration: int, moment: int) -> None:
    assert _moment(duration) == moment
