import io
import zlib

import pytest

from artitec_media_desktop.processing.gps import PatchedReader, find_video, video_patches

MKV = "video/x-matroska"
TAGS, ATTACHMENTS, CLUSTER = 0x1254C367, 0x1941A469, 0x1F43B675


def cleaned(data, kind=MKV):
    patches = video_patches(io.BytesIO(data), len(data), kind)
    new = PatchedReader(io.BytesIO(data), patches).read()
    assert len(new) == len(data)
    places = find_video(io.BytesIO(data), len(data), kind)
    assert find_video(io.BytesIO(new), len(new), kind) == ()
    return new, places


@pytest.mark.parametrize("kind", [MKV, "video/webm"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        (b"LOCATION", b"+48.8584+002.2945/"),
        (b"LOCATION-ENG", b"+48.8584+002.2945/"),
        (b"RECORDING_LOCATION", b"Paris" * 40),
        (b"COM.APPLE.QUICKTIME.LOCATION.ISO6709", b"+48.8584+002.2945/"),
        (b"COMMENT", b"lat 48.8584 lon 2.2945"),
    ],
)
def test_tags(make, kind, name, value):
    data = make.mkv(make.element(TAGS, make.tag(b"TITLE", b"A house"), make.tag(name, value)))
    new, places = cleaned(data, kind)
    assert places == ("tags",)
    assert name not in new
    assert value not in new
    assert b"A house" in new
    assert b"pixels" * 10 in new


def test_clean_video_needs_nothing(make):
    data = make.mkv(make.element(TAGS, make.tag(b"TITLE", b"A house")))
    assert cleaned(data) == (data, ())


def test_checksums_are_made_right(make):
    tags = make.tag(b"TITLE", b"A house") + make.tag(b"LOCATION", b"+48.8584+002.2945/")
    checksum = b"\xbf\x84" + zlib.crc32(tags).to_bytes(4, "little")
    new, _ = cleaned(make.mkv(make.element(TAGS, checksum, tags)))
    start = new.index(b"\xbf\x84")
    rest = new[start + 6 : start + 6 + len(tags)]
    assert new[start + 2 : start + 6] == zlib.crc32(rest).to_bytes(4, "little")
    assert rest != tags


def test_attachments(make):
    file = make.element(0x465C, make.jpeg(make.exif_segment()))
    attached = make.element(0x61A7, make.element(0x466E, b"cover.jpg"), file)
    new, places = cleaned(make.mkv(make.element(ATTACHMENTS, attached)))
    assert places == ("attachment",)
    assert b"2024:05:07" not in new
    assert b"Acme Cameras" in new


def test_tags_after_a_cluster_of_unknown_size(make):
    cluster = CLUSTER.to_bytes(4, "big") + b"\x01" + b"\xff" * 7 + make.element(0xA3, b"pixels")
    tags = make.element(TAGS, make.tag(b"LOCATION", b"+48.8584+002.2945/"))
    head = make.mkv()
    segment = 0x18538067.to_bytes(4, "big") + b"\x01" + b"\xff" * 7 + cluster + cluster + tags
    new, places = cleaned(head[: head.index(b"\x18\x53\x80\x67")] + segment)
    assert places == ("tags",)
    assert b"48.8584" not in new


def test_deep_nesting_ends(make):
    tag = make.element(0x45A3, b"LOCATION")
    for _ in range(2000):
        tag = make.element(0x67C8, tag)
    cleaned(make.mkv(make.element(TAGS, tag)))


def test_cut_off_files(make):
    data = make.mkv(make.element(TAGS, make.tag(b"LOCATION", b"+48.8584+002.2945/")))
    for end in range(len(data)):
        cleaned(data[:end])
