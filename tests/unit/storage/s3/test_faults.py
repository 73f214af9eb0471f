"""Every refusal of a server: told apart, in a sentence, tried again only where that can help."""

import traceback

import pytest

from artitec_media_desktop.domain.errors import NotFound, Permanent, Transient
from artitec_media_desktop.storage import S3Store

PASSING = [
    (503, "SlowDown", "busy"),
    (503, "ServiceUnavailable", "busy"),
    (500, "InternalError", "busy"),
    (502, "", "busy"),
    (400, "RequestTimeout", "busy"),
    (429, "TooManyRequests", "busy"),
    (409, "OperationAborted", "busy"),
    (507, "XMinioStorageFull", "disk_full"),
    (400, "BadDigest", "damaged"),
]
LASTING = [
    (403, "AccessDenied", "storage_denied"),
    (403, "InvalidAccessKeyId", "bad_access_key"),
    (403, "SignatureDoesNotMatch", "bad_secret_key"),
    (403, "RequestTimeTooSkewed", "clock_skew"),
    (400, "ExpiredToken", "expired_key"),
    (404, "NoSuchBucket", "no_bucket"),
    (400, "AuthorizationHeaderMalformed", "wrong_region"),
    (400, "EntityTooLarge", "too_large_for_storage"),
    (501, "NotImplemented", "not_supported"),
    (418, "Teapot<script>", "storage_refused"),
]


@pytest.mark.parametrize(("status", "said", "code"), PASSING)
def test_what_passes_is_tried_three_times_and_then_handed_on(
    store, moto_server, pauses, status, said, code
):
    moto_server.refuse(status, said, times=3)
    with pytest.raises(Transient) as caught:
        store.get("users/a.jpg")
    assert caught.value.code == code
    assert len(moto_server.requests) == 3
    assert len(pauses) == 2
    assert all(0 < each <= 4 for each in pauses)


@pytest.mark.parametrize(("status", "said", "code"), PASSING)
def test_what_passes_in_time_is_not_noticed(
    store, moto_server, pauses, payload, status, said, code
):
    moto_server.refuse(status, said, times=2)
    store.put("users/a.jpg", payload(b"x" * 70_000))
    assert len(pauses) == 2
    assert store.get("users/a.jpg") == b"x" * 70_000


@pytest.mark.parametrize(("status", "said", "code"), LASTING)
def test_what_lasts_is_said_at_once(store, moto_server, pauses, payload, status, said, code):
    moto_server.refuse(status, said, times=99)
    for act in (
        lambda: store.put("users/a.jpg", payload(b"x")),
        lambda: store.get("users/a.jpg"),
        lambda: store.info("users/a.jpg"),
        lambda: store.open("users/a.jpg"),
        lambda: store.delete("users/a.jpg"),
        lambda: store.copy("users/a.jpg", "users/b.jpg"),
        lambda: list(store.list()),
    ):
        moto_server.requests.clear()
        with pytest.raises(Permanent) as caught:
            act()
        assert caught.value.code == code
        assert not isinstance(caught.value, NotFound)
        assert "127.0.0.1" in caught.value.message or store.bucket in caught.value.message
        assert caught.value.message.endswith(".")
        assert "<" not in caught.value.message
        assert len(moto_server.requests) <= 3  # HEAD can't tell why, so GET is asked
    assert pauses == []


@pytest.mark.parametrize(("minutes", "words"), [(61, "by 61 minutes (fast)"), (-5, "(slow)")])
def test_the_clock_is_told_how_far_it_is_off(store, moto_server, minutes, words):
    moto_server.ahead = -60 * minutes
    moto_server.refuse(403, "RequestTimeTooSkewed")
    with pytest.raises(Permanent, match="clock") as caught:
        store.get("users/a.jpg")
    assert words in caught.value.message


def test_no_secret_is_in_an_error_its_traceback_or_the_settings(moto_server, caplog, pauses):
    caplog.set_level("INFO")
    settings = moto_server.settings("media", attempts=2)
    store = S3Store(settings)
    secrets = (settings.secret_key, settings.access_key, "Authorization", "AWS4-HMAC", "Signature=")
    for status, said, _code in (*PASSING, *LASTING):
        moto_server.refuse(status, said, times=1)
        with pytest.raises((Permanent, Transient)) as caught:
            store.get("users/a.jpg")
        moto_server.refusals.clear()
        text = "".join(traceback.format_exception(caught.value)) + repr(settings)
        assert not [each for each in secrets if each in text]
    store.close()
    ours = [each.getMessage() for each in caplog.records if "artitec" in each.name]
    assert ours
    assert not [each for each in secrets if each in "\n".join(ours)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"endpoint": "http://user:pw@127.0.0.1:1"}, "bad_endpoint"),
        ({"endpoint": "ftp://127.0.0.1"}, "bad_endpoint"),
        ({"endpoint": "http://127.0.0.1:99999"}, "bad_endpoint"),
        ({"endpoint": "http://"}, "bad_endpoint"),
        ({"endpoint": "http://[::1"}, "bad_endpoint"),
        ({"bucket": "a/b"}, "bad_bucket"),
        ({"bucket": ""}, "bad_bucket"),
        ({"access_key": ""}, "no_key"),
        ({"secret_key": ""}, "no_key"),
        ({"ca_file": "none"}, "no_ca_file"),
    ],
)
def test_settings_that_lead_nowhere_are_said_before_anything_is_sent(tmp_path, change, code):
    from artitec_media_desktop.storage import S3Settings

    if "ca_file" in change:
        change = {"ca_file": tmp_path / "none.pem"}
    given = {"bucket": "media", "access_key": "K", "secret_key": "S", "endpoint": "http://[::1]:1"}
    store = S3Store(S3Settings(**{**given, **change}))
    for act in (lambda: store.get("a.jpg"), lambda: store.signed_url("a.jpg")):
        with pytest.raises(Permanent) as caught:
            act()
        assert caught.value.code == code
        assert "pw" not in caught.value.message


@pytest.mark.parametrize("variable", ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"])
def test_settings_of_other_programs_do_not_count(
    moto_server, new_store, monkeypatch, tmp_path, payload, variable
):
    new_store()  # moto itself would read them when it is first asked
    config = tmp_path / "config"
    config.write_text("[default]\nregion = nowhere\nendpoint_url = http://127.0.0.1:1\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv(variable, "no-such-profile")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    store = S3Store(moto_server.settings("bucket-of-its-own"))
    store.setup.create()
    store.put("a.jpg", payload(b"x"))
    assert store.get("a.jpg") == b"x"
    store.close()
