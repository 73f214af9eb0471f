"""The platform's own rows on its own servers: their pictures, and what a check says of them."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.database import schema
from artitec_media_desktop.database.engine import Database
from artitec_media_desktop.database.journal import Journal
from artitec_media_desktop.domain.errors import NotFound
from artitec_media_desktop.domain.media import Media, MediaType, StorageType
from artitec_media_desktop.services.check import CheckService
from artitec_media_desktop.services.pictures import Pictures
from artitec_media_desktop.storage import DiskCache, Payload

FOLDER = "communities/photos/CMY-456/2024-05"
OLD = "MED-1690000000-AAAAA/gallery/a.jpg"


@pytest.fixture
def database(team):
    opened = team.platform.open()
    yield opened
    opened.close()


@pytest.fixture
def store(team):
    opened = team.store()
    yield opened
    opened.close()


@pytest.fixture
def check(database, store, tmp_path):
    journal = Database.file(tmp_path / "journal.db", "upload journal")
    schema.bring_up_to_date(journal, "journal")
    yield CheckService(database, store, Journal(journal))
    journal.close()


@pytest.fixture
def add(database, team):
    def run(public_id, path, url, **others):
        values = {
            "id": 0, "filename": "a.jpg", "original_filename": "Pool.jpg",
            "media_type": MediaType.IMAGE, "content_type": "image/jpeg", "file_size": 0,
            "entity_type": "community", "entity_id": 1, "entity_field": "gallery", "width": 1000,
            "height": 800, "storage_type": StorageType.S3, "bucket_name": team.bucket,
            "uploaded_by": "USR-123",
        }  # fmt: skip
        values |= {"public_id": public_id, "storage_path": path, "original_url": url}
        with database.write() as tx:
            return rows.add(tx, Media(**values | others))

    return run


def put(store, key, size):
    file = BytesIO()
    Image.new("RGB", size, (90, 120, 60)).save(file, "JPEG")
    data = file.getvalue()
    store.put(key, Payload(data, len(data), hashlib.sha256(data).hexdigest(), "image/jpeg"))
    return key


def width_of(data):
    with Image.open(BytesIO(data)) as image:
        return image.width


def test_pictures_are_fetched_once(add, store, tmp_path):
    key = put(store, f"{FOLDER}/a.jpg", (1000, 800))
    medium = put(store, f"{FOLDER}/a_medium.jpg", (800, 640))
    put(store, OLD, (1000, 800))
    signed = store.signed_url(medium)
    whole = add("MED-1-A", OLD, store.public_url(key), medium_url=signed)
    bare = add("MED-1-B", OLD, "https://old.example/a.jpg")
    pictures = Pictures(store, DiskCache(tmp_path / "c", 1 << 24))
    for _ in range(2):
        assert width_of(pictures.of(whole, 500)) == 800
        assert width_of(pictures.of(bare, 300)) == 400
        for each in list(store.list()):
            store.delete(each.key)
    with pytest.raises(NotFound) as caught:
        Pictures(store).of(whole, 500)
    assert caught.value.code == "not_in_storage"


def test_a_check_of_the_platforms_rows(add, check, store):
    """Three rows come with the platform: of another bucket, of an unknown one, and a link."""
    whole = put(store, f"{FOLDER}/a.jpg", (1000, 800))
    thumb = put(store, f"{FOLDER}/a_thumb.jpg", (150, 150))
    hidden = put(store, f"{FOLDER}/b.jpg", (1000, 800))
    private = put(store, f"private/{FOLDER}/c.jpg", (1000, 800))
    left = put(store, f"{FOLDER}/left.jpg", (10, 10))
    add("MED-1-A", OLD, store.public_url(whole), thumbnail_url=thumb, medium_url=f"/{whole}")
    add("MED-1-B", hidden, store.public_url(hidden), is_public=False)
    add("MED-1-C", private, store.public_url(private), is_public=False)
    add("MED-1-D", OLD, f"/{OLD}")
    found = check.run()
    assert found.missing_objects == [
        {"public_id": "MED-1700000000-BBBBBB", "key": "b"},
        {"public_id": "MED-1-D", "key": OLD},
    ]
    assert [each["key"] for each in found.orphan_objects] == [left]
    assert found.private_leaks == [{"public_id": "MED-1-B", "key": hidden}]
    assert found.mismatched == found.gps_found == []


def test_a_place_in_a_video_is_found_where_it_lies(add, check, store, monkeypatch):
    place = b"\xa9xyz" + b"\0\x12\x15\xc7" + b"+33.5000-111.9000/"
    udta = (12 + len(place)).to_bytes(4, "big") + b"udta"
    udta += (4 + len(place)).to_bytes(4, "big") + place
    moov = (8 + len(udta)).to_bytes(4, "big") + b"moov" + udta
    size = 40 << 20
    data = b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + size.to_bytes(4, "big") + b"free"
    data += bytes(size - 8) + moov
    key = f"{FOLDER}/tour.mp4"
    store.put(key, Payload(data, len(data), hashlib.sha256(data).hexdigest(), "video/mp4"))
    add("MED-1-A", key, key, media_type=MediaType.VIDEO, content_type="video/mp4")
    fetched = []
    plain = type(store).open

    def opened(self, key):
        file = plain(self, key)
        read = file.raw.readinto
        monkeypatch.setattr(
            type(file.raw), "readinto", lambda raw, buffer: fetched.append(len(buffer)) or
            read.__func__(raw, buffer)
        )  # fmt: skip
        return file

    monkeypatch.setattr(type(store), "open", opened)
    assert [each["key"] for each in check.run().gps_found] == [key]
    assert 0 < sum(fetched) < size / 2
