"""Objects in a bucket."""

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO, Final, cast

from ...domain.errors import Conflict, NotFound, Transient
from ...domain.media import StorageType
from ..base import (
    LONGEST_READ,
    ObjectInfo,
    Payload,
    check_key,
    check_seconds,
    exists,
    not_in_storage,
)
from .bucket import Bucket
from .client import Client
from .reading import BLOCK, S3File, read_object
from .sending import Sending
from .settings import S3Settings

_STALE: Final = timedelta(days=1)


class S3Store:
    """An ObjectStore in a bucket; connects when first used."""

    storage_type = StorageType.S3

    def __init__(self, settings: S3Settings) -> None:
        self._client = Client(settings)
        self._sending = Sending(self._client)
        self._page_size = settings.page_size
        #: The bucket itself: made, opened to the public, tried out.
        self.setup = Bucket(self._client)

    @property
    def bucket(self) -> str:
        """See ObjectStore.bucket."""
        return self._client.bucket

    def put(self, key: str, payload: Payload, sent: Callable[[int], None] | None = None) -> None:
        """See ObjectStore.put."""
        check_key(key)
        self._sending.put(key, payload, sent or (lambda _count: None))

    def get(self, key: str) -> bytes:
        """See ObjectStore.get."""
        check_key(key)
        return read_object(self._client, key)

    def open(self, key: str) -> BinaryIO:
        """See ObjectStore.open."""
        check_key(key)
        return cast(BinaryIO, io.BufferedReader(S3File(self._client, key), BLOCK))

    def info(self, key: str) -> ObjectInfo | None:
        """See ObjectStore.info."""
        check_key(key)
        found = self._client.find(key)
        return None if found is None else ObjectInfo(key, found["ContentLength"])

    def delete(self, key: str) -> None:
        """See ObjectStore.delete."""
        check_key(key)
        with suppress(NotFound):
            self._client.call("delete_object", key)

    def abandon(self, key: str) -> None:
        """See ObjectStore.abandon."""
        check_key(key)
        self._sending.abandon(key)

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        """See ObjectStore.list."""
        after: dict[str, Any] = {}
        while True:
            page = self._client.call(
                "list_objects_v2", None, Prefix=prefix, MaxKeys=self._page_size, **after
            )
            for each in page.get("Contents", ()):
                if not each["Key"].endswith("/"):  # a folder, as consoles draw them
                    yield ObjectInfo(each["Key"], each["Size"])
            if not page.get("IsTruncated"):
                return
            after = {"ContinuationToken": page["NextContinuationToken"]}

    def copy(self, source: str, target: str) -> None:
        """See ObjectStore.copy."""
        check_key(source)
        check_key(target)
        found = self._client.head(source)
        if self._is_copy(found, target):
            return
        try:
            self._client.call(
                "copy_object",
                target,
                CopySource={"Bucket": self.bucket, "Key": source},
                CopySourceIfMatch=found["ETag"],
                IfNoneMatch="*",
            )
        except NotFound:
            raise not_in_storage(source) from None
        except (Conflict, Transient):
            if not self._is_copy(found, target):  # the answer was lost, or somebody was faster
                raise

    def move(self, source: str, target: str) -> None:
        """See ObjectStore.move."""
        try:
            self.copy(source, target)
        except NotFound:
            if self.info(target) is None:
                raise
            return
        self.delete(source)

    def signed_url(self, key: str, seconds: int = LONGEST_READ) -> str:
        """See ObjectStore.signed_url."""
        check_key(key)
        check_seconds(seconds)
        return self._client.presign(key, seconds)

    def public_url(self, key: str) -> str:
        """See ObjectStore.public_url."""
        check_key(key)
        return self._client.settings.address(key)

    def link(self, key: str) -> str:
        """See ObjectStore.link."""
        return self.public_url(key)

    def key_of(self, url: str) -> str | None:
        """See ObjectStore.key_of."""
        return self._client.settings.key_of(url)

    def sweep(self) -> int:
        """See ObjectStore.sweep."""
        before = datetime.now(UTC) - _STALE
        swept = 0
        while True:
            page = self._client.call("list_multipart_uploads", MaxUploads=self._page_size)
            stale = [each for each in page.get("Uploads", ()) if each["Initiated"] < before]
            for each in stale:
                self._client.call("abort_multipart_upload", each["Key"], UploadId=each["UploadId"])
            swept += len(stale)
            # What was swept is gone from the first page; not every server can name the next one.
            if not stale or not page.get("IsTruncated"):
                return swept

    def close(self) -> None:
        """See ObjectStore.close."""
        self._sending.close()
        self._client.close()

    def _is_copy(self, source: Any, target: str) -> bool:
        """Whether the target is there with the source's content. Raises Conflict for another."""
        found = self._client.find(target)
        if found is None:
            return False
        ours = source["Metadata"].get("sha256")
        alike = found["ContentLength"] == source["ContentLength"] and (
            found["Metadata"].get("sha256") == ours if ours else found["ETag"] == source["ETag"]
        )
        if not alike:
            raise exists(target)
        return True
