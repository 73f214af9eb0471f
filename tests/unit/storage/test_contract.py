"""The contract over the stores that need nothing but this process."""

import uuid

import pytest

from artitec_media_desktop.storage import LocalStore, S3Store
from tests.contracts.storage import *  # noqa: F403


@pytest.fixture(params=["local", "moto"])
def store(request, tmp_path):
    if request.param == "local":
        yield LocalStore(tmp_path / "store")
        return
    moto_server = request.getfixturevalue("moto_server")
    store = S3Store(moto_server.settings(f"media-{uuid.uuid4().hex}"))
    store.setup.create()
    yield store
    store.close()
