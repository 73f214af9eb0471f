import io
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps, ImageStat

from artitec_media_desktop.domain.errors import Cancelled
from artitec_media_desktop.domain.limits import IMAGE, THUMB, VARIANTS, Limits
from artitec_media_desktop.processing import variants as module
from artitec_media_desktop.processing.image import process_image, process_poster
from artitec_media_desktop.processing.sniff import sniff
from artitec_media_desktop.processing.variants import (
    Planes,
    encode,
    fitted,
    make_variants,
    wanted,
    working_size,
)

LANCZOS = Image.Resampling.LANCZOS
sides = st.integers(50, 8000)


def ssim(a, b):
    """Mean structural similarity of two greys: Wang et al. 2004, flat windows of 7 by 7.

    The windows stand side by side instead of at every pixel: a tenth of the time.
    """
    a, b = (np.asarray(each.convert("L"), np.float64) for each in (a, b))

    def mean(values):
        rows, columns = (side // 7 for side in values.shape)
        windows = values[: rows * 7, : columns * 7].reshape(rows, 7, columns, 7)
        return windows.sum(3).mean(1) / 7

    ma, mb = mean(a), mean(b)
    va, vb, ab = (
        49 / 48 * (mean(p * q) - m * n)
        for p, q, m, n in ((a, a, ma, ma), (b, b, mb, mb), (a, b, ma, mb))
    )
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return np.mean((2 * ma * mb + c1) * (2 * ab + c2) / ((ma**2 + mb**2 + c1) * (va + vb + c2)))


def upright(data):
    """The whole picture, turned."""
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return ImageOps.exif_transpose(image)


def plain(upright, variant):
    """The same variant the slow way: out of the whole picture, Lanczos."""
    if variant is THUMB:
        small = ImageOps.fit(upright, (variant.side, variant.side), LANCZOS)
    else:
        small = upright.resize(fitted(upright.size, variant.side), LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=variant.quality, optimize=True)
    return Image.open(out)


def assert_as_good(data):
    made = process_image(data, sniff(data), Limits(0, 1 << 30, 1, 20_000), strip_gps=False)
    by_name, whole = {each.name: each for each in VARIANTS}, upright(data)
    for variant in made.variants:
        ours = Image.open(io.BytesIO(variant.data))
        theirs = plain(whole, by_name[variant.name])
        assert ours.size == theirs.size == (variant.width, variant.height)
        assert ssim(ours, theirs) >= 0.97, (variant.name, ours.size)
        colours = [np.array(ImageStat.Stat(each.convert("RGB")).mean) for each in (ours, theirs)]
        assert np.abs(colours[0] - colours[1]).max() < 3
    return made


@pytest.mark.parametrize("size", [(2400, 1800), (4800, 900), (1203, 1701)])
@pytest.mark.parametrize("kind", ["gradient", "texture", "text", "noise", "scene"])
def test_variants_are_as_good_as_the_plain_way(drawn, encoded, kind, size):
    made = assert_as_good(encoded(drawn(kind, size), quality=92))
    assert [each.name for each in made.variants] == ["thumb", "small", "medium", "large"]


@pytest.mark.parametrize(("kind", "size"), [("scene", (4000, 3000)), ("text", (2501, 3333))])
def test_so_they_are_where_the_decoder_scales(drawn, encoded, kind, size):
    assert_as_good(encoded(drawn(kind, size), quality=92))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_upright(drawn, encoded, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = assert_as_good(encoded(drawn("scene", (1701, 1275)), exif=exif))
    assert (made.width, made.height) == ((1275, 1701) if orientation >= 5 else (1701, 1275))
    assert made.exif == {"orientation": orientation}


@pytest.mark.parametrize("name", ["PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", [1, 3, 6])
def test_other_formats_are_turned_too(drawn, encoded, name, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if name == "WEBP" else {}
    assert_as_good(encoded(drawn("scene", (900, 640)), name, exif=exif, **options))


@pytest.mark.parametrize(
    ("size", "made"),
    [
        ((50, 50), {"thumb": (50, 50)}),
        ((120, 90), {"thumb": (90, 90)}),
        ((150, 400), {"thumb": (150, 150)}),
        ((401, 301), {"thumb": (150, 150), "small": (400, 300)}),
        ((800, 600), {"thumb": (150, 150), "small": (400, 300)}),
        ((801, 60), {"thumb": (60, 60), "small": (400, 30), "medium": (800, 60)}),
        ((1600, 900), {"thumb": (150, 150), "small": (400, 225), "medium": (800, 450)}),
        (
            (60, 1601),
            {"thumb": (60, 60), "small": (15, 400), "medium": (30, 800), "large": (60, 1600)},
        ),
        (
            (4000, 400),
            {"thumb": (150, 150), "small": (400, 40), "medium": (800, 80), "large": (1600, 160)},
        ),
    ],
)
def test_a_variant_only_where_the_original_is_larger(encoded, size, made):
    data = encoded(Image.new("RGB", size, "navy"))
    found = process_image(data, sniff(data), IMAGE, strip_gps=False).variants
    assert {each.name: (each.width, each.height) for each in found} == made


@given(sides, sides)
def test_nothing_is_enlarged_and_the_working_picture_serves_all(width, height):
    size = (width, height)
    work = working_size(size)
    assert work[0] <= width
    assert work[1] <= height
    assert min(work) >= min(THUMB.side, *size)
    for variant in wanted(size):
        if variant is not THUMB:
            small = fitted(size, variant.side)
            assert max(small) == variant.side
            assert small[0] <= work[0]
            assert small[1] <= work[1]


@given(sides, sides, st.sampled_from([400, 800, 1600]))
def test_sizes_are_those_of_pillows_thumbnail(width, height, side):
    if max(width, height) > side:
        theirs = Image.new("1", (width, height))
        theirs.thumbnail((side, side), Image.Resampling.NEAREST, reducing_gap=None)
        assert fitted((width, height), side) == theirs.size


def test_variants_are_plain_jpegs_without_any_metadata(drawn, encoded):
    exif = Image.Exif()
    exif[0x010F] = "Canon"
    data = encoded(drawn("scene", (1000, 700)), exif=exif, comment=b"hello", dpi=(300, 300))
    for variant in process_image(data, sniff(data), IMAGE, strip_gps=False).variants:
        with Image.open(io.BytesIO(variant.data)) as image:
            assert (image.format, image.mode) == ("JPEG", "RGB")
            assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_grey_stays_grey(drawn, encoded):
    data = encoded(drawn("scene", (1000, 700)).convert("L"))
    for variant in assert_as_good(data).variants:
        assert Image.open(io.BytesIO(variant.data)).mode == "L"


def test_qualities_are_the_contracts(drawn):
    small = drawn("scene", (400, 300))
    found = make_variants(Planes.of(drawn("scene", (1700, 1300))), (1700, 1300))
    for variant, each in zip(VARIANTS, found, strict=True):
        out = io.BytesIO()
        small.save(out, "JPEG", quality=variant.quality)
        tables = [Image.open(io.BytesIO(data)).quantization for data in (out.getvalue(), each.data)]
        assert tables[0] == tables[1]


def test_without_memory_files_a_scratch_file_serves(monkeypatch, drawn):
    grey = drawn("scene", (90, 60)).convert("L")
    expected = encode(grey, 80)
    monkeypatch.delattr(module.os, "memfd_create", raising=False)
    assert encode(grey, 80) == expected


def test_a_poster_has_the_same_variants_as_a_picture(drawn, encoded):
    data = encoded(drawn("scene", (1280, 720)), "PNG")
    poster = process_poster(data)
    picture = process_image(data, sniff(data), IMAGE, strip_gps=False)
    assert poster.variants == picture.variants
    assert (poster.width, poster.height) == (1280, 720)
    assert (poster.average, poster.perceptual, poster.difference) == (
        picture.average,
        picture.perceptual,
        picture.difference,
    )
    assert process_poster(encoded(Image.new("RGB", (16, 16)))).variants[0].width == 16


def test_cancelling_stops_between_variants(drawn):
    calls = []

    def check():
        calls.append(1)
        if len(calls) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_variants(Planes.of(drawn("gradient", (1700, 1300))), (1700, 1300), check)
    assert len(calls) == 3


def test_many_at_once_give_what_one_gives(drawn, encoded):
    data = [encoded(drawn(kind, (900, 700))) for kind in ("text", "scene", "noise", "texture")]

    def work(each):
        return process_image(each, sniff(each), IMAGE, strip_gps=False)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, data * 3)) == [work(each) for each in data] * 3
