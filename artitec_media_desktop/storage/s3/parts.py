"""The parts of one large put; what the server has of them already is not sent again."""

import base64
import hashlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from ...domain.errors import Cancelled
from ..base import Payload, Readable, changed
from .client import Body, Client

#: S3's least. What is under way when a put is interrupted is lost: that is to be little.
PART: Final = 5 << 20
#: So many parts of one put are on their way, a tenth of it unless it is small.
_LEAST, _MOST, _SHARE = 2, 4, 10
_TOLD_EVERY: Final = 0.1  # seconds
_STOP_SECONDS: Final = 0.5

Sent = Callable[[int], None]
Pooled = Callable[[Callable[[], dict[str, Any]]], Future[dict[str, Any]]]


class Differs(Exception):
    """What the server has of an earlier try is not the same content."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A multipart upload, and what the server has of its parts, by their numbers."""

    upload: str
    there: dict[int, Any] = field(default_factory=dict)


def uploads_of(client: Client, key: str) -> list[str]:
    """The multipart uploads of a key that were not completed, the newest first. Raises as calls."""
    found = client.call("list_multipart_uploads", Prefix=key).get("Uploads", ())
    ours = [each for each in found if each["Key"] == key]
    ours.sort(key=lambda each: each["Initiated"], reverse=True)
    return [each["UploadId"] for each in ours]


def begun(client: Client, key: str, upload: str) -> Begun:
    """Ask the server for the parts that it has. Raises as calls."""
    there: dict[int, Any] = {}
    after: dict[str, Any] = {}
    while True:
        page = client.call("list_parts", key, UploadId=upload, **after)
        there |= {each["PartNumber"]: each for each in page.get("Parts", ())}
        if not page.get("IsTruncated"):
            return Begun(upload, there)
        after = {"PartNumberMarker": page["NextPartNumberMarker"]}


class Parts:
    """The parts of one put. ``sent`` is told, and may stop it, in the thread that puts."""

    def __init__(
        self, client: Client, key: str, upload: Begun, payload: Payload, sent: Sent
    ) -> None:
        self._client = client
        self._key = key
        self._begun = upload
        self._payload = payload
        self._sent = sent
        self._stop = threading.Event()
        self._under_way: dict[int, int] = {}
        self._told = 0
        room = payload.size // (_SHARE * PART)
        self._room = threading.BoundedSemaphore(max(_LEAST, min(_MOST, room)))

    def send(self, slots: threading.BoundedSemaphore, pooled: Pooled) -> list[dict[str, Any]]:
        """Send what is missing, and return what completing the upload takes.

        Raises Permanent ``changed``, and Differs where the upload is one of other content.
        """
        futures: list[Future[dict[str, Any]]] = []
        digest = hashlib.sha256()
        size = 0
        try:
            for number, chunk in enumerate(_chunks(self._payload.body, PART), 1):
                digest.update(chunk)
                size += len(chunk)
                if size > self._payload.size:
                    raise changed(self._key)
                for bound in (self._room, slots):
                    while not bound.acquire(timeout=_TOLD_EVERY):
                        self._tell(futures)
                future = pooled(partial(self._one, number, chunk))
                future.add_done_callback(lambda _future: slots.release())
                future.add_done_callback(lambda _future: self._room.release())
                futures.append(future)
                self._tell(futures)
            if size != self._payload.size or digest.hexdigest() != self._payload.sha256:
                raise changed(self._key)
            waiting: set[Future[dict[str, Any]]] = set(futures)
            while waiting:
                waiting = wait(waiting, _TOLD_EVERY, FIRST_COMPLETED).not_done
                self._tell(futures)
        except BaseException:
            # Parts that arrive after an abort would stay, so they end first; yet whoever cancels
            # does not wait for a line that hangs.
            self._stop.set()
            for each in futures:
                each.cancel()
            wait(futures, _STOP_SECONDS)
            raise
        return [each.result() for each in futures]

    def _one(self, number: int, chunk: bytes | memoryview) -> dict[str, Any]:
        def under_way(count: int) -> None:
            if self._stop.is_set():
                raise Cancelled
            self._under_way[number] = count

        digest = hashlib.sha256(chunk)
        checksum = base64.b64encode(digest.digest()).decode()
        there = self._begun.there.get(number)
        if there is not None and not _agrees(there, chunk, checksum):
            raise Differs
        under_way(0 if there is None else len(chunk))
        answer = there or self._client.call(
            "upload_part",
            self._key,
            UploadId=self._begun.upload,
            PartNumber=number,
            Body=Body(chunk, digest.hexdigest(), under_way),
            ChecksumSHA256=checksum,
        )
        return {"PartNumber": number, "ETag": answer["ETag"], "ChecksumSHA256": checksum}

    def _tell(self, futures: list[Future[dict[str, Any]]]) -> None:
        for each in futures:
            if each.done():
                each.result()  # raises what it raised
        self._told = max(self._told, sum(list(self._under_way.values())))
        self._sent(self._told)


def _agrees(part: Any, chunk: bytes | memoryview, checksum: str) -> bool:
    """Whether a part that the server lists is this content."""
    if part["Size"] != len(chunk):
        return False
    if listed := part.get("ChecksumSHA256"):
        return bool(listed == checksum)
    # Without one the ETag is the MD5; where it is not (another encryption), nothing agrees.
    md5 = hashlib.md5(chunk, usedforsecurity=False).hexdigest()
    return bool(part["ETag"].strip('"') == md5)


def _chunks(body: bytes | Readable, size: int) -> Iterator[bytes | memoryview]:
    if isinstance(body, bytes):
        view = memoryview(body)
        for start in range(0, len(view), size):
            yield view[start : start + size]
    else:
        body.seek(0)
        while chunk := read_full(body, size):
            yield chunk


def read_full(body: Readable, size: int) -> bytes:
    """As many bytes as asked for, unless the file ends: every part but the last has one size."""
    chunk = body.read(size)
    while len(chunk) < size and (more := body.read(size - len(chunk))):
        chunk += more
    return chunk
