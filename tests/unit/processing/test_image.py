import io
import json
import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from artitec_media_desktop.domain.errors import Cancelled, MediaError, Permanent
from artitec_media_desktop.domain.limits import AVATAR, BY_CONTENT_TYPE, IMAGE, Limits
from artitec_media_desktop.processing.image import (
    preview,
    preview_of,
    process_image,
    process_poster,
)
from artitec_media_desktop.processing.sniff import sniff

JPEG = BY_CONTENT_TYPE["image/jpeg"]
PNG = BY_CONTENT_TYPE["image/png"]


def process(data, limits=IMAGE, **options):
    return process_image(data, sniff(data), limits, **options)


def code_of(data, limits=IMAGE):
    with pytest.raises(Permanent) as caught:
        process(data, limits)
    return caught.value.code


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width, height, pixels=b"", depth=8, colour=2, extra=b""):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + extra + body


def jpeg_header(width, height):
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda\0\2"


def bmp_header(width, height):
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + header


def gif_header(width, height):
    frame = b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x08\0"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + frame + b";"


def tiff_header(width, height):
    tags = ((256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8))
    body = b"".join(struct.pack("<HHLL", tag, kind, 1, value) for tag, kind, value in tags)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + body + bytes(4)


@pytest.mark.parametrize("header", [png, jpeg_header, bmp_header, gif_header, tiff_header])
@pytest.mark.parametrize(
    ("size", "code"),
    [
        ((20_001, 10), "dimensions_too_large"),
        ((8_001, 50), "dimensions_too_large"),
        ((60_000, 60_000), "dimensions_too_large"),
        ((8_000, 49), "dimensions_too_small"),
        ((1, 1), "dimensions_too_small"),
    ],
)
def test_sides_are_checked_before_a_pixel_is_decoded(monkeypatch, header, size, code):
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda _image: pytest.fail("decoded"))
    assert code_of(header(*size)) == code


def test_the_limits_are_the_slots(encoded):
    data = encoded(Image.new("RGB", (99, 2001)))
    assert code_of(data, AVATAR) == "dimensions_too_large"
    assert code_of(encoded(Image.new("RGB", (99, 2000))), AVATAR) == "dimensions_too_small"
    assert process(data).height == 2001


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"])
def test_a_truncated_file_is_damaged(drawn, encoded, name):
    data = encoded(drawn("scene", (300, 200)), name)
    assert code_of(data[: len(data) // 2]) == "damaged"
    assert code_of(data[:40]) == "damaged"


def test_damaged_pixels_before_fine_exif_are_damage(encoded, drawn):
    data = encoded(drawn("scene", (300, 200)), "PNG")
    at = data.index(b"IDAT")
    assert code_of(data[: at + 200] + bytes(300) + data[at + 500 :]) == "damaged"


def test_a_picture_without_location_is_stored_as_it_is(drawn, encoded):
    data = encoded(drawn("scene", (300, 200)))
    made = process(data)
    assert made.original is data
    assert made.gps_removed == ()
    assert not made.animated


def test_location_leaves_the_original_and_its_pixels_stay(drawn, encoded):
    exif = Image.Exif()
    exif[0x0110] = "EOS"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 22.0, 12.0), 3: "E", 4: (4.0, 53.0, 24.0)})
    data = encoded(drawn("scene", (300, 200)), exif=exif)
    made = process(data)
    assert made.gps_removed
    assert made.exif == {"model": "EOS"}
    with Image.open(io.BytesIO(made.original)) as ours, Image.open(io.BytesIO(data)) as theirs:
        assert ours.tobytes() == theirs.tobytes()
        assert not any(ours.getexif().get_ifd(0x8825).values())
    kept = process(data, strip_gps=False)
    assert kept.original is data
    assert kept.gps_removed == ()


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG"])
def test_an_animation_shows_its_first_frame_and_stays_one(encoded, name):
    frames = [Image.new("RGB", (200, 150), colour) for colour in ("red", "lime", "blue")]
    options = {"lossless": True} if name == "WEBP" else {}
    data = encoded(frames[0], name, save_all=True, append_images=frames[1:], **options)
    made = process(data)
    assert made.animated
    assert made.original is data
    with Image.open(io.BytesIO(made.variants[0].data)) as thumb:
        red, green, blue = thumb.getpixel((75, 75))
        assert red > 245
        assert green + blue < 20
    assert not process(encoded(frames[0], name)).animated


def test_a_document_shows_its_first_page(encoded):
    pages = [Image.new("RGB", (200, 150), colour) for colour in ("red", "blue")]
    made = process(encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert not made.animated
    with Image.open(io.BytesIO(made.variants[0].data)) as thumb:
        assert thumb.getpixel((75, 75))[0] > 245


@pytest.mark.parametrize("in_xmp", [False, True])
def test_a_document_lying_on_its_side(drawn, encoded, in_xmp):
    exif = Image.Exif()
    if in_xmp:
        exif[700] = b'<x xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/>'
    else:
        exif[0x0112] = 6
    made = process(encoded(drawn("scene", (900, 640)), "TIFF", exif=exif))
    assert (made.width, made.height) == (640, 900)
    assert (made.variants[1].width, made.variants[1].height) == (284, 400)


def test_a_camera_file_with_a_second_picture(drawn, encoded):
    first, second = drawn("scene", (900, 600)), Image.new("RGB", (900, 600), "navy")
    data = encoded(first, "MPO", save_all=True, append_images=[second])
    made = process(data)
    assert not made.animated
    assert made.average == process(encoded(first)).average


def test_a_bomb_of_text_and_profile(encoded):
    zeros = zlib.compress(bytes(50 << 20), 9)
    extra = chunk(b"zTXt", b"a\0\0" + zeros)
    pixels = bytes(100 * 301)
    assert code_of(png(100, 100, pixels, extra=extra)) == "damaged"


def test_exif_that_names_the_same_data_again_and_again(encoded):
    entries = b"".join(struct.pack("<HHLL", tag, 7, 60_000, 8) for tag in range(5_000))
    blob = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 5_000) + entries
    plain = encoded(Image.new("RGB", (64, 64)))
    data = plain[:2] + b"\xff\xe1" + struct.pack(">H", len(blob) + 2) + blob + plain[2:]
    assert process(data, strip_gps=False).exif == {}


def test_cancelling(drawn, encoded):
    data = encoded(drawn("scene", (900, 700)))
    calls = []
    process(data, check_cancelled=lambda: calls.append(1))
    assert len(calls) >= 5
    for stop in range(len(calls)):
        left = [stop]

        def check(left=left):
            left[0] -= 1
            if left[0] < 0:
                raise Cancelled

        with pytest.raises(Cancelled):
            process(data, check_cancelled=check)


def test_a_poster_that_is_no_picture():
    for data in (b"", b"MZ" + bytes(100), b"\0\0\0\x18ftypmp42" + bytes(8), b"\xff\xd8\xff\xe0"):
        with pytest.raises(Permanent) as caught:
            process_poster(data)
        assert caught.value.code == "damaged"


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_preview_is_small_and_upright(tmp_path, drawn, encoded, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "photo.png"
    path.write_bytes(encoded(drawn("scene", (1600, 1200)), exif=exif))
    with Image.open(io.BytesIO(preview(str(path), 200))) as small:
        assert small.format == "JPEG"
        assert small.size == ((200, 150) if orientation == 1 else (150, 200))
    with Image.open(io.BytesIO(preview_of(encoded(Image.new("RGB", (80, 60))), 200))) as small:
        assert small.size == (80, 60)


def test_no_preview_of_what_has_none(tmp_path, drawn, encoded):
    path = tmp_path / "photo.jpg"
    assert preview(str(path), 200) is None
    assert preview(str(tmp_path), 200) is None
    for content in (b"", b"MZ" + bytes(99), encoded(drawn("scene", (300, 200)))[:2000]):
        path.write_bytes(content)
        assert preview(str(path), 200) is None
    path.write_bytes(jpeg_header(20_001, 10))
    assert preview(str(path), 200) is None
    path.write_bytes(b"\0\0\0\x18ftypmp42" + bytes(8))
    assert preview(str(path), 200) is None


@pytest.fixture(scope="module")
def samples(drawn, encoded):
    scene = drawn("scene", (96, 64))
    exif = Image.Exif()
    exif[0x010F] = "Canon"
    return [
        encoded(scene, exif=exif),
        encoded(scene, progressive=True),
        encoded(scene.convert("CMYK")),
        encoded(scene, "PNG", exif=exif),
        encoded(scene.convert("P"), "PNG"),
        encoded(scene.convert("P"), "GIF"),
        encoded(scene, "WEBP", exif=exif),
        encoded(scene, "BMP"),
        encoded(scene, "TIFF", exif=exif),
        encoded(scene.convert("L").convert("F"), "TIFF"),
    ]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_happens_to_a_file_it_ends_as_a_result_or_an_error(samples, data):
    content = bytearray(data.draw(st.sampled_from(samples)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, min(len(content) - 1, 700)))
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    fmt = sniff(bytes(content))
    if fmt is None or fmt not in BY_CONTENT_TYPE.values():
        return
    try:
        made = process_image(bytes(content), fmt, Limits(0, 1 << 20, 1, 2000), strip_gps=False)
    except MediaError as error:
        assert error.code in ("damaged", "dimensions_too_small", "dimensions_too_large")
    else:
        assert made.variants[0].name == "thumb"
        assert max(made.width, made.height) <= 2000
        json.dumps(made.exif, allow_nan=False)
