"""The store of originals and variants, as the services see it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from ..domain.limits import CACHE_CONTROL


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """One stored object; ``size`` in bytes."""

    key: str
    size: int


class Readable(Protocol):
    """As much of a binary file as a put needs."""

    def read(self, size: int = -1, /) -> bytes:
        """Read on from where it is."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place."""


@dataclass(frozen=True, slots=True)
class Payload:
    """What is put: bytes or an open file of ``size`` bytes, and its SHA-256 in hex.

    ``cache_control`` is sent where the store keeps headers (S3); a folder has none to keep.
    """

    body: bytes | Readable
    size: int
    sha256: str
    content_type: str
    cache_control: str = CACHE_CONTROL


class ObjectStore(Protocol):
    """One bucket or folder. The same contract tests run over each implementation.

    Every method may raise Transient (network, busy, disk full) and Permanent (refused).
    """

    def put(self, key: str, payload: Payload, sent: Callable[[int], None] | None = None) -> None:
        """Store the whole object or nothing; the same key again replaces it.

        ``sent`` is told the number of bytes written so far. Raises Permanent ``changed`` when
        the body is not what ``size`` and ``sha256`` promise; nothing is stored then.
        """

    def get(self, key: str) -> bytes:
        """Read a whole object. Raises NotFound ``not_in_storage``."""

    def open(self, key: str) -> BinaryIO:
        """Open an object for reading. Raises NotFound ``not_in_storage``."""

    def info(self, key: str) -> ObjectInfo | None:
        """Tell whether an object is there and how large it is."""

    def delete(self, key: str) -> None:
        """Remove an object; one that is not there is no error."""

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        """Every object below a prefix, in the order of their keys."""
