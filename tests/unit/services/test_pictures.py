"""Pictures of rows that the platform wrote, and of objects that are gone."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image

from artitec_media_desktop.domain.errors import NotFound, Transient
from artitec_media_desktop.domain.limits import VARIANTS
from artitec_media_desktop.domain.media import Media, MediaType, StorageType
from artitec_media_desktop.services.pictures import Pictures
from artitec_media_desktop.storage import DiskCache, LocalStore, Payload

KEY = "MED-1690000000-AAAAA/gallery/a.jpg"


class Bucket(LocalStore):
    """A store that is not on this disk; counts what is fetched."""

    storage_type = StorageType.S3
    bucket = "artitec"

    def __init__(self, root):
        super().__init__(root)
        self.fetched = []

    def get(self, key):
        self.fetched.append(key)
        return super().get(key)

    def public_url(self, key):
        return f"https://cdn.example/{key}"

    def link(self, key):
        return self.public_url(key)

    def key_of(self, url):
        return super().key_of(url.removeprefix("https://cdn.example/"))


@pytest.fixture
def store(tmp_path):
    return Bucket(tmp_path / "bucket")


@pytest.fixture
def put(store):
    def run(key, size, kind="JPEG", data=None):
        file = BytesIO()
        Image.new("RGB", size, (90, 120, 60)).save(file, kind)
        data = data or file.getvalue()
        digest = hashlib.sha256(data).hexdigest()
        store.put(key, Payload(data, len(data), digest, "image/jpeg"))
        return key

    return run


def row(size=(2000, 1500), **others):
    values = {
        "id": 1, "public_id": "MED-1690000000-AAAAA", "filename": "a.jpg",
        "original_filename": "Pool.jpg", "media_type": MediaType.IMAGE,
        "content_type": "image/jpeg", "file_size": 1000, "entity_type": "community",
        "entity_id": 1, "entity_field": "gallery", "storage_path": KEY,
        "original_url": f"https://cdn.example/{KEY}", "width": size[0], "height": size[1],
        "storage_type": StorageType.S3, "bucket_name": "artitec",
    }  # fmt: skip
    return Media(**values | others)


def size_of(data):
    with Image.open(BytesIO(data)) as image:
        return image.size


@pytest.fixture
def platform(put):
    """A row with all that the platform makes of a picture, without metadata of ours."""
    urls = {}
    for each in VARIANTS:
        size = (each.side, each.side if each.crop else each.side * 3 // 4)
        key = put(KEY.replace(".jpg", f"_{each.name}.jpg"), size)
        urls[each.name] = f"https://cdn.example/{key}"
    put(KEY, (2000, 1500))
    return row(
        thumbnail_url=urls["thumb"],
        medium_url=urls["medium"],
        large_url=urls["large"],
        metadata={"small_url": urls["small"]},
    )


def test_the_smallest_that_is_wide_enough(store, platform):
    pictures = Pictures(store)
    wanted = {100: 400, 400: 400, 401: 800, 1600: 1600, 5000: 1600}
    assert {asked: size_of(pictures.of(platform, asked))[0] for asked in wanted} == wanted
    assert KEY not in store.fetched


def test_an_upright_picture_is_narrower_than_its_variants_side(store, put):
    put("medium.jpg", (600, 800))
    put("large.jpg", (1200, 1600))
    media = row((1500, 2000), medium_url="medium.jpg", large_url="large.jpg")
    assert size_of(Pictures(store).of(media, 600)) == (600, 800)
    assert size_of(Pictures(store).of(media, 700)) == (1200, 1600)


def test_what_is_missing_is_passed_over_and_the_original_drawn_at_last(store, platform):
    pictures = Pictures(store)
    gone = []
    for name, width in (("small", 800), ("medium", 1600), ("large", 400)):
        store.delete(KEY.replace(".jpg", f"_{name}.jpg"))
        gone.append(name)
        assert size_of(pictures.of(platform, 300))[0] == width
    store.delete(KEY)
    assert size_of(pictures.of(platform, 300)) == (150, 150)
    store.delete(KEY.replace(".jpg", "_thumb.jpg"))
    with pytest.raises(NotFound, match=r"“Pool.jpg” is not in the storage") as caught:
        pictures.of(platform, 300)
    assert caught.value.code == "not_in_storage"


def test_a_row_with_nothing_but_an_original_is_drawn_large_enough(store, put):
    put(KEY, (1000, 2000))
    media = row((1000, 2000))
    widths = {asked: size_of(Pictures(store).of(media, asked))[0] for asked in (128, 201, 500, 900)}
    assert widths == {128: 200, 201: 400, 500: 800, 900: 800}
    unknown = row(width=None, height=None)
    assert size_of(Pictures(store).of(unknown, 500)) == (400, 800)


def test_an_original_that_serves_as_its_own_variant_is_drawn(store, put):
    put(KEY, (600, 400), "TIFF")
    media = row((600, 400), thumbnail_url=KEY, medium_url=KEY, large_url=KEY)
    with Image.open(BytesIO(Pictures(store).of(media, 300))) as image:
        assert (image.format, image.size) == ("JPEG", (400, 267))


def test_storage_path_is_the_second_try_for_the_original(store, put):
    put("other.jpg", (300, 200))
    assert size_of(Pictures(store).of(row(storage_path="other.jpg"), 100)) == (300, 200)


def test_what_can_not_be_drawn(store, put):
    put(KEY, (1, 1), data=b"no picture")
    with pytest.raises(NotFound, match="damaged") as caught:
        Pictures(store).of(row(), 100)
    assert caught.value.code == "damaged"
    put("thumb.jpg", (150, 150))
    assert size_of(Pictures(store).of(row(thumbnail_url="thumb.jpg"), 100)) == (150, 150)


def test_a_video_is_never_fetched_for_its_picture(store, put):
    put(KEY, (1, 1), data=b"x")
    video = {"media_type": MediaType.VIDEO, "content_type": "video/mp4"}
    for urls in ({}, {"thumbnail_url": KEY, "medium_url": KEY}, {"video_processed_url": KEY}):
        with pytest.raises(NotFound, match="no poster"):
            Pictures(store).of(row(**video, **urls), 100)
    assert store.fetched == []
    put("poster.jpg", (150, 150))
    assert Pictures(store).of(row(**video, thumbnail_url="poster.jpg"), 100)


def test_what_lies_elsewhere_is_said(store):
    for media, code, words in (
        (row(bucket_name="other", original_url=KEY), "elsewhere", "in the bucket “other”"),
        (row(storage_type=StorageType.LOCAL, original_url=KEY), "elsewhere", "another storage"),
        (row(content_type="video/embed", media_type=MediaType.VIDEO), "link", "is a link"),
    ):
        with pytest.raises(NotFound, match=words) as caught:
            Pictures(store).of(media, 100)
        assert caught.value.code == code
    assert store.fetched == []


def test_nothing_is_fetched_twice(store, platform, put, tmp_path):
    first, later = (Pictures(store, DiskCache(tmp_path / "c", 1 << 24)) for _ in range(2))
    alone = row((2000, 1500), original_url="alone.jpg")
    put("alone.jpg", (2000, 1500))
    expected = [first.of(platform, 400), first.of(alone, 300), first.of(alone, 900)]
    assert store.fetched == [KEY.replace(".", "_small."), "alone.jpg", "alone.jpg"]
    store.fetched.clear()
    assert [later.of(platform, 400), later.of(alone, 300), later.of(alone, 900)] == expected
    assert [size_of(each)[0] for each in expected] == [400, 400, 1600]
    assert store.fetched == []


def test_a_fault_of_the_network_is_no_missing_picture(store, platform, monkeypatch):
    def fail(_key):
        raise Transient("no_answer", "No answer.")

    monkeypatch.setattr(store, "get", fail)
    with pytest.raises(Transient):
        Pictures(store).of(platform, 400)


def test_a_folder_on_this_disk_is_not_kept_twice(tmp_path, put):
    put(KEY, (600, 400))
    media = row((600, 400), storage_type=StorageType.LOCAL, original_url=KEY)
    cache = DiskCache(tmp_path / "cache", 1 << 24)
    assert Pictures(LocalStore(tmp_path / "bucket"), cache).of(media, 100)
    assert not (tmp_path / "cache").exists()


def test_the_original_is_the_stored_file_and_not_kept(store, put, tmp_path):
    put(KEY, (300, 200))
    cache = DiskCache(tmp_path / "c", 1 << 24)
    pictures = Pictures(store, cache)
    assert pictures.original(row()) == store.get(KEY)
    put("other.jpg", (30, 20))
    spare = row(original_url="https://cdn.example/gone.jpg", storage_path="other.jpg")
    assert size_of(pictures.original(spare)) == (30, 20)
    assert not (tmp_path / "c").exists()


def test_an_original_that_is_not_here_is_said(store):
    pictures = Pictures(store)
    for media, code in (
        (row(), "not_in_storage"),
        (row(bucket_name="other", original_url=KEY), "elsewhere"),
        (row(content_type="video/embed", media_type=MediaType.VIDEO), "link"),
    ):
        for ask in (pictures.original, pictures.playable):
            with pytest.raises(NotFound) as caught:
                ask(media)
            assert caught.value.code == code


def test_a_video_is_played_from_what_the_platform_made_of_it(store, put):
    put(KEY, (1, 1), data=b"brought")
    video = row(media_type=MediaType.VIDEO, content_type="video/mp4", video_processed_url="web.mp4")
    assert Pictures(store).playable(video) == store.signed_url(KEY)
    put("web.mp4", (1, 1), data=b"made")
    assert Pictures(store).playable(video) == store.signed_url("web.mp4")
    assert store.fetched == []


def test_what_was_uploaded_is_read_piece_by_piece(store, put):
    video = row(media_type=MediaType.VIDEO, metadata={}, video_processed_url="")
    put(KEY, (1, 1), data=b"0123456789")
    with Pictures(store).open(video) as file:
        assert [file.read(4), file.read(4), file.read(4)] == [b"0123", b"4567", b"89"]
    assert store.fetched == []  # never whole
    store.delete(KEY)
    with pytest.raises(NotFound) as caught:
        Pictures(store).open(video)
    assert caught.value.code == "not_in_storage"


def test_a_link_can_be_opened_where_it_is_pasted(store, put, tmp_path):
    assert Pictures(store).address(row()) == f"https://cdn.example/{KEY}"
    own = LocalStore(tmp_path / "own folder")
    stored = row(storage_type=StorageType.LOCAL, bucket_name=None, original_url=KEY)
    address = Pictures(own).address(stored)
    assert address == (tmp_path / "own folder" / KEY).as_uri() and "%20" in address
    served = LocalStore(tmp_path / "own folder", "https://homes.example/")
    assert Pictures(served).address(stored) == f"https://homes.example/uploads/{KEY}"
