from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from artitec_media_desktop.database import fingerprints
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.hashes import Fingerprint, hamming, to_hex

from .conftest import AT

WILLOW = EntityRef(EntityType.COMMUNITY, 1)
HASH = st.integers(0, (1 << 64) - 1)


def fingerprint(value, sha="0" * 64):
    return Fingerprint(sha, "0" * 16, to_hex(value), "0" * 16)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(asked=HASH, flips=st.lists(st.sets(st.integers(0, 63), max_size=9), max_size=8))
def test_the_index_finds_exactly_what_a_scan_finds(library, make_media, asked, flips):
    expected = set()
    with library.write() as tx:
        tx.execute(text("DELETE FROM media"))
        tx.execute(text("DELETE FROM media_fingerprints"))
        for number, bits in enumerate(flips):
            value = asked
            for bit in bits:
                value ^= 1 << bit
            media = rows.add(tx, make_media())
            fingerprints.add(tx, media.id, fingerprint(value, f"{number:064d}"), AT)
            if hamming(asked, value) <= 5:
                expected.add((media.public_id, hamming(asked, value)))
        found = fingerprints.alike(tx, fingerprint(asked, "f" * 64), 5)
    assert {(each.public_id, each.distance) for each in found} == expected
    assert [each.distance for each in found] == sorted(each.distance for each in found)


def test_the_look_up_uses_the_indexes(library):
    bands = " OR ".join(f"f.band{n} = 1" for n in range(6))
    with library.read() as tx:
        plan = tx.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT m.public_id FROM media_fingerprints f "
                f"JOIN media m ON m.id = f.media_id WHERE f.sha256 = 'x' OR {bands}"
            )
        )
        steps = " ".join(str(row) for row in plan)
    assert "SCAN" not in steps
    assert "band5" in steps


def test_only_live_rows_count(library, make_media):
    with library.write() as tx:
        media = rows.add(tx, make_media())
        fingerprints.add(tx, media.id, fingerprint(7), AT)
        assert fingerprints.identical(tx, "0" * 64, WILLOW, None) == media.public_id
        assert fingerprints.alike(tx, fingerprint(7), 5)[0].identical
        rows.remove(tx, [media.id])
        assert fingerprints.identical(tx, "0" * 64, WILLOW, None) is None
        assert fingerprints.alike(tx, fingerprint(7), 5) == []


def test_identical_is_per_entity(library, make_media):
    with library.write() as tx:
        media = rows.add(tx, make_media(entity_id=2))
        fingerprints.add(tx, media.id, fingerprint(7), AT)
        assert fingerprints.identical(tx, "0" * 64, WILLOW, None) is None


def test_in_a_one_file_slot_only_what_is_in_it_counts(library, make_media):
    with library.write() as tx:
        photo = rows.add(tx, make_media())
        fingerprints.add(tx, photo.id, fingerprint(7), AT)
        assert fingerprints.identical(tx, "0" * 64, WILLOW, "cover") is None
        cover = rows.add(tx, make_media(entity_field="cover", is_primary=True))
        fingerprints.add(tx, cover.id, fingerprint(7), AT)
        assert fingerprints.identical(tx, "0" * 64, WILLOW, "cover") == cover.public_id
        rows.demote(tx, WILLOW, "cover", AT)
        assert fingerprints.identical(tx, "0" * 64, WILLOW, "cover") is None


def test_a_video_without_a_poster_has_only_its_bytes(library, make_media):
    bare = Fingerprint("a" * 64)
    with library.write() as tx:
        media = rows.add(tx, make_media())
        fingerprints.add(tx, media.id, bare, AT)
        assert fingerprints.get(tx, media.id) == bare
        assert [each.distance for each in fingerprints.alike(tx, bare, 5)] == [0]
        assert fingerprints.alike(tx, Fingerprint("b" * 64), 5) == []
