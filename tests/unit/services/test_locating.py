"""The objects of rows as they are met, above all those that the platform wrote."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from artitec_media_desktop.domain.media import Media, MediaType, StorageType
from artitec_media_desktop.services.locating import Objects, Place, absence, where
from artitec_media_desktop.storage import LocalStore, S3Settings, S3Store

KEY = "communities/photos/CMY-456/2024-05/photo-1.jpg"
STEM = KEY.removesuffix(".jpg")
OLD = "MED-1690000000-AAAAA/gallery/a.jpg"


@pytest.fixture
def bucket():
    return S3Store(
        S3Settings("artitec", "K", "S", endpoint="minio:9000", cdn_url="https://cdn.example/m")
    )


@pytest.fixture
def folder(tmp_path):
    return LocalStore(tmp_path, "https://api.example")


def row(storage_path=KEY, original_url=KEY, storage_type=StorageType.S3, **others):
    values = {
        "id": 1, "public_id": "MED-1700000000-AAAAAA", "filename": "a.jpg",
        "original_filename": "Pool.jpg", "media_type": MediaType.IMAGE,
        "content_type": "image/jpeg", "file_size": 1000, "entity_type": "community",
        "entity_id": 1, "entity_field": "gallery", "created_at": datetime(2024, 5, 1, tzinfo=UTC),
    }  # fmt: skip
    return Media(
        **values
        | {"storage_path": storage_path, "original_url": original_url, "storage_type": storage_type}
        | others
    )


def test_a_row_of_ours(bucket):
    names = ("thumb", "small", "medium", "large")
    made = {each: {"key": f"{STEM}_{each}.jpg", "width": 1, "height": 1} for each in names}
    media = row(
        original_url=bucket.public_url(KEY),
        thumbnail_url=bucket.public_url(f"{STEM}_thumb.jpg"),
        metadata={"variants": made, "small_url": bucket.public_url(f"{STEM}_small.jpg")},
    )
    found = where(media, bucket)
    assert found == Objects(Place.HERE, KEY, {each: f"{STEM}_{each}.jpg" for each in names})
    assert found.all == (KEY, *(f"{STEM}_{each}.jpg" for each in names))


def test_a_row_that_does_not_say_where_it_is_stored(bucket, folder):
    for store in (bucket, folder):
        assert where(row(storage_type=None), store) == Objects(Place.HERE, KEY)


def test_a_row_of_the_platform(bucket):
    media = row(
        KEY.replace(".jpg", ".mp4"),
        f"https://cdn.example/m/{STEM}.mp4",
        bucket_name="artitec",
        thumbnail_url=f"{STEM}_thumb.jpg",
        medium_url=f"http://minio:9000/artitec/{STEM}_medium.jpg",
        large_url=f"https://artitec.minio:9000/{STEM}_large.jpg?X-Amz-Signature=1",
        video_processed_url=f"/{STEM}_720.mp4",
    )
    variants = {
        "thumb": f"{STEM}_thumb.jpg",
        "medium": f"{STEM}_medium.jpg",
        "large": f"{STEM}_large.jpg",
        "processed": f"{STEM}_720.mp4",
    }
    assert where(media, bucket) == Objects(Place.HERE, f"{STEM}.mp4", variants)


@pytest.mark.parametrize(
    ("path", "url", "original", "spare"),
    [
        (OLD, f"/uploads/{OLD}", OLD, None),
        (OLD, f"https://api.example/uploads/{OLD}", OLD, None),
        (OLD, f"uploads/{KEY}", KEY, OLD),
        (f"uploads/{OLD}", OLD, OLD, None),
        (OLD, "https://cdn.example/b.mp4", OLD, None),
        ("", KEY, KEY, None),
        ("x", "x", "x", None),
        ("../../etc/passwd", KEY, KEY, None),
    ],
)
def test_what_original_url_names_comes_before_storage_path(folder, path, url, original, spare):
    found = where(row(path, url, StorageType.LOCAL), folder)
    assert found == Objects(Place.HERE, original, {}, spare)
    assert found.all == (original,)


def test_an_object_that_serves_as_several_is_named_once(bucket):
    media = row(thumbnail_url=KEY, medium_url=f"https://cdn.example/m/{KEY}")
    assert where(media, bucket).all == (KEY,)


def test_a_column_comes_before_our_metadata_and_rubbish_counts_as_nothing(bucket):
    made = {
        "thumb": {"key": "old.jpg"},
        "medium": {"key": "our.jpg"},
        "small": {"key": 7},
        "large": "x",
        "480p": {"key": "../x"},
    }
    media = row(
        thumbnail_url="new.jpg",
        medium_url="https://elsewhere.example/m.jpg",
        large_url="",
        metadata={"variants": made, "small_url": ["s"]},
    )
    assert where(media, bucket).variants == {"thumb": "new.jpg", "medium": "our.jpg"}
    for variants in ([1], "x", None):
        assert where(row(metadata={"variants": variants}), bucket).variants == {}


def test_a_link_has_none(bucket):
    media = row("", "https://tours.example/3", content_type="video/embed", thumbnail_url=KEY)
    assert where(media, bucket) == Objects(Place.LINK)
    assert absence(media, Place.LINK).code == "link"


def test_rows_of_another_place(bucket, folder):
    for media, store in (
        (row(storage_type=StorageType.LOCAL), bucket),
        (row(bucket_name="other"), bucket),
        (row(), folder),
        (row("", "https://images.example/a.jpg"), bucket),
    ):
        assert where(media, store) == Objects(Place.ELSEWHERE)
    fault = absence(row(bucket_name="other"), Place.ELSEWHERE)
    assert fault.code == "elsewhere"
    assert "“Pool.jpg” lies in the bucket “other”" in str(fault)


def test_an_address_in_this_store_says_more_than_what_was_filled_in_later(bucket):
    url = f"https://cdn.example/m/{KEY}"
    for wrong in ({"storage_type": StorageType.LOCAL}, {"bucket_name": "other"}):
        assert where(row(original_url=url, **wrong), bucket) == Objects(Place.HERE, KEY)


def test_a_row_without_its_bucket_is_taken_for_one_of_this(bucket):
    for unknown in (None, ""):
        assert where(row(bucket_name=unknown), bucket).original == KEY


def test_any_folder_is_the_same_place():
    media = row(storage_type=StorageType.LOCAL, bucket_name="left over")
    assert where(media, LocalStore(Path("/nowhere"))).original == KEY
