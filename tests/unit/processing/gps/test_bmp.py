import pytest

from artitec_media_desktop.processing.gps import find_image, strip_image

BMP = "image/bmp"


def test_pixels_are_not_looked_at(make):
    data = bytearray(make.picture("BMP"))
    text = b"Exif\0\0" + make.tiff()
    data[100 : 100 + len(text)] = text  # they may say what they like
    assert strip_image(bytes(data), BMP).removed == ()


def test_data_after_the_pixels(make):
    data = make.picture("BMP") + make.jpeg(make.exif_segment())
    done = strip_image(data, BMP)
    assert done.removed == ("second picture",)
    assert len(done.data) == len(data)
    assert b"2024:05:07" not in done.data
    assert find_image(done.data, BMP) == ()


@pytest.mark.parametrize("header", [b"", b"BM", b"BM" + bytes(60), b"BM" + b"\xff" * 60])
def test_odd_headers(make, header):
    data = header + make.jpeg(make.exif_segment())
    done = strip_image(data, BMP)
    assert len(done.data) == len(data)
    assert find_image(done.data, BMP) == ()


def test_old_headers(make):
    """OS/2: sides of 16 bits, 4 pixels of 24 bits in one row."""
    head = b"BM" + bytes(8) + (26).to_bytes(4, "little") + (12).to_bytes(4, "little")
    head += b"\4\0\1\0\1\0\x18\0"
    data = head + b"p" * 12 + make.jpeg(make.exif_segment())
    done = strip_image(data, BMP)
    assert done.removed == ("second picture",)
    assert done.data.startswith(head + b"p" * 12)
