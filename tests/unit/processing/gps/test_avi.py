import io

import pytest

from artitec_media_desktop.processing.gps import PatchedReader, find_video, video_patches

AVI = "video/x-msvideo"


def cleaned(data):
    patches = video_patches(io.BytesIO(data), len(data), AVI)
    new = PatchedReader(io.BytesIO(data), patches).read()
    assert len(new) == len(data)
    places = find_video(io.BytesIO(data), len(data), AVI)
    assert find_video(io.BytesIO(new), len(new), AVI) == ()
    return new, places


def test_clean_video_needs_nothing(make):
    data = make.avi(make.riff_chunk(b"LIST", b"INFO" + make.riff_chunk(b"INAM", b"A house\0")))
    assert cleaned(data) == (data, ())


def test_xmp_and_exif(make):
    data = make.avi(
        make.riff_chunk(b"_PMX", make.gps_xmp),
        make.riff_chunk(b"LIST", b"strl" + make.riff_chunk(b"strd", b"Exif\0\0" + make.tiff())),
    )
    new, places = cleaned(data)
    assert places == ("XMP", "camera data")
    assert b"GPS" not in new
    assert b"2024:05:07" not in new
    assert b"dc:format" in new
    assert b"Acme Cameras" in new


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (b"gps0", b"\1\2\3\4"),
        (b"LOCA", b"Paris\0"),
        (b"JUNK", b"0GPS $GPRMC,123519,A,48"),
        (b"ICMT", b"lat 48.8584 lon 2.2945"),
    ],
)
def test_chunks_that_tell_a_place(make, kind, content):
    other = make.riff_chunk(b"INAM", b"A house\0")
    new, places = cleaned(
        make.avi(make.riff_chunk(b"LIST", b"INFO" + other + make.riff_chunk(kind, content)))
    )
    assert places == ("location",)
    freed = make.riff_chunk(b"JUNK", bytes(len(content)))
    assert new == make.avi(make.riff_chunk(b"LIST", b"INFO" + other + freed))


def test_pictures_are_not_looked_at(make):
    text = b"Exif\0\0" + make.tiff()
    movie = make.riff_chunk(b"LIST", b"movi" + make.riff_chunk(b"00dc", text))
    data = make.riff_chunk(b"RIFF", b"AVI " + movie)
    assert cleaned(data) == (data, ())


def test_what_follows(make):
    new, places = cleaned(make.avi() + make.jpeg(make.exif_segment()))
    assert places == ("second picture",)
    assert b"2024:05:07" not in new


def test_deep_nesting_ends(make):
    chunk = make.riff_chunk(b"gps0", b"\1\2\3\4")
    for _ in range(3000):
        chunk = make.riff_chunk(b"LIST", b"INFO" + chunk)
    cleaned(make.avi(chunk))


def test_cut_off_files(make):
    data = make.avi(make.riff_chunk(b"_PMX", make.gps_xmp), make.riff_chunk(b"gps0", b"\1\2\3"))
    for end in range(0, len(data), 5):
        cleaned(data[:end])


def test_a_recording_that_was_cut_short(make):
    data = make.avi(make.riff_chunk(b"gps0", b"\1\2\3\4"))
    new, places = cleaned(data[:4] + bytes(4) + data[8:])
    assert places == ("location",)
    assert b"gps0" not in new
