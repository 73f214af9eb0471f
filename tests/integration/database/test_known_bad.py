"""What was rejected, and the policy that says how near is too near, on a real server."""

import random
import threading
from dataclasses import replace

from artitec_media_desktop.database import fingerprints, known_bad
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.errors import Conflict
from artitec_media_desktop.domain.hashes import Fingerprint, hamming, to_hex
from artitec_media_desktop.domain.moderation import Policy
from artitec_media_desktop.domain.permissions import Account, Role
from artitec_media_desktop.services.access import Access
from artitec_media_desktop.services.moderation.policy import PolicyService
from tests.integration.database.interleaving import patiently

from .test_fingerprints import flipped
from .test_shapes import AT, media


def test_the_nearest_is_what_a_scan_finds(newest):
    chance = random.Random(7)
    asked = [chance.getrandbits(64) for _ in range(4)]
    with newest.write() as tx:
        rejected = {}
        for number in range(32):
            look = flipped(chance, asked[number % 4], 1 + number % 7)
            one = rows.add(tx, media(public_id=f"MED-1700000007-{number:06d}"))
            fingerprints.add(
                tx, one.id, Fingerprint(f"{number:064d}", None, to_hex(look), None), AT
            )
            known_bad.keep(tx, one, "unsafe", AT)
            rejected[one.public_id] = look
        for bits in range(6):
            for value in asked:
                apart = {name: hamming(value, look) for name, look in rejected.items()}
                nearest = min((far, name) for name, far in apart.items())
                look = Fingerprint("f" * 64, None, to_hex(value), None)
                found = known_bad.near(tx, look, bits)
                expected = nearest if nearest[0] <= bits else None
                assert (found and (found.distance, found.public_id)) == expected
        same = known_bad.near(tx, Fingerprint(f"{5:064d}"), 5)
        assert (same.public_id, same.distance, same.reason) == (
            "MED-1700000007-000005",
            0,
            "unsafe",
        )
        known_bad.forget(tx, same.public_id)
        assert known_bad.near(tx, Fingerprint(f"{5:064d}"), 5) is None


def test_of_two_admins_at_once_one_is_told(newest):
    def admin(name):
        account = Account("USR-100", name, Role.ADMIN)
        return PolicyService(newest, Access(newest, lambda: account))

    for turn in range(5):
        admins = [admin("Ada"), admin("Ben")]
        seen = admins[0].get()
        together, refused = threading.Barrier(2), []

        def save(number, seen=seen, together=together, admins=admins, refused=refused, turn=turn):
            together.wait()
            try:
                wanted = replace(seen, lease_minutes=20 + 2 * turn + number)
                patiently(admins[number].set, wanted, seen)
            except Conflict as error:
                refused.append((number, error.code))

        threads = [threading.Thread(target=save, args=(number,)) for number in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        ((lost, code),) = refused
        assert code == "overtaken"
        assert admins[lost].get(fresh=True).lease_minutes == 20 + 2 * turn + (1 - lost)
    assert admin("Cid").get() == replace(Policy(), lease_minutes=20 + 8 + (1 - lost))
