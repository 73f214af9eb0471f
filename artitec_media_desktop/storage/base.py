"""The store of originals and variants, as the services see it."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol

from ..domain.errors import Conflict, NotFound, Permanent
from ..domain.limits import CACHE_CONTROL
from ..domain.media import StorageType

#: The longest that a signed read may be good for, in seconds.
LONGEST_READ: Final = 15 * 60

_LONGEST_KEY: Final = 1024  # bytes; S3's own limit
_LONGEST_PART: Final = 255  # bytes; that of file systems
#: A part that is empty, a step or ours, or a character that some disk takes for something else.
_UNSAFE: Final = re.compile(r"(?:^|/)(?:\.{0,2}(?:/|\Z)|\.incoming)|[\\:\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """One stored object; ``size`` in bytes."""

    key: str
    size: int


@dataclass(frozen=True, slots=True)
class Usage:
    """How much lies below a prefix; ``size`` in bytes."""

    objects: int
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
    ``is_sum_of_body``: the sum was taken of these very bytes, which can't have changed since.
    """

    body: bytes | Readable
    size: int
    sha256: str
    content_type: str
    cache_control: str = CACHE_CONTROL
    is_sum_of_body: bool = False

    @classmethod
    def of(cls, data: bytes, content_type: str) -> "Payload":
        """Bytes in memory; their sum is taken here."""
        sha256 = hashlib.sha256(data).hexdigest()
        return cls(data, len(data), sha256, content_type, is_sum_of_body=True)


class ObjectStore(Protocol):
    """One bucket or folder. The same contract tests run over each implementation.

    Objects below ``private/`` are for signed reads only; where all others lie, anyone may read.
    Every method may raise Transient (network, busy, disk full) and Permanent (refused;
    ``bad_key`` for a key that could not be one).
    """

    @property
    def storage_type(self) -> StorageType:
        """What ``media.storage_type`` says of objects in here."""

    @property
    def bucket(self) -> str | None:
        """What ``media.bucket_name`` says; None for a folder."""

    def put(self, key: str, payload: Payload, sent: Callable[[int], None] | None = None) -> None:
        """Store the whole object or nothing, and never in another one's place.

        A key that holds the same content already counts as done, so a put may be repeated; one
        with other content raises Conflict ``exists``. ``sent`` is told the number of bytes handed
        over so far, in the caller's thread; what it raises stops the put. After that, or after a
        fault that passes, the next put of the same sends only what is missing, where the store
        can; ``abandon`` removes what it keeps for that. Raises Permanent ``changed`` when the body
        is not what ``size`` and ``sha256`` promise.
        """

    def get(self, key: str) -> bytes:
        """Read a whole object. Raises NotFound ``not_in_storage``."""

    def open(self, key: str) -> BinaryIO:
        """Open an object for reading, with seek. Raises NotFound ``not_in_storage``."""

    def info(self, key: str) -> ObjectInfo | None:
        """Tell whether an object is there and how large it is."""

    def delete(self, key: str) -> None:
        """Remove an object; one that is not there is no error."""

    def abandon(self, key: str) -> None:
        """Remove what a put of this key that was interrupted has left for the next try."""

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        """Every object whose key begins with the prefix, once, in no promised order."""

    def copy(self, source: str, target: str) -> None:
        """Give the content a second key. May be repeated, as a put may.

        Raises NotFound ``not_in_storage`` and Conflict ``exists``.
        """

    def move(self, source: str, target: str) -> None:
        """Copy, then delete. After a crash anywhere, the same call finishes the work.

        Only the target being there counts as moved. Raises NotFound and Conflict.
        """

    def signed_url(self, key: str, seconds: int = LONGEST_READ) -> str:
        """A URL that reads the object, private or not, for 1 to LONGEST_READ seconds.

        For a folder that is a ``file:`` URL, which does not expire. Whether there is such an
        object is not looked up. Raises ValueError for another number of seconds.
        """

    def public_url(self, key: str) -> str:
        """What the URL columns of ``media`` hold: the lasting public address.

        For a folder that is the key, relative to ``BASE_URL/uploads/``.
        """

    def link(self, key: str) -> str:
        """The address that a person can open: ``public_url`` in full.

        Of a folder that nobody serves, a ``file:`` URL.
        """

    def key_of(self, url: str) -> str | None:
        """The inverse of ``public_url``: which key in here a URL column names, if any.

        Forgiving, since the platform writes these columns too: absolute by any address of this
        store, signed or not, or relative; without a slash in front, that is the key as it is.
        None for another place and for what can't be a key. Nothing is looked up.
        """

    def sweep(self) -> int:
        """Remove what crashes left half written a day or more ago; returns how many."""

    def close(self) -> None:
        """Let go of connections and threads; the next call opens them again."""


def usage(store: ObjectStore, prefix: str = "") -> Usage:
    """Count what lies below a prefix. Raises as ``list`` does."""
    objects = size = 0
    for each in store.list(prefix):
        objects += 1
        size += each.size
    return Usage(objects, size)


def check_key(key: str) -> None:
    """Raise Permanent ``bad_key`` unless the key is safe as a path and as a name in a bucket."""
    try:
        long = len(key.encode())
        too_long = long > _LONGEST_KEY or (
            long > _LONGEST_PART
            and any(len(part.encode()) > _LONGEST_PART for part in key.split("/"))
        )
    except UnicodeEncodeError:  # half a surrogate pair
        raise Permanent("bad_key", f"{key!r} can't be the name of an object.") from None
    if too_long or _UNSAFE.search(key):
        raise Permanent("bad_key", f"“{key}” can't be the name of an object.")


def check_seconds(seconds: int) -> None:
    """Raise ValueError unless a signed read may be good for so long."""
    if not 1 <= seconds <= LONGEST_READ:
        raise ValueError(f"a signed read is good for 1 to {LONGEST_READ} seconds, not {seconds}")


def not_in_storage(key: str) -> NotFound:
    """What is said of an object that is not there."""
    return NotFound("not_in_storage", f"“{key}” is not in the storage.")


def changed(key: str) -> Permanent:
    """What is said of a body that is not what was promised."""
    return Permanent(
        "changed", f"“{key}” was not stored: the file changed while it was read. Add it again."
    )


def exists(key: str) -> Conflict:
    """What is said where a put would have replaced another object."""
    return Conflict(
        "exists",
        f"“{key}” is in the storage already, with other content, and was left as it is. "
        "Add the file again: it gets a name of its own.",
    )
