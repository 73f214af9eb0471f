"""A get: an object at once, or as a file that fetches what is read."""

import hashlib
import io
from contextlib import closing
from typing import Any, Final

from ...domain.errors import Conflict, Permanent, Transient
from .client import Client

#: What a file fetches at once at least, in bytes.
BLOCK: Final = 1 << 20
_LARGE: Final = 8 << 20


def read_object(client: Client, key: str) -> bytes:
    """The whole object, of the length and SHA-256 that it was put with.

    Raises NotFound, Transient, and Permanent ``damaged`` where the storage itself has lost bits.
    """
    for _ in range(2):
        answer, data = _fetch(client, key)
        expected = answer["Metadata"].get("sha256")
        if expected in (None, hashlib.sha256(data).hexdigest()):
            return data
    raise damaged(client, key)


def damaged(client: Client, key: str) -> Permanent:
    """What is said where content is not what was put."""
    return Permanent(
        "damaged",
        f"“{key}” is damaged in the storage on {client.settings.host}: it is not what was stored. "
        "Restore it from a backup, or delete it and add the file again.",
    )


def _fetch(client: Client, key: str, **parameters: Any) -> tuple[Any, bytes]:
    """An answer and its whole body; one that ends early is asked for again."""
    left = client.settings.attempts
    while True:
        answer = client.call("get_object", key, **parameters)
        try:
            return answer, _body(client, key, answer)
        except Transient as fault:
            left -= 2 if fault.code == "no_answer" else 1
            if left <= 0:
                raise


def _body(client: Client, key: str, answer: Any) -> bytes:
    with closing(answer["Body"]) as stream:
        try:
            data: bytes = stream.read()
        except Exception as error:
            raise client.fault(error, key) from None
    if len(data) != answer["ContentLength"]:
        raise Transient("cut_off", f"“{key}” came only in part. Trying again.")
    return data


class S3File(io.RawIOBase):
    """An object for reading; wrap it in a BufferedReader.

    All that is read is of the same object, even if another takes its place meanwhile: then, as
    where reading from start to end gives another SHA-256 than was put, it raises.
    """

    def __init__(self, client: Client, key: str) -> None:
        super().__init__()
        found = client.head(key)
        self._client = client
        self._key = key
        self._size: int = found["ContentLength"]
        self._etag: str = found["ETag"]
        self._sha256: str | None = found["Metadata"].get("sha256")
        self._at = 0
        self._digest = hashlib.sha256()
        self._digested = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place; nothing is fetched."""
        target = offset + (0, self._at, self._size)[whence]
        if target < 0:
            raise ValueError(f"negative position {target}")
        self._at = target
        return self._at

    def tell(self) -> int:
        """Where it is."""
        return self._at

    def readall(self) -> bytes:
        """All that is left, in large pieces. Raises Transient and Permanent."""
        pieces = []
        piece = bytearray(_LARGE)
        while count := self.readinto(piece):
            pieces.append(bytes(memoryview(piece)[:count]))
        return b"".join(pieces)

    def readinto(self, buffer: Any, /) -> int:
        """Fetch as much as fits. Raises Transient and Permanent."""
        view = memoryview(buffer).cast("B")
        end = min(self._at + len(view), self._size)
        if not view or self._at >= end:
            return 0
        try:
            data = _fetch(
                self._client, self._key, Range=f"bytes={self._at}-{end - 1}", IfMatch=self._etag
            )[1]
        except Conflict:
            raise Permanent(
                "changed", f"“{self._key}” was replaced while it was read. Open it again."
            ) from None
        view[: len(data)] = data
        if self._at == self._digested:
            self._digest.update(data)
            self._digested += len(data)
        self._at += len(data)
        if self._digested == self._size and self._sha256 not in (None, self._digest.hexdigest()):
            raise damaged(self._client, self._key)
        return len(data)
