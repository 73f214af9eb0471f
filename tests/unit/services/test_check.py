"""Rows against objects: rows of ours, rows of the platform, and what should not be seen."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import moves
from artitec_media_desktop.domain.errors import Transient
from artitec_media_desktop.domain.keys import private_key
from artitec_media_desktop.domain.media import Media, MediaType, ModerationStatus, StorageType
from artitec_media_desktop.storage import Payload

OLD = "MED-1690000000-AAAAA/gallery/a.jpg"
THUMB = "MED-1690000000-AAAAA/thumbnails/a.jpg"
NOW = datetime(2024, 5, 1, tzinfo=UTC)
HIDDEN = [
    {"moderation_status": ModerationStatus.PENDING},
    {"moderation_status": ModerationStatus.REJECTED},
    {"moderation_status": ModerationStatus.FLAGGED},
    {"is_public": False},
]


def picture(gps=False):
    file = BytesIO()
    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (33.0, 30.0, 0.0), 3: "W", 4: (111.0, 55.0, 0.0)})
    Image.new("RGB", (300, 200)).save(file, "JPEG", exif=exif)
    return file.getvalue()


@pytest.fixture
def put(library):
    def run(key, data=None):
        data = picture() if data is None else data
        digest = hashlib.sha256(data).hexdigest()
        library.store.put(key, Payload(data, len(data), digest, "image/jpeg"))
        return len(data)

    return run


@pytest.fixture
def add(library):
    """Insert a row as the platform writes it."""

    def run(storage_path=OLD, original_url=f"/uploads/{OLD}", file_size=0, **others):
        values = {
            "id": 0, "public_id": "MED-1690000000-AAAAA", "filename": "a.jpg",
            "original_filename": "Pool.jpg", "media_type": MediaType.IMAGE,
            "content_type": "image/jpg", "entity_type": "community", "entity_id": 1,
            "entity_field": "gallery", "created_at": NOW, "updated_at": NOW,
            "storage_path": storage_path, "original_url": original_url, "file_size": file_size,
        }  # fmt: skip
        with library.database.write() as tx:
            return rows.add(tx, Media(**values | others))

    return run


@pytest.fixture
def change(library):
    def run(public_id, **values):
        with library.database.write() as tx:
            rows.change(tx, public_id, values | {"updated_at": NOW})

    return run


def keys(entries):
    return sorted(each["key"] for each in entries)


def test_a_row_of_the_platform_is_whole(library, put, add):
    size = put(OLD)
    put(THUMB)
    add(file_size=size, thumbnail_url=f"uploads/{THUMB}", medium_url=OLD, large_url=f"/{OLD}")
    assert library.check.run().is_clean


def test_a_size_that_the_row_does_not_know_is_no_other_size(library, put, add):
    put(OLD)
    add(file_size=0)
    assert library.check.run().is_clean


def test_what_a_row_of_the_platform_lacks(library, put, add):
    size = put(OLD)
    media = add(file_size=size + 1, thumbnail_url=f"uploads/{THUMB}")
    found = library.check.run()
    assert found.missing_objects == [{"public_id": media.public_id, "key": THUMB}]
    assert found.mismatched == [
        {"public_id": media.public_id, "key": OLD, "expected": size + 1, "actual": size}
    ]
    assert found.orphan_objects == []


def test_an_original_counts_as_there_by_either_of_its_names(library, put, add):
    add(storage_path="other.jpg", file_size=put("other.jpg"))
    assert library.check.run().is_clean
    put(OLD)
    assert library.check.run().is_clean
    for key in (OLD, "other.jpg"):
        library.store.delete(key)
    assert keys(library.check.run().missing_objects) == [OLD]


def test_rows_elsewhere_and_links_are_not_missing_and_own_what_they_could_mean(library, put, add):
    add(storage_type=StorageType.S3, bucket_name="artitec")
    add(public_id="MED-1-B", storage_path="", original_url="https://tours.example/3",
        content_type="video/embed", thumbnail_url=THUMB)  # fmt: skip
    assert library.check.run().is_clean
    put(OLD)
    put(THUMB)
    assert library.check.run().is_clean


def test_what_nobody_means_is_left_over(library, put, photo, upload):
    (item,) = upload([photo("a.jpg")])
    put("users/left.jpg")
    put("private/users/left.jpg")
    found = library.check.run()
    assert keys(found.orphan_objects) == ["private/users/left.jpg", "users/left.jpg"]
    assert found.private_leaks == []
    assert not [each for each in found.missing_objects if each["public_id"] == item.media_public_id]


@pytest.mark.parametrize("hidden", HIDDEN, ids=str)
def test_what_is_hidden_must_not_lie_in_the_open(library, put, add, hidden):
    media = add(file_size=put(OLD), thumbnail_url=THUMB, **hidden)
    put(THUMB)
    leaks = library.check.run().private_leaks
    assert leaks == [{"public_id": media.public_id, "key": each} for each in sorted([OLD, THUMB])]
    assert library.check.run().missing_objects == []


@pytest.mark.parametrize("hidden", HIDDEN, ids=str)
def test_what_is_hidden_lies_in_the_private_area(library, put, add, hidden):
    key = private_key(OLD)
    add(key, key, put(key), **hidden)
    assert library.check.run().is_clean


def test_a_copy_that_was_left_in_the_open_is_a_leak_too(library, put, add):
    key = private_key(OLD)
    media = add(key, key, put(key), is_public=False)
    put(OLD)
    found = library.check.run()
    assert found.private_leaks == [{"public_id": media.public_id, "key": OLD}]
    assert keys(found.orphan_objects) == [OLD]


def test_what_an_open_media_shows_too_is_no_leak(library, put, add):
    size = put(OLD)
    add(file_size=size)
    add(file_size=size, public_id="MED-1-B", is_public=False)
    assert library.check.run().is_clean


def test_what_lies_in_the_trash_is_hidden(library, put, add):
    media = add(file_size=put(OLD))
    library.trash.delete([media.public_id])
    assert library.check.run().is_clean
    put(OLD)
    assert keys(library.check.run().private_leaks) == [OLD]


def test_a_move_under_way_is_no_finding(library, put, add):
    key = private_key(OLD)
    media = add(file_size=put(OLD), is_public=False)
    put(key)
    with library.database.write() as tx:
        moves.begin(tx, moves.Move(media.public_id, ((OLD, key),), "USR-100"))
    assert library.check.run().is_clean


def test_what_changes_while_it_runs_is_looked_at_again(library, put, add, change, monkeypatch):
    """The objects are moved after they were listed: the old key is gone, the new one is there."""
    key = private_key(OLD)
    media = add(file_size=put(OLD))
    listed = list(library.store.list())
    library.store.move(OLD, key)
    change(media.public_id, storage_path=key, original_url=key, is_public=False)
    monkeypatch.setattr(library.store, "list", lambda: iter(listed))
    assert library.check.run().is_clean


def test_places_are_found_in_rows_without_metadata_of_ours(library, put, add):
    """Whatever type the row gives: the platform spells it image/jpg, and calls videos pictures."""
    add(file_size=put(OLD, picture(gps=True)), thumbnail_url=THUMB)
    put(THUMB, picture(gps=True))
    found = library.check.run()
    assert keys(found.gps_found) == sorted([OLD, THUMB])
    assert all("EXIF" in each["where"] for each in found.gps_found)


def test_places_in_a_video_are_found_without_fetching_it_whole(library, put, add, monkeypatch):
    place = b"\xa9xyz" + b"\0\x12\x15\xc7" + b"+33.5000-111.9000/"
    udta = (8 + 4 + len(place)).to_bytes(4, "big") + b"udta"
    udta += (4 + len(place)).to_bytes(4, "big") + place
    moov = (8 + len(udta)).to_bytes(4, "big") + b"moov" + udta
    head = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2"
    free = (3 << 20).to_bytes(4, "big") + b"free" + bytes((3 << 20) - 8)
    key = OLD.replace(".jpg", ".mp4")
    monkeypatch.setattr(library.store, "get", None)
    add(key, key, put(key, head + free + moov), media_type=MediaType.VIDEO)
    assert keys(library.check.run().gps_found) == [key]


def test_a_network_that_fails_is_no_clean_library(library, put, add, monkeypatch):
    add(file_size=put(OLD, picture(gps=True)))

    def fail(_key):
        raise Transient("no_answer", "No answer.")

    monkeypatch.setattr(library.store, "get", fail)
    with pytest.raises(Transient):
        library.check.run()


def test_a_row_of_ours_with_a_variant_of_another_size(library, photo, upload):
    (item,) = upload([photo("a.jpg", size=(900, 700))])
    media = library.library.media(item.media_public_id)
    facts = media.metadata["variants"]
    facts["small"]["size"] += 1
    with library.database.write() as tx:
        rows.change(tx, media.public_id, {"metadata": replace(media).metadata, "updated_at": NOW})
    assert keys(library.check.run().mismatched) == [facts["small"]["key"]]
