import io

import pytest
from PIL import Image

from artitec_media_desktop.processing.gps import find_image, strip_image

WEBP = "image/webp"


def cleaned(data):
    done = strip_image(data, WEBP)
    assert len(done.data) == len(data)
    assert find_image(data, WEBP) == done.removed
    assert find_image(done.data, WEBP) == ()
    with Image.open(io.BytesIO(data)) as old, Image.open(io.BytesIO(done.data)) as new:
        assert old.tobytes() == new.tobytes()
    return done


def test_clean_picture_is_the_same_object(make):
    exif = make.riff_chunk(b"EXIF", make.tiff(gps=False))
    for data in (make.picture("WEBP"), make.webp(exif)):
        assert strip_image(data, WEBP).data is data


@pytest.mark.parametrize("header", [b"", b"Exif\0\0"])
def test_exif_and_xmp(make, header):
    data = make.webp(
        make.riff_chunk(b"EXIF", header + make.tiff()), make.riff_chunk(b"XMP ", make.gps_xmp)
    )
    done = cleaned(data)
    assert done.removed == ("EXIF", "XMP")
    assert b"2024:05:07" not in done.data
    assert b"GPS" not in done.data
    with Image.open(io.BytesIO(done.data)) as image:
        assert dict(image.getexif()) == {0x010F: "Acme Cameras"}
        assert b"dc:format" in image.info["xmp"]


def test_animation(make):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[29] = "2024:05:07"
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("red", "green")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], exif=exif)
    done = cleaned(out.getvalue())
    assert done.removed == ("EXIF",)
    with Image.open(io.BytesIO(done.data)) as image:
        assert image.n_frames == 2


def test_unknown_chunks_and_what_follows(make):
    data = make.webp(
        make.riff_chunk(b"C2PA", b'{"exif:GPSLatitude": "48,51N"}'),
        make.riff_chunk(b"mine", b"whatever"),
        after=make.jpeg(make.exif_segment()),
    )
    done = cleaned(data)
    assert done.removed == ("unknown chunk", "second picture")
    assert b"GPS" not in done.data
    assert b"whatever" in done.data
    assert b"2024:05:07" not in done.data


def test_a_size_that_lies(make):
    data = make.webp(make.riff_chunk(b"EXIF", make.tiff()), make.riff_chunk(b"XMP ", make.gps_xmp))
    short = data[:4] + (100).to_bytes(4, "little") + data[8:]
    done = strip_image(short, WEBP)
    assert b"<exif:GPS" not in done.data
    assert find_image(done.data, WEBP) == ()


def test_cut_off_files(make):
    data = make.webp(make.riff_chunk(b"EXIF", make.tiff()), make.riff_chunk(b"XMP ", make.gps_xmp))
    for end in range(0, len(data), 5):
        done = strip_image(data[:end], WEBP)
        assert len(done.data) == end
        assert find_image(done.data, WEBP) == ()
