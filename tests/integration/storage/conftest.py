import uuid

import pytest

from artitec_media_desktop.storage import S3Store

pytest.register_assert_rewrite("tests.contracts.storage")


@pytest.fixture(scope="session")
def media_bucket(s3_server):
    """The server's one bucket: the policy of the entity folders is in force, pages may read."""
    store = S3Store(s3_server.settings("media"))
    store.setup.set_up(["https://app.example"])
    yield store
    store.close()


@pytest.fixture
def store(media_bucket):
    """The store of that bucket, which is empty."""
    for each in list(media_bucket.list()):
        media_bucket.delete(each.key)
    client = media_bucket.setup._client
    for each in client.call("list_multipart_uploads").get("Uploads", []):
        client.call("abort_multipart_upload", each["Key"], UploadId=each["UploadId"])
    return media_bucket


@pytest.fixture
def opened(s3_server):
    """Makes stores with settings of one's own; all are closed."""
    made = []

    def open_with(bucket="media", **settings):
        made.append(S3Store(s3_server.settings(bucket, **settings)))
        return made[-1]

    yield open_with
    for each in made:
        each.close()


@pytest.fixture
def new_name():
    return f"bucket-{uuid.uuid4().hex[:12]}"
