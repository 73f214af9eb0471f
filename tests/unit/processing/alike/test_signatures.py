"""Many signatures in little memory: all of it is in a file, of which what is asked for is read."""

import numpy as np
import pytest

from artitec_media_desktop.processing.alike import Signatures, find_alike
from artitec_media_desktop.processing.signature import FRAME, Signature

COUNT = 3000  # of them, in three blocks


@pytest.fixture(scope="module")
def frames():
    """Random ones, of which every hundredth is nearly the one before it."""
    chance = np.random.default_rng(5)
    made = np.empty(COUNT, FRAME)
    made["hashes"] = chance.integers(0, 1 << 64, made["hashes"].shape, np.uint64)
    made["grey"] = chance.integers(0, 256, made["grey"].shape, np.uint8)
    made[1::100] = made[::100]
    made["hashes"][1::100] ^= np.uint64(1 << 7)
    return made


@pytest.fixture(scope="module")
def signatures(frames):
    head = Signature(()).to_bytes()
    return Signatures.of(
        (number, head[:1] + b"\x01" + head[2:] + frame.tobytes())
        for number, frame in enumerate(frames)
    )


def test_blocks_are_what_was_stored(frames, signatures):
    for window in (0, 27):
        assert (signatures.hashes(window) == frames["hashes"][:, window]).all()
    some = np.array([2999, 0, 1024, 1023, 5])
    assert (signatures.greys(some) == frames["grey"][some]).all()


def test_small_pictures_are_read_for_candidates_only(signatures, monkeypatch):
    asked = []
    read = Signatures.greys

    def greys(self, which):
        asked.append(np.array(which))
        return read(self, which)

    monkeypatch.setattr(Signatures, "greys", greys)
    pairs = find_alike(signatures)
    assert list(zip(pairs.first, pairs.second, strict=True)) == [
        (n, n + 1) for n in range(0, COUNT, 100)
    ]
    # Once all in order, for what is blank; then only those of pairs.
    passed = np.concatenate(asked)
    assert (passed[:COUNT] == np.arange(COUNT)).all()
    assert set(passed[COUNT:] % 100) == {0, 1}
    assert max(map(len, asked)) <= 4096
