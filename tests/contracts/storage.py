"""What every store promises; the tests over each take their `store` from their own fixture."""

import hashlib
import io
import urllib.request

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from artitec_media_desktop.domain.errors import Cancelled, Conflict, NotFound, Permanent
from artitec_media_desktop.storage import ObjectInfo, Payload, Usage, usage


def payload(data, body=None):
    digest = hashlib.sha256(data).hexdigest()
    return Payload(data if body is None else body, len(data), digest, "image/jpeg")


#: More than travels in one piece.
LARGE = (16 << 20) + 5


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1, LARGE])
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


def keys(store, prefix=""):
    return sorted(each.key for each in store.list(prefix))


@pytest.mark.parametrize("size", [3, LARGE])
def test_a_put_may_be_repeated_and_never_replaces_other_content(store, size):
    store.put("a.jpg", payload(b"1" * size))
    store.put("a.jpg", payload(b"1" * size))
    for other in (b"2" * size, b"", b"2" * LARGE):
        with pytest.raises(Conflict) as caught:
            store.put("a.jpg", payload(other))
        assert caught.value.code == "exists"
    assert store.get("a.jpg") == b"1" * size
    assert keys(store) == ["a.jpg"]


@pytest.mark.parametrize("size", [3, LARGE])
def test_bytes_may_come_with_the_sum_that_was_taken_of_them(store, size):
    data = b"a" * size
    store.put("a.jpg", Payload.of(data, "image/jpeg"))
    store.put("a.jpg", payload(data))  # the same content counts as done
    assert store.get("a.jpg") == data


@pytest.mark.parametrize("size", [3, LARGE])
@pytest.mark.parametrize("as_file", [False, True])
@pytest.mark.parametrize("wrong", ["longer", "shorter", "other"])
def test_a_body_that_is_not_what_was_promised_is_not_stored(store, size, as_file, wrong):
    data = b"a" * size
    digest = hashlib.sha256(b"b" * size if wrong == "other" else data).hexdigest()
    promised = {"longer": size + 1, "shorter": size - 1, "other": size}[wrong]
    body = io.BytesIO(data) if as_file else data
    with pytest.raises(Permanent) as caught:
        store.put("a.jpg", Payload(body, promised, digest, "image/jpeg"))
    assert caught.value.code == "changed"
    assert keys(store) == []


@pytest.mark.parametrize("size", [100, LARGE])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, Cancelled])
def test_an_exception_in_mid_body_leaves_nothing(store, size, stop):
    def sent(_count):
        raise stop

    with pytest.raises(stop):
        store.put("a.jpg", payload(b"x" * size), sent)
    assert keys(store) == []
    assert store.info("a.jpg") is None
    store.put("a.jpg", payload(b"y" * size))
    assert store.get("a.jpg") == b"y" * size


def test_a_put_that_was_stopped_goes_on_or_is_abandoned(store):
    class Stop(Exception):
        pass

    def sent(count):
        if count > LARGE // 2:
            raise Stop

    data = bytes(range(251)) * (LARGE // 251)
    for _ in range(2):
        with pytest.raises(Stop):
            store.put("users/v.mp4", payload(data), sent)
    store.put("users/v.mp4", payload(data))
    assert store.get("users/v.mp4") == data
    with pytest.raises(Stop):
        store.put("users/w.mp4", payload(data), sent)
    for _ in range(2):
        store.abandon("users/w.mp4")
    assert keys(store) == ["users/v.mp4"]
    store.abandon("users/v.mp4")
    assert store.info("users/v.mp4").size == len(data)


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


def test_a_file_is_read_from_any_place(store):
    data = bytes(range(256)) * 20_000
    store.put("a.mp4", payload(data))
    with store.open("a.mp4") as file:
        assert file.seekable()
        assert file.seek(-6, io.SEEK_END) == len(data) - 6
        assert file.read(100) == data[-6:]
        assert file.read(1) == b""
        file.seek(1_000_003)
        assert file.read(2_000_000) == data[1_000_003:3_000_003]
        file.seek(1, io.SEEK_CUR)
        assert file.read() == data[3_000_004:]


def test_listing_and_usage_are_by_prefix(store):
    for key in ("b/2.jpg", "a/1.jpg", "b/1.jpg", "c.jpg", "private/b/1.jpg", "a-b/1.jpg"):
        store.put(key, payload(key.encode()))
    every = ["a-b/1.jpg", "a/1.jpg", "b/1.jpg", "b/2.jpg", "c.jpg", "private/b/1.jpg"]
    assert keys(store) == every
    assert keys(store, "b/") == ["b/1.jpg", "b/2.jpg"]
    assert keys(store, "a") == ["a-b/1.jpg", "a/1.jpg"]
    assert keys(store, "private/") == ["private/b/1.jpg"]
    assert keys(store, "b/1.jpg") == ["b/1.jpg"]
    assert keys(store, "none") == []
    assert usage(store) == Usage(6, sum(map(len, every)))
    assert usage(store, "b/") == Usage(2, 14)
    store.delete("b/2.jpg")
    store.delete("b/1.jpg")
    assert keys(store, "b/") == []


@pytest.mark.parametrize("size", [10, LARGE])
def test_a_copy_has_the_same_content_and_never_replaces(store, size):
    store.put("private/a.jpg", payload(b"1" * size))
    for _ in range(2):
        store.copy("private/a.jpg", "users/a.jpg")
    assert store.get("private/a.jpg") == store.get("users/a.jpg") == b"1" * size
    store.put("users/b.jpg", payload(b"2" * size))
    for act in (store.copy, store.move):
        with pytest.raises(Conflict) as caught:
            act("private/a.jpg", "users/b.jpg")
        assert caught.value.code == "exists"
    assert store.get("users/b.jpg") == b"2" * size
    assert store.get("private/a.jpg") == b"1" * size


def test_a_move_is_finished_by_the_same_call_wherever_it_ended(store):
    store.put("private/a.jpg", payload(b"1"))
    store.move("private/a.jpg", "users/a.jpg")
    assert keys(store) == ["users/a.jpg"]
    store.move("private/a.jpg", "users/a.jpg")  # ended after the delete
    store.copy("users/a.jpg", "private/a.jpg")
    store.move("private/a.jpg", "users/a.jpg")  # ended after the copy
    assert keys(store) == ["users/a.jpg"]
    assert store.get("users/a.jpg") == b"1"


def test_what_is_not_there_is_neither_copied_nor_moved(store):
    for act in (store.copy, store.move):
        with pytest.raises(NotFound) as caught:
            act("users/none.jpg", "users/a.jpg")
        assert caught.value.code == "not_in_storage"
    assert keys(store) == []


def test_a_signed_url_reads_for_a_bounded_time(store):
    store.put("private/users/é 1+%&.jpg", payload(b"hidden"))
    url = store.signed_url("private/users/é 1+%&.jpg", 60)
    with urllib.request.urlopen(url, timeout=60) as answer:
        assert answer.read() == b"hidden"
    for seconds in (0, -1, 15 * 60 + 1):
        with pytest.raises(ValueError, match="seconds"):
            store.signed_url("private/users/a.jpg", seconds)


@pytest.mark.parametrize("key", ["é/ü 1+%&=?#~.jpg", "a'b\"(c)/{d}.jpg", "名/写真.jpg", "a/🏠.jpg"])
def test_a_key_of_any_letters_is_the_same_when_it_comes_back(store, key):
    store.put(key, payload(b"x"))
    store.copy(key, f"copy/{key}")
    assert keys(store) == sorted([key, f"copy/{key}"])
    assert store.get(key) == store.get(f"copy/{key}") == b"x"
    store.delete(key)
    assert store.info(key) is None


LETTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="/\\:")
PARTS = (
    st.sampled_from(["uploads", "private", "media", "%41", "a?b#c"])
    | st.text(LETTERS, min_size=1, max_size=8)
).filter(lambda part: part not in (".", "..") and not part.startswith(".incoming"))
KEYS = st.lists(PARTS, min_size=1, max_size=4).map("/".join)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(KEYS)
@example("uploads/uploads/a%20b.jpg")
def test_an_address_leads_back_to_its_key(store, key):
    assert store.key_of(store.public_url(key)) == key


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text() | st.lists(st.sampled_from(
    ["http", "https", "file", "s3", "://", "//", "/", ":", "@", "[", "]", "127.0.0.1", "..", ".",
     "%2e", "%2F", "%00", "%ff", "%", "?", "#", "uploads", "media", "a", " ", "\n", "\\"]
)).map("".join))  # fmt: skip
def test_no_address_leads_out(store, url):
    key = store.key_of(url)
    if key is not None:
        assert store.key_of(store.public_url(key)) == key  # which refuses what is no key


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("users/a.jpg", "users/a.jpg"),
        ("users/a%20b.jpg", "users/a%20b.jpg"),
        ("/users/a%20b.jpg?size=2#top", "users/a b.jpg"),
        ("private/users/a.jpg", "private/users/a.jpg"),
        ("MED-1690000000-AAAAA/gallery/a.jpg", "MED-1690000000-AAAAA/gallery/a.jpg"),
        ("", None),
        ("/", None),
        ("users/", None),
        ("../users/a.jpg", None),
        ("/../users/a.jpg", None),
        ("/users/%2e%2e/a.jpg", None),
        ("users\\a.jpg", None),
        ("file:///users/a.jpg", None),
        ("file:users/a.jpg", None),
        ("s3://users/a.jpg", None),
        ("data:image/png;base64,AAAA", None),
        ("https://images.example/users/a.jpg", None),
        ("//images.example/users/a.jpg", None),
        ("https://[users/a.jpg", None),
        ("https://images.example:x/users/a.jpg", None),
    ],
)
def test_what_rows_are_met_with(store, url, key):
    assert store.key_of(url) == key


def test_closing_is_not_the_end(store):
    store.put("a.jpg", payload(b"x" * LARGE))
    store.close()
    assert store.info("a.jpg") == ObjectInfo("a.jpg", LARGE)
    assert store.sweep() == 0


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "a\\..\\b",
        "C:x",
        "a\0b",
        "./a",
        "a\nb",
        "a/" + "b" * 256,
        "a/" * 600 + "b",
        "\ud800",
    ],
)
def test_no_key_leaves_the_store(store, key, tmp_path):
    store.put("plain.jpg", payload(b"x"))
    before = sorted(tmp_path.rglob("*"))
    for act in (lambda: store.put(key, payload(b"x")), lambda: store.get(key),
                lambda: store.abandon(key), lambda: store.delete(key),
                lambda: store.info(key), lambda: store.open(key),
                lambda: store.copy(key, "b"), lambda: store.copy("plain.jpg", key),
                lambda: store.move(key, "b"), lambda: store.move("plain.jpg", key),
                lambda: store.signed_url(key), lambda: store.public_url(key)):  # fmt: skip
        with pytest.raises(Permanent) as caught:
            act()
        assert caught.value.code == "bad_key"
    assert sorted(tmp_path.rglob("*")) == before
