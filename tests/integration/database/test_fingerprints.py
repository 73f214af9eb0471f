"""The look-up at the door finds on a server what a scan finds."""

import random

from artitec_media_desktop.database import fingerprints
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.hashes import Fingerprint, hamming, to_hex

from .test_shapes import AT, media


def flipped(chance, value, count):
    for bit in chance.sample(range(64), count):
        value ^= 1 << bit
    return value


def test_everything_within_five_bits_and_nothing_else(newest):
    chance = random.Random(4)
    asked = [chance.getrandbits(64) for _ in range(5)]
    values = {}
    with newest.write() as tx:
        for number in range(120):
            look = flipped(chance, asked[number % 5], number % 9)
            one = rows.add(tx, media(public_id=f"MED-1700000001-{number:06d}"))
            sha256 = f"{number:064d}"
            fingerprints.add(tx, one.id, Fingerprint(sha256, None, to_hex(look), None), AT)
            values[one.public_id] = look
        for value in asked:
            near = {name: apart for name, look in values.items()
                    if (apart := hamming(value, look)) <= 5}  # fmt: skip
            found = fingerprints.alike(tx, Fingerprint("f" * 64, None, to_hex(value), None), 5)
            assert {each.public_id: each.distance for each in found} == near
            assert len(near) >= 12
