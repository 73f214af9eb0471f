"""What is alike, by signatures alone."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from artitec_media_desktop.domain.errors import Cancelled
from artitec_media_desktop.domain.work import Unwatched
from artitec_media_desktop.processing.alike import Signatures, find_alike
from artitec_media_desktop.processing.signature import Signature


def found(media, **options):
    """Pairs of ids, with their distances."""
    stored = [
        (number, (each if isinstance(each, Signature) else Signature.of(each)).to_bytes())
        for number, each in media.items()
    ]
    signatures = Signatures.of(stored)
    pairs = find_alike(signatures, **options)
    ids = signatures.ids.tolist()
    return {
        (ids[a], ids[b]): int(d)
        for a, b, d in zip(pairs.first, pairs.second, pairs.distance, strict=True)
    }


def recompressed(image):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=30)
    return Image.open(out).convert("L")


def marked(image):
    ImageDraw.Draw(image).text((170, 160), "ARTITEC MEDIA", fill=255)
    return image


EDITS = {
    "recompressed": recompressed,
    "small": lambda image: image.resize((60, 45)),
    "stretched": lambda image: image.resize((300, 180)),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.2),
    "marked": marked,
    "framed": lambda image: ImageOps.expand(image, 8, 255),
    "cropped by 5 %": lambda image: image.crop((12, 9, 228, 171)),
    "cropped by 10 %": lambda image: image.crop((24, 18, 216, 162)),
    "turned by 2°": lambda image: image.rotate(2, Image.Resampling.BICUBIC),
    "turned by 90°": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "upside down": lambda image: image.transpose(Image.Transpose.ROTATE_180),
    "mirrored": ImageOps.mirror,
    "cropped off-centre": lambda image: image.crop((2, 25, 203, 176)),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_found_at_the_default_threshold(room, edit):
    pictures = {n: room(n) for n in range(20)}
    assert found({**pictures, 100: EDITS[edit](room(7))}, radius=5).keys() == {(7, 100)}


def test_others_are_not_alike(room):
    assert found({n: room(n) for n in range(120)}) == {}


def test_blank_pictures_are_like_nothing():
    assert found({n: Image.new("L", (90, 90), n) for n in (0, 1, 255)}) == {}


def test_the_same_slope_is_no_likeness(room):
    """Two skies correlate; what they show does not."""
    slope = np.linspace(0, 200, 180)[:, None].repeat(240, 1)
    skies = [Image.fromarray((slope + np.asarray(room(n)) / 5).astype(np.uint8)) for n in (1, 2)]
    assert np.corrcoef(*(np.asarray(sky).ravel() for sky in skies))[0, 1] > 0.9
    assert found(dict(enumerate(skies))) == {}


def test_the_same_bars_are_no_likeness(room):
    """Portraits on a black screen have most of their pixels in common."""

    def on_black(number):
        screen = Image.new("L", (480, 180))
        screen.paste(room(number), (120, 0))
        return screen

    portraits = {number: on_black(number) for number in range(30)}
    assert found({**portraits, 100: room(7)}).keys() == {(7, 100)}


def test_threshold(room):
    media = {1: room(1), 2: room(1), 3: EDITS["turned by 2°"](room(1))}
    everything = found(media)
    assert everything[1, 2] == 0
    assert 0 < everything[1, 3] <= 5
    assert found(media, radius=0) == {(1, 2): 0}


def test_a_crowd_is_a_star(room):
    """One logo two hundred times: not 19,900 pairs."""
    crowd = {n: room(1) for n in range(200)}
    near = EDITS["cropped by 5 %"](room(1))
    pairs = found({**crowd, 500: near})
    assert pairs.keys() == {(0, n) for n in range(1, 200)} | {(0, 500)}


def test_a_handful_is_all_pairs(room):
    assert len(found({n: room(1) for n in range(10)})) == 45


def test_videos(room):
    black, rooms = Image.new("L", (90, 60)), [room(n) for n in range(8)]

    def video(*frames, seconds=30.0):
        squeezed = [frame.resize((128, 128)).tobytes() for frame in frames]
        return Signature.of_video(squeezed, seconds)

    media = {
        1: video(black, *rooms[:4]),
        2: video(black, *map(recompressed, rooms[:4]), seconds=30.4),  # the same, encoded anew
        3: video(black, *rooms[4:]),  # only its opening is the same
        4: video(rooms[0], *rooms[4:]),  # one scene is the same
        5: video(black, *rooms[:4], seconds=60),  # another length
        6: rooms[0],  # a picture of a scene
        7: video(black, black, black, black, black),
        8: video(black, black, black, black, black),
    }
    assert found(media).keys() == {(1, 2), (3, 4)}


def test_nothing_to_compare(room):
    assert found({}) == {}
    assert found({1: room(1)}) == {}
    old = b"\x00" + Signature.of(room(1)).to_bytes()[1:]
    assert len(Signatures.of([(1, old), (2, b"")])) == 0


def test_it_can_be_stopped(room):
    class Stopped(Unwatched):
        def check_cancelled(self):
            raise Cancelled

    with pytest.raises(Cancelled):
        found({1: room(1), 2: room(2)}, work=Stopped())
