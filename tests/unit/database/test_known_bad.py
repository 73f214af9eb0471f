from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from artitec_media_desktop.database import fingerprints, known_bad
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.hashes import Fingerprint, hamming, to_hex
from artitec_media_desktop.domain.moderation import KnownBad

from .conftest import AT

HASH = st.integers(0, (1 << 64) - 1)


def fingerprint(value, sha="0" * 64):
    return Fingerprint(sha, "0" * 16, to_hex(value), "0" * 16)


def rejected(tx, media, value, sha="0" * 64, reason="unsafe"):
    added = rows.add(tx, media)
    fingerprints.add(tx, added.id, fingerprint(value, sha), AT)
    known_bad.keep(tx, added, reason, AT)
    return added


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    asked=HASH,
    flips=st.lists(st.sets(st.integers(0, 63), max_size=7), max_size=6),
    bits=st.integers(0, 5),
)
def test_the_nearest_is_what_a_scan_finds(library, make_media, asked, flips, bits):
    near = []
    with library.write() as tx:
        for each in ("media", "media_fingerprints", "media_known_bad"):
            tx.execute(text(f"DELETE FROM {each}"))
        for number, flipped in enumerate(flips):
            value = asked ^ sum(1 << bit for bit in flipped)
            media = rejected(tx, make_media(), value, f"{number:064d}")
            if hamming(asked, value) <= bits:
                near.append((hamming(asked, value), media.public_id))
        found = known_bad.near(tx, fingerprint(asked, "f" * 64), bits)
    assert (found and (found.distance, found.public_id)) == min(near, default=None)


def test_the_same_bytes_are_nearer_than_the_same_look(library, make_media):
    with library.write() as tx:
        rejected(tx, make_media(public_id="MED-1"), 7, "a" * 64)
        rejected(tx, make_media(public_id="MED-2"), 1 << 40, "b" * 64, "off_topic")
        assert known_bad.near(tx, fingerprint(7, "b" * 64), 5) == KnownBad("MED-2", 0, "off_topic")
        assert known_bad.near(tx, Fingerprint("b" * 64), 5) == KnownBad("MED-2", 0, "off_topic")
        assert known_bad.near(tx, Fingerprint("c" * 64), 5) is None


def test_of_an_earlier_way_of_hashing_only_the_bytes_are_known(library, make_media):
    with library.write() as tx:
        rejected(tx, make_media(public_id="MED-1"), 7, "a" * 64)
        tx.execute(text("UPDATE media_known_bad SET version = version - 1"))
        assert known_bad.near(tx, fingerprint(7, "b" * 64), 5) is None
        assert known_bad.near(tx, fingerprint(1 << 40, "a" * 64), 5).distance == 0
        rejected(tx, make_media(public_id="MED-2"), 7, "c" * 64)
        assert known_bad.near(tx, fingerprint(7, "b" * 64), 5).public_id == "MED-2"


def test_what_is_rejected_once_more_has_its_last_reason_until_it_is_forgotten(library, make_media):
    with library.write() as tx:
        media = rejected(tx, make_media(), 7)
        known_bad.keep(tx, media, "advertising", AT)
        found = known_bad.near(tx, fingerprint(6, "f" * 64), 1)
        assert found == KnownBad(media.public_id, 1, "advertising")
        known_bad.forget(tx, media.public_id)
        assert known_bad.near(tx, fingerprint(7), 5) is None


def test_a_media_without_a_fingerprint_is_not_known(library, make_media):
    with library.write() as tx:
        known_bad.keep(tx, rows.add(tx, make_media()), None, AT)
        assert tx.execute(text("SELECT COUNT(*) FROM media_known_bad")).scalar() == 0


def test_the_door_asks_once_where_nothing_is_near(library, make_media):
    asked = []
    with library.write() as tx:
        rejected(tx, make_media(), (1 << 64) - 1)
        known_bad.near(tx, fingerprint(0), 0)  # looks at the table, once
    event.listen(library.engine, "after_cursor_execute", lambda *each: asked.append(each[2]))
    with library.read() as tx:
        door = known_bad.at_the_door(tx, fingerprint(0, "f" * 64), 5, 5, True)
    assert door == ([], None)
    assert len([each for each in asked if "SELECT" in each]) == 1


def test_the_door_tells_looks_and_what_was_rejected_of_them(library, make_media):
    with library.write() as tx:
        media = rejected(tx, make_media(), 7, "a" * 64)

        def door(*asked):
            alike, bad = known_bad.at_the_door(tx, *asked)
            return [each.distance for each in alike], bad

        near = fingerprint(6, "f" * 64)
        bad = KnownBad(media.public_id, 1, "unsafe")
        assert door(near, 5, 5, True) == ([1], bad)
        assert door(near, 5, 0, True) == ([1], None)
        assert door(near, 5, None, True) == ([1], None)
        assert door(near, 5, 5, False) == ([1], None)
        assert door(fingerprint(6, "a" * 64), 5, 5, False)[1].distance == 0


def test_a_database_without_the_table_knows_nothing(library):
    with library.write() as tx:
        tx.execute(text("DROP TABLE media_known_bad"))
        assert known_bad.near(tx, fingerprint(7), 5) is None
        assert known_bad.at_the_door(tx, fingerprint(7), 5, 5, True) == ([], None)
