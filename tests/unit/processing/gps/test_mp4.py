import io
import struct

import pytest

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.processing.gps import PatchedReader, find_video, video_patches

MP4 = "video/mp4"
COORDINATES = b"+48.8584+002.2945/"


def cleaned(data, kind=MP4):
    """The video after its patches, and the places."""
    patches = video_patches(io.BytesIO(data), len(data), kind)
    new = PatchedReader(io.BytesIO(data), patches).read()
    assert len(new) == len(data)
    places = find_video(io.BytesIO(data), len(data), kind)
    assert bool(places) == bool(patches)
    assert find_video(io.BytesIO(new), len(new), kind) == ()
    assert video_patches(io.BytesIO(new), len(new), kind) == ()
    return new, places


def meta(make, names, values, plain=False):
    """Keys by name, and a text value for each of them."""
    keys = b"".join(make.box(b"mdta", name) for name in names)
    items = [
        make.box(index.to_bytes(4, "big"), make.box(b"data", struct.pack(">II", 1, 0), value))
        for index, value in enumerate(values, start=1)
    ]
    return make.box(
        b"meta",
        b"" if plain else bytes(4),
        make.box(b"hdlr", bytes(8), b"mdta", bytes(12), b"\0"),
        make.box(b"keys", bytes(4), struct.pack(">I", len(names)), keys),
        make.box(b"ilst", *items),
    )


def test_clean_video_needs_nothing(make):
    data = make.mp4(
        make.box(b"udta", make.box(b"\xa9nam", b"\0\7\x15\xc7A house")),
        meta(make, [b"com.apple.quicktime.make"], [b"Acme"]),
        make.track(b"meta", make.box(b"mebx", bytes(8), b"com.apple.quicktime.video"), [60], 32),
    )
    assert cleaned(data) == (data, ())


@pytest.mark.parametrize("kind", ["video/mp4", "video/quicktime", "video/x-m4v"])
@pytest.mark.parametrize(
    "content",
    [
        (b"\xa9xyz", b"\0\x12\x15\xc7" + COORDINATES),
        (b"loci", b"\0\0\0\0\x15\xc7Paris\0\0\x00\x02\x4b\x00\x00\x30\xdb\x00\0\0earth\0\0"),
        (b"gps ", b"anything"),
        (b"GPS ", b"anything"),
        (b"\xa9cmt", b"\0\x16\x15\xc7lat 48.8584 lon 2.2945"),
        (b"PENT", b"Acme".ljust(0xC7) + b"GPS_\2\2\0\0N\0"),
        (b"GPMF", b"DEVC\0\1\0\x1cGPS5l\x14\0\1" + b"4" * 20),
        (b"NCTG", b"\1\x20\0\2\0\5\0\3" + bytes(24)),
        (b"Xtra", "lat 48.8584".encode("utf-16-le")),
    ],
)
def test_user_data(make, kind, content):
    data = make.mp4(make.box(b"udta", make.box(*content), make.box(b"name", b"A house")))
    new, places = cleaned(data, kind)
    assert places in (("location",), ("user data",))
    freed = make.box(b"free", bytes(len(content[1])))
    assert new == make.mp4(make.box(b"udta", freed, make.box(b"name", b"A house")))


def test_user_data_of_a_track(make):
    inside = make.box(b"udta", make.box(b"\xa9xyz", b"\0\x12\x15\xc7" + COORDINATES))
    track = make.track(b"vide", make.box(b"avc1", bytes(8)), [60], 32)
    whole = make.box(b"trak", track[8:], inside)
    new, places = cleaned(make.mp4(whole))
    assert places == ("location",)
    assert COORDINATES not in new
    assert track[8:] in new


@pytest.mark.parametrize("start", [b"VIDEOUUUU ", b"\0\0\0\2 "])
def test_user_data_that_is_no_boxes(make, start):
    new, places = cleaned(make.mp4(make.box(b"udta", start + b"lat 48.8584 lon 2.2945")))
    assert places == ("user data",)
    assert b"48.8584" not in new


@pytest.mark.parametrize("plain", [False, True])
def test_keys_and_their_values(make, plain):
    names = [
        b"com.apple.quicktime.make",
        b"com.apple.quicktime.location.ISO6709",
        b"com.apple.quicktime.location.accuracy.horizontal",
        b"com.apple.quicktime.model",
    ]
    data = make.mp4(meta(make, names, [b"Acme", COORDINATES, b"14.2", b"X1"], plain))
    new, places = cleaned(data)
    assert places == ("location",)
    assert b"location" not in new
    assert COORDINATES not in new
    assert b"14.2" not in new
    for left in (b"Acme", b"X1", names[0], names[3]):
        assert left in new


def test_items(make):
    def data_box(value):
        return make.box(b"data", struct.pack(">II", 1, 0), value)

    def freeform(name, value):
        mean = make.box(b"mean", bytes(4), b"com.acme")
        return make.box(b"----", mean, make.box(b"name", bytes(4), name), data_box(value))

    items = make.box(
        b"ilst",
        make.box(b"\xa9xyz", data_box(COORDINATES)),
        make.box(b"\xa9nam", data_box(b"A house")),
        freeform(b"gpsposition", b"48,2"),
        freeform(b"colour", b"red"),
        make.box(b"covr", data_box(make.jpeg(make.exif_segment()))),
    )
    handler = make.box(b"hdlr", bytes(8), b"mdir", bytes(12), b"\0")
    new, places = cleaned(make.mp4(make.box(b"udta", make.box(b"meta", bytes(4), handler, items))))
    assert set(places) == {"location", "user data"}
    assert COORDINATES not in new
    assert b"48,2" not in new
    assert b"2024:05:07" not in new
    for left in (b"A house", b"red", b"Acme Cameras"):
        assert left in new


XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


def test_xmp(make):
    data = make.mp4(
        make.box(b"udta", make.box(b"XMP_", make.gps_xmp)),
        after=make.box(b"uuid", XMP_UUID, make.gps_xmp),
    )
    new, places = cleaned(data)
    assert places == ("XMP",)
    assert b"GPS" not in new
    assert new.count(b"dc:format") == data.count(b"dc:format")


def test_sony_xml(make):
    text = (
        b'<NonRealTimeMeta><Device modelName="X1"/><Group name="ExifGPS">'
        b'<Item name="Latitude" value="48:51:30"/></Group></NonRealTimeMeta>'
    )
    handler = make.box(b"hdlr", bytes(8), b"nrtm", bytes(12), b"\0")
    xml = make.box(b"meta", bytes(4), handler, make.box(b"xml ", bytes(4), text))
    new, places = cleaned(make.mp4(after=xml))
    assert places == ("XMP",)
    assert b"48:51" not in new
    assert b'modelName="X1"' in new


@pytest.mark.parametrize(
    "name", ["9b630f8d637440ec8204bc5ff5091728", "efe1589abb7749ef809527759eb1dc6f"]
)
def test_boxes_of_position_logs(make, name):
    new, places = cleaned(make.mp4(make.box(b"uuid", bytes.fromhex(name), b"\1\2\3\4" * 9)))
    assert places == ("location",)
    assert b"\1\2\3\4" not in new


@pytest.mark.parametrize("kind", [b"CNTH", b"uuid", b"free", b"thmb"])
def test_pictures_in_boxes(make, kind):
    picture = make.jpeg(make.exif_segment())
    new, places = cleaned(make.mp4(make.box(b"udta", make.box(kind, b"A" * 16, picture))))
    assert places == ("user data",)
    assert b"2024:05:07" not in new
    assert b"Acme Cameras" in new


TELEMETRY = b"\0\0\5\0" + struct.pack("<ddd", 48.8584, 2.2945, 35.0)


@pytest.mark.parametrize(
    ("handler", "entry", "sample"),
    [
        (b"camm", b"camm", TELEMETRY),
        (b"meta", b"camm", TELEMETRY),
        (b"meta", b"gpmd", b"DEVC\0\1\0\x1cSTRM\0\1\0\4...."),
        (b"meta", b"rtmd", b"\0\x1c\1\0" + bytes(60)),
        (b"meta", b"mebx", b"\0\0\0\x1a\0\0\0\1" + COORDINATES),
        (b"meta", b"mett", b"\1\2\3\4"),
        (b"meta", b"odd ", b"GPSLatitude=48"),
        (b"text", b"text", b"\0\x16lat 48.8584 lon 2.2945"),
        (b"sbtl", b"tx3g", b"\0\x18$GPRMC,123519,A,4807.038"),
        (b"data", b"RVMI", b"gReV"),
    ],
)
def test_timed_positions(make, handler, entry, sample):
    more = {
        b"mebx": b"mdtacom.apple.quicktime.location.ISO6709",
        b"mett": b"application/octet-stream;type=com.parrot.videometadata3",
    }.get(entry, b"")
    description = make.box(entry, bytes(6), b"\0\1", more)
    pixels = b"pixels" * 10
    media = pixels + sample + sample + pixels
    before = make.track(b"vide", make.box(b"avc1", bytes(8)), [60], 32)
    track = make.track(handler, description, [len(sample)] * 2, 32 + len(pixels))
    new, places = cleaned(make.mp4(before, track, media=media))
    assert places == ("timed positions",)
    freed = make.box(b"free", bytes(len(track) - 8))
    assert new == make.mp4(before, freed, media=pixels + bytes(2 * len(sample)) + pixels)


@pytest.mark.parametrize(
    "sizes",
    [
        (b"stsz", struct.pack(">III", 0, 4, 7)),
        (b"stsz", struct.pack(">III7I", 0, 0, 7, *[4] * 7)),
        (b"stz2", struct.pack(">III4B", 0, 4, 7, 0x44, 0x44, 0x44, 0x40)),
        (b"stz2", struct.pack(">III7B", 0, 8, 7, *[4] * 7)),
        (b"stz2", struct.pack(">III7H", 0, 16, 7, *[4] * 7)),
    ],
)
@pytest.mark.parametrize("offsets", [(b"stco", "I"), (b"co64", "Q")])
def test_samples_over_several_chunks(make, sizes, offsets):
    """Two chunks of two samples, then one of three, with pictures between them."""
    sizes = make.box(*sizes)
    kind, code = offsets
    places = make.box(kind, bytes(4), struct.pack(f">I3{code}", 3, 32, 48, 64))
    runs = make.box(b"stsc", bytes(4), struct.pack(">I6I", 2, 1, 2, 1, 3, 3, 1))
    media = b"A" * 8 + b"pictures" + b"B" * 8 + b"pictures" + b"C" * 12 + b"pictures"
    track = make.track(b"meta", make.box(b"gpmd", bytes(8)), [], 0, runs, sizes, places)
    new, _ = cleaned(make.mp4(track, media=media))
    left = bytes(8) + b"pictures" + bytes(8) + b"pictures" + bytes(12) + b"pictures"
    assert new[32 : 32 + len(media)] == left


def test_ordinary_texts_stay(make):
    data = make.mp4(
        make.track(b"text", make.box(b"text", bytes(8)), [9], 32), media=b"\0\7A house" * 3
    )
    assert cleaned(data) == (data, ())


def test_sample_tables_can_lie(make):
    """Samples said to be everywhere: nothing but media data is cleared."""
    entry = make.box(b"gpmd", bytes(8))
    track = make.track(b"meta", entry, [0xFFFF_FFFF] * 3, 0)
    picture = make.track(b"vide", make.box(b"avc1", bytes(8)), [60], 32)
    new, _ = cleaned(make.mp4(track, picture))
    assert new[:32] == make.mp4()[:32]
    assert picture in new


def test_dashcam_blocks_found_by_their_index(make):
    block = make.box(b"free", b"GPS " + b"A48.8584N2.2945E" * 4)
    media = b"pixels" * 10 + block + b"pixels"
    index = make.box(b"gps ", bytes(4), struct.pack(">III", 1, 32 + 60, len(block)))
    new, places = cleaned(make.mp4(index, media=media))
    assert places == ("location",)
    assert b"48.8584" not in new
    assert b"pixels" * 10 + block[:8] + bytes(len(block) - 8) + b"pixels" in new


def test_action_camera_trailer_of_any_size(make):
    records = (
        b"gyro" * 3_000_000 + (0x300).to_bytes(2, "little") + (12_000_000).to_bytes(4, "little")
    )
    records += b"A48.8584N2.2945E" + (0x700).to_bytes(2, "little") + (16).to_bytes(4, "little")
    trailer = records + bytes(40) + b"8db42d694ccc418790edff439fe026bf"
    new, places = cleaned(make.mp4(after=trailer))
    assert places == ("trailer",)
    assert b"48.8584" not in new
    assert new.count(b"gyro") == 3_000_000


def test_picture_after_the_video(make):
    new, places = cleaned(make.mp4(after=bytes(4) + make.jpeg(make.exif_segment())))
    assert places == ("second picture",)
    assert b"2024:05:07" not in new


class Counting(io.BytesIO):
    """Counts the bytes that are read."""

    count = 0

    def read(self, size=-1):
        data = super().read(size)
        self.count += len(data)
        return data


def test_only_small_boxes_are_read(make):
    data = make.mp4(
        make.box(b"udta", make.box(b"\xa9xyz", b"\0\x12\x15\xc7" + COORDINATES)),
        media=bytes(30 << 20),
    )
    file = Counting(data)
    assert video_patches(file, len(data), MP4)
    assert file.count < 20_000


def test_64_bit_and_open_ended_boxes(make):
    place = make.box(b"udta", make.box(b"\xa9xyz", b"\0\x12\x15\xc7" + COORDINATES))
    large = struct.pack(">I4sQ", 1, b"moov", 16 + len(place)) + place
    open_ended = struct.pack(">I4s", 0, b"moov") + place
    for end in (large, open_ended):
        new, places = cleaned(make.mp4() + end)
        assert places == ("location",)
        assert COORDINATES not in new


def test_deep_nesting_ends(make):
    box = make.box(b"\xa9xyz", b"\0\x12\x15\xc7" + COORDINATES)
    for _ in range(3000):
        box = make.box(b"udta", box)
    new, _ = cleaned(make.mp4(box))
    assert COORDINATES not in new


def test_nothing_but_boxes_is_refused(make):
    with pytest.raises(Permanent) as error:
        cleaned(make.mp4(make.box(b"moov", b"\0\0\0\x08trun" * 210_000)))
    assert error.value.code == "unreadable_metadata"


def test_cut_off_files(make):
    data = make.mp4(
        make.box(b"udta", make.box(b"\xa9xyz", b"\0\x12\x15\xc7" + COORDINATES)),
        make.track(b"camm", make.box(b"camm", bytes(8)), [28], 32),
        media=TELEMETRY,
    )
    for end in range(0, len(data), 5):
        cleaned(data[:end])


def test_other_content_types_are_left_alone(make):
    data = make.mp4(make.box(b"udta", make.box(b"gps ", b"48")))
    assert video_patches(io.BytesIO(data), len(data), "application/pdf") == ()
