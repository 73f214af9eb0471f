import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.domain.limits import IMAGE
from artitec_media_desktop.processing.colour import expanded, flattened, leaves_srgb, to_srgb
from artitec_media_desktop.processing.image import process_image
from artitec_media_desktop.processing.sniff import sniff

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
#: The same, but what it calls red is blue.
SWAPPED = (
    SRGB.replace(b"rXYZ", b"~XYZ", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"~XYZ", b"bXYZ", 1)
)
SIZE = (640, 480)


def thumb(data):
    """The thumbnail's middle pixel, as every viewer shows it."""
    made = process_image(data, sniff(data), IMAGE, strip_gps=False)
    assert [each.name for each in made.variants] == ["thumb", "small"]
    with Image.open(io.BytesIO(made.variants[0].data)) as image:
        assert "icc_profile" not in image.info
        return image.convert("RGB").getpixel((75, 75))


def near(found, wanted):
    return all(abs(a - b) <= 4 for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("mode", "colour", "shown"),
    [
        ("1", 1, (255, 255, 255)),
        ("L", 100, (100, 100, 100)),
        ("LA", (0, 0), (255, 255, 255)),
        ("La", (0, 0), (255, 255, 255)),
        ("RGB", (200, 30, 60), (200, 30, 60)),
        ("RGBA", (255, 0, 0, 0), (255, 255, 255)),
        ("RGBA", (255, 0, 0, 128), (255, 127, 127)),
        ("RGBa", (0, 0, 0, 0), (255, 255, 255)),
        ("RGBX", (200, 30, 60, 0), (200, 30, 60)),
        ("CMYK", (0, 255, 255, 0), (255, 0, 0)),
        ("YCbCr", (100, 128, 128), (100, 100, 100)),
        ("HSV", (0, 255, 255), (255, 0, 0)),
        ("I", 32896, (128, 128, 128)),
        ("F", 0.5, (128, 128, 128)),
    ],
)
def test_every_mode_becomes_srgb_on_white(mode, colour, shown):
    image = Image.new(mode, (40, 30), colour)
    result = to_srgb(flattened(expanded(image).resize((20, 15))), None)
    assert result.mode in ("L", "RGB")
    assert near(result.convert("RGB").getpixel((9, 9)), shown)


@pytest.mark.parametrize("name", ["PNG", "TIFF"])
def test_sixteen_bits_keep_their_shades(encoded, name):
    ramp = np.tile(np.linspace(0, 65535, 640).astype(np.uint16), (480, 1))
    data = encoded(Image.fromarray(ramp), name)
    made = process_image(data, sniff(data), IMAGE, strip_gps=False)
    with Image.open(io.BytesIO(made.variants[1].data)) as small:
        shades = np.asarray(small, dtype=float)[150]
    assert np.abs(shades - np.linspace(0, 255, 400)).max() < 3


def test_sixteen_bits_the_other_way_round(encoded):
    data = bytearray(encoded(Image.new("I;16B", SIZE, 0x8080), "TIFF"))
    assert data.startswith(b"MM")
    assert near(thumb(bytes(data)), (128, 128, 128))


def test_numbers_without_a_white_go_from_darkest_to_brightest():
    numbers = np.linspace(-3000, 5000, 400).reshape(20, 20).astype(np.float32)
    shades = np.asarray(expanded(Image.fromarray(numbers)))
    assert (shades.min(), shades.max()) == (0, 255)
    assert set(np.asarray(expanded(Image.new("F", (9, 9), -7.0))).ravel()) == {0}


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_numbers_that_are_none_are_refused(encoded, number):
    data = encoded(Image.new("F", SIZE, float(number)), "TIFF")
    with pytest.raises(Permanent) as caught:
        thumb(data)
    assert caught.value.code == "damaged"


def test_palette_with_a_transparent_colour(encoded):
    image = Image.new("P", SIZE, 1)
    image.putpalette([255, 0, 0, 0, 0, 255])
    for name in ("PNG", "GIF"):
        assert near(thumb(encoded(image, name)), (0, 0, 255))
        assert near(thumb(encoded(image, name, transparency=1)), (255, 255, 255))


def test_key_colours_are_transparent(encoded):
    red = Image.new("RGB", SIZE, (255, 0, 0))
    assert near(thumb(encoded(red, "PNG", transparency=(255, 0, 0))), (255, 255, 255))
    assert near(thumb(encoded(Image.new("L", SIZE, 9), "PNG", transparency=9)), (255, 255, 255))


def test_alpha_lies_on_white(encoded):
    half = Image.new("RGBA", SIZE, (255, 0, 0, 128))
    for name in ("PNG", "WEBP", "TIFF"):
        assert near(thumb(encoded(half, name)), (255, 127, 127))
    assert near(thumb(encoded(Image.new("LA", SIZE, (0, 0)), "PNG")), (255, 255, 255))


def test_cmyk_without_a_profile(encoded):
    red = Image.new("CMYK", SIZE, (0, 255, 255, 0))
    assert near(thumb(encoded(red)), (255, 0, 0))
    assert near(thumb(encoded(red, "TIFF")), (255, 0, 0))


def test_cmyk_with_a_profile_of_other_colours_ignores_it(encoded):
    red = Image.new("CMYK", SIZE, (0, 255, 255, 0))
    assert near(thumb(encoded(red, icc_profile=SWAPPED)), (255, 0, 0))


def test_lab(encoded):
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    red = Image.new("RGB", SIZE, (200, 30, 60))
    image = ImageCms.profileToProfile(red, srgb, lab, outputMode="LAB")
    assert near(thumb(encoded(image, "TIFF")), (200, 30, 60))


def test_ycbcr_in_a_tiff(encoded):
    image = Image.new("RGB", SIZE, (200, 30, 60)).convert("YCbCr")
    assert near(thumb(encoded(image, "TIFF")), (200, 30, 60))


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_profile_is_applied(encoded, name):
    red = Image.new("RGB", SIZE, (255, 0, 0))
    shown = thumb(encoded(red, name, icc_profile=SWAPPED))
    assert shown[2] > 240
    assert shown[0] < 15


def test_a_profile_on_a_jpeg_scaled_while_it_is_decoded(encoded):
    data = encoded(Image.new("RGB", (1800, 1700), (255, 0, 0)), icc_profile=SWAPPED)
    made = process_image(data, sniff(data), IMAGE, strip_gps=False)
    for variant in made.variants:
        with Image.open(io.BytesIO(variant.data)) as image:
            assert near(image.convert("RGB").getpixel((70, 70)), (0, 0, 255))


@pytest.mark.parametrize("profile", [b"rubbish", SRGB[:200], SRGB[:128] + bytes(400), SRGB])
def test_a_broken_profile_or_that_of_srgb_changes_nothing(encoded, profile):
    red = Image.new("RGB", SIZE, (255, 0, 0))
    assert near(thumb(encoded(red, icc_profile=profile)), (255, 0, 0))


def test_what_needs_converting():
    assert leaves_srgb(None)
    assert leaves_srgb(b"rubbish")
    assert leaves_srgb(SRGB)
    assert not leaves_srgb(SWAPPED)


def test_a_jpeg_that_stores_rgb(encoded):
    red = Image.new("RGB", SIZE, (255, 0, 0))
    assert near(thumb(encoded(red, keep_rgb=True)), (255, 0, 0))


def test_a_jpeg_without_any_marker_of_its_colours(encoded):
    data = encoded(Image.new("RGB", SIZE, (200, 30, 60)))
    assert data[2:4] == b"\xff\xe0"
    bare = data[:2] + data[4 + int.from_bytes(data[4:6], "big") :]
    assert near(thumb(bare), (200, 30, 60))
