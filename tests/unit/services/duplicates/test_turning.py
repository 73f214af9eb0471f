"""How copies lie, by their signatures."""

import numpy as np
from PIL import Image

from artitec_media_desktop.processing.signature import Signature, turned
from artitec_media_desktop.services.duplicates.turning import orientations


def picture(seed, size=(160, 120)):
    spots = np.random.default_rng(seed).integers(0, 255, (7, 9), np.uint8)
    return Image.fromarray(spots).resize(size, Image.Resampling.BICUBIC)


def stored(image):
    return Signature.of(image).to_bytes()


def test_each_of_eight_is_told_and_turns_it_back():
    kept = picture(1)
    copies = {
        number: Image.fromarray(np.ascontiguousarray(turned(np.asarray(kept)[None], number)[0]))
        for number in range(8)
    }
    found = orientations(99, [(99, stored(kept)), *((n, stored(e)) for n, e in copies.items())])
    assert set(found) == set(range(1, 8))
    for number, way in found.items():
        back = turned(np.asarray(copies[number])[None], way)[0]
        assert np.array_equal(back, np.asarray(kept))


def test_what_lies_alike_or_is_even_stays_as_it_is():
    kept, even = picture(1), Image.new("L", (160, 120), 90)
    brighter = kept.point(lambda value: min(255, value + 30))
    others = [(2, stored(brighter)), (3, stored(even)), (4, stored(picture(5))), (5, b"other")]
    assert orientations(1, [(1, stored(kept)), *others]) == {}
    assert orientations(9, others) == {}
