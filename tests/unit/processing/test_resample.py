import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from artitec_media_desktop.processing.resample import resampled

LANCZOS = Image.Resampling.LANCZOS


def apart(ours, theirs):
    return np.abs(np.asarray(ours, int) - np.asarray(theirs, int))


@pytest.mark.parametrize("kind", ["gradient", "texture", "text", "scene"])
@pytest.mark.parametrize("size", [(400, 300), (397, 301), (799, 599), (150, 20), (33, 300)])
def test_it_is_pillows_lanczos(drawn, kind, size):
    plane = drawn(kind, (800, 600)).convert("L")
    found = resampled(plane, size, (0, 0, 800, 600))
    assert found.mode == "L"
    assert found.size == size
    difference = apart(found, plane.resize(size, LANCZOS, reducing_gap=3.0))
    assert difference.mean() < 0.5
    assert difference.max() <= 6  # Pillow rounds between the passes


def test_a_part_between_the_pixels(drawn):
    plane = drawn("scene", (801, 601)).convert("L")
    box = (10.25, 5.5, 790.75, 600.5)
    difference = apart(resampled(plane, (300, 200), box), plane.resize((300, 200), LANCZOS, box))
    assert difference.mean() < 0.5
    assert difference.max() <= 6


def test_a_part_that_ends_half_a_pixel_outside():
    plane = Image.new("L", (101, 51), 77)
    assert resampled(plane, (40, 20), (0, 0, 101.5, 51.5)).getextrema() == (77, 77)


def test_the_whole_at_its_own_size_is_unchanged(drawn):
    plane = drawn("text", (320, 240)).convert("L")
    assert apart(resampled(plane, plane.size, (0, 0, 320, 240)), plane).max() == 0


@settings(max_examples=40)
@given(
    st.tuples(st.integers(1, 300), st.integers(1, 300)),
    st.tuples(st.integers(1, 300), st.integers(1, 300)),
    st.integers(0, 255),
)
def test_one_shade_stays_itself(given_size, wanted, shade):
    plane = Image.new("L", given_size, shade)
    found = resampled(plane, wanted, (0, 0, *given_size))
    assert found.size == wanted
    assert found.getextrema() == (shade, shade)
