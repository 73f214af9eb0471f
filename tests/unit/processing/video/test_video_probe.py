import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.limits import LARGE
from artitec_media_desktop.processing.child import Finished
from artitec_media_desktop.processing.video_probe import (
    POSTER_SIDE,
    VideoStream,
    probe_stream,
    shrunk,
)

VIDEO = {
    "index": 0,
    "codec_type": "video",
    "codec_name": "h264",
    "width": 320,
    "height": 180,
    "disposition": {"attached_pic": 0},
}


def probe(answer: object, status: int = 0) -> VideoStream:
    def run(command: Sequence[str], limit: int, *, share: float = 1.0) -> Finished:
        return Finished(status, json.dumps(answer).encode(), "")

    return probe_stream("ffprobe", "a.mp4", run)


def facts(*streams: dict[str, object], duration: str = "2.5") -> dict[str, object]:
    return {"streams": list(streams), "format": {"duration": duration}}


def code_of(answer: object, status: int = 0) -> str:
    with pytest.raises(Permanent) as caught:
        probe(answer, status)
    return caught.value.code


def test_size_and_duration_are_read() -> None:
    assert probe(facts(VIDEO)) == VideoStream(0, 320, 180, 2.5)


@pytest.mark.parametrize(
    ("extra", "size"),
    [
        ({"side_data_list": [{"rotation": -90}]}, (180, 320)),
        ({"side_data_list": [{"rotation": 180}]}, (320, 180)),
        ({"side_data_list": [{}, {"rotation": 270}]}, (180, 320)),
        ({"tags": {"rotate": "90"}}, (180, 320)),
        ({"tags": {"rotate": "much"}}, (320, 180)),
        ({"sample_aspect_ratio": "4:3"}, (426, 180)),
        ({"sample_aspect_ratio": "4:3", "side_data_list": [{"rotation": 90}]}, (180, 426)),
        ({"sample_aspect_ratio": "0:1"}, (320, 180)),
        ({"sample_aspect_ratio": "30000:1"}, (320, 180)),
        ({"sample_aspect_ratio": "N/A"}, (320, 180)),
    ],
)
def test_the_size_is_as_shown(extra: dict[str, object], size: tuple[int, int]) -> None:
    stream = probe(facts({**VIDEO, **extra}))
    assert (stream.width, stream.height) == size


def test_a_cover_is_passed_over() -> None:
    cover = {**VIDEO, "codec_name": "png", "width": 9, "disposition": {"attached_pic": 1}}
    assert probe(facts(cover, {**VIDEO, "index": 1})).index == 1
    assert code_of(facts(cover)) == "no_video"


@pytest.mark.parametrize(
    "stream",
    [
        {"codec_type": "audio"},
        {"codec_type": "data"},
        {**VIDEO, "codec_name": "unknown"},
        {"index": 0, "codec_type": "video", "width": 320, "height": 180},
        {**VIDEO, "width": 0},
        {**VIDEO, "height": "many"},
    ],
)
def test_what_is_not_decodable_is_no_video(stream: dict[str, object]) -> None:
    assert code_of(facts(stream)) == "no_video"


@pytest.mark.parametrize("answer", [None, [], {}, {"streams": None}, {"streams": [7]}, "text"])
def test_an_answer_without_sense_means_damage(answer: object) -> None:
    assert code_of(answer) == "video_damaged"


def test_a_failed_probe_means_damage() -> None:
    assert code_of(facts(VIDEO), status=1) == "video_damaged"


@pytest.mark.parametrize("duration", ["N/A", "0.000", "-4", "nan", "inf", ""])
def test_a_duration_that_is_none_is_not_invented(duration: str) -> None:
    assert probe(facts(VIDEO, duration=duration)).duration is None
    assert probe(facts({**VIDEO, "duration": "1.5"}, duration=duration)).duration == 1.5


@given(st.integers(1, 100_000), st.integers(1, 100_000))
def test_a_poster_shrinks_to_its_side_and_keeps_its_shape(width: int, height: int) -> None:
    across, down = shrunk(width, height)
    assert min(across, down) >= 1
    assert max(across, down) <= POSTER_SIDE
    if max(width, height) <= POSTER_SIDE:
        assert (across, down) == (width, height)
    else:
        assert max(across, down) == POSTER_SIDE
        assert abs(min(across, down) - min(width, height) * POSTER_SIDE / max(width, height)) <= 1


def test_a_big_video_still_gets_its_large_variant() -> None:
    assert LARGE.side < POSTER_SIDE
