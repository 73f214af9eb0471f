"""An independent reader finds no position, and all else unchanged, in files it wrote itself."""

import io

import pytest

from artitec_media_desktop.processing.gps import PatchedReader, strip_image, video_patches

KEPT = (
    "-EXIF:Make=Acme",
    "-EXIF:Model=X1",
    "-EXIF:ISOSpeedLatitudeyyy=3",
    "-EXIF:SubjectLocation=10 20",
    "-XMP-dc:Title=A house",
    "-XMP-dc:Subject=a",
    "-XMP-dc:Subject=b",
    "-XMP-GPano:PoseHeadingDegrees=10",
)
EXIF = (
    "-GPSLatitude=48.8584",
    "-GPSLatitudeRef=N",
    "-GPSLongitude=2.2945",
    "-GPSLongitudeRef=E",
    "-GPSAltitude=35",
    "-GPSDateStamp=2024:01:01",
    "-GPSTimeStamp=12:00:00",
    "-GPSImgDirection=12",
    "-GPSProcessingMethod=GPS",
    "-GPSAreaInformation=Paris 7e",
)
XMP = (
    "-XMP-exif:GPSLatitude=48.8584",
    "-XMP-exif:GPSLongitude=2.2945",
    "-XMP-exif:GPSAltitude=35",
    "-XMP-iptcExt:LocationCreatedGPSLatitude=48.8",
    "-XMP-iptcExt:LocationCreatedCity=Paris",
    "-XMP-iptcExt:LocationShownGPSLatitude=48.8",
    "-XMP-iptcExt:LocationShownGPSLongitude=2.2",
    "-XMP-iptcExt:LocationShownLocationName=Tour",
    "-XMP-photoshop:City=Paris",
    "-XMP-photoshop:Country=France",
    "-XMP-iptcCore:Location=Tour",
    "-XMP-iptcCore:CountryCode=FR",
    "-XMP-dwc:DecimalLatitude=48.8",
    "-XMP-drone-dji:GPSLatitude=48.8",
    "-XMP-drone-dji:GPSLongtitude=2.2",
)
IPTC = (
    "-IPTC:City=Paris",
    "-IPTC:Sub-location=Tour",
    "-IPTC:Province-State=IDF",
    "-IPTC:Country-PrimaryLocationName=France",
    "-IPTC:Country-PrimaryLocationCode=FRA",
    "-IPTC:ContentLocationName=Tour",
    "-IPTC:Caption-Abstract=A house",
    "-IPTC:Keywords=a",
    "-IPTC:Keywords=b",
)
NAMES = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/tiff": "TIFF",
    "image/gif": "GIF",
}
# What says how the file is laid out, not what it tells
LAYOUT = ("CurrentIPTCDigest", "Photoshop:IPTCDigest", "ExifTool:Warning")


def agree(exiftool, old, new, suffix):
    """No position in the new file; every other tag as before, and no new complaint."""
    before = exiftool.tags(old, "old" + suffix)
    after = exiftool.tags(new, "new" + suffix)
    assert exiftool.positions(before)
    assert exiftool.positions(after) == {}
    for key in exiftool.positions(before):
        before.pop(key)
    warned = {value for key, value in after.items() if key.endswith("Warning")}
    assert warned <= {value for key, value in before.items() if key.endswith("Warning")}
    for tags in (before, after):
        for key in list(tags):
            if key.endswith(LAYOUT) or key.startswith("File:FileSize"):
                tags.pop(key)
    assert after == before


KINDS = ["image/jpeg", "image/png", "image/webp", "image/tiff"]
BLOCKS = {"exif": EXIF, "xmp": XMP, "iptc": IPTC, "all": EXIF + XMP + IPTC}


@pytest.mark.parametrize(
    ("kind", "block"),
    [(kind, block) for kind in KINDS for block in BLOCKS if (kind, block) != (KINDS[2], "iptc")],
)
def test_pictures(make, exiftool, kind, block):
    old = exiftool.write(make.picture(NAMES[kind]), "picture", *KEPT, *BLOCKS[block])
    agree(exiftool, old, strip_image(old, kind).data, "")


@pytest.mark.parametrize("order", ["II", "MM"])
@pytest.mark.parametrize("kind", ["image/jpeg", "image/tiff"])
def test_byte_orders(make, exiftool, kind, order):
    plain = make.picture(NAMES[kind])
    old = exiftool.write(plain, "picture", f"-ExifByteOrder={order}", *KEPT, *EXIF)
    agree(exiftool, old, strip_image(old, kind).data, "")


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_deflate", "jpeg", "packbits"])
def test_compressed_tiff(make, exiftool, compression):
    plain = make.picture("TIFF", compression=compression)
    old = exiftool.write(plain, "picture.tif", *KEPT, *EXIF, *XMP)
    agree(exiftool, old, strip_image(old, "image/tiff").data, ".tif")


def test_gif(make, exiftool):
    old = exiftool.write(make.picture("GIF"), "picture.gif", "-XMP-dc:Title=A house", *XMP)
    agree(exiftool, old, strip_image(old, "image/gif").data, ".gif")


def test_packed_png(make, exiftool):
    old = exiftool.write(make.picture("PNG"), "picture.png", "-z", *KEPT, *EXIF, *XMP, *IPTC)
    agree(exiftool, old, strip_image(old, "image/png").data, ".png")


@pytest.mark.parametrize("option", ["-XMP-photoshop:Instructions", "-EXIF:UserComment"])
def test_metadata_too_long_for_one_segment(make, exiftool, tmp_path, option):
    """Extended XMP and EXIF over several segments."""
    text = tmp_path / "long.txt"
    text.write_text("lorem ipsum dolor " * 9000)
    old = exiftool.write(make.picture(), "long.jpg", *KEPT, *EXIF, *XMP, f"{option}<={text}")
    assert old.count(b"\xff\xe1") > 3
    agree(exiftool, old, strip_image(old, "image/jpeg").data, ".jpg")


def test_second_pictures_and_motion_photos(make, exiftool):
    inner = exiftool.write(make.picture(), "inner.jpg", *KEPT, *EXIF, *XMP)
    movie = make.mp4(make.box(b"udta", make.box(b"\xa9xyz", b"\0\x12\x15\xc7+48.8584+002.2945/")))
    old = make.mpf(inner, make.exif_segment()) + movie
    agree(exiftool, old, strip_image(old, "image/jpeg").data, ".jpg")


def test_thumbnail_and_trailer(make, exiftool, tmp_path):
    inner = tmp_path / "inner.jpg"
    inner.write_bytes(exiftool.write(make.picture(), "thumb.jpg", *EXIF))
    mie = exiftool.write(b"", "empty.mie", "-MIE:GPSLatitude=48.1", "-MIE:City=Paris")
    old = exiftool.write(make.picture(), "outer.jpg", *KEPT, *EXIF, f"-ThumbnailImage<={inner}")
    new = strip_image(old + mie, "image/jpeg").data
    assert exiftool.positions(exiftool.tags(new, "new.jpg")) == {}
    assert b"2024:01:01" in old
    assert b"2024:01:01" not in new


def test_maker_notes(make, exiftool):
    def notes(at):
        entries = [(0x51, 2, b"Lens type\0"), (0x6D, 7, b"Paris".ljust(72, b"\0"))]
        return b"Panasonic\0\0\0" + make.ifd(entries, at + 12, "<", False)

    def tiff(at):
        more = [(0x010F, 2, b"Panasonic\0"), (0x0110, 2, b"DMC-ZS7\0"), (0x927C, 7, notes(at))]
        head = b"II\x2a\0\x08\0\0\0"
        return head + make.ifd(more, 8, "<", False)

    at = tiff(0).index(b"Panasonic\0\0\0")
    old = make.jpeg(make.exif_segment(tiff(at)))
    agree(exiftool, old, strip_image(old, "image/jpeg").data, ".jpg")


def stripped_video(data, kind):
    patches = video_patches(io.BytesIO(data), len(data), kind)
    return PatchedReader(io.BytesIO(data), patches).read()


POINT = "48.8584, 2.2945, 35"


@pytest.mark.parametrize(
    "tags",
    [
        ("-UserData:GPSCoordinates=" + POINT, "-UserData:Title=A house"),
        ("-ItemList:GPSCoordinates=" + POINT, "-ItemList:Title=A house"),
        ("-Keys:GPSCoordinates=" + POINT, "-Keys:Title=A house", "-Keys:LocationName=Tour"),
        ("-UserData:LocationInformation=Paris Role=shooting Lat=48.8 Lon=2.2 Alt=35",),
        ("-XMP-dc:Title=A house", *XMP),
    ],
    ids=["user-data", "items", "keys", "3gp", "xmp"],
)
@pytest.mark.parametrize("kind", ["video/mp4", "video/quicktime", "video/x-m4v"])
def test_videos(make, exiftool, kind, tags):
    brands = {"video/mp4": b"isom", "video/quicktime": b"qt  ", "video/x-m4v": b"M4V "}
    plain = make.mp4(make.track(b"vide", make.box(b"mp4v", bytes(78)), [60], 32))
    plain = plain.replace(b"isom", brands[kind], 1)
    suffix = {"video/mp4": ".mp4", "video/quicktime": ".mov", "video/x-m4v": ".m4v"}[kind]
    old = exiftool.write(plain, "video" + suffix, *tags)
    agree(exiftool, old, stripped_video(old, kind), suffix)


def test_timed_positions(make, exiftool):
    sample = b"\0\0\5\0" + bytes.fromhex("3a92cb7f486e4840") + bytes.fromhex("6abc749318040240")
    sample += bytes(8)
    media = b"pixels" * 10 + sample * 2
    track = make.track(b"camm", make.box(b"camm", bytes(6), b"\0\1"), [28, 28], 32 + 60)
    picture = make.track(b"vide", make.box(b"mp4v", bytes(78)), [60], 32)
    old = make.mp4(picture, track, media=media)
    assert exiftool.positions(exiftool.tags(old, "old.mp4"))
    new = stripped_video(old, "video/mp4")
    assert exiftool.positions(exiftool.tags(new, "new.mp4")) == {}


def test_matroska_and_avi(make, exiftool):
    tags = make.tag(b"TITLE", b"A house") + make.tag(b"RECORDING_LOCATION", b"Paris")
    old = make.mkv(make.element(0x1254C367, tags))
    agree(exiftool, old, stripped_video(old, "video/x-matroska"), ".mkv")
    old = make.avi(make.riff_chunk(b"_PMX", make.gps_xmp))
    agree(exiftool, old, stripped_video(old, "video/x-msvideo"), ".avi")
