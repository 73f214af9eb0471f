import io
import zlib

import pytest
from PIL import Image

from artitec_media_desktop.processing.gps import find_image, strip_image

PNG = "image/png"


def cleaned(data):
    done = strip_image(data, PNG)
    assert find_image(data, PNG) == done.removed
    assert find_image(done.data, PNG) == ()
    at = 8
    while at < len(done.data) and done.data[at + 4 : at + 8] != b"IEND":
        end = at + 8 + int.from_bytes(done.data[at : at + 4], "big")
        crc = int.from_bytes(done.data[end : end + 4], "big")
        assert zlib.crc32(done.data[at + 4 : end]) == crc
        at = end + 4
    with Image.open(io.BytesIO(data)) as old, Image.open(io.BytesIO(done.data)) as new:
        assert old.tobytes() == new.tobytes()
    return done


def itxt(key, text, packed=False):
    body = zlib.compress(text) if packed else text
    return key + b"\0" + bytes([packed, 0]) + b"en\0key\0" + body


def ztxt(key, text):
    return key + b"\0\0" + zlib.compress(text)


def profile(name, data):
    digits = data.hex()
    lines = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    return f"\n{name}\n{len(data):8}\n{lines}\n".encode()


def test_clean_picture_is_the_same_object(make):
    data = make.png(
        make.chunk(b"tEXt", b"Title\0A house"),
        make.chunk(b"eXIf", make.tiff(gps=False)),
        make.chunk(b"zTXt", ztxt(b"Comment", b"x" * 1000)),
        make.chunk(b"iTXt", itxt(b"XML:com.adobe.xmp", make.xmp(""), packed=True)),
        make.chunk(b"prVt", b"\0\1\2"),
    )
    assert strip_image(data, PNG).data is data


@pytest.mark.parametrize("header", [b"", b"Exif\0\0"])
def test_exif(make, header):
    done = cleaned(make.png(make.chunk(b"eXIf", header + make.tiff())))
    assert done.removed == ("EXIF",)
    assert b"2024:05:07" not in done.data
    with Image.open(io.BytesIO(done.data)) as image:
        assert dict(image.getexif()) == {0x010F: "Acme Cameras"}


def test_packed_exif(make):
    tiff = make.tiff()
    packed = b"\0" + len(tiff).to_bytes(4, "big") + zlib.compress(tiff)
    assert cleaned(make.png(make.chunk(b"zxIf", packed))).removed == ("EXIF",)


@pytest.mark.parametrize("packed", [False, True])
def test_xmp(make, packed):
    text = itxt(b"XML:com.adobe.xmp", make.gps_xmp, packed)
    done = cleaned(make.png(make.chunk(b"iTXt", text)))
    assert done.removed == ("XMP",)
    with Image.open(io.BytesIO(done.data)) as image:
        assert b"dc:format" in image.info["xmp"]
        assert b"GPS" not in image.info["xmp"]


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt"])
@pytest.mark.parametrize("key", [b"Raw profile type exif", b"Raw profile type APP1"])
def test_exif_in_hexadecimal(make, kind, key):
    text = profile("exif", b"Exif\0\0" + make.tiff())
    content = ztxt(key, text) if kind == b"zTXt" else key + b"\0" + text
    done = cleaned(make.png(make.chunk(kind, content)))
    assert done.removed == ("EXIF",)
    assert b"Acme Cameras".hex().encode() in unpacked(done.data, kind).replace(b"\n", b"")
    assert b"2024:05:07".hex().encode() not in unpacked(done.data, kind).replace(b"\n", b"")


def unpacked(data, kind):
    start = data.index(kind) + 4
    content = data[start : start + int.from_bytes(data[start - 8 : start - 4], "big")]
    text = content.split(b"\0", 1)[1]
    return zlib.decompress(text[1:]) if kind == b"zTXt" else text


def test_iptc_and_xmp_in_hexadecimal(make):
    iptc = make.resource(0x0404, make.dataset(90, b"Paris") + make.dataset(120, b"A house"))
    done = cleaned(
        make.png(
            make.chunk(b"tEXt", b"Raw profile type iptc\0" + profile("IPTC profile", iptc)),
            make.chunk(b"tEXt", b"Raw profile type xmp\0" + profile("xmp", make.gps_xmp)),
        )
    )
    assert done.removed == ("IPTC", "XMP")
    plain = done.data.replace(b"\n", b"")
    assert b"Paris".hex().encode() not in plain
    assert b"A house".hex().encode() in plain


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (b"tEXt", b"exif:GPSLatitude\x0048/1"),
        (b"tEXt", b"Location\0Paris"),
        (b"tEXt", b"Comment\0lat 48.8584 lon 2.2945"),
        (b"zTXt", ztxt(b"Comment", b"48.8584, 2.2945")),
        (b"iTXt", itxt(b"Comment", b"48.8584, 2.2945", packed=True)),
        (b"iTXt", itxt(b"GPSPosition", "à Paris".encode())),
    ],
)
def test_texts_are_dropped(make, kind, content):
    title = make.chunk(b"tEXt", b"Title\0A house")
    done = cleaned(make.png(make.chunk(kind, content), title))
    assert done.removed == ("text",)
    assert done.data == make.png(title)


def test_content_credentials_are_dropped(make):
    clean = make.png(make.chunk(b"caBX", b"\0\0\0\x20jumb" + b'{"title": "A house"}'))
    assert strip_image(clean, PNG).data is clean
    done = cleaned(make.png(make.chunk(b"caBX", b'\0\0\0\x20jumb{"exif:GPSLatitude": "48"}')))
    assert done.data == make.png()


def test_animation_stays(make):
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:], duration=100)
    plain = out.getvalue()
    data = plain[:33] + make.chunk(b"eXIf", make.tiff()) + plain[33:]
    done = cleaned(data)
    with Image.open(io.BytesIO(done.data)) as image:
        assert image.n_frames == 3
    assert done.data[-len(plain) + 33 :] == plain[33:]


def test_data_after_the_end(make):
    done = cleaned(make.png(after=make.jpeg(make.exif_segment())))
    assert done.removed == ("second picture",)
    assert b"2024:05:07" not in done.data


@pytest.mark.parametrize("level", [0, 9])
def test_damaged_streams_are_read_as_far_as_they_go(make, level):
    noise = b"".join(number.to_bytes(3, "big") for number in range(10_000))
    good = zlib.compress(b"lat 48.8584 lon 2.2945 " * 300 + noise, level)
    half = len(good) // 2
    for bad in (good[:-300], good[:half] + b"\xff" * 500 + good[half + 500 :]):
        done = cleaned(make.png(make.chunk(b"zTXt", b"Comment\0\0" + bad)))
        assert done.removed == ("text",)


def test_a_bomb_is_dropped(make):
    bomb = make.chunk(b"zTXt", ztxt(b"Comment", bytes(70 << 20)))
    done = strip_image(make.png(bomb), PNG)
    assert done.data == make.png()


def test_cut_off_files(make):
    data = make.png(make.chunk(b"eXIf", make.tiff()), make.chunk(b"tEXt", b"Location\0Paris"))
    for end in range(0, len(data), 5):
        done = strip_image(data[:end], PNG)
        assert find_image(done.data, PNG) == ()
