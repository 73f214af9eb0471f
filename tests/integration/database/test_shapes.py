"""The repository's functions on every age of the platform's database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from artitec_media_desktop.database import (
    accounts,
    changes,
    entities,
    fingerprints,
    media_search,
    shape,
    trash,
)
from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.changes import Change, ChangeKind, MediaChange
from artitec_media_desktop.domain.entities import EntityRef
from artitec_media_desktop.domain.entities import EntityType as E
from artitec_media_desktop.domain.errors import Conflict, Permanent
from artitec_media_desktop.domain.hashes import Fingerprint
from artitec_media_desktop.domain.listing import Cursor, MediaQuery
from artitec_media_desktop.domain.media import Media, MediaType, ModerationStatus, StorageType
from artitec_media_desktop.domain.permissions import Role
from artitec_media_desktop.domain.search import parse

WILLOW = EntityRef(E.COMMUNITY, 1)
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NEW_COLUMNS = {
    "image_hash", "storage_type", "bucket_name", "is_primary", "source_url", "tags", "metadata",
    "is_approved", "moderation_status",
}  # fmt: skip


def media(**values):
    base = Media(
        id=0, public_id="MED-1800000000-ABC", filename="f.jpg", original_filename="Ünï🏡.jpg",
        media_type=MediaType.IMAGE, content_type="image/jpeg", file_size=3_000_000_000, width=640,
        height=480, image_hash="0123456789abcdef", storage_type=StorageType.S3,
        storage_path="p", original_url="u", entity_type="community", entity_id=1,
        entity_field="gallery", alt_text="Küche 🍳", tags=("Küche", 'a "b"'),
        metadata={"small_url": "s", "n": [1]}, uploaded_by="USR-100", sort_order=5,
        is_primary=True, is_approved=False, moderation_status=ModerationStatus.PENDING,
        created_at=AT, updated_at=AT,
    )  # fmt: skip
    return replace(base, **values)


def test_every_row_is_read_in_pages(library, platform):
    with library.read() as tx:
        for query in (MediaQuery(), MediaQuery(WILLOW), MediaQuery(WILLOW, "gallery")):
            seen, after = [], None
            while not seen or after is not None:
                page, after = media_search.page(tx, query, 1, after)
                seen += [each.id for each in page]
                after = None if after is None else Cursor.decode(after.encode())
            assert seen == list(media_search.ids(tx, query))
            assert len(seen) == media_search.count(tx, query)
        every = rows.by_ids(tx, media_search.ids(tx, MediaQuery()))
    assert set(every) == {row[0] for row in platform.query("SELECT id FROM media")}
    for each in every.values():
        assert isinstance(each.tags, tuple)
        assert isinstance(each.metadata, dict)
        assert isinstance(each.sort_order, int)
        assert all(isinstance(flag, bool) for flag in (each.is_primary, each.is_public))


def test_the_odd_values_of_each_age(platform_of):
    found = {}
    for age in ("oldest", "enhanced", "newest"):
        database = platform_of(age).open()
        with database.read() as tx:
            found[age] = rows.by_ids(tx, media_search.ids(tx, MediaQuery()))
        database.close()
    oldest, enhanced, newest = found["oldest"], found["enhanced"], found["newest"]
    assert oldest[1].media_type is MediaType.IMAGE
    assert oldest[1].storage_type is None
    assert oldest[1].moderation_status is ModerationStatus.APPROVED
    assert not oldest[1].is_primary
    assert oldest[2].caption == "Küche 🍳"
    assert oldest[2].sort_order == 0
    assert oldest[3].is_link
    assert not oldest[3].is_public
    assert oldest[4].created_at is None
    assert oldest[4].media_type is MediaType.IMAGE
    assert enhanced[1].storage_type is StorageType.S3
    assert enhanced[1].tags == ("Küche", "a")
    assert enhanced[1].small_url == "s"
    assert enhanced[2].moderation_status is ModerationStatus.PENDING
    assert enhanced[2].metadata == {}
    assert newest[1].tags == ()
    assert newest[2].tags == ()
    assert newest[2].created_at is None
    assert not newest[2].is_public
    assert newest[3].moderation_status is ModerationStatus.FLAGGED


def test_what_is_written_comes_back(library, platform):
    wanted = media()
    with library.write() as tx:
        there = shape.media(tx)
        added = rows.add(tx, wanted)
    with library.read() as tx:
        back = rows.by_public_id(tx, wanted.public_id)
    lost = {name for name in NEW_COLUMNS if not there.has(name)}
    assert lost == (NEW_COLUMNS if platform.age == "oldest" else set())
    blank = {name: getattr(Media(**_required(), storage_type=None), name) for name in lost}
    if platform.age == "enhanced":  # may not be NULL there
        blank |= {"alt_text": wanted.alt_text}
    assert back == replace(wanted, id=added.id, **blank)


def _required():
    return {
        "id": 0, "public_id": "", "filename": "", "original_filename": "",
        "media_type": MediaType.IMAGE, "content_type": "", "file_size": 0, "storage_path": "",
        "original_url": "", "entity_type": "", "entity_id": 0, "entity_field": None,
    }  # fmt: skip


def test_enums_are_written_as_declared(library, platform):
    with library.write() as tx:
        rows.add(tx, media())
        rows.change(tx, media().public_id, {"moderation_status": ModerationStatus.REJECTED})
    kind = platform.query("SELECT media_type FROM media WHERE public_id = %s", media().public_id)
    assert kind == ((("image" if platform.age == "enhanced" else "IMAGE"),),)
    if platform.age != "oldest":
        (values,) = platform.query(
            "SELECT storage_type, moderation_status FROM media WHERE public_id = %s",
            media().public_id,
        )
        upper = platform.age == "enhanced"
        assert values == (("S3", "REJECTED") if upper else ("s3", "rejected"))


def test_a_word_that_the_enum_lacks_is_refused(platform_of):
    platform = platform_of("newest")
    platform.query("DELETE FROM media WHERE id = 3")
    platform.query("ALTER TABLE media MODIFY moderation_status ENUM('pending','approved')")
    database = platform.open()
    with pytest.raises(Permanent, match="flagged"), database.write() as tx:
        rows.change(tx, "MED-1700000000-AAAAAA", {"moderation_status": ModerationStatus.FLAGGED})
    database.close()


def test_nothing_is_cut_to_fit(platform_of):
    platform = platform_of("oldest")
    database = platform.open()
    before = platform.snapshot()
    with pytest.raises(Permanent, match="migrate") as caught, database.write() as tx:
        rows.add(tx, media(public_id="MED-1800000000-ABCDEF"))
    assert caught.value.code == "database_too_narrow"
    assert "public_id" in caught.value.message
    assert platform.snapshot() == before
    database.close()


def test_the_same_public_id_twice_is_a_conflict(newest):
    with newest.write() as tx:
        rows.add(tx, media())
    with pytest.raises(Conflict), newest.write() as tx:
        rows.add(tx, media())


def test_filters(newest, platform_of):
    def found(tx, search):
        return list(media_search.ids(tx, MediaQuery(search=parse(search))))

    with newest.write() as tx:
        one = rows.add(tx, media()).id
        rows.add(tx, media(public_id="MED-1800000000-ABD", tags=("aXb",)))
        assert found(tx, "tag:küche") == [one]
        assert found(tx, 'tag:"a \\"b\\""') == [one]
        assert found(tx, "KÜCHE") == [one + 1, one]  # in the alternative text
        assert found(tx, "%") == []
        assert found(tx, "a_b") == []
        assert found(tx, "status:pending") == [one + 1, one]
        # NULL is read as approved.
        assert found(tx, "status:approved") == [1, 2]
        assert found(tx, "status:flagged") == [3]
    database = platform_of("enhanced").open()
    with database.read() as tx:
        assert found(tx, "tag:Küche") == [1]  # kept as an escape
        assert found(tx, "küche") == [1]
        assert found(tx, "status:pending") == [2]
    database.close()
    database = platform_of("oldest").open()
    with database.read() as tx:
        assert found(tx, "status:pending") == []
        assert len(found(tx, "status:approved")) == 4
        assert found(tx, "tag:a") == []
        assert found(tx, "küche") == [2]
    database.close()


def test_fields_covers_and_orders(library, platform):
    with library.read() as tx:
        by_field = {each.field: each.count for each in rows.summaries(tx, WILLOW)}
        cover = rows.cover(tx, WILLOW, "gallery")
        assert entities.last_order(tx, WILLOW, "gallery") == 1
        assert entities.last_order(tx, WILLOW, "none") == 0
        assert entities.last_order(tx, EntityRef(WILLOW.type, 999), "gallery") is None
    assert by_field["gallery"] == (1 if platform.age == "enhanced" else 2)
    assert cover.id == {"oldest": 2, "enhanced": 1, "newest": 1}[platform.age]


def test_entities(library, platform):
    with library.read() as tx:
        names = {each: [one.name for one in entities.all_of(tx, each)] for each in E}
        offered = entities.offered(tx)
        assert entities.find(tx, E.PROPERTY, "prop-790") == EntityRef(E.PROPERTY, 790)
        assert entities.find(tx, E.COMMUNITY, "cmy-456") == WILLOW
        willow = entities.one(tx, WILLOW)
        held = {each: entities.holders(tx, EntityRef(each, 1)) for each in E}
        lot = entities.holders(tx, EntityRef(E.PROPERTY, 789))
        post = entities.find(tx, E.POST, "PST-1")
        known = entities.public_ids(tx, {WILLOW, EntityRef(E.POST, 1), EntityRef(E.USER, 99)})
    assert names[E.COMMUNITY] == ["Cedar Bend", "Willow Creek"]
    assert names[E.AMENITY] == ["Community pool", "Gym"]
    assert names[E.PROPERTY] == ["8214 E Juniper Ct", "PROP-790"]
    assert names[E.SALES_REP] == ["Marcus Lee", "SLS-202"]
    assert names[E.USER] == ["Ada Admin", "Dana Reyes", "Lee", "Priya", "Zoë 🏡 Núñez"]
    assert willow.place == "Scottsdale, AZ"
    assert willow.media_count == {"oldest": 3, "enhanced": 1, "newest": 2}[platform.age]
    assert held[E.COMMUNITY] == held[E.AMENITY] == {"USR-100", "USR-123", "USR-127"}
    assert held[E.BUILDER] == {"USR-124"}
    assert lot == {"USR-123", "USR-124"}
    if platform.age == "oldest":
        assert E.POST not in offered
        assert (post, names[E.POST], held[E.POST]) == (None, [], frozenset())
        assert known == {WILLOW: "CMY-456"}
    else:
        assert set(offered) == set(E)
        assert post == EntityRef(E.POST, 1)
        assert held[E.POST] == {"USR-124" if platform.age == "enhanced" else "USR-123"}
        assert known == {WILLOW: "CMY-456", EntityRef(E.POST, 1): "PST-1"}
        newest = ["PST-2", "The pool opens"]
        assert names[E.POST] == (["PST-1"] if platform.age == "enhanced" else newest)


def test_accounts(library):
    with library.read() as tx:
        dana = accounts.by_email(tx, "dana.reyes@ARTITEC.example")
        zoe = accounts.by_email(tx, "zoe@artitec.example")
        assert accounts.by_email(tx, "nobody@artitec.example") is None
        assert not accounts.by_email(tx, "marcus@artitec.example").active
        assert accounts.first_admin(tx).user_id == "USR-100"
    assert (dana.user_id, dana.role, dana.active) == ("USR-123", Role.COMMUNITY_ADMIN, True)
    assert (zoe.name, zoe.active) == ("Zoë 🏡 Núñez", True)


def test_fingerprints(library):
    first = Fingerprint("a" * 64, "0" * 16, "0" * 16, "0" * 16)
    with library.write() as tx:
        one = rows.add(tx, media())
        fingerprints.add(tx, one.id, replace(first, sha256="b" * 64), AT)
        fingerprints.add(tx, one.id, first, AT)
        assert fingerprints.get(tx, one.id) == first
        assert fingerprints.identical(tx, first.sha256, WILLOW, None) == one.public_id
        primary = fingerprints.identical(tx, first.sha256, WILLOW, "gallery")
        assert primary == (one.public_id if shape.media(tx).has("is_primary") else None)
        near = replace(first, sha256="c" * 64, perceptual="000000000000001f")
        (alike,) = fingerprints.alike(tx, near, 5)
        assert (alike.public_id, alike.distance, alike.identical) == (one.public_id, 5, False)
        assert fingerprints.alike(tx, near, 4) == []
        fingerprints.remove(tx, [one.id])
        assert fingerprints.alike(tx, first, 5) == []


def test_the_trash_gives_back_the_very_row(library, platform):
    columns = ", ".join(
        row[0]
        for row in platform.query("SHOW COLUMNS FROM media")
        if row[0] not in ("updated_at", "is_public", "is_primary", "is_approved", "sort_order",
                          "moderation_status", "tags", "metadata")
    )  # fmt: skip
    before = platform.query(f"SELECT {columns} FROM media WHERE id = 1")
    with library.read() as tx:
        one = rows.by_id(tx, 1)
    with library.write() as tx:
        trash.put(tx, one, "USR-100", AT)
        assert rows.by_id(tx, 1) is None
    with library.write() as tx:
        kept = trash.get(tx, one.public_id)
        assert (kept.deleted_by, kept.deleted_at, kept.media) == ("USR-100", AT, one)
        back = trash.put_back(tx, kept, AT)
        assert trash.all_of(tx) == []
    assert back.id == 1
    assert platform.query(f"SELECT {columns} FROM media WHERE id = 1") == before


def test_a_number_that_was_given_away_is_not_fought_over(newest):
    with newest.write() as tx:
        one = rows.by_id(tx, 1)
        trash.put(tx, one, "USR-100", AT)
        rows.add(tx, media(id=1))
    with newest.write() as tx:
        back = trash.put_back(tx, trash.get(tx, one.public_id), AT)
        assert back.id != 1
        assert rows.by_public_id(tx, one.public_id).id == back.id


def test_a_caption_of_any_length_survives_the_trash(newest):
    with newest.write() as tx:
        one = rows.add(tx, media(metadata={"long": "x" * 70_000}))
        trash.put(tx, one, "USR-100", AT)
        assert trash.get(tx, one.public_id).media.metadata == one.metadata


def test_changes(library):
    what = MediaChange("MED-1", WILLOW, {"caption": "Küche 🍳"}, {"caption": None})
    with library.write() as tx:
        first = changes.add(tx, Change(ChangeKind.TRASHED, (what,), "USR-100", AT))
        second = changes.add(
            tx, Change(ChangeKind.RESTORED, (what,), "USR-100", AT + timedelta(microseconds=9))
        )
    with library.read() as tx:
        assert changes.history(tx, "MED-1") == [first, replace(second, at=AT)]
