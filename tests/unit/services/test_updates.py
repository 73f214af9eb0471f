"""News of a newer version: asked for once a day, and never in the way."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from artitec_media_desktop.config.settings import UPDATE_FEED, Settings
from artitec_media_desktop.domain.errors import MediaError
from artitec_media_desktop.services import updates
from artitec_media_desktop.services.updates import Update, UpdateService, check_feed

GOOD = {"version": "1.2", "url": "https://artitec.example/news", "notes": "Faster\n drops."}


class Feed:
    """Answers with ``body``; keeps count of who asked."""

    def __init__(self):
        self.body, self.status, self.location, self.asked = json.dumps(GOOD).encode(), 200, "", 0
        feed = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                feed.asked += 1
                self.send_response(feed.status)
                if feed.location:
                    self.send_header("Location", feed.location)
                self.send_header("Content-Length", str(len(feed.body)))
                self.end_headers()
                self.wfile.write(feed.body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}/feed.json"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture(scope="module")
def server():
    made = Feed()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def feed(server):
    server.body, server.status, server.location = json.dumps(GOOD).encode(), 200, ""
    server.asked = 0
    return server


@pytest.fixture
def settings(tmp_path, feed):
    made = Settings(tmp_path / "settings.json")
    made.set(UPDATE_FEED, feed.url)
    return made


def service(settings, version="1.1", now=lambda: 1_000_000_000.0):
    return UpdateService(settings, version, now)


def test_a_newer_version_is_told_once_a_day(settings, feed):
    clock = [1_000_000_000.0]
    made = service(settings, now=lambda: clock[0])
    assert made.look_if_due() == Update("1.2", GOOD["url"], "Faster drops.")
    clock[0] += 86_399
    assert made.look_if_due() is None
    assert service(settings, now=lambda: clock[0]).look_if_due() is None  # after a restart
    assert feed.asked == 1
    clock[0] += 1
    assert made.look_if_due() is not None
    clock[0] -= 10 * 86_400  # the clock was set back: it is not kept waiting for ten days
    assert made.look_if_due() is not None


def test_nothing_is_asked_without_an_address(settings, feed):
    settings.set(UPDATE_FEED, "")
    made = service(settings)
    assert made.look_if_due() is None and feed.asked == 0


@pytest.mark.parametrize("version", ["1.2", "1.2.0", "1.10", "1.3rc1"])
def test_no_newer_than_this_one(settings, version):
    assert service(settings, version).look_if_due() is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"[" * 50_000,
        b'{"version": 1.2}',
        b'{"version": "newest", "url": "https://a.example"}',
        b'{"version": "1.2", "url": "file:///etc/passwd"}',
        b'{"version": "1.2", "url": "http://a.example"}',
        b'{"version": "1.2", "url": "javascript:alert(1)"}',
        b'{"version": "1.2", "url": "https://a.example", "notes": []}',
        b" " * 70_000 + json.dumps(GOOD).encode(),
        b"\xff\xfe",
    ],
)
def test_what_can_not_be_read_is_a_line_in_the_log(settings, feed, body, caplog):
    feed.body = body
    assert service(settings).look_if_due() is None
    (line,) = [each for each in caplog.records if each.name == updates.__name__]
    assert line.levelname == "WARNING" and feed.url not in line.getMessage()


@pytest.mark.parametrize("way", ["gone", "refused", "redirected", "slow"])
def test_what_can_not_be_reached_is_one_too(settings, feed, way, caplog, monkeypatch):
    if way == "gone":
        feed.status = 404
    elif way == "redirected":
        feed.status, feed.location = 302, "http://elsewhere.example/feed.json"
    elif way == "slow":
        monkeypatch.setattr(updates, "_LONGEST", -1.0)
    else:
        settings.set(UPDATE_FEED, "http://127.0.0.1:9/feed.json")
    assert service(settings).look_if_due() is None
    assert [each for each in caplog.records if each.name == updates.__name__]


@pytest.mark.parametrize(
    "address",
    [
        "http://artitec.example/feed.json",
        "http://127.0.0.1.artitec.example/feed.json",
        "http://localhost/feed.json",
        "ftp://artitec.example/feed.json",
        "file:///feed.json",
        "https://who:word@artitec.example/feed.json",
        "https:///feed.json",
        "https://artitec.example:port/",
        "https://artitec.example/a b",
        "https://artitec.example/\r\nX: y",
        "artitec.example",
    ],
)
def test_addresses_that_are_refused(address):
    with pytest.raises(MediaError) as caught:
        check_feed(address)
    assert caught.value.code == "bad_feed"


def test_addresses_that_are_taken():
    check_feed("https://artitec.example/media/feed.json?channel=staff")
    check_feed("http://[::1]:8000/feed.json")
