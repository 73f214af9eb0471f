"""Which columns of a row name objects, and what they hold in the other area."""

from dataclasses import replace

import pytest

from artitec_media_desktop.domain.media import Media, MediaType, StorageType
from artitec_media_desktop.services.areas import keys_of, moved, pairs_of
from artitec_media_desktop.storage import LocalStore, S3Settings, S3Store

BASE = "https://cdn.example/m"
KEY = "users/avatars/USR-1/2026-11/é 1.jpg"
THUMB, SMALL = "users/avatars/USR-1/2026-11/é 1_thumb.jpg", "users/avatars/USR-1/2026-11/s.jpg"


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path):
    if request.param == "folder":
        yield LocalStore(tmp_path / "uploads")
    else:
        store = S3Store(S3Settings("media", "key", "secret", "http://127.0.0.1:9", public_url=BASE))
        yield store
        store.close()


@pytest.fixture
def media(store):
    return Media(
        id=1, public_id="MED-1-AAAAAA", filename="a.jpg", original_filename="a.jpg",
        media_type=MediaType.IMAGE, content_type="image/jpeg", file_size=1, storage_path=KEY,
        original_url=store.public_url(KEY), thumbnail_url=store.public_url(THUMB),
        entity_type="user", entity_id=1, entity_field="avatar",
        storage_type=store.storage_type, bucket_name=store.bucket,
        metadata={
            "camera": "X",
            "small_url": store.public_url(SMALL),
            "variants": {"thumb": {"key": THUMB, "width": 150}, "odd": None},
        },
    )  # fmt: skip


def test_every_column_goes_along_and_comes_back(media, store):
    pairs = pairs_of(media, True, store)
    assert pairs == tuple((key, f"private/{key}") for key in (KEY, THUMB, SMALL))
    there = replace(media, **moved(media, pairs, store))
    assert set(keys_of(there, store)) == {f"private/{key}" for key in (KEY, THUMB, SMALL)}
    assert there.storage_path == f"private/{KEY}"
    assert there.original_url == store.public_url(f"private/{KEY}")
    assert there.metadata["variants"]["thumb"] == {"key": f"private/{THUMB}", "width": 150}
    assert there.metadata["camera"] == "X"
    assert pairs_of(there, True, store) == ()
    back = replace(there, **moved(there, pairs_of(there, False, store), store))
    assert back == media


def test_only_what_was_moved_is_written(media, store):
    columns = moved(media, ((THUMB, f"private/{THUMB}"),), store)
    assert set(columns) == {"thumbnail_url", "metadata"}
    assert columns["metadata"]["small_url"] == store.public_url(SMALL)
    assert moved(media, (), store) == {}


def test_what_lies_elsewhere_stays(media, store):
    other = StorageType.LOCAL if store.bucket else StorageType.S3
    away = replace(
        media, storage_type=other, bucket_name=None if store.bucket else "other", metadata={},
        original_url="https://elsewhere.example/a.jpg", thumbnail_url=None,
    )  # fmt: skip
    assert pairs_of(away, True, store) == ()


def test_an_older_path_that_names_another_object(media, store):
    older = replace(media, storage_path="MED-1-AAAAAA/gallery/a.jpg")
    pairs = pairs_of(older, True, store)
    assert ("MED-1-AAAAAA/gallery/a.jpg", "private/MED-1-AAAAAA/gallery/a.jpg") in pairs
    there = replace(older, **moved(older, pairs[:1], store))
    assert there.storage_path == older.storage_path
    assert there.original_url == store.public_url(f"private/{KEY}")
