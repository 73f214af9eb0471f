import ctypes
import io
import logging
import subprocess
import sys
import threading
import warnings

import pytest
from PIL import Image, ImageFile

from artitec_media_desktop.domain.errors import Cancelled, Permanent, Transient
from artitec_media_desktop.domain.limits import BY_CONTENT_TYPE, IMAGE, MAX_PIXELS
from artitec_media_desktop.processing import decode as module
from artitec_media_desktop.processing.decode import (
    check_dimensions,
    damage,
    decode,
    open_picture,
)

JPEG = BY_CONTENT_TYPE["image/jpeg"]
TIFF = BY_CONTENT_TYPE["image/tiff"]


def code_of(call, *args):
    with pytest.raises(Permanent) as caught:
        call(*args)
    return caught.value.code


@pytest.mark.parametrize(
    ("size", "least", "decoded"),
    [
        ((4000, 3000), (1600, 1200), (2000, 1500)),
        ((4000, 3000), (1600, 1201), (2000, 1500)),
        ((3198, 2399), (1600, 1200), (3198, 2399)),
        ((3200, 2399), (1600, 1200), (1600, 1200)),
        ((4000, 3000), (400, 300), (500, 375)),
        ((8000, 6000), (1600, 1200), (2000, 1500)),
        ((8000, 400), (1600, 80), (2000, 100)),
    ],
)
def test_a_jpeg_is_decoded_at_the_smallest_scale_that_serves(encoded, size, least, decoded):
    image = open_picture(encoded(Image.new("RGB", size)), JPEG)
    box = decode(image, least)
    assert image.size == decoded
    assert image.mode == "YCbCr"
    assert box == (0, 0, *(side / (size[0] // decoded[0]) for side in size))


def test_an_odd_side_fills_less_than_its_last_pixel(encoded):
    image = open_picture(encoded(Image.new("RGB", (3301, 2201))), JPEG)
    assert decode(image, (1600, 1067)) == (0, 0, 1650.5, 1100.5)
    assert image.size == (1651, 1101)


def test_other_formats_are_decoded_whole(encoded):
    image = open_picture(encoded(Image.new("RGB", (900, 600)), "TIFF"), TIFF)
    assert decode(image, (90, 60)) == (0, 0, 900, 600)


@pytest.mark.parametrize(
    ("size", "code"),
    [
        ((20_001, 10), "dimensions_too_large"),
        ((8_001, 8_000), "dimensions_too_large"),
        ((8_000, 49), "dimensions_too_small"),
        ((1, 1), "dimensions_too_small"),
    ],
)
def test_sides_outside_the_limits(size, code):
    assert code_of(check_dimensions, size, IMAGE) == code


def test_sides_on_the_limits():
    check_dimensions((8_000, 8_000), IMAGE)
    check_dimensions((50, 50), IMAGE)
    with pytest.raises(Permanent, match=r"this one is 20,001 × 10\.$"):
        check_dimensions((20_001, 10), IMAGE)


def test_pillow_is_set_up_for_strangers_files():
    assert Image.MAX_IMAGE_PIXELS == MAX_PIXELS
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_only_our_decoders_are_loaded():
    code = (
        "from artitec_media_desktop.processing import image; from PIL import Image;"
        "print(*sorted(set(Image.ID) - {'MPO', 'DIB'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP"]


def test_an_eps_never_reaches_a_decoder(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", lambda *_a, **_k: pytest.fail("a program was started"))
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n%%EndComments\n"
    for fmt in BY_CONTENT_TYPE.values():
        if fmt.content_type.startswith("image/"):
            assert code_of(open_picture, eps, fmt) == "damaged"


def test_a_second_picture_is_not_opened(encoded):
    small = Image.new("RGB", (64, 64))
    data = encoded(small, "MPO", save_all=True, append_images=[small])
    with Image.open(io.BytesIO(data), formats=["JPEG"]) as theirs:
        assert theirs.format == "MPO"
    image = open_picture(data, JPEG)
    assert image.format == "JPEG"
    decode(image, (64, 64))


def test_a_progressive_jpeg_of_too_many_scans(encoded, drawn):
    data = encoded(drawn("scene", (64, 64)), progressive=True)
    decode(open_picture(data, JPEG), (64, 64))
    scan = data[data.rindex(b"\xff\xda") : -2]
    assert code_of(open_picture, data[:-2] + 200 * scan + data[-2:], JPEG) == "damaged"


def test_a_lossless_jpeg_is_no_trap():
    """The decoder can't scale it: what it writes must fit what was asked for."""
    frame = b"\xff\xc3\0\x0b\x08\x01\x90\x01\x90\x01\x01\x11\0"
    table = b"\xff\xc4\0\x14\0\x01" + bytes(15) + b"\0"
    scan = b"\xff\xda\0\x08\x01\x01\0\x01\0\0" + bytes(400 * 400 // 8)
    image = open_picture(b"\xff\xd8" + frame + table + scan + b"\xff\xd9", JPEG)
    assert image.size == (400, 400)
    assert code_of(decode, image, (100, 100)) == "damaged"


@pytest.mark.parametrize(
    ("raised", "kind", "code"),
    [
        (Permanent("x", "y"), Permanent, "x"),
        (MemoryError(), Transient, "no_memory"),
        (Image.DecompressionBombError(), Permanent, "dimensions_too_large"),
        (Image.DecompressionBombWarning(), Permanent, "dimensions_too_large"),
        (ZeroDivisionError(), Permanent, "damaged"),
        (OSError("truncated"), Permanent, "damaged"),
    ],
)
def test_what_pillow_raises(raised, kind, code):
    with pytest.raises(kind) as caught, damage():
        raise raised
    assert caught.value.code == code


def test_cancelling_is_no_damage():
    with pytest.raises(Cancelled), damage():
        raise Cancelled


def odd_tiff(encoded):
    """A TIFF that Pillow warns about: a tag whose data would lie behind the file's end."""
    data = bytearray(encoded(Image.new("L", (60, 60)), "TIFF", software="x" * 40))
    at = data.index(b"\x31\x01\x02\0")
    data[at + 8 : at + 12] = (len(data) - 5).to_bytes(4, "little")
    return bytes(data)


def test_pillows_remarks_raise_nothing_in_any_thread(encoded):
    data = odd_tiff(encoded)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UserWarning), Image.open(io.BytesIO(data)):
            pass
        failed = []

        def work():
            try:
                for _ in range(20):
                    decode(open_picture(data, TIFF), (60, 60))
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        with pytest.raises(RuntimeWarning):
            warnings.warn("ours are still raised", RuntimeWarning, stacklevel=1)


def test_pillows_log_is_silent():
    assert not logging.getLogger("PIL.TiffImagePlugin").isEnabledFor(logging.ERROR)


def test_a_c_library_without_mallopt_is_fine(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    module._keep_memory()
