import io

import pytest
from PIL import Image

from artitec_media_desktop.processing.gps import find_image, strip_image

GIF = "image/gif"
TAIL = b"\1" + bytes(range(255, -1, -1)) + b"\0"


def blocks(content):
    parts = [content[at : at + 255] for at in range(0, len(content), 255)]
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


def gif(*extensions, after=b""):
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100)
    plain = out.getvalue()
    start = 13 + (3 << ((plain[10] & 7) + 1) if plain[10] & 0x80 else 0)
    return plain[:start] + b"".join(extensions) + plain[start:] + after


def cleaned(data):
    done = strip_image(data, GIF)
    assert len(done.data) == len(data)
    assert find_image(data, GIF) == done.removed
    assert find_image(done.data, GIF) == ()
    with Image.open(io.BytesIO(data)) as old, Image.open(io.BytesIO(done.data)) as new:
        assert new.n_frames == old.n_frames == 3
        for frame in range(3):
            old.seek(frame)
            new.seek(frame)
            assert old.tobytes() == new.tobytes()
    return done


def test_clean_picture_is_the_same_object(make):
    xmp = b"\x21\xff\x0bXMP DataXMP" + make.xmp("") + TAIL
    data = gif(b"\x21\xfe" + blocks(b"A house"), xmp)
    assert strip_image(data, GIF).data is data


@pytest.mark.parametrize("tail", [True, False])
def test_xmp(make, tail):
    packet = make.gps_xmp
    head = b"\x21\xff\x0bXMP DataXMP"
    done = cleaned(gif(head + (packet + TAIL if tail else blocks(packet))))
    assert done.removed == ("XMP",)
    assert b"GPS" not in done.data
    assert b"dc:format" in done.data


def test_xmp_over_blocks_with_a_torn_name(make):
    packet = make.gps_xmp
    packet = packet[:20] + b" " * ((250 - packet.index(b"GPSLatitude")) % 255) + packet[20:]
    done = cleaned(gif(b"\x21\xff\x0bXMP DataXMP" + blocks(packet)))
    assert b"51.504N" not in done.data


def test_comments():
    done = cleaned(
        gif(b"\x21\xfe" + blocks(b"lat 48.8584 lon 2.2945"), b"\x21\xfe" + blocks(b"A house"))
    )
    assert done.removed == ("comment",)
    assert b"48.8584" not in done.data
    assert b"A house" in done.data


def test_profiles(make):
    records = make.dataset(90, b"Paris") + make.dataset(120, b"A house")
    done = cleaned(
        gif(
            b"\x21\xff\x0bMGKIPTC0000" + blocks(records),
            b"\x21\xff\x0bMGK8BIM0000" + blocks(make.resource(0x0404, records)),
            b"\x21\xff\x0bEXIF_GIF0.1" + blocks(b"Exif\0\0" + make.tiff()),
        )
    )
    assert done.removed == ("IPTC", "extension")
    assert b"Paris" not in done.data
    assert b"2024:05:07" not in done.data
    assert done.data.count(b"A house") == 2


def test_data_after_the_end(make):
    done = cleaned(gif(after=make.jpeg(make.exif_segment())))
    assert done.removed == ("second picture",)
    assert b"2024:05:07" not in done.data


def test_cut_off_files(make):
    data = gif(b"\x21\xff\x0bXMP DataXMP" + make.gps_xmp + TAIL)
    for end in range(0, len(data), 5):
        done = strip_image(data[:end], GIF)
        assert len(done.data) == end
        assert find_image(done.data, GIF) == ()
