"""One contract over every store: a new backend adds a fixture parameter, and no test."""

import hashlib
import io

import pytest

from artitec_media_desktop.domain.errors import NotFound, Permanent
from artitec_media_desktop.storage import LocalStore, ObjectInfo, Payload


@pytest.fixture(params=["local"])
def store(request, tmp_path):
    return LocalStore(tmp_path / "store")


def payload(data, body=None):
    digest = hashlib.sha256(data).hexdigest()
    return Payload(data if body is None else body, len(data), digest, "image/jpeg")


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1])
def test_what_was_put_is_read_back(store, size):
    data = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    store.put("users/a.jpg", payload(data))
    assert store.get("users/a.jpg") == data
    assert store.info("users/a.jpg") == ObjectInfo("users/a.jpg", len(data))
    with store.open("users/a.jpg") as file:
        assert file.read() == data


def test_a_file_is_put_from_its_start_and_reports_how_far_it_is(store):
    data = b"x" * 3_000_000
    body = io.BytesIO(data)
    body.read(1000)
    sent = []
    store.put("a.mp4", payload(data, body), sent.append)
    assert store.get("a.mp4") == data
    assert sent == sorted(sent)
    assert sent[-1] == len(data)


def test_the_same_key_again_replaces(store):
    store.put("a.jpg", payload(b"one"))
    store.put("a.jpg", payload(b"two"))
    assert store.get("a.jpg") == b"two"
    assert [each.key for each in store.list()] == ["a.jpg"]


@pytest.mark.parametrize(
    "wrong",
    [
        Payload(b"abc", 4, hashlib.sha256(b"abc").hexdigest(), "image/jpeg"),
        Payload(b"abc", 2, hashlib.sha256(b"abc").hexdigest(), "image/jpeg"),
        Payload(b"abc", 3, hashlib.sha256(b"abd").hexdigest(), "image/jpeg"),
    ],
)
def test_a_body_that_is_not_what_was_promised_is_not_stored(store, wrong):
    store.put("a.jpg", payload(b"old"))
    with pytest.raises(Permanent) as caught:
        store.put("a.jpg", wrong)
    assert caught.value.code == "changed"
    assert store.get("a.jpg") == b"old"
    assert len(list(store.list())) == 1


def test_an_exception_in_mid_body_leaves_nothing(store):
    def stop(_count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.put("a.jpg", payload(b"x" * 100), stop)
    assert list(store.list()) == []
    assert store.info("a.jpg") is None


def test_what_is_not_there(store):
    with pytest.raises(NotFound) as caught:
        store.get("users/none.jpg")
    assert caught.value.code == "not_in_storage"
    assert store.info("users/none.jpg") is None
    store.delete("users/none.jpg")


def test_a_folder_is_no_object(store):
    store.put("a/b/c.jpg", payload(b"x"))
    with pytest.raises(NotFound):
        store.get("a/b")
    assert store.info("a/b") is None


def test_listing_is_by_key_and_prefix(store):
    for key in ("b/2.jpg", "a/1.jpg", "b/1.jpg", "c.jpg"):
        store.put(key, payload(key.encode()))
    assert [each.key for each in store.list()] == ["a/1.jpg", "b/1.jpg", "b/2.jpg", "c.jpg"]
    assert [each.key for each in store.list("b/")] == ["b/1.jpg", "b/2.jpg"]
    store.delete("b/2.jpg")
    store.delete("b/1.jpg")
    assert list(store.list("b/")) == []


@pytest.mark.parametrize(
    "key", ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a\\..\\b", "C:x", "a\0b", "./a"]
)
def test_no_key_leaves_the_store(store, key, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    for act in (lambda: store.put(key, payload(b"x")), lambda: store.get(key),
                lambda: store.delete(key), lambda: store.info(key)):  # fmt: skip
        with pytest.raises(Permanent) as caught:
            act()
        assert caught.value.code == "bad_key"
    assert sorted(tmp_path.rglob("*")) == before
