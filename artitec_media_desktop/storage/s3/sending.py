"""A put: whole, or in parts that travel side by side."""

import base64
import hashlib
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any, Final

from ...domain.errors import Cancelled, Conflict, MediaError, NotFound, Permanent, Transient
from ..base import Payload, Readable, changed, exists
from .client import Body, Client

_LOG = logging.getLogger(__name__)

#: Up to this size in bytes an object travels whole.
WHOLE: Final = 16 << 20
PART: Final = 8 << 20
#: Parts of all puts together that are on their way, and that wait in memory for it.
_AT_ONCE: Final = 4
_IN_MEMORY: Final = _AT_ONCE + 2
#: Faults after which the object may be there all the same.
_UNCERTAIN: Final = frozenset({"exists", "cut_off", "no_answer", "busy", "no_upload"})
_TOLD_EVERY: Final = 0.1  # seconds

Sent = Callable[[int], None]


class Sending:
    """Puts to one bucket, from any number of threads."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._slots = threading.BoundedSemaphore(_IN_MEMORY)

    def put(self, key: str, payload: Payload, sent: Sent) -> None:
        """See ObjectStore.put."""
        if payload.size <= WHOLE:
            self._whole(key, payload, sent)
        else:
            self._in_parts(key, payload, sent)

    def close(self) -> None:
        """End the threads."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown()

    def _whole(self, key: str, payload: Payload, sent: Sent) -> None:
        data = _all(payload)
        digest = hashlib.sha256(data)
        if len(data) != payload.size or digest.hexdigest() != payload.sha256:
            raise changed(key)
        try:
            self._client.call(
                "put_object",
                key,
                Body=Body(data, payload.sha256, sent),
                ChecksumSHA256=base64.b64encode(digest.digest()).decode(),
                IfNoneMatch="*",
                **_headers(payload),
            )
        except (Conflict, Transient) as fault:
            self._settle(key, payload, fault)

    def _in_parts(self, key: str, payload: Payload, sent: Sent) -> None:
        if self._is_there(key, payload):  # before hundreds of megabytes are sent in vain
            sent(payload.size)
            return
        self._abort_earlier(key)
        upload = self._client.call(
            "create_multipart_upload", key, ChecksumAlgorithm="SHA256", **_headers(payload)
        )["UploadId"]
        try:
            parts = _Parts(self._client, key, upload, payload, sent).send(self._slots, self._pooled)
            try:
                self._client.call(
                    "complete_multipart_upload",
                    key,
                    UploadId=upload,
                    MultipartUpload={"Parts": parts},
                    IfNoneMatch="*",
                )
            except (Conflict, Transient) as fault:
                self._settle(key, payload, fault)
        except BaseException:
            self._abort(key, upload)
            raise

    def _settle(self, key: str, payload: Payload, fault: MediaError) -> None:
        """After an answer that was lost, or a key that is taken: what is there decides."""
        if fault.code not in _UNCERTAIN or not self._is_there(key, payload):
            raise fault
        _LOG.info("%s is there already", key)

    def _is_there(self, key: str, payload: Payload) -> bool:
        """Whether the key holds this content. Raises Conflict where it holds another."""
        try:
            found = self._client.find(key)
        except (Permanent, Transient):  # one may put without being allowed to look
            return False
        if found is None:
            return False
        if not same(found, payload.size, payload.sha256):
            raise exists(key)
        return True

    def _abort_earlier(self, key: str) -> None:
        """Remove the parts that a process left which ended in the middle of this put."""
        try:
            found = self._client.call("list_multipart_uploads", Prefix=key).get("Uploads", ())
        except (Permanent, Transient):  # needs a right of its own; a sweep gets them later
            return
        for each in found:
            if each["Key"] == key:
                self._abort(key, each["UploadId"])

    def _abort(self, key: str, upload: str) -> None:
        try:
            self._client.call("abort_multipart_upload", key, UploadId=upload)
        except NotFound:
            pass
        except (Permanent, Transient) as fault:
            if fault.code != "no_upload":
                _LOG.warning("the parts of %s were not removed: %s", key, fault.code)

    def _pooled(self, work: Callable[[], dict[str, Any]]) -> Future[dict[str, Any]]:
        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(_AT_ONCE, "s3-part")
            return self._pool.submit(work)


class _Parts:
    """The parts of one put. ``sent`` is told, and may stop it, in the thread that puts."""

    def __init__(self, client: Client, key: str, upload: str, payload: Payload, sent: Sent) -> None:
        self._client = client
        self._key = key
        self._upload = upload
        self._payload = payload
        self._sent = sent
        self._stop = threading.Event()
        self._under_way: dict[int, int] = {}
        self._told = 0

    def send(
        self,
        slots: threading.BoundedSemaphore,
        pooled: Callable[[Callable[[], dict[str, Any]]], Future[dict[str, Any]]],
    ) -> list[dict[str, Any]]:
        """Send all, and return what completing them takes. Raises Permanent ``changed``."""
        futures: list[Future[dict[str, Any]]] = []
        digest = hashlib.sha256()
        size = 0
        try:
            for number, chunk in enumerate(_chunks(self._payload.body, PART), 1):
                digest.update(chunk)
                size += len(chunk)
                if size > self._payload.size:
                    raise changed(self._key)
                while not slots.acquire(timeout=_TOLD_EVERY):
                    self._tell(futures)
                future = pooled(partial(self._one, number, chunk))
                future.add_done_callback(lambda _future: slots.release())
                futures.append(future)
                self._tell(futures)
            if size != self._payload.size or digest.hexdigest() != self._payload.sha256:
                raise changed(self._key)
            waiting: set[Future[dict[str, Any]]] = set(futures)
            while waiting:
                waiting = wait(waiting, _TOLD_EVERY, FIRST_COMPLETED).not_done
                self._tell(futures)
        except BaseException:
            # Parts that arrive after the abort would stay: they have to end first.
            self._stop.set()
            for each in futures:
                each.cancel()
            wait(futures)
            raise
        return [each.result() for each in futures]

    def _one(self, number: int, chunk: bytes | memoryview) -> dict[str, Any]:
        def under_way(count: int) -> None:
            if self._stop.is_set():
                raise Cancelled
            self._under_way[number] = count

        digest = hashlib.sha256(chunk)
        checksum = base64.b64encode(digest.digest()).decode()
        under_way(0)
        answer = self._client.call(
            "upload_part",
            self._key,
            UploadId=self._upload,
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


def same(answer: Any, size: int, sha256: str) -> bool:
    """Whether an answer to HEAD is about this content; only what we put says so."""
    return bool(answer["ContentLength"] == size and answer["Metadata"].get("sha256") == sha256)


def _headers(payload: Payload) -> dict[str, Any]:
    return {
        "ContentType": payload.content_type,
        "CacheControl": payload.cache_control,
        "Metadata": {"sha256": payload.sha256},
    }


def _all(payload: Payload) -> bytes:
    """The whole file; a byte more than was promised shows that it grew."""
    if isinstance(payload.body, bytes):
        return payload.body
    payload.body.seek(0)
    return _read_full(payload.body, payload.size + 1)


def _chunks(body: bytes | Readable, size: int) -> Iterator[bytes | memoryview]:
    if isinstance(body, bytes):
        view = memoryview(body)
        for start in range(0, len(view), size):
            yield view[start : start + size]
    else:
        body.seek(0)
        while chunk := _read_full(body, size):
            yield chunk


def _read_full(body: Readable, size: int) -> bytes:
    """As many bytes as asked for, unless the file ends: every part but the last has one size."""
    chunk = body.read(size)
    while len(chunk) < size and (more := body.read(size - len(chunk))):
        chunk += more
    return chunk
