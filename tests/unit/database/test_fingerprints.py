from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from artitec_media_desktop.database import fingerprints
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.hashes import Fingerprint, hamming, to_hex

from .conftest import AT

WILLOW = EntityRef(EntityType.COMMUNITY, 1)
HASH = st.integers(0, (1 << 64) - 1)


def fingerprint(value, sha="0" * 64):
    return Fingerprint(sha, "0" * 16, to_hex(value), "0" * 16)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
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


def test_the_look_up_reads_no_table_from_end_to_end(library, make_media):
    steps = []

    def explain(connection, cursor, statement, parameters, context, many):
        another = cursor.connection.cursor()
        another.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        steps.extend(row[3] for row in another.fetchall())

    with library.write() as tx:
        media = rows.add(tx, make_media())
        fingerprints.add(tx, media.id, fingerprint(7), AT)
    event.listen(library.engine, "after_cursor_execute", explain)
    with library.read() as tx:
        assert len(fingerprints.alike(tx, fingerprint(6, "f" * 64), 5)) == 1
    read = [each for each in steps if "media" in each]
    assert sum("USING COVERING INDEX idx_media_fingerprints_band" in each for each in read) >= 3
    assert not any(each.startswith("SCAN") for each in read)


def test_of_a_look_that_very_many_have_the_oldest_are_told(library, make_media):
    with library.write() as tx:
        for number in range(100):
            media = rows.add(tx, make_media(public_id=f"MED-{200 - number}"))
            fingerprints.add(tx, media.id, fingerprint(3, f"{number:064d}"), AT)
        found = fingerprints.alike(tx, fingerprint(2, f"{98:064d}"), 5)
    assert found[0].public_id == "MED-102"
    assert {each.public_id for each in found[1:]} == {f"MED-{200 - n}" for n in range(64)}


def test_the_same_file_met_very_often_is_one_row_of_the_first_look(library, make_media):
    fetched = []

    def count(connection, cursor, statement, parameters, context, many):
        if statement.startswith("SELECT"):
            again = cursor.connection.cursor().execute(statement, parameters)
            fetched.append(len(again.fetchall()))

    with library.write() as tx:
        for _ in range(100):
            fingerprints.add(tx, rows.add(tx, make_media()).id, fingerprint(3), AT)
    event.listen(library.engine, "after_cursor_execute", count)
    with library.read() as tx:
        assert len(fingerprints.alike(tx, fingerprint(3), 5)) == 64
    first, second = fetched[-2:]
    assert first == 2  # the bytes and the look
    assert second == 128


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
