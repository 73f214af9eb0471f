import hashlib
import uuid

import pytest

from artitec_media_desktop.storage import Payload, S3Store
from artitec_media_desktop.storage.s3 import client


@pytest.fixture
def new_store(moto_server):
    """Makes stores over moto, each with a bucket of its own; all are closed."""
    made = []

    def make(**settings):
        made.append(S3Store(moto_server.settings(f"media-{uuid.uuid4().hex}", **settings)))
        made[-1].setup.create()
        moto_server.requests.clear()
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def store(new_store):
    return new_store()


@pytest.fixture
def pauses(monkeypatch):
    """How long the client would have waited between its tries, in seconds."""
    waited = []
    monkeypatch.setattr(client, "sleep", waited.append)
    return waited


@pytest.fixture
def payload():
    def make(data, content_type="image/jpeg"):
        return Payload(data, len(data), hashlib.sha256(data).hexdigest(), content_type)

    return make
