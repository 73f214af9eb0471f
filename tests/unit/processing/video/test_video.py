import io
import json
import os
import sys
import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from PIL import Image

from artitec_media_desktop.domain.errors import Cancelled, Permanent
from artitec_media_desktop.processing.video import NO_DECODER, VideoFacts, VideoReader

MakeVideo = Callable[..., Path]
FakeTool = Callable[[str, str], Path]

STREAM = {"index": 0, "codec_type": "video", "codec_name": "h264", "width": 64, "height": 48}
GOOD_PROBE = f"print({json.dumps({'streams': [STREAM], 'format': {'duration': '2'}})!r})"


@pytest.fixture
def mp4(tmp_path: Path, whole_mp4: bytes) -> str:
    path = tmp_path / "clip.mp4"
    path.write_bytes(whole_mp4)
    return str(path)


def code_of(reader: VideoReader, path: str) -> str:
    with pytest.raises(Permanent) as caught:
        reader.read(path)
    assert caught.value.message.endswith(".")
    return caught.value.code


def poster_of(facts: VideoFacts) -> Image.Image:
    assert facts.poster is not None
    return Image.open(io.BytesIO(facts.poster))


def turned_clockwise(mp4: bytes) -> bytes:
    """The file with the display matrix of its track turned by 90° (ISO/IEC 14496-12, 8.3.2)."""
    upright = bytes.fromhex("00010000 00000000 00000000 00000000 00010000")
    turned = bytes.fromhex("00000000 00010000 00000000 FFFF0000 00000000")
    before, track, after = mp4.partition(b"tkhd")
    assert upright in after
    return before + track + after.replace(upright, turned, 1)


class TestWithFfmpeg:
    @pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.m4v", "a.mkv", "a.avi"])
    def test_every_container(self, make_video: MakeVideo, name: str) -> None:
        facts = VideoReader().read(str(make_video(name)))
        assert (facts.width, facts.height, facts.note) == (64, 48, None)
        assert facts.duration == pytest.approx(1.5, abs=0.11)
        assert poster_of(facts).size == (64, 48)

    def test_frames_are_from_all_over_the_video(self, make_video: MakeVideo) -> None:
        # Black until 1 s, white from there on.
        white = "drawbox=c=black:t=fill:enable='lt(t,1)',drawbox=c=white:t=fill:enable='gte(t,1)'"
        facts = VideoReader().read(str(make_video("a.mp4", "-vf", white, seconds=2.0)))
        assert [frame[0] > 128 for frame in facts.frames] == [False, False, True, True, True]
        assert {len(frame) for frame in facts.frames} == {128 * 128}

    def test_the_poster_is_the_frame_at_one_second(self, make_video: MakeVideo) -> None:
        # Black until 1 s, white from there on.
        white = "drawbox=c=black:t=fill:enable='lt(t,1)',drawbox=c=white:t=fill:enable='gte(t,1)'"
        picture = poster_of(VideoReader().read(str(make_video("a.mp4", "-vf", white))))
        assert min(picture.convert("L").tobytes()) > 200

    def test_a_short_video_shows_its_first_frame(self, make_video: MakeVideo) -> None:
        first = "drawbox=c=white:t=fill:enable='lt(t,0.1)',drawbox=c=black:t=fill:enable='gt(t,0)'"
        path = make_video("a.mp4", "-vf", first, seconds=0.5)
        facts = VideoReader().read(str(path))
        assert facts.duration == pytest.approx(0.5)
        assert min(poster_of(facts).convert("L").tobytes()) > 200

    def test_rotation_is_applied(self, make_video: MakeVideo) -> None:
        halves = "drawbox=w=32:c=white:t=fill,drawbox=x=32:c=black:t=fill"
        path = make_video("a.mp4", "-vf", halves)
        path.write_bytes(turned_clockwise(path.read_bytes()))
        facts = VideoReader().read(str(path))
        picture = poster_of(facts).convert("L")
        assert (facts.width, facts.height) == picture.size == (48, 64)
        assert picture.crop((0, 0, 48, 24)).getextrema()[0] > 200, "its left side is up now"
        assert picture.crop((0, 40, 48, 64)).getextrema()[1] < 50

    def test_pixel_aspect_is_applied(self, make_video: MakeVideo) -> None:
        facts = VideoReader().read(str(make_video("a.mp4", "-vf", "setsar=3/2")))
        assert (facts.width, facts.height) == (96, 48)
        assert poster_of(facts).size == (96, 48)

    def test_a_large_picture_makes_a_bounded_poster(self, make_video: MakeVideo) -> None:
        facts = VideoReader().read(
            str(make_video("a.mp4", "-vf", "scale=2400:1200,setsar=1", seconds=0.2))
        )
        assert (facts.width, facts.height) == (2400, 1200)
        assert poster_of(facts).size == (1920, 960)

    def test_sound_alone_is_no_video(self, make_video: MakeVideo) -> None:
        sound = ("-f", "lavfi", "-i", "sine=d=1", "-map", "1:a", "-c:a", "aac")
        assert code_of(VideoReader(), str(make_video("a.mp4", *sound))) == "no_video"

    def test_sound_with_a_cover_is_no_video(self, make_video: MakeVideo) -> None:
        sound = ("-f", "lavfi", "-i", "sine=d=1", "-map", "1:a", "-c:a", "aac", "-map", "0:v")
        cover = ("-frames:v", "1", "-disposition:v", "attached_pic")
        path = make_video("a.m4v", *sound, *cover, "-f", "mp4", codec="png")
        assert code_of(VideoReader(), str(path)) == "no_video"

    def test_a_recording_without_a_duration_is_measured(self, make_video: MakeVideo) -> None:
        path = make_video("a.mkv", "-f", "matroska", "-live", "1", codec="mjpeg")
        facts = VideoReader().read(str(path))
        assert facts.duration == pytest.approx(1.5, abs=0.11)

    @pytest.mark.parametrize("name", ["-y.mp4", "a:b.mp4", "%d 'x' $(x).mp4", "a\nb.mp4"])
    def test_names_are_never_options_or_shell(
        self, make_video: MakeVideo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        make_video("plain.mp4").rename(tmp_path / name)
        monkeypatch.chdir(tmp_path)
        assert VideoReader().read(name).width == 64

    def test_a_name_that_is_no_text(self, make_video: MakeVideo, tmp_path: Path) -> None:
        path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.mp4")
        make_video("plain.mp4").rename(path)
        assert VideoReader().read(path).width == 64

    def test_an_index_of_nothing_is_no_video(self, ffmpeg: str, mp4: str) -> None:
        assert code_of(VideoReader(), mp4) == "no_video"

    def test_overwritten_pictures_are_damaged(self, make_video: MakeVideo) -> None:
        path = make_video("a.mkv", codec="png")
        content = bytearray(path.read_bytes())
        content[600:-400] = bytes(len(content) - 1000)
        path.write_bytes(content)
        assert code_of(VideoReader(), str(path)) == "video_damaged"


def test_a_cut_file_is_damaged_without_any_decoder(
    tmp_path: Path, whole_mp4: bytes, fake_tool: FakeTool
) -> None:
    path = tmp_path / "cut.mp4"
    path.write_bytes(whole_mp4[:2000])
    assert code_of(VideoReader(), str(path)) == "video_damaged"


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    assert code_of(VideoReader(), str(tmp_path / "gone.mp4")) == "vanished"
    assert code_of(VideoReader(), str(tmp_path)) == "not_a_file"
    os.mkfifo(tmp_path / "pipe.mp4")
    assert code_of(VideoReader(), str(tmp_path / "pipe.mp4")) == "not_a_file"


class TestWithBadTools:
    """A decoder may do anything: one file fails, with a code and a sentence."""

    HANG = "time.sleep(60)"
    CRASH = "os.kill(os.getpid(), 11)"
    RUBBISH = "print('rubbish')"
    FLOOD = "\nwhile True: os.write(1, bytes(65536))"

    def seconds(self, body: str) -> float:
        """Short where it has to pass, long where a busy machine must not make it pass."""
        return 0.5 if body == self.HANG else 20.0

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            (HANG, "video_timeout"),
            (CRASH, "video_damaged"),
            (RUBBISH, "video_damaged"),
            (FLOOD, "video_damaged"),
        ],
    )
    @pytest.mark.parametrize("bad", ["ffprobe", "ffmpeg"])
    def test_ffmpeg(self, fake_tool: FakeTool, mp4: str, bad: str, body: str, code: str) -> None:
        fake_tool("ffprobe", GOOD_PROBE)
        fake_tool("ffmpeg", self.RUBBISH)
        fake_tool(bad, body)
        assert code_of(VideoReader(timeout=self.seconds(body)), mp4) == code

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            (HANG, "video_timeout"),
            (CRASH, "video_damaged"),
            (RUBBISH, "video_damaged"),
            (FLOOD, "video_damaged"),
            ("print('{}')", "video_damaged"),
            ("print('[]')", "video_damaged"),
            ('print(\'{"error": "no_video"}\')', "no_video"),
            ('print(\'{"error": "video_timeout"}\')', "video_timeout"),
            ('print(\'{"error": "anything"}\')', "video_damaged"),
        ],
    )
    def test_fallback(self, fake_tool: FakeTool, mp4: str, body: str, code: str) -> None:
        tool = fake_tool("helper", f"print('ready', flush=True)\n{body}")
        # It is up in a moment, yet not within the shortest one.
        seconds = max(self.seconds(body), 1.0)
        assert code_of(VideoReader([str(tool)], timeout=seconds), mp4) == code

    def test_a_missing_decoder_is_no_video(self, fake_tool: FakeTool, mp4: str) -> None:
        fake_tool("ffprobe", GOOD_PROBE)
        fake_tool("ffmpeg", "sys.exit('Decoder (codec av1) not found for input stream #0:0')")
        assert code_of(VideoReader(), mp4) == "no_video"

    def test_cancelling_ends_the_read(self, fake_tool: FakeTool, mp4: str) -> None:
        fake_tool("ffmpeg", self.HANG)
        fake_tool("ffprobe", self.HANG)

        def cancel() -> None:
            raise Cancelled

        with pytest.raises(Cancelled):
            VideoReader().read(mp4, cancel)


def test_a_video_too_slow_to_seek_in_shows_its_first_frame(
    fake_tool: FakeTool, mp4: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sought, monotonic = tmp_path / "sought", time.monotonic
    sought.touch()
    # Each time that it seeks, half of the time has gone.
    monkeypatch.setattr(time, "monotonic", lambda: monotonic() + 60 * sought.stat().st_size)
    png = io.BytesIO()
    Image.new("RGB", (64, 48)).save(png, "PNG")
    fake_tool("ffprobe", GOOD_PROBE)
    fake_tool(
        "ffmpeg",
        "if sys.argv[sys.argv.index('-ss') + 1] != '0.0':\n"
        f"    open({str(sought)!r}, 'a').write('x')\n"
        "    time.sleep(600)\n"
        f"sys.stdout.buffer.write({png.getvalue()!r})",
    )
    assert VideoReader(timeout=119).read(mp4).poster == png.getvalue()


class TestFallback:
    ANSWER: ClassVar = {
        "width": 64,
        "height": 48,
        "duration": 1.5,
        "poster": b64encode(b"picture").decode("ascii"),
    }

    def test_it_gets_the_path_and_its_answer_is_used(self, fake_tool: FakeTool, mp4: str) -> None:
        check = f"assert sys.argv[1:] == ['--video-poster', {mp4!r}]"
        tool = fake_tool("helper", f"{check}\nprint('ready')\nprint({json.dumps(self.ANSWER)!r})")
        facts = VideoReader([str(tool), "--video-poster"]).read(mp4)
        assert facts == VideoFacts(64, 48, 1.5, b"picture", None)

    def test_an_unknown_duration_stays_unknown(self, fake_tool: FakeTool, mp4: str) -> None:
        answer = json.dumps({**self.ANSWER, "duration": None})
        tool = fake_tool("helper", f"print('ready')\nprint({answer!r})")
        assert VideoReader([str(tool)]).read(mp4).duration is None

    def test_ffmpeg_comes_first(self, fake_tool: FakeTool, mp4: str) -> None:
        png = io.BytesIO()
        Image.new("RGB", (64, 48)).save(png, "PNG")
        fake_tool("ffprobe", GOOD_PROBE)
        fake_tool("ffmpeg", f"sys.stdout.buffer.write({png.getvalue()!r})")
        facts = VideoReader([sys.executable, "-c", "raise SystemExit(9)"]).read(mp4)
        assert facts == VideoFacts(64, 48, 2.0, png.getvalue(), None)

    def test_it_steps_in_for_an_ffmpeg_that_cannot_run(self, fake_tool: FakeTool, mp4: str) -> None:
        fake_tool("ffprobe", GOOD_PROBE)
        fake_tool("ffmpeg", "sys.exit(127)")  # a library of it is missing
        tool = fake_tool("helper", f"print('ready')\nprint({json.dumps(self.ANSWER)!r})")
        assert VideoReader([str(tool)]).read(mp4).poster == b"picture"

    @pytest.mark.parametrize(
        "body", ["sys.exit(1)", "sys.exit(2)", "sys.exit(127)", "os.abort()", "print('usage: …')"]
    )
    def test_where_it_cannot_start_the_poster_is_missing(
        self, fake_tool: FakeTool, mp4: str, body: str
    ) -> None:
        tool = fake_tool("helper", body)
        facts = VideoReader([str(tool)]).read(mp4)
        assert facts == VideoFacts(None, None, None, None, NO_DECODER)

    def test_with_no_decoder_at_all_the_poster_is_missing(
        self, fake_tool: FakeTool, mp4: str, tmp_path: Path
    ) -> None:
        nothing = VideoFacts(None, None, None, None, NO_DECODER)
        assert VideoReader().read(mp4) == nothing
        assert VideoReader([str(tmp_path / "no such program")]).read(mp4) == nothing
