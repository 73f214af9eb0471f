"""Laws of the cache: never wrong bytes, never an error, never more than its limit."""

import multiprocessing
import os
import time

import pytest

from artitec_media_desktop.storage import cache as module
from artitec_media_desktop.storage.cache import LARGEST, DiskCache

MB = 1 << 20


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def size(folder):
    return sum(path.stat().st_size for path in files(folder))


def test_what_was_put_is_got_by_another_process_too(tmp_path):
    DiskCache(tmp_path, MB).put("a", b"1")
    DiskCache(tmp_path, MB).put("b", b"")
    DiskCache(tmp_path, MB).put("a", b"2")
    assert [DiskCache(tmp_path, MB).get(each) for each in "abc"] == [b"2", b"", None]


def test_any_key_is_one_file_below_the_folder(tmp_path):
    cache = DiskCache(tmp_path / "made" / "anew", MB)
    keys = ["../x", "/etc/passwd", "é" * 3000, "", "\ud800", "a\0b"]
    for each in keys:
        cache.put(each, each.encode(errors="replace"))
    assert [cache.get(each) for each in keys] == [each.encode(errors="replace") for each in keys]
    assert len(files(tmp_path)) == len(keys)


@pytest.mark.parametrize("spoil", [
    lambda data: b"", lambda data: data[:20], lambda data: data[:-1], lambda data: data + b"x",
    lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:], lambda data: bytes(len(data)),
])  # fmt: skip
def test_a_spoilt_file_is_no_hit_and_is_replaced(tmp_path, spoil):
    cache = DiskCache(tmp_path, MB)
    cache.put("a", b"picture" * 100)
    (path,) = files(tmp_path)
    path.write_bytes(spoil(path.read_bytes()))
    assert cache.get("a") is None
    cache.put("a", b"picture")
    assert cache.get("a") == b"picture"


def test_the_longest_unused_goes_first(tmp_path):
    cache = DiskCache(tmp_path, 64_000)
    for number in range(12):
        cache.put(str(number), bytes(3900))
    before = time.time() - 1000
    for path in files(tmp_path):
        os.utime(path, (before, before))
    assert cache.get("3") is not None
    for number in range(12, 20):
        cache.put(str(number), bytes(3900))
    assert cache.get("3") is not None
    assert cache.get("19") is not None
    assert len(files(tmp_path)) < 20


def test_a_hit_is_noted_at_most_once_a_minute(tmp_path):
    cache = DiskCache(tmp_path, MB)
    cache.put("a", b"1")
    (path,) = files(tmp_path)
    for age, noted in ((50, False), (70, True), (-70, True)):
        at = time.time() - age
        os.utime(path, (at, at))
        cache.get("a")
        assert (abs(path.stat().st_mtime - at) > 1) is noted


def test_the_folder_is_looked_at_once_for_many_puts(tmp_path, monkeypatch):
    looks = []
    plain = DiskCache._remove_oldest
    monkeypatch.setattr(DiskCache, "_remove_oldest", lambda self: (looks.append(1), plain(self)))
    cache = DiskCache(tmp_path, 10 * MB)
    for number in range(1000):
        cache.put(str(number), bytes(30_000))
    assert size(tmp_path) <= 10 * MB
    assert len(looks) <= 1000 * 30_032 / (10 * MB / 16) * 1.1 + 1


def test_what_is_too_large_is_not_kept(tmp_path):
    cache = DiskCache(tmp_path, 200 * MB)
    cache.put("a", bytes(LARGEST + 1))
    assert files(tmp_path) == []
    cache.put("b", bytes(LARGEST))
    assert cache.get("b") == bytes(LARGEST)
    DiskCache(tmp_path / "none", 0).put("a", b"")
    assert not (tmp_path / "none").exists()


def test_a_smaller_limit_holds_from_the_first_put(tmp_path):
    large = DiskCache(tmp_path, MB)
    for number in range(30):
        large.put(str(number), bytes(20_000))
    DiskCache(tmp_path, MB // 4).put("a", b"1")
    assert size(tmp_path) <= MB // 4


def test_a_disk_that_is_full_or_refuses_only_means_not_kept(tmp_path, monkeypatch):
    cache = DiskCache(tmp_path, MB)
    cache.put("old", b"1")

    class Full:
        def digest(self):
            raise OSError(28, "No space left on device")

    plain = module.hashlib.sha256
    monkeypatch.setattr(
        module.hashlib, "sha256", lambda data: Full() if data == b"new" else plain(data)
    )
    cache.put("key", b"new")
    assert [path.read_bytes()[32:] for path in files(tmp_path)] == [b"1"]
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    cache = DiskCache(blocked, MB)
    cache.put("a", b"1")
    assert cache.get("a") is None


def test_what_a_crash_left_half_written_goes_too(tmp_path):
    cache = DiskCache(tmp_path, MB)
    cache.put("a", b"1")
    (path,) = files(tmp_path)
    left = path.with_name(f"{path.name}.left")
    left.write_bytes(bytes(MB))
    os.utime(left, (1, 1))
    DiskCache(tmp_path, MB).put("b", b"1")
    assert not left.exists()
    assert cache.get("a") == b"1"


LIMIT = 4 * MB


def _work(folder, seed):
    cache = DiskCache(folder, LIMIT)
    for number in range(600):
        key = str((number * seed) % 150)
        found = cache.get(key)
        assert found in (None, key.encode() * 9000)
        cache.put(key + ("" if number % 2 else f"-{seed}"), key.encode() * 9000)


def test_two_processes_keep_the_limit_and_never_meet_wrong_bytes(tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_work, args=(tmp_path, seed)) for seed in (7, 11)]
    for each in workers:
        each.start()
    most = 0
    while any(each.is_alive() for each in workers):
        total = 0
        for path in files(tmp_path):
            try:
                total += path.stat().st_size
            except FileNotFoundError:
                continue
        most = max(most, total)
        time.sleep(0.01)
    assert [each.exitcode for each in workers] == [0, 0]
    assert LIMIT / 2 < max(most, size(tmp_path)) <= LIMIT
