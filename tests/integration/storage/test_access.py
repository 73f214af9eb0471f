"""Keys and the bucket policy, as a real server enforces them."""

import hashlib
import json
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import botocore.auth
import pytest

from artitec_media_desktop.domain.entities import ENTITY_FOLDERS
from artitec_media_desktop.domain.errors import NotFound, Permanent
from artitec_media_desktop.storage import ObjectInfo, Payload
from artitec_media_desktop.storage.s3 import store as store_module

LARGE = (16 << 20) + 5


def payload(data):
    return Payload(data, len(data), hashlib.sha256(data).hexdigest(), "image/jpeg")


def status(url, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60) as a:
            return a.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


@pytest.mark.parametrize("folder", [*ENTITY_FOLDERS.values(), "private", "private/users", "other"])
def test_anyone_reads_the_entity_folders_and_nothing_else(store, folder):
    key = f"{folder}/photos/CMY-1/a b.jpg"
    store.put(key, payload(b"x"))
    may = folder in ENTITY_FOLDERS.values()
    assert status(store.public_url(key)) == (200 if may else 403)
    assert store.setup.readable_by_anyone(key) is may
    assert status(store.signed_url(key, 60)) == 200


def test_nobody_lists_the_bucket_or_writes_to_it_without_a_key(store):
    assert status(store.public_url("users").removesuffix("/users")) == 403
    request = urllib.request.Request(store.public_url("users/a.jpg"), b"x", method="PUT")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=60)
    caught.value.close()
    assert caught.value.code == 403
    assert list(store.list()) == []


def test_a_public_object_carries_its_type_and_may_be_kept_by_browsers(store):
    store.put("users/a.jpg", payload(b"x"))
    with urllib.request.urlopen(store.public_url("users/a.jpg"), timeout=60) as answer:
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_pages_of_our_origin_may_show_it(store):
    store.put("users/a.jpg", payload(b"x"))
    allowed = {}
    for origin in ("https://app.example", "https://evil.example"):
        request = urllib.request.Request(
            store.public_url("users/a.jpg"), headers={"Origin": origin}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            allowed[origin] = answer.headers["Access-Control-Allow-Origin"]
    assert allowed == {"https://app.example": "https://app.example", "https://evil.example": None}


def test_a_signed_url_ends_and_can_not_be_made_into_another(store, monkeypatch):
    for key in ("private/a.jpg", "private/b.jpg"):
        store.put(key, payload(b"x"))
    url = store.signed_url("private/a.jpg", 60)
    assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in url
    assert "X-Amz-Expires=60" in url
    assert status(url) == 200
    assert status(url.replace("/a.jpg", "/b.jpg")) == 403
    assert status(url.replace("X-Amz-Expires=60", "X-Amz-Expires=900")) == 403
    assert status(url.split("&X-Amz-Signature")[0]) == 400
    assert status(url[:-1] + ("0" if url[-1] != "0" else "1")) == 403
    now = botocore.auth.get_current_datetime
    monkeypatch.setattr(
        botocore.auth, "get_current_datetime", lambda *a, **k: now(*a, **k) - timedelta(seconds=90)
    )
    assert status(store.signed_url("private/a.jpg", 60)) == 403
    assert status(store.signed_url("private/a.jpg", 600)) == 200


def test_a_clock_that_is_off_by_an_hour(store, monkeypatch):
    now = botocore.auth.get_current_datetime
    monkeypatch.setattr(
        botocore.auth, "get_current_datetime", lambda *a, **k: now(*a, **k) + timedelta(hours=1)
    )
    for act in (
        lambda: store.put("users/a.jpg", payload(b"x")),
        lambda: store.info("users/a.jpg"),
        lambda: list(store.list()),
    ):
        with pytest.raises(Permanent, match="clock") as caught:
            act()
        assert caught.value.code == "clock_skew"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": ("NOBODY", "secret")}, "bad_access_key"),
        ({"key": ("ADMINKEY", "secret")}, "bad_secret_key"),
        ({"bucket": "no-such-bucket"}, "no_bucket"),
    ],
)
def test_wrong_keys_and_buckets(opened, store, change, code):
    wrong = opened(**change)
    for act in (
        lambda: wrong.put("users/a.jpg", payload(b"x")),
        lambda: wrong.put("users/a.mp4", payload(b"x" * LARGE)),
        lambda: wrong.get("users/a.jpg"),
        lambda: wrong.info("users/a.jpg"),
        lambda: wrong.open("users/a.jpg"),
        lambda: list(wrong.list()),
    ):
        with pytest.raises(Permanent) as caught:
            act()
        assert caught.value.code == code
        assert not isinstance(caught.value, NotFound)
    assert list(store.list()) == []


def test_a_key_without_the_right_to_list_puts_and_reads(s3_server, opened, store):
    writer = opened(key=s3_server.writer)
    writer.put("users/a.jpg", payload(b"x"))
    writer.put("users/v.mp4", payload(b"x" * LARGE))
    assert writer.get("users/a.jpg") == b"x"
    for act in (lambda: list(writer.list()), lambda: writer.setup.set_up()):
        with pytest.raises(Permanent, match="rights") as caught:
            act()
        assert caught.value.code == "storage_denied"


def test_a_bucket_is_made_and_set_up(opened, new_name):
    store = opened(new_name)
    assert store.setup.exists() is False
    assert len(store.setup.set_up(["https://app.example"])) == 3
    assert store.setup.set_up(["https://app.example"]) == []
    policy = json.dumps(store.setup.policy())
    assert f"arn:aws:s3:::{new_name}/users/*" in policy
    assert "private" not in policy


def test_a_sweep_removes_parts_of_a_day_ago(opened, store, monkeypatch):
    paged = opened(page_size=2)
    for number in range(5):
        paged.setup._client.call("create_multipart_upload", f"users/{number}.mp4")
    assert paged.sweep() == 0

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(UTC) + timedelta(days=1, minutes=1)

    monkeypatch.setattr(store_module, "datetime", Later)
    assert paged.sweep() == 5
    assert paged.sweep() == 0


def test_many_pages_make_one_listing(opened, store):
    paged = opened(page_size=3)
    keys = {f"{a}/{b}-{c}.jpg" for a in ("users", "users-b", "a") for b in "xy" for c in range(3)}
    for key in keys:
        store.put(key, payload(b"x"))
    assert sorted(each.key for each in paged.list()) == sorted(keys)
    assert sorted(each.key for each in paged.list("users/")) == sorted(
        each for each in keys if each.startswith("users/")
    )
    assert ObjectInfo("users/x-1.jpg", 1) in list(paged.list("users"))
