import hashlib
import io
import itertools

import pytest
from PIL import Image

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.processing.gps import find_image, strip_image

JPEG = "image/jpeg"


def cleaned(data):
    """The stripped picture, after all that holds for every picture was checked."""
    done = strip_image(data, JPEG)
    assert len(done.data) == len(data)
    assert find_image(data, JPEG) == done.removed
    assert find_image(done.data, JPEG) == ()
    with Image.open(io.BytesIO(data)) as old, Image.open(io.BytesIO(done.data)) as new:
        assert old.tobytes() == new.tobytes()
    return done


def exif_of(data):
    with Image.open(io.BytesIO(data)) as image:
        return image.getexif()


def test_clean_picture_is_the_same_object(make):
    data = make.jpeg(
        make.exif_segment(make.tiff(gps=False)),
        make.segment(0xFE, b"A house"),
        make.segment(0xE2, b"ICC_PROFILE\0\1\1 latitude: 48.8584"),
        b"\xff\x01",
    )
    done = strip_image(data, JPEG)
    assert done.data is data
    assert done.removed == ()


def test_other_content_types_are_left_alone(make):
    data = make.jpeg(make.exif_segment())
    assert strip_image(data, "application/pdf").data is data


def test_exif_keeps_all_but_gps(make):
    data = make.jpeg(make.exif_segment())
    assert 0x8825 in exif_of(data)
    done = cleaned(data)
    assert done.removed == ("EXIF",)
    left = exif_of(done.data)
    assert dict(left) == {0x010F: "Acme Cameras"}
    assert b"2024:05:07" in data
    assert b"2024:05:07" not in done.data


def test_every_exif_segment_is_cleaned(make):
    done = cleaned(make.jpeg(make.exif_segment(), make.exif_segment(make.tiff(">"))))
    assert b"2024:05:07" not in done.data


def test_exif_over_two_segments(make):
    tiff = make.tiff(more=[(0x8298, 2, b"c" * 200)])
    cut = len(tiff) - 40  # within the GPS directory's values
    parts = [make.segment(0xE1, b"Exif\0\0" + part) for part in (tiff[:cut], tiff[cut:])]
    done = cleaned(make.jpeg(*parts))
    assert done.removed == ("EXIF",)
    assert b"2024:05:07" not in done.data
    assert b"c" * 200 in done.data


def test_exif_behind_garbage(make):
    done = cleaned(make.jpeg(make.segment(0xE1, b"..EXIF\0\0" + make.tiff())))
    assert b"2024:05:07" not in done.data


def test_a_maze_of_directories_is_cleared(make):
    # three hundred directories that overlap each other, and lead to each other
    tiff = make.tiff(more=[(0x014A, 4, tuple(range(10, 310)) * 20), (0x010E, 2, b"\1" * 3000)])
    data = make.jpeg(make.exif_segment(tiff))
    done = strip_image(data, JPEG)
    assert done.removed == ("EXIF",)
    assert b"2024:05:07" not in done.data
    assert find_image(done.data, JPEG) == ()


def test_thumbnail_with_its_own_exif(make):
    inner = make.jpeg(make.exif_segment())
    more = [(0x0201, 4, 0), (0x0202, 4, len(inner))]
    at = len(make.tiff(gps=False, more=more))
    tiff = make.tiff(gps=False, more=[(0x0201, 4, at), more[1]]) + inner
    done = cleaned(make.jpeg(make.exif_segment(tiff)))
    assert done.removed == ("thumbnail",)
    assert b"2024:05:07" not in done.data


def test_xmp(make):
    done = cleaned(make.jpeg(make.segment(0xE1, make.xmp_header + make.gps_xmp)))
    assert done.removed == ("XMP",)
    assert b"GPS" not in done.data
    assert b"<dc:format>image/jpeg</dc:format>" in done.data


def test_xmp_under_another_header(make):
    packet = make.gps_xmp.replace(b"rdf:RDF", b"r:RDF")
    done = cleaned(make.jpeg(make.segment(0xE1, packet)))
    assert b"GPS" not in done.data
    assert b"dc:format" in done.data


def extended(make, guid, whole, *cuts):
    edges = [0, *cuts, len(whole)]
    return [
        make.segment(
            0xE1,
            b"http://ns.adobe.com/xmp/extension/\0"
            + guid
            + len(whole).to_bytes(4, "big")
            + low.to_bytes(4, "big")
            + whole[low:high],
        )
        for low, high in itertools.pairwise(edges)
    ]


def test_extended_xmp_gets_a_new_guid(make):
    whole = make.xmp(
        "<exif:UserComment>" + "x" * 500 + "</exif:UserComment>"
        "<exif:GPSLatitude>48,51.504N</exif:GPSLatitude>"
    )
    guid = hashlib.md5(whole).hexdigest().upper().encode()
    main = make.xmp("", f'xmpNote:HasExtendedXMP="{guid.decode()}"')
    cut = whole.index(b"GPSLat") + 3  # the name itself is torn
    parts = extended(make, guid, whole, cut)
    done = cleaned(make.jpeg(make.segment(0xE1, make.xmp_header + main), *reversed(parts)))
    assert done.removed == ("XMP",)
    new = whole.replace(b"<exif:GPSLatitude>48,51.504N</exif:GPSLatitude>", b" " * 47)
    digest = hashlib.md5(new).hexdigest().upper().encode()
    assert done.data.count(digest) == 3
    assert guid not in done.data
    assert new[cut:] in done.data


def test_extended_xmp_that_does_not_fit_together_goes(make):
    whole = make.xmp("<exif:GPSLatitude>48,51.504N</exif:GPSLatitude>")
    parts = extended(make, b"A" * 32, whole, 300)
    done = cleaned(make.jpeg(parts[0], parts[1], parts[1]))
    assert b"xmp/extension" not in done.data
    assert b"GPS" not in done.data


def test_photoshop_resources(make):
    city = make.dataset(90, b"Paris")
    caption = make.dataset(120, b"A house")
    old = make.dataset(0, b"\0\2") + city + caption
    digest = hashlib.md5(old).digest()
    blocks = (
        make.resource(0x0404, old)
        + make.resource(0x0425, digest)
        + make.resource(0x0422, make.tiff())
        + make.resource(0x0424, make.gps_xmp)
        + make.resource(0x040A, b"\1")
    )
    whole = b"Photoshop 3.0\0" + blocks
    done = cleaned(make.jpeg(make.segment(0xED, whole)))
    assert done.removed == ("IPTC", "EXIF", "XMP")
    new = make.dataset(0, b"\0\2") + caption + bytes(len(city))
    assert make.resource(0x0404, new) in done.data
    assert hashlib.md5(new).digest() in done.data
    assert make.resource(0x040A, b"\1") in done.data
    assert b"GPS" not in done.data
    assert b"2024:05:07" not in done.data


def test_photoshop_thumbnail_and_long_records(make):
    long = b"\x1c\2\x5a\x80\4" + (40_000).to_bytes(4, "big") + b"Paris".ljust(40_000)
    blocks = make.resource(0x0404, long + make.dataset(120, b"A house"))
    blocks += make.resource(0x040C, bytes(28) + make.jpeg(make.exif_segment()))
    done = cleaned(make.jpeg(make.segment(0xED, b"Photoshop 3.0\0" + blocks)))
    assert done.removed == ("IPTC", "thumbnail")
    assert b"Paris" not in done.data
    assert b"2024:05:07" not in done.data
    assert b"A house" in done.data


def test_photoshop_resources_over_two_segments(make):
    blocks = make.resource(0x0404, make.dataset(120, b"A house") + make.dataset(90, b"Paris"))
    parts = [make.segment(0xED, b"Photoshop 3.0\0" + each) for each in (blocks[:40], blocks[40:])]
    done = cleaned(make.jpeg(*parts))
    assert b"Paris" not in done.data
    assert b"A house" in done.data


def test_comment_with_coordinates_becomes_an_empty_segment(make):
    done = cleaned(
        make.jpeg(make.segment(0xFE, b"lat=48.8584 lon=2.2945"), make.segment(0xFE, b"A house"))
    )
    assert done.removed == ("comment",)
    assert b"48.8584" not in done.data
    with Image.open(io.BytesIO(done.data)) as image:
        assert image.info["comment"] == b"A house"


@pytest.mark.parametrize(
    "comment", [b"Room 5.20 long, 3.40 wide", b"Latitude 55 Hotel", b"f/2.8 1/125 s, 24.0 mm"]
)
def test_numbers_in_a_comment_are_not_coordinates(make, comment):
    data = make.jpeg(make.segment(0xFE, comment))
    assert strip_image(data, JPEG).data is data


def test_unknown_segment_that_names_a_position_is_emptied(make):
    done = cleaned(make.jpeg(make.segment(0xE6, b"GoPro\0DEVC\0\1\0\4GPS5l\x14\0\1" + b"7" * 20)))
    assert done.removed == ("APP6",)
    assert b"GPS5" not in done.data


def test_content_credentials_go_as_a_whole(make):
    box = b"JP\0\1\0\0\0\1" + b"\0\0\1\0jumb"
    parts = [
        make.segment(0xEB, box + b'{"exif:GPSLatit'),
        make.segment(0xEB, b'JP\0\1\0\0\0\2\0\0\1\0jumbude": "48,51N"}'),
    ]
    clean = make.jpeg(make.segment(0xEB, box + b'{"title": "A house"}'))
    assert strip_image(clean, JPEG).data is clean
    done = cleaned(make.jpeg(*parts))  # the name is torn over two segments
    assert done.removed == ("content credentials",)
    assert b"48,51N" not in done.data
    assert b"jumb" not in done.data


@pytest.mark.parametrize("order", ["big", "little"])
def test_thermal_data(make, order):
    def number(value, size=4):
        return value.to_bytes(size, order)

    record = b"latitude, longitude and so on..."
    head = b"FFF\0" + bytes(16) + number(100) + number(64) + number(2) + bytes(32)
    entries = b"".join(
        number(kind, 2) + bytes(10) + number(at) + number(len(record)) + bytes(12)
        for kind, at in ((0x20, 128), (0x2B, 160))
    )
    whole = head + entries + b"camera information, thirty-two.." + record
    parts = [
        make.segment(0xE1, b"FLIR\0\1" + bytes([index, 1]) + part)
        for index, part in enumerate((whole[:170], whole[170:]))
    ]
    done = cleaned(make.jpeg(*parts))
    assert done.removed == ("thermal data",)
    assert b"latitude" not in done.data
    assert b"camera information" in done.data


def test_pictures_after_the_first(make):
    second = make.jpeg(make.exif_segment(), make.segment(0xE1, make.xmp_header + make.gps_xmp))
    done = cleaned(make.jpeg(after=second + bytes(50) + second))
    assert done.removed == ("second picture",)
    assert b"GPS" not in done.data
    assert b"2024:05:07" not in done.data


def test_mpf_second_picture(make):
    done = cleaned(make.mpf(make.jpeg(make.exif_segment()), make.exif_segment()))
    assert done.removed == ("EXIF", "second picture")
    assert b"2024:05:07" not in done.data
    with Image.open(io.BytesIO(done.data)) as image:
        assert image.n_frames == 2
        image.seek(1)
        image.load()
        assert dict(image.getexif()) == {0x010F: "Acme Cameras"}


def test_motion_photo(make):
    movie = make.mp4(make.box(b"udta", make.box(b"\xa9xyz", b"\0\x12\x15\xc7+48.8584+002.2945/")))
    data = make.jpeg(make.exif_segment(), after=movie)
    done = cleaned(data)
    assert done.removed == ("EXIF", "motion photo")
    assert b"+48.8584" not in done.data
    assert b"pixels" * 20 in done.data


def test_samsung_trailer(make):
    trailer = b"\0\0\xa1\x0a\x08\0\0\0MCC_Data204" + b"SEFHk\0\0\0" + bytes(20) + b"SEFT"
    done = cleaned(make.jpeg(after=trailer))
    assert done.removed == ("trailer",)
    assert done.data.endswith(trailer.replace(b"204", b"000"))


def test_mie_trailer(make):
    trailer = b"~\x10\x04\xfe0MIE" + b"~\0\x0b\x01Latitude48" + b"~\0\x06\0\0\0\0\x30\x10\x04"
    done = cleaned(make.jpeg(after=trailer))
    assert done.removed == ("trailer",)
    assert done.data.endswith(bytes(len(trailer)))


def test_iptc_trailer(make):
    records = make.dataset(0, b"\0\2") + make.dataset(90, b"Paris") + make.dataset(120, b"A house")
    done = cleaned(make.jpeg(after=b"AXS!" + records + b"end of it"))
    assert b"Paris" not in done.data
    assert b"A house" in done.data


def insta360(kind, content):
    return content + kind.to_bytes(2, "little") + len(content).to_bytes(4, "little")


def test_action_camera_trailer(make):
    position, preview = insta360(0x700, b"A48.8584N2.2945E"), insta360(0x200, make.picture())
    records = position + preview + insta360(0x300, b"accelerometer")
    trailer = records + bytes(40) + b"8db42d694ccc418790edff439fe026bf"
    done = cleaned(make.jpeg(after=trailer))
    assert done.removed == ("trailer",)
    assert b"48.8584" not in done.data
    assert b"accelerometer" in done.data


def test_location_after_the_scan_starts(make):
    plain = make.picture()
    data = plain[:-2] + make.exif_segment() + plain[-2:]  # before EOI, after the pixels
    assert b"2024:05:07" not in cleaned(data).data


def test_cut_off_pictures_are_cleaned_as_far_as_they_go(make):
    data = make.jpeg(make.exif_segment())
    for end in range(2, len(data), 7):
        done = strip_image(data[:end], JPEG)
        assert len(done.data) == end
        assert find_image(done.data, JPEG) == ()


def test_nothing_but_segments_is_refused(make):
    data = make.jpeg(make.segment(0xE3, b"") * 21_000)
    with pytest.raises(Permanent) as error:
        strip_image(data, JPEG)
    assert error.value.code == "unreadable_metadata"
