"""A large object whose put was interrupted: only what is missing travels again."""

import hashlib
import os
import signal
import subprocess
import sys
import time

import pytest

from artitec_media_desktop.storage import Payload
from artitec_media_desktop.storage.s3.parts import PART
from tests.services.fault_proxy import fault_proxy

SIZE = 100_000_000

#: Puts a file and kills itself when so many bytes are said to be sent.
WORKER = """
import hashlib, os, signal, sys
from artitec_media_desktop.storage import Payload, S3Settings, S3Store

path, endpoint, access, secret, limit = sys.argv[1:]
store = S3Store(S3Settings("media", access, secret, endpoint=endpoint))

def sent(count):
    if count >= int(limit):
        os.kill(os.getpid(), signal.SIGKILL)

with open(path, "rb") as file:
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = file.seek(0, 2)
    store.put("users/v.mp4", Payload(file, size, digest, "video/mp4"), sent)
"""


@pytest.fixture
def line(s3_server):
    with fault_proxy(s3_server.port) as proxy:
        yield proxy


@pytest.fixture
def through(line, opened):
    return opened(endpoint=f"http://127.0.0.1:{line.port}")


@pytest.fixture(scope="module")
def video(tmp_path_factory):
    path = tmp_path_factory.mktemp("video") / "v.mp4"
    path.write_bytes(os.urandom(SIZE))
    return path


def put(store, path, sent=None):
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        store.put("users/v.mp4", Payload(file, path.stat().st_size, digest, "video/mp4"), sent)


def left_over(store):
    return store.setup._client.call("list_multipart_uploads").get("Uploads", [])


def settle(line):
    """Wait for what the line still holds of a process that is gone."""
    before = -1
    while before != line.sent:
        before = line.sent
        time.sleep(0.3)


def expect_stored(store, path):
    with store.open("users/v.mp4") as file:  # which compares the SHA-256 of the whole
        assert file.read() == path.read_bytes()
    assert left_over(store) == []


@pytest.mark.parametrize("delay", [0.0, 0.01])
def test_killed_at_ninety_percent(line, through, store, s3_server, video, delay):
    line.delay = delay  # four parts are on their way at that moment
    endpoint = f"http://127.0.0.1:{line.port}"
    words = [str(video), endpoint, *s3_server.admin, str(SIZE * 9 // 10)]
    worker = subprocess.run([sys.executable, "-c", WORKER, *words], timeout=300)
    assert worker.returncode == -signal.SIGKILL
    assert line.sent > SIZE * 0.75
    settle(line)
    line.sent, line.delay = 0, 0.0
    put(through, video)
    assert line.sent < SIZE * 0.2
    expect_stored(store, video)


def test_stopped_and_gone_on_again_and_again(line, through, store, video):
    """Each stop costs no more than what is under way at that moment."""

    class Stop(Exception):
        pass

    for share in (0.3, 0.6, 0.9):

        def sent(count, limit=share * SIZE):
            if count >= limit:
                raise Stop

        with pytest.raises(Stop):
            put(through, video, sent)
    put(through, video)
    assert line.sent < SIZE + 3 * 5 * PART
    expect_stored(store, video)


def test_abandoned(through, store, video):
    class Stop(Exception):
        pass

    def sent(count):
        if count >= SIZE // 2:
            raise Stop

    with pytest.raises(Stop):
        put(through, video, sent)
    assert len(left_over(store)) == 1
    through.abandon("users/v.mp4")
    assert left_over(store) == []
    assert list(store.list()) == []
