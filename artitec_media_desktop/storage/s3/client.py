"""Calls to the server: a few tries each, every fault one of ours."""

import logging
import random
import threading
from collections.abc import Callable
from functools import cache, partial
from time import sleep
from typing import Any, Final

from ... import __version__
from ...domain.errors import NotFound, Permanent, Transient
from .faults import fault_of
from .settings import S3Settings
from .signing import sign_known_sums

_LOG = logging.getLogger(__name__)

#: Up to so many bytes are sent without asking first whether the server wants them.
_JUST_SEND: Final = 1 << 20
#: Copying a video and joining its parts may take so many times as long as other answers.
_SLOW: Final = 3
_SLOW_CALLS: Final = frozenset({"CopyObject", "CompleteMultipartUpload"})
_CONNECTIONS: Final = 24
#: What is sent in one go. urllib3 asks for 16 KB, and each piece waits for Python's lock anew.
_PIECE: Final = 1 << 18


class Body:
    """Bytes on their way: tells how far they are, and stops when that raises.

    ``sha256`` is that of the data, in hex; it goes into the signature.
    """

    def __init__(self, data: bytes | memoryview, sha256: str, sent: Callable[[int], None]) -> None:
        self._data = memoryview(data)
        self.sha256 = sha256
        self._sent = sent
        self._at = 0
        self._sending = False
        #: What ``sent`` raised; the layers below wrap it beyond recognition.
        self.stopped: BaseException | None = None

    def __len__(self) -> int:
        return len(self._data)

    def rewind(self) -> None:
        """Make ready for the next try."""
        self._at = 0
        self._sending = False

    def begin(self) -> None:
        """From now on reads are for the wire; those before are not counted."""
        self._sending = True

    def read(self, size: int | None = -1) -> memoryview:
        """Read on, on the wire more at a time than was asked for; raises what ``sent`` raises."""
        if size is None or size < 0:
            size = len(self._data)
        elif self._sending:
            size = max(size, _PIECE)
        chunk = self._data[self._at : self._at + size]
        self._at += len(chunk)
        if self._sending and chunk:
            try:
                self._sent(self._at)
            except BaseException as error:
                self.stopped = error
                raise
        return chunk

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        self._at = max(0, offset + (0, self._at, len(self._data))[whence])
        return self._at

    def tell(self) -> int:
        """Where it is."""
        return self._at


class Client:
    """One bucket's calls, from any number of threads; connects when first called."""

    def __init__(self, settings: S3Settings) -> None:
        self.settings = settings
        self._boto: Any = None
        self._lock = threading.Lock()

    def call(self, operation: str, key: str | None = None, **parameters: Any) -> Any:
        """Call an operation of boto3's client on the bucket, and on ``key`` where it has one.

        Tries again on passing faults; raises Transient, Permanent, NotFound, and Conflict where a
        condition was not met.
        """
        if key is not None:
            parameters["Key"] = key
        body = parameters.get("Body")
        left = self.settings.attempts
        while True:
            fault: Transient | Permanent
            if isinstance(body, Body):
                body.rewind()
            try:
                return getattr(self._client(), operation)(Bucket=self.bucket, **parameters)
            except Exception as error:
                fault = self.fault(error, key, body)
            # A server that hangs is asked once more at most: each time costs a long wait.
            left -= 2 if fault.code == "no_answer" else 1
            if not isinstance(fault, NotFound):  # that is an answer
                _LOG.info("%s %s: %s", operation, key, fault.code)
            if not isinstance(fault, Transient) or left <= 0:
                raise fault
            pause = 0.25 * 2 ** (self.settings.attempts - left)
            sleep(min(4.0, pause) * random.uniform(0.5, 1.0))  # noqa: S311

    def fault(self, error: Exception, key: str | None, body: Any = None) -> Transient | Permanent:
        """What an exception means; one that is no fault of the storage is raised again."""
        if isinstance(body, Body) and body.stopped is not None:
            raise body.stopped from None
        if isinstance(error, Transient | Permanent):
            return error
        fault = fault_of(error, self.settings, key)
        if not isinstance(fault, Transient | Permanent):
            raise error
        return fault

    def head(self, key: str) -> Any:
        """The answer to HEAD; where it is an error, its exact reason, which HEAD can't tell."""
        try:
            return self.call("head_object", key)
        except Permanent:
            self.call("get_object", key, Range="bytes=0-0")["Body"].close()
            raise

    def find(self, key: str) -> Any | None:
        """The answer to HEAD, or None where nothing is there."""
        try:
            return self.head(key)
        except NotFound:
            return None

    def presign(self, key: str, seconds: int) -> str:
        """A GET that is signed in advance; the server is not asked."""
        url: str = self._client().generate_presigned_url(
            "get_object", Params={"Bucket": self.bucket, "Key": key}, ExpiresIn=seconds
        )
        return url

    @property
    def bucket(self) -> str:
        """The bucket's name."""
        return self.settings.bucket

    def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        with self._lock:
            if self._boto is not None:
                self._boto.close()
                self._boto = None

    def _client(self) -> Any:
        with self._lock:
            if self._boto is None:
                self.settings.check()
                self._boto = _connect(self.settings)
            return self._boto


def _connect(settings: S3Settings) -> Any:
    import boto3  # type: ignore[import-untyped]
    from botocore.config import Config  # type: ignore[import-untyped]
    from botocore.session import Session  # type: ignore[import-untyped]

    # Only the profile counts: no ~/.aws, no AWS_PROFILE that names something else.
    session = Session(session_vars={"profile": (None, None, None, None)})
    session.register_component("data_loader", _descriptions())
    for each in ("config_file", "credentials_file"):
        session.set_config_variable(each, "")
    client = boto3.session.Session(botocore_session=session).client(
        "s3",
        endpoint_url=settings.endpoint_url,
        region_name=settings.region,
        aws_access_key_id=settings.access_key,
        aws_secret_access_key=settings.secret_key,
        verify=True if settings.ca_file is None else str(settings.ca_file),
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path", "us_east_1_regional_endpoint": "regional"},
            # Sums are sent where we say so, in headers: older MinIO can't read trailers. What comes
            # is held against the SHA-256 that it was put with: a copy's own sum can't be relied on.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=settings.connect_timeout,
            read_timeout=settings.read_timeout,
            retries={"total_max_attempts": 1, "mode": "standard"},
            # A name of our own: botocore puts its long one together anew for every request. Nor is
            # each request held against the service's description: what we ask is under test.
            user_agent=f"artitec-media-desktop/{__version__}",
            parameter_validation=False,
            max_pool_connections=_CONNECTIONS,
            tcp_keepalive=True,
        ),
    )
    client.meta.events.register(
        "before-send.s3", partial(_before_send, settings.read_timeout * _SLOW)
    )
    sign_known_sums(client)
    return client


@cache
def _descriptions() -> Any:
    """What botocore knows of the service: a tenth of a second to read, the same for each client."""
    from botocore.loaders import create_loader  # type: ignore[import-untyped]

    return create_loader()


def _before_send(slow: float, request: Any, event_name: str, **_: Any) -> None:
    if isinstance(request.body, Body):
        request.body.begin()
        if len(request.body) < _JUST_SEND and "Expect" in request.headers:
            del request.headers["Expect"]
    context = getattr(request, "context", None)
    if event_name.rpartition(".")[2] in _SLOW_CALLS and isinstance(context, dict):
        context["read_timeout"] = slow
