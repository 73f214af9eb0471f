"""What only an S3 store does: headers, parts, pages, answers that get lost."""

import hashlib
import io
import json
import threading
from urllib.parse import unquote, urlsplit

import pytest
from botocore.auth import S3SigV4Auth
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artitec_media_desktop.domain.errors import Conflict, Permanent, Transient, Unusable
from artitec_media_desktop.domain.limits import CACHE_CONTROL
from artitec_media_desktop.storage import Payload, S3Settings, S3Store
from artitec_media_desktop.storage.base import check_key
from artitec_media_desktop.storage.s3.parts import PART
from tests.contracts.storage import KEYS

LARGE = (16 << 20) + 5


def uploads(store):
    return store.setup._client.call("list_multipart_uploads").get("Uploads", [])


def methods(server):
    return [method for method, _path in server.requests]


@pytest.mark.parametrize("size", [10, LARGE])
def test_headers_are_kept_also_by_a_copy(store, payload, size):
    store.put("private/v.mp4", payload(b"1" * size, "video/mp4"))
    store.copy("private/v.mp4", "users/v.mp4")
    for key in ("private/v.mp4", "users/v.mp4"):
        found = store.setup._client.head(key)
        assert found["ContentType"] == "video/mp4"
        assert found["CacheControl"] == CACHE_CONTROL
        assert found["Metadata"]["sha256"] == hashlib.sha256(b"1" * size).hexdigest()


def test_a_small_put_is_one_request(store, moto_server, payload):
    store.put("users/a.jpg", payload(b"x" * 300_000))
    assert methods(moto_server) == ["PUT"]


def test_the_signature_takes_the_sum_that_is_known(store, payload, monkeypatch):
    sums = []
    plain = S3SigV4Auth.payload
    monkeypatch.setattr(
        S3SigV4Auth, "payload", lambda *request: sums.append(request) or plain(*request)
    )
    store.put("users/a.jpg", payload(b"x" * 300_000))
    assert sums == []
    assert store.get("users/a.jpg") == b"x" * 300_000
    assert len(sums) == 1  # which has no content


def test_a_large_file_that_is_there_already_is_not_sent_again(store, moto_server, payload):
    store.put("users/v.mp4", payload(b"x" * LARGE))
    moto_server.requests.clear()
    told = []
    store.put("users/v.mp4", payload(b"x" * LARGE), told.append)
    assert methods(moto_server) == ["HEAD"]
    assert told == [LARGE]


class Stop(Exception):
    """What stops a put in these tests."""


def stop_at(limit):
    def sent(count):
        if count >= limit:
            raise Stop

    return sent


def varied(size, seed=0):
    return bytes((n * 7 + seed) % 251 for n in range(100_003)) * (size // 100_003 + 1)


def parts(server):
    return methods(server).count("PUT")


@pytest.mark.parametrize(
    ("status", "code", "kept"),
    [(400, "EntityTooLarge", 0), (403, "AccessDenied", 1), (503, "SlowDown", 1)],
)
def test_parts_are_kept_where_the_put_may_go_on(
    store, moto_server, payload, pauses, status, code, kept
):
    moto_server.refuse(status, code, times=99, method="PUT")
    with pytest.raises((Permanent, Transient)):
        store.put("users/v.mp4", payload(b"x" * LARGE))
    moto_server.refusals.clear()
    assert len(uploads(store)) == kept
    assert list(store.list()) == []
    store.abandon("users/v.mp4")
    assert uploads(store) == []


def test_only_what_is_missing_is_sent_again(store, moto_server, payload):
    data = varied(60 << 20)
    with pytest.raises(Stop):
        store.put("users/v.mp4", payload(data, "video/mp4"), stop_at(0.8 * len(data)))
    there = store.setup._client.call(
        "list_parts", "users/v.mp4", UploadId=uploads(store)[0]["UploadId"]
    )["Parts"]
    whole = -(-len(data) // PART)
    assert whole // 2 < len(there) < whole
    moto_server.requests.clear()
    told = []
    store.put("users/v.mp4", payload(data, "video/mp4"), told.append)
    assert parts(moto_server) == whole - len(there)
    assert told == sorted(told)
    assert told[-1] == len(data)
    assert store.get("users/v.mp4") == data
    assert uploads(store) == []


def test_parts_of_other_content_are_not_taken_over(store, moto_server, payload):
    first, second = varied(30 << 20), varied(30 << 20, seed=3)
    with pytest.raises(Stop):
        store.put("users/v.mp4", payload(first), stop_at(25 << 20))
    store.put("users/v.mp4", payload(second))
    assert store.get("users/v.mp4") == second
    assert uploads(store) == []


def test_a_part_that_differs_makes_it_begin_anew(store, moto_server, payload):
    data = varied(30 << 20)
    with pytest.raises(Stop):
        store.put("users/v.mp4", payload(data), stop_at(25 << 20))
    (upload,) = uploads(store)
    store.setup._client.call(
        "upload_part", "users/v.mp4", UploadId=upload["UploadId"], PartNumber=2, Body=b"x" * PART
    )
    store.put("users/v.mp4", payload(data))
    assert store.get("users/v.mp4") == data
    assert uploads(store) == []


def test_the_headers_of_another_content_are_noticed(store, payload):
    """Its parts so far are those of ours, yet the first try was about other content."""
    data = varied(30 << 20)
    store.setup._client.call(
        "create_multipart_upload", "users/v.mp4", ChecksumAlgorithm="SHA256",
        Metadata={"sha256": "0" * 64},
    )  # fmt: skip
    upload = uploads(store)[0]["UploadId"]
    store.setup._client.call(
        "upload_part", "users/v.mp4", UploadId=upload, PartNumber=1, Body=data[:PART]
    )
    with pytest.raises(Conflict):
        store.put("users/v.mp4", payload(data))


def test_of_several_tries_the_newest_goes_on_and_no_other_key_is_touched(store, payload):
    for key in ("users/v.mp4", "users/v.mp4", "users/v.mp4.other"):
        store.setup._client.call("create_multipart_upload", key)
    store.put("users/v.mp4", payload(b"x" * LARGE))
    assert [each["Key"] for each in uploads(store)] == ["users/v.mp4.other"]
    store.abandon("users/v.mp4")
    assert [each["Key"] for each in uploads(store)] == ["users/v.mp4.other"]


def test_a_key_that_may_not_look_for_parts_leaves_none_behind(
    store, moto_server, payload, monkeypatch
):
    call = store._client.call

    def refusing(operation, *arguments, **parameters):
        if operation.startswith("list_"):
            raise Unusable("storage_denied", "It may not.")
        return call(operation, *arguments, **parameters)

    monkeypatch.setattr(store._client, "call", refusing)
    with pytest.raises(Stop):
        store.put("users/v.mp4", payload(b"x" * LARGE), stop_at(1))
    store.abandon("users/v.mp4")
    monkeypatch.undo()
    assert uploads(store) == []
    monkeypatch.setattr(store._client, "call", refusing)
    store.put("users/v.mp4", payload(b"x" * LARGE))


def test_progress_is_told_in_the_thread_that_puts(store, payload):
    told = []
    store.put(
        "users/v.mp4",
        payload(b"x" * LARGE),
        lambda count: told.append((threading.get_ident(), count)),
    )
    assert {thread for thread, _count in told} == {threading.get_ident()}
    counts = [count for _thread, count in told]
    assert counts == sorted(counts)
    assert counts[-1] == LARGE


def test_a_file_that_is_read_in_small_pieces_makes_parts_of_one_size(store):
    class Slow(io.BytesIO):
        def read(self, size=-1, /):
            return super().read(min(size, 1_000_003) if size >= 0 else size)

    data = bytes(range(251)) * 70_000
    store.put(
        "users/v.mp4", Payload(Slow(data), len(data), hashlib.sha256(data).hexdigest(), "video/mp4")
    )
    assert store.get("users/v.mp4") == data


def test_a_key_that_may_put_but_not_look_puts(store, moto_server, payload):
    moto_server.refuse(403, "AccessDenied", times=99, method="HEAD")
    moto_server.refuse(403, "AccessDenied", times=99, method="GET")
    store.put("users/v.mp4", payload(b"x" * LARGE))
    store.put("users/a.jpg", payload(b"x"))
    with pytest.raises(Conflict):  # it can't be known whether it is the same
        store.put("users/a.jpg", payload(b"x"))
    moto_server.refusals.clear()
    assert sorted(each.key for each in store.list()) == ["users/a.jpg", "users/v.mp4"]


def test_an_object_that_is_not_what_was_put_is_not_given_out(store, payload):
    store.setup._client.call(
        "put_object", "users/a.jpg", Body=b"spoilt", Metadata={"sha256": "0" * 64}
    )
    with pytest.raises(Permanent) as caught:
        store.get("users/a.jpg")
    assert caught.value.code == "damaged"
    with pytest.raises(Permanent) as caught, store.open("users/a.jpg") as file:
        file.read()
    assert caught.value.code == "damaged"


def test_an_object_of_another_client_is_read_but_never_taken_for_ours(store, payload):
    store.setup._client.call("put_object", "users/a.jpg", Body=b"theirs")
    assert store.get("users/a.jpg") == b"theirs"
    store.copy("users/a.jpg", "users/b.jpg")
    store.move("users/a.jpg", "users/b.jpg")
    assert store.get("users/b.jpg") == b"theirs"
    with pytest.raises(Conflict):
        store.put("users/b.jpg", payload(b"theirs"))


def test_an_object_that_is_replaced_while_it_is_read(store, payload):
    store.put("users/a.jpg", payload(b"1" * 3_000_000))
    with store.open("users/a.jpg") as file:
        file.read(10)
        store.delete("users/a.jpg")
        store.put("users/a.jpg", payload(b"2" * 3_000_000))
        with pytest.raises(Permanent) as caught:
            file.read(2_000_000)
    assert caught.value.code == "changed"


def test_set_up_says_what_it_did_and_does_nothing_twice(moto_server, new_store):
    store = S3Store(moto_server.settings("a-bucket-that-is-made", region="eu-west-1"))
    origins = ["https://app.example", "https://admin.example"]
    assert store.setup.exists() is False
    assert len(store.setup.set_up(origins)) == 3
    assert store.setup.exists() is True
    assert store.setup.set_up(origins) == []
    assert store.setup.set_up(origins[:1]) == []
    assert len(store.setup.set_up(["https://new.example"])) == 1
    rules = store.setup._client.call("get_bucket_cors")["CORSRules"]
    assert [each["AllowedOrigins"] for each in rules] == [["https://new.example"]]
    assert json.dumps(store.setup.policy()).count("users/*") == 1
    store.close()


def test_a_server_without_cors_rules_is_set_up_all_the_same(store, monkeypatch):
    def lacking(_origins):
        raise Permanent("not_supported", "It can't.")

    monkeypatch.setattr(store.setup, "allow_origins", lacking)
    done = store.setup.set_up(["https://app.example"])
    assert "CORS" in done[-1]


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({"cdn_url": "https://cdn.example/m/", "public_url": "https://p.example"},
         "https://cdn.example/m/users/a%20b.jpg"),
        ({"public_url": "https://p.example/media"}, "https://p.example/media/users/a%20b.jpg"),
        ({"endpoint": "minio:9000", "secure": False}, "http://minio:9000/media/users/a%20b.jpg"),
        ({"endpoint": "minio:9000"}, "https://minio:9000/media/users/a%20b.jpg"),
        ({"region": "eu-west-1"},
         "https://s3.eu-west-1.amazonaws.com/media/users/a%20b.jpg"),
    ],
)  # fmt: skip
def test_the_public_address(given, address):
    store = S3Store(S3Settings("media", "K", "S", **given))
    assert store.public_url("users/a b.jpg") == address


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://cdn.example/m/users/a%20b.jpg", "users/a b.jpg"),
        ("http://CDN.example/m//users/a.jpg", "users/a.jpg"),
        ("//cdn.example/m/users/a.jpg", "users/a.jpg"),
        ("https://p.example:443/users/a.jpg", "users/a.jpg"),
        ("https://minio:9000/media/users/a.jpg?X-Amz-Expires=60&X-Amz-Signature=1", "users/a.jpg"),
        ("http://media.minio:9000/users/a.jpg", "users/a.jpg"),
        ("https://minio:9000/other/users/a.jpg", None),
        ("https://other.minio:9000/users/a.jpg", None),
        ("https://minio/media/users/a.jpg", None),
        ("https://cdn.example/n/users/a.jpg", None),
        ("https://cdn.example/mm/users/a.jpg", None),
        ("https://cdn.example/m", None),
        ("https://cdn.example/m/../users/a.jpg", None),
        ("https://cdn.example/m/users/%ff.jpg", None),
        ("ftp://cdn.example/m/users/a.jpg", None),
    ],
)
def test_every_address_of_the_bucket_is_known(url, key):
    given = {"cdn_url": "https://cdn.example/m/", "public_url": "https://p.example"}
    store = S3Store(S3Settings("media", "K", "S", endpoint="minio:9000", **given))
    assert store.key_of(url) == key


@pytest.mark.parametrize(
    "host",
    [
        "s3.eu-west-1.amazonaws.com/media",
        "media.s3.eu-west-1.amazonaws.com",
        "s3.amazonaws.com/media",
        "media.s3.amazonaws.com",
    ],
)
def test_addresses_at_amazon(host):
    store = S3Store(S3Settings("media", "K", "S", region="eu-west-1"))
    assert store.key_of(f"https://{host}/users/a.jpg") == "users/a.jpg"


def test_a_signed_address_leads_back_to_its_key(store):
    key = "private/users/é 1+%&.jpg"
    assert store.key_of(store.signed_url(key)) == key


@given(KEYS)
def test_addresses_hold_the_key_and_nothing_of_it_is_taken_for_a_query(key):
    check_key(key)
    store = S3Store(S3Settings("media", "K", "S", cdn_url="https://cdn.example/m"))
    parts = urlsplit(store.public_url(key))
    assert (parts.netloc, parts.query, parts.fragment) == ("cdn.example", "", "")
    assert unquote(parts.path) == f"/m/{key}"


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.sets(KEYS, max_size=9), st.integers(1, 4), st.data())
def test_pages_make_a_listing_whole(moto_server, keys, size, data):
    store = S3Store(moto_server.settings("paged-media", page_size=size))
    store.setup.create()
    before = [each.key for each in store.list()]
    for each in before:
        store.delete(each)
    for each in keys:
        store.setup._client.call("put_object", each, Body=b"1")
    found = [each.key for each in store.list()]
    assert sorted(found) == sorted(keys)
    if keys:
        whole = data.draw(st.sampled_from(sorted(keys)))
        prefix = whole[: data.draw(st.integers(0, len(whole)))]
        found = [each.key for each in store.list(prefix)]
        assert sorted(found) == sorted(each for each in keys if each.startswith(prefix))
    store.close()
