"""What holds for any bytes at all: nothing raises but Permanent, and clean stays clean."""

import contextlib
import io
from functools import cache

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.processing.gps import (
    PatchedReader,
    find_image,
    find_video,
    strip_image,
    video_patches,
)

IMAGES = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/tiff"]
VIDEOS = ["video/mp4", "video/x-msvideo", "video/x-matroska"]
STARTS = {
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/gif": b"GIF89a",
    "image/webp": b"RIFF\xff\0\0\0WEBP",
    "image/bmp": b"BM",
    "image/tiff": b"II\x2a\0\x08\0\0\0",
    "video/mp4": b"\0\0\0\x10ftypisom\0\0\0\0",
    "video/x-msvideo": b"RIFF\xff\0\0\0AVI ",
    "video/x-matroska": b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\xff",
}
TAIL = b"\1" + bytes(range(255, -1, -1)) + b"\0"


@cache
def sample(make, kind):
    """A file with location in many of its places."""
    xmp, tiff = make.gps_xmp, make.tiff(more=[(0x02BC, 1, make.gps_xmp)])
    place = make.box(b"\xa9xyz", b"\0\x12\x15\xc7+48.8584+002.2945/")
    photoshop = make.resource(0x0404, make.dataset(90, b"Paris")) + make.resource(0x0422, tiff)
    match kind:
        case "image/jpeg":
            return make.mpf(
                make.jpeg(make.exif_segment()),
                make.exif_segment(tiff),
                make.segment(0xE1, make.xmp_header + xmp),
                make.segment(0xED, b"Photoshop 3.0\0" + photoshop),
                make.segment(0xFE, b"lat 48.8584 lon 2.2945"),
            ) + make.mp4(make.box(b"udta", place))
        case "image/png":
            return make.png(
                make.chunk(b"eXIf", tiff),
                make.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp),
                make.chunk(b"tEXt", b"Location\0Paris"),
            )
        case "image/gif":
            packet = b"\x21\xff\x0bXMP DataXMP" + xmp + TAIL
            return b"GIF89a\1\0\1\0\0\0\0" + packet + b"\x21\xfe\x05Paris\0;" + make.jpeg()
        case "image/webp":
            return make.webp(make.riff_chunk(b"EXIF", tiff), make.riff_chunk(b"XMP ", xmp))
        case "image/bmp":
            return make.picture("BMP") + make.jpeg(make.exif_segment())
        case "image/tiff":
            return make.tiff(">", more=[(0x02BC, 1, xmp), (0x8649, 7, photoshop)])
        case "video/mp4":
            track = make.track(b"camm", make.box(b"camm", bytes(8)), [30, 30], 32)
            return make.mp4(make.box(b"udta", place, make.box(b"XMP_", xmp)), track)
        case "video/x-msvideo":
            return make.avi(make.riff_chunk(b"_PMX", xmp), make.riff_chunk(b"gps0", b"\1\2"))
        case _:
            return make.mkv(make.element(0x1254C367, make.tag(b"LOCATION", b"Paris")))


def check(data, kind):
    if kind.startswith("image/"):
        done = strip_image(data, kind)
        assert find_image(data, kind) == done.removed
        assert find_image(done.data, kind) == ()
        again = strip_image(done.data, kind)
        assert again.data is done.data
        assert (done.data is data) == (done.removed == ())
        assert kind == "image/png" or len(done.data) == len(data)
        return
    patches = video_patches(io.BytesIO(data), len(data), kind)
    new = PatchedReader(io.BytesIO(data), patches).read()
    assert len(new) == len(data)
    assert find_video(io.BytesIO(new), len(new), kind) == ()
    assert bool(find_video(io.BytesIO(data), len(data), kind)) == bool(patches)


def holds(data, kind):
    with contextlib.suppress(Permanent):
        check(data, kind)


@pytest.mark.parametrize("kind", IMAGES + VIDEOS)
def test_the_samples_have_location(make, kind):
    data = sample(make, kind)
    if kind.startswith("image/"):
        assert find_image(data, kind)
    else:
        assert find_video(io.BytesIO(data), len(data), kind)
    check(data, kind)


any_time = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("kind", IMAGES + VIDEOS)
@any_time
@given(data=st.binary(max_size=400))
def test_random_bytes(kind, data):
    holds(data, kind)
    holds(STARTS[kind] + data, kind)


@pytest.mark.parametrize("kind", IMAGES + VIDEOS)
@any_time
@given(data=st.data())
def test_mutated_files(make, kind, data):
    whole = bytearray(sample(make, kind))
    changes = data.draw(
        st.lists(
            st.tuples(
                st.integers(0, len(whole) - 1),
                st.sampled_from([b"\0", b"\1", b"\xff", b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f"]),
            ),
            min_size=1,
            max_size=6,
        )
    )
    for at, value in changes:
        whole[at : at + len(value)] = value
    cut = data.draw(st.integers(0, len(whole)) | st.just(len(whole)))
    holds(bytes(whole[:cut]), kind)


@pytest.mark.parametrize("kind", IMAGES)
@any_time
@given(data=st.data())
def test_spliced_files(make, kind, data):
    """One file's tail after another's head, as damaged cards leave them."""
    first, second = sample(make, kind), sample(make, data.draw(st.sampled_from(IMAGES)))
    cut = data.draw(st.integers(0, len(first)))
    start = data.draw(st.integers(0, len(second)))
    assume(cut or start)
    holds(first[:cut] + second[start:], kind)
