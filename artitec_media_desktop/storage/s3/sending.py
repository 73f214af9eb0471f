"""A put: whole, or in parts that travel side by side."""

import base64
import hashlib
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from ...domain.errors import Conflict, MediaError, NotFound, Permanent, Transient, Unusable
from ..base import Payload, changed, exists
from .client import Body, Client
from .parts import Begun, Differs, Parts, Sent, begun, read_full, uploads_of

_LOG = logging.getLogger(__name__)

#: Up to this size in bytes an object travels whole.
WHOLE: Final = 16 << 20
#: Parts of all puts together that are on their way, and that wait in memory for it.
_AT_ONCE: Final = 4
_IN_MEMORY: Final = _AT_ONCE + 2
#: Faults after which the object may be there all the same. It may be so after ``no_answer`` too;
#: but to ask a server that hangs costs as long again, and whoever puts it again finds out.
_UNCERTAIN: Final = frozenset({"exists", "cut_off", "busy", "no_upload"})


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

    def abandon(self, key: str) -> None:
        """See ObjectStore.abandon."""
        for each in self._uploads_of(key) or ():
            self._abort(key, each)

    def close(self) -> None:
        """End the threads."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown()

    def _whole(self, key: str, payload: Payload, sent: Sent) -> None:
        data = _all(payload)
        if len(data) != payload.size:
            raise changed(key)
        if not payload.is_sum_of_body and hashlib.sha256(data).hexdigest() != payload.sha256:
            raise changed(key)
        try:
            self._client.call(
                "put_object",
                key,
                Body=Body(data, payload.sha256, sent),
                ChecksumSHA256=base64.b64encode(bytes.fromhex(payload.sha256)).decode(),
                IfNoneMatch="*",
                **_headers(payload),
            )
        except (Conflict, Transient) as fault:
            self._settle(key, payload, fault)

    def _in_parts(self, key: str, payload: Payload, sent: Sent) -> None:
        if self._is_there(key, payload):  # before hundreds of megabytes are sent in vain
            sent(payload.size)
            return
        earlier = self._uploads_of(key)
        may_look = earlier is not None
        if earlier and (go_on := self._go_on(key, earlier)) is not None:
            try:
                self._send(key, payload, sent, go_on, may_look)
                self._is_there(key, payload)  # it has the headers of the try that began it
                return
            except Differs:
                self._abort(key, go_on.upload)
        upload = self._client.call(
            "create_multipart_upload", key, ChecksumAlgorithm="SHA256", **_headers(payload)
        )["UploadId"]
        self._send(key, payload, sent, Begun(upload), may_look)

    def _go_on(self, key: str, uploads: list[str]) -> Begun | None:
        """The newest upload that was interrupted, if it has parts; others are aborted."""
        newest, *others = uploads
        for each in others:
            self._abort(key, each)
        try:
            found = begun(self._client, key, newest)
        except Permanent:  # one may abort it without being allowed to look into it
            found = Begun(newest)
        if found.there:
            return found
        self._abort(key, newest)
        return None

    def _send(self, key: str, payload: Payload, sent: Sent, upload: Begun, may_look: bool) -> None:
        """Send what is missing and complete it.

        After a fault that passes, or where somebody stops it, the parts stay for the next try,
        unless that could not find them.
        """
        try:
            parts = Parts(self._client, key, upload, payload, sent).send(self._slots, self._pooled)
            self._complete(key, payload, upload, parts)
        except Differs:
            raise
        except BaseException as error:
            lasts = isinstance(error, Permanent) and not isinstance(error, Unusable)
            if lasts or not may_look:
                self._abort(key, upload.upload)
            raise

    def _complete(
        self, key: str, payload: Payload, upload: Begun, parts: list[dict[str, Any]]
    ) -> None:
        try:
            self._client.call(
                "complete_multipart_upload",
                key,
                UploadId=upload.upload,
                MultipartUpload={"Parts": parts},
                IfNoneMatch="*",
            )
        except (Conflict, Transient) as fault:
            self._settle(key, payload, fault)
            self._abort(key, upload.upload)  # another put of the same was faster
        except Permanent:
            if upload.there:
                raise Differs from None  # somebody else's, begun in another way
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

    def _uploads_of(self, key: str) -> list[str] | None:
        """The multipart uploads that were interrupted; None for a key that may not look.

        What it leaves behind when it is killed, a sweep gets later.
        """
        try:
            return uploads_of(self._client, key)
        except Permanent:
            return None

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
    return read_full(payload.body, payload.size + 1)
