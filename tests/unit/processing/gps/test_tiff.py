import io

import pytest
from PIL import Image, TiffImagePlugin

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.processing.gps import find_image, strip_image
from artitec_media_desktop.processing.gps.ifd import subtract

TIFF = "image/tiff"


def cleaned(data):
    done = strip_image(data, TIFF)
    assert len(done.data) == len(data)
    assert find_image(data, TIFF) == done.removed
    assert find_image(done.data, TIFF) == ()
    return done


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
def test_gps_directory_goes_with_its_values(make, order, big):
    data = make.tiff(order, big, more=[(0x0131, 2, b"Acme Software 1.0\0")])
    done = cleaned(data)
    assert done.removed == ("EXIF",)
    clean = make.tiff(order, big, gps=False, more=[(0x0131, 2, b"Acme Software 1.0\0")])
    slack = 20 if big else 12
    # the entry is gone and its room left empty; values stay where they were
    assert done.data.rstrip(b"\0").endswith(b"Acme Software 1.0")
    assert done.data.index(b"Acme Software") == data.index(b"Acme Software")
    assert len(data) - len(make.gps(0, order, big)) == len(clean) + slack


def test_clean_file_is_the_same_object(make):
    data = make.picture("TIFF")
    assert strip_image(data, TIFF).data is data


@pytest.mark.parametrize("big", [False, True])
def test_pixels_stay(make, big):
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[0x010F] = "Acme"
    info[0x8825] = {29: "2024:05:07"}
    data = make.picture("TIFF", tiffinfo=info, big_tiff=big)
    assert b"2024:05:07" in data
    done = cleaned(data)
    assert done.removed == ("EXIF",)
    assert b"2024:05:07" not in done.data
    with Image.open(io.BytesIO(data)) as old, Image.open(io.BytesIO(done.data)) as new:
        assert old.tobytes() == new.tobytes()
        assert new.tag_v2[0x010F] == "Acme"
        assert 0x8825 not in new.tag_v2


def test_chained_and_nested_directories(make):
    """A second page, and EXIF within it, each with GPS."""
    head = b"II\x2a\0\x08\0\0\0"
    first = make.ifd([(0x010F, 2, b"Acme")], 8, "<", False)
    second_at = 8 + len(first)
    sub = make.ifd([(0x014A, 4, 0), (0x8825, 4, 0)], second_at, "<", False)
    sub_at = second_at + len(sub)
    gps_at = sub_at + len(make.ifd([(0x8825, 4, 0)], sub_at, "<", False))
    second = make.ifd([(0x014A, 4, sub_at), (0x8825, 4, gps_at)], second_at, "<", False)
    nested = make.ifd([(0x8825, 4, gps_at)], sub_at, "<", False)
    chained = first[:-4] + second_at.to_bytes(4, "little")
    data = head + chained + second + nested + make.gps(gps_at, "<")
    done = cleaned(data)
    assert b"2024:05:07" not in done.data
    assert done.data[: len(head + chained)] == head + chained


def test_loops_end(make):
    data = bytearray(make.tiff())
    first = 8
    count = int.from_bytes(data[first : first + 2], "little")
    next_at = first + 2 + 12 * count
    data[next_at : next_at + 4] = (8).to_bytes(4, "little")
    assert b"2024:05:07" not in cleaned(bytes(data)).data


def test_what_stays_is_not_cleared_with_what_goes(make):
    """A GPS directory that says its values are the pixels, the header and the maker's name."""
    pixels = b"\x80" * 64
    head = b"II\x2a\0\x08\0\0\0"

    def main(strip, gps):
        entries = [
            (0x010F, 2, b"Acme Cameras"),
            (0x0111, 4, strip),
            (0x0117, 4, len(pixels)),
            (0x8825, 4, gps),
        ]
        return make.ifd(entries, 8, "<", False)

    strip = 8 + len(main(0, 0))
    gps_at = strip + len(pixels)
    lies = [
        b"\x01\0\x01\0" + (10_000).to_bytes(4, "little") + at.to_bytes(4, "little")
        for at in (0, strip - 5, strip + 8)
    ]
    gps = (3).to_bytes(2, "little") + b"".join(lies) + bytes(4)
    done = cleaned(head + main(strip, gps_at) + pixels + gps)
    assert done.data[strip:gps_at] == pixels
    assert b"Acme Cameras" in done.data
    assert not done.data[gps_at:].strip(b"\0")


@pytest.mark.parametrize("pointer", [0, 1, 7, 8, 0xFFFF_FFFF, 20, 60])
def test_wrong_gps_pointers(make, pointer):
    entries = [(0x010F, 2, b"Acme Cameras"), (0x8825, 4, pointer)]
    data = b"MM\0\x2a\0\0\0\x08" + make.ifd(entries, 8, ">", False)
    done = cleaned(data)
    assert done.removed == ("EXIF",)
    assert b"Acme Cameras" in done.data


def test_embedded_metadata(make):
    iptc = make.dataset(90, b"Paris") + make.dataset(120, b"A house")
    more = [
        (0x02BC, 1, make.gps_xmp),
        (0x83BB, 7, iptc),
        (0x8649, 7, make.resource(0x0404, iptc)),
    ]
    done = cleaned(make.tiff(gps=False, more=more))
    assert done.removed == ("XMP", "IPTC")
    assert b"GPS" not in done.data
    assert b"Paris" not in done.data
    assert done.data.count(b"A house") == 2


def test_iptc_in_swapped_numbers(make):
    iptc = make.dataset(90, b"Paris") + make.dataset(120, b"A house")
    iptc += bytes(-len(iptc) % 4)
    swapped = b"".join(iptc[at : at + 4][::-1] for at in range(0, len(iptc), 4))
    done = cleaned(make.tiff(gps=False, more=[(0x83BB, 4, swapped)]))
    start = done.data.index(b"\x02\x1c")
    assert done.removed == ("IPTC",)
    assert b"raP" not in done.data
    assert start


def test_geotiff(make):
    more = [(0x830E, 12, bytes(24)), (0x8482, 12, b"tiepoint" * 6), (0x87B1, 2, b"WGS 84|\0")]
    done = cleaned(make.tiff(gps=False, more=more))
    assert done.removed == ("GeoTIFF",)
    assert b"tiepoint" not in done.data
    assert b"WGS 84" not in done.data


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        (0x010E, b"at 48.8584, 2.2945\0"),
        (0x9286, b"ASCII\0\0\0latitude: 48.8584"),
        (0x9286, b"UNICODE\0" + "lat 48.8584".encode("utf-16-le")),
        (0x9C9C, "48°51'30\"N 2°17'40\"E".encode("utf-16-le")),
    ],
)
def test_texts_with_coordinates(make, tag, text):
    done = cleaned(make.tiff(gps=False, more=[(tag, 7, text)]))
    assert done.removed == ("EXIF",)
    assert text not in done.data
    plain = make.tiff(gps=False, more=[(tag, 7, b"UNICODE\0A house, 12.50 m wide")])
    assert strip_image(plain, TIFF).data is plain


def notes_at(make, notes):
    """A TIFF with maker notes, and where they start in it."""
    data = make.tiff(gps=False, more=[(0x927C, 7, notes)])
    return data, data.index(notes[:10])


def test_panasonic_place_names(make):
    def notes(at):
        entries = [(0x51, 2, b"Lens type\0"), (0x6D, 7, b"Paris".ljust(72, b"\0"))]
        return b"Panasonic\0\0\0" + make.ifd(entries, at + 12, "<", False)

    _, at = notes_at(make, notes(0))
    data, _ = notes_at(make, notes(at))
    done = cleaned(data)
    assert done.removed == ("maker notes",)
    assert b"Paris" not in done.data
    assert b"Lens type" in done.data


def test_nikon_place_names(make):
    entries = [(0x04, 2, b"NORMAL  \0"), (0x39, 7, b"0100\1FRA\0Tour Eiffel".ljust(79, b"\0"))]
    inner = b"MM\0\x2a\0\0\0\x08" + make.ifd(entries, 8, ">", False)
    data, _ = notes_at(make, b"Nikon\0\x02\x10\0\0" + inner)
    done = cleaned(data)
    assert done.removed == ("maker notes",)
    assert b"Eiffel" not in done.data
    assert b"NORMAL" in done.data


def test_picture_within_maker_notes(make):
    data, _ = notes_at(make, b"ACME\0\0" + make.jpeg(make.exif_segment()))
    done = cleaned(data)
    assert done.removed == ("maker notes",)
    assert b"2024:05:07" not in done.data


def test_trailer(make):
    data = make.picture("TIFF") + make.jpeg(make.exif_segment())
    done = cleaned(data)
    assert done.removed == ("second picture",)
    assert b"2024:05:07" not in done.data


def test_a_maze_is_refused(make):
    data = make.tiff(more=[(0x014A, 4, tuple(range(8, 2008)) * 20), (0x010E, 2, b"\1" * 3000)])
    with pytest.raises(Permanent) as error:
        strip_image(data, TIFF)
    assert error.value.code == "unreadable_metadata"


def test_cut_off_files(make):
    data = make.tiff(more=[(0x02BC, 1, make.gps_xmp)])
    for end in range(0, len(data), 5):
        cleaned(data[:end])


@pytest.mark.parametrize(
    ("spans", "kept", "left"),
    [
        ([], [(0, 5)], []),
        ([(2, 8)], [], [(2, 8)]),
        ([(2, 8)], [(0, 10)], []),
        ([(2, 8)], [(4, 5)], [(2, 4), (5, 8)]),
        ([(2, 8), (6, 12)], [(7, 9), (8, 10)], [(2, 6), (6, 7), (10, 12)]),
        ([(5, 5)], [], []),
    ],
)
def test_subtract(spans, kept, left):
    assert subtract(spans, kept) == left
