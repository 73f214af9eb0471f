"""What only a folder can do wrong."""

import errno
import hashlib
import os
import time

import pytest

from artitec_media_desktop.domain.errors import Permanent, Transient
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
