import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from artitec_media_desktop.domain.limits import BY_CONTENT_TYPE
from artitec_media_desktop.processing.decode import open_picture
from artitec_media_desktop.processing.exif import read_exif

JPEG = BY_CONTENT_TYPE["image/jpeg"]
EXIF, GPS = 0x8769, 0x8825


def of(encoded, tags, inner=None, gps=None, name="JPEG", content_type="image/jpeg"):
    exif = Image.Exif()
    exif.update(tags)
    for tag, directory in ((EXIF, inner), (GPS, gps)):
        exif.get_ifd(tag).update(directory or {})
        exif[tag] = 0  # Pillow's TIFF writer looks for the tag, the others for the directory
    data = encoded(Image.new("RGB", (60, 60)), name, exif=exif)
    return read_exif(open_picture(data, BY_CONTENT_TYPE[content_type]))


def raw(encoded, blob):
    plain = encoded(Image.new("RGB", (8, 8)))
    segment = b"Exif\0\0" + blob
    data = plain[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + plain[2:]
    return read_exif(open_picture(data, JPEG))


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("TIFF", "image/tiff"),
    ],
)
def test_the_contracts_list_and_nothing_else(encoded, name, content_type):
    found = of(
        encoded,
        {0x010F: "Canon", 0x0110: "EOS R6\0", 0x0112: 6, 0x013B: "Ada", 0x8298: "Ada 2024"},
        {
            0x9003: "2024:05:01 12:30:00",
            0x9004: "2024:05:01 12:30:01",
            0x829A: 0.008,
            0x829D: 2.8,
            0x8827: 400,
            0x9209: 16,
            0x920A: 35.0,
            0xA434: "RF35mm F1.8",
            0x9286: b"a comment",
        },
        {1: "N", 2: (52.0, 22.0, 12.0)},
        name,
        content_type,
    )
    assert found == {
        "make": "Canon",
        "model": "EOS R6",
        "datetime_original": "2024:05:01 12:30:00",
        "datetime_digitized": "2024:05:01 12:30:01",
        "exposure_time": 0.008,
        "f_number": 2.8,
        "iso": 400,
        "flash": 16,
        "focal_length": 35.0,
        "lens": "RF35mm F1.8",
        "orientation": 6,
        "copyright": "Ada 2024",
        "artist": "Ada",
    }


def test_none_is_nothing(encoded):
    assert of(encoded, {}) == {}


@pytest.mark.parametrize("date", ["0000:00:00 00:00:00", "    :  :     :  :  ", "yesterday"])
def test_dates_that_are_none(encoded, date):
    assert of(encoded, {}, {0x9003: date}) == {}


def test_texts_are_cleaned(encoded):
    found = of(encoded, {0x010F: "  So\nny\x07 ", 0x013B: "x" * 2000, 0x8298: "\0\0"})
    assert found == {"make": "So ny", "artist": "x" * 500}


def test_utf8_is_read_as_such(encoded):
    tag = struct.pack("<HHLL", 0x013B, 2, 6, 26)
    blob = b"II*\0\x08\0\0\0\1\0" + tag + bytes(4) + "Zoë\0".encode().ljust(6, b"\0")
    assert raw(encoded, blob) == {"artist": "Zoë"}


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_is_none(encoded, orientation):
    assert of(encoded, {0x0112: orientation}) == {}


def test_rationals_that_are_no_numbers(encoded):
    inner = b"".join(
        struct.pack("<HHLL", tag, kind, 1, 62 + 8 * at)
        for at, (tag, kind) in enumerate([(0x829A, 5), (0x829D, 10), (0x920A, 5)])
    )
    values = struct.pack("<LLlLLL", 1, 0, -28, 10, 0, 0)
    outer = struct.pack("<HHLL", EXIF, 4, 1, 26)
    blob = b"II*\0\x08\0\0\0\1\0" + outer + bytes(4) + b"\3\0" + inner[:34] + inner[34:] + values
    assert raw(encoded, blob) == {}


def test_one_broken_tag_leaves_the_others(encoded):
    tags = struct.pack("<HHLL", 0x010F, 2, 500, 60_000) + struct.pack("<HHLHH", 0x0112, 3, 1, 3, 0)
    assert raw(encoded, b"II*\0\x08\0\0\0\2\0" + tags + bytes(4)) == {"orientation": 3}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0x10F, 0x112, 0x13B, EXIF, 0x9003, 0x829A, 0x8827, 0xA434]),
            st.integers(0, 14),
            st.sampled_from([0, 1, 2, 3, 40, 2**31, 2**32 - 1]),
            st.integers(0, 80),
        ),
        max_size=6,
    ),
    st.binary(max_size=60),
    st.sampled_from("<>"),
)
def test_whatever_is_broken_the_rest_is_json(encoded, entries, rest, order):
    start = b"II*\0" if order == "<" else b"MM\0*"
    blob = start + struct.pack(order + "LH", 8, len(entries))
    blob += b"".join(struct.pack(order + "HHLL", *entry) for entry in entries) + bytes(4) + rest
    found = raw(encoded, blob)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
