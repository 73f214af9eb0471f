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
