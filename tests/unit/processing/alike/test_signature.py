"""Of signatures, and of the orientations that follow from one."""

import numpy as np
import pytest
from PIL import Image

from artitec_media_desktop.processing.signature import Signature, oriented, turned


def hashes_of(image):
    return Signature.of(image).frames[0].hashes.astype(np.uint64)


def test_a_signature_comes_back_from_its_bytes(room):
    signature = Signature.of(room(1))
    data = signature.to_bytes()
    assert len(data) <= 1536
    back = Signature.from_bytes(data)
    assert back.seconds is None
    assert np.array_equal(back.frames[0].hashes, signature.frames[0].hashes)
    assert np.array_equal(back.frames[0].grey, signature.frames[0].grey)
    assert abs(float(back.frames[0].grey.mean()) - np.asarray(room(1)).mean()) < 1


def test_a_video_has_several_frames_and_its_length(room):
    frames = [room(n).resize((128, 128), Image.Resampling.BOX).tobytes() for n in (1, 2)]
    back = Signature.from_bytes(Signature.of_video(frames, 12.5).to_bytes())
    assert back.seconds == 12.5
    assert len(back.frames) == 2
    assert np.array_equal(back.frames[1].hashes, hashes_of(room(2)))


@pytest.mark.parametrize(
    "spoilt", [b"", b"\x01", lambda data: data[:-1], lambda data: b"\x7f" + data[1:]]
)
def test_what_is_no_signature_is_none(room, spoilt):
    data = spoilt if isinstance(spoilt, bytes) else spoilt(Signature.of(room(1)).to_bytes())
    assert Signature.from_bytes(data) is None


@pytest.mark.parametrize("orientation", range(8))
def test_orientations_follow_by_permuting_bits(room, orientation):
    half_blank = room(3)
    half_blank.paste(255, (0, 0, 240, 90))
    for picture in (room(1), half_blank):
        pixels = turned(np.asarray(picture)[None], orientation)[0]
        seen = hashes_of(Image.fromarray(np.ascontiguousarray(pixels)))
        told = oriented(hashes_of(picture)[:1], orientation)
        assert np.bitwise_count(told[0] ^ seen[0]).max() <= 1  # a float's last bit


@pytest.mark.parametrize("size", [(1, 1), (50, 50), (8000, 60), (63, 4000)])
def test_any_size_has_one(size):
    assert Signature.of(Image.new("L", size, 90)).frames[0].grey.tolist() == [[90] * 32] * 32
