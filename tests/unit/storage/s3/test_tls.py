"""TLS: a certificate is checked, and what is wrong with it is said."""

import uuid

import pytest

from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.storage import S3Store
from tests.services.certificates import DAY, authority
from tests.services.moto_server import moto


@pytest.fixture(scope="module")
def issuing(tmp_path_factory):
    return authority(tmp_path_factory.mktemp("tls"))


def test_a_server_with_a_certificate_of_ones_own_ca(issuing, payload):
    ca_file, issue = issuing
    with moto(issue("good")) as server:
        store = S3Store(server.settings(f"media-{uuid.uuid4().hex}", ca_file=ca_file))
        store.setup.create()
        store.put("users/a.jpg", payload(b"x" * 100_000))
        assert store.get("users/a.jpg") == b"x" * 100_000
        assert store.setup.readable_by_anyone("users/none.jpg") is False
        store.close()


@pytest.mark.parametrize(
    ("name", "times", "trusted", "words"),
    [
        ("expired", {"begin": -2 * DAY, "end": -DAY}, True, "has expired"),
        ("early", {"begin": DAY / 2, "end": DAY}, True, "not valid yet"),
        ("other", {"address": "127.0.0.9"}, True, "another name"),
        ("unknown", {}, False, "does not trust"),
    ],
)
def test_a_bad_certificate_is_refused_with_its_reason(issuing, name, times, trusted, words):
    ca_file, issue = issuing
    with moto(issue(name, **times)) as server:
        store = S3Store(server.settings("media", ca_file=ca_file if trusted else None))
        for act in (
            lambda: store.get("users/a.jpg"),
            lambda: store.setup.readable_by_anyone("users/a.jpg"),
        ):
            with pytest.raises(Permanent) as caught:
                act()
            assert caught.value.code == "bad_certificate"
            assert words in caught.value.message
            assert "127.0.0.1" in caught.value.message
        assert server.requests == []
        store.close()


def test_plain_http_where_tls_was_asked_for(moto_server):
    endpoint = f"https://127.0.0.1:{moto_server.port}"
    store = S3Store(moto_server.settings("media", endpoint=endpoint))
    with pytest.raises(Permanent) as caught:
        store.get("users/a.jpg")
    assert caught.value.code == "no_tls"
    store.close()


def test_a_file_that_holds_no_certificate(moto_server, tmp_path):
    file = tmp_path / "ca.pem"
    file.write_text("nothing")
    settings = moto_server.settings(
        "media", ca_file=file, endpoint=f"https://127.0.0.1:{moto_server.port}"
    )
    store = S3Store(settings)
    with pytest.raises(Permanent) as caught:
        store.get("users/a.jpg")
    assert caught.value.code == "no_ca_file"
    store.close()
