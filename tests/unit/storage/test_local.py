"""What only a folder can do wrong."""

import errno
import hashlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from artitec_media_desktop.domain.errors import Conflict, Permanent, Transient
from artitec_media_desktop.storage import LocalStore, Payload


def payload(data):
    return Payload(data, len(data), hashlib.sha256(data).hexdigest(), "image/jpeg")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_does_not_lead_out(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.jpg").write_bytes(b"secret")
    root = tmp_path / "store"
    root.mkdir()
    (root / "users").symlink_to(outside)
    (root / "direct.jpg").symlink_to(outside / "secret.jpg")
    store = LocalStore(root)
    for key in ("users/secret.jpg", "direct.jpg"):
        with pytest.raises(Permanent, match="leads out"):
            store.get(key)
        with pytest.raises(Permanent, match="leads out"):
            store.put(key, payload(b"x"))
    assert (outside / "secret.jpg").read_bytes() == b"secret"


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        (errno.ENOSPC, Transient, "disk_full"),
        (errno.EROFS, Permanent, "no_access"),
        (errno.EIO, Transient, "storage"),
    ],
)
def test_faults_of_the_disk_are_told_apart(tmp_path, monkeypatch, number, kind, code):
    store = LocalStore(tmp_path)

    def fail(_handle):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(kind) as caught:
        store.put("a.jpg", payload(b"x"))
    assert caught.value.code == code
    monkeypatch.undo()
    assert list(store.list()) == []
    assert not any((tmp_path / ".incoming").iterdir())


def test_what_a_crash_left_is_swept_after_a_day_and_never_listed(tmp_path):
    incoming = tmp_path / ".incoming"
    incoming.mkdir()
    for name, age in (("old", 25 * 3600), ("new", 60)):
        (incoming / name).write_bytes(b"half")
        at = time.time() - age
        os.utime(incoming / name, (at, at))
    store = LocalStore(tmp_path)
    assert list(store.list()) == []
    assert store.sweep() == 1
    assert [each.name for each in incoming.iterdir()] == ["new"]


def test_the_private_area_lies_beside_the_folder_that_may_be_served(tmp_path):
    store = LocalStore(tmp_path / "uploads")
    store.put("private/users/a.jpg", payload(b"x"))
    assert (tmp_path / "uploads-private" / "users" / "a.jpg").read_bytes() == b"x"
    assert not list((tmp_path / "uploads").rglob("*.jpg"))
    store.move("private/users/a.jpg", "users/a.jpg")
    assert (tmp_path / "uploads" / "users" / "a.jpg").read_bytes() == b"x"
    assert not list((tmp_path / "uploads-private").rglob("*.jpg"))


def without_links(monkeypatch, number):
    def refuse(_self, _target):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "hardlink_to", refuse)


def test_a_file_system_without_links_holds_objects_too(tmp_path, monkeypatch):
    without_links(monkeypatch, errno.EPERM)
    store = LocalStore(tmp_path)
    for _ in range(2):
        store.put("a.jpg", payload(b"one"))
    with pytest.raises(Conflict):
        store.put("a.jpg", payload(b"two"))
    assert store.get("a.jpg") == b"one"
    store.move("a.jpg", "b.jpg")
    assert [each.key for each in store.list()] == ["b.jpg"]


def test_a_private_area_on_another_disk_is_copied_to(tmp_path, monkeypatch):
    store = LocalStore(tmp_path / "uploads")
    store.put("a.jpg", payload(b"one"))
    real = Path.hardlink_to

    def across(self, target):
        if ".incoming" not in str(target):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        real(self, target)

    monkeypatch.setattr(Path, "hardlink_to", across)
    store.move("a.jpg", "private/a.jpg")
    assert [each.key for each in store.list()] == ["private/a.jpg"]
    assert store.get("private/a.jpg") == b"one"


@pytest.mark.parametrize("key", ["a/b.jpg/c.jpg", "a"])
def test_a_name_that_is_taken_by_a_folder_or_below_a_file_is_refused_for_good(tmp_path, key):
    store = LocalStore(tmp_path)
    store.put("a/b.jpg", payload(b"x"))
    with pytest.raises(Permanent):
        store.put(key, payload(b"y"))
    store.delete(key)
    assert [each.key for each in store.list()] == ["a/b.jpg"]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("uploads/users/a%20b.jpg", "users/a%20b.jpg"),
        ("/uploads/users/a%20b.jpg", "users/a b.jpg"),
        ("/v1/uploads/users/a.jpg", "users/a.jpg"),
        ("https://api.example/v1/uploads/users/a%20b.jpg?x", "users/a b.jpg"),
        ("http://API.example/v1/uploads/users/a.jpg", "users/a.jpg"),
        ("https://api.example/uploads/users/a.jpg", None),
        ("https://api.example/v1/users/a.jpg", None),
        ("https://other.example/v1/uploads/users/a.jpg", None),
    ],
)
def test_addresses_below_base_url(tmp_path, url, key):
    assert LocalStore(tmp_path, "https://api.example/v1/").key_of(url) == key
    if "://" in url:
        assert LocalStore(tmp_path).key_of(url) is None


def test_folders_that_others_empty_meanwhile_are_made_again(tmp_path):
    """Each thread empties the folder that the other is just putting into."""
    store = LocalStore(tmp_path / "objects")

    def work(name):
        key, away = f"a/b/{name}", f"private/a/b/{name}"
        for _ in range(150):
            store.put(key, payload(b"a"))
            store.move(key, away)
            store.move(away, key)
            store.delete(key)

    with ThreadPoolExecutor(4) as pool:
        for each in [pool.submit(work, name) for name in "abcd"]:
            each.result()
    assert list(store.list()) == []
