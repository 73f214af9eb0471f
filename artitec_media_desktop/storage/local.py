"""Objects as files below one folder.

Save = temporary file, length and checksum, fsync, rename, as restic's local backend does it.
"""

import contextlib
import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import time
from typing import BinaryIO, Final
from urllib.parse import quote, urlsplit
from uuid import uuid4

from ..domain.errors import MediaError, Permanent, Transient
from ..domain.keys import PRIVATE_PREFIX
from ..domain.media import StorageType
from .address import is_address, key_if_good, key_of_address
from .base import (
    LONGEST_READ,
    ObjectInfo,
    Payload,
    Readable,
    changed,
    check_key,
    check_seconds,
    exists,
    not_in_storage,
)

_CHUNK: Final = 1 << 20
#: Half-written files lie here, never among the objects; what a crash left is swept after a day.
_INCOMING: Final = ".incoming"
#: Where the platform serves them, below BASE_URL.
_SERVED: Final = "uploads/"
_STALE_SECONDS: Final = 24 * 3600
_TRIES: Final = 1000
_NO_LINKS: Final = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}


class LocalStore:
    """An ObjectStore in a folder, made on first use.

    The folder may be served to anyone, so ``private/…`` lies beside it: ``uploads-private``.
    """

    storage_type = StorageType.LOCAL
    bucket = None

    def __init__(self, root: Path, base_url: str = "") -> None:
        """``base_url`` is the platform's BASE_URL, for rows that spell addresses out."""
        self._root = root
        self._private = root.with_name(f"{root.name}-private")
        self._base_url = base_url.rstrip("/")

    def put(self, key: str, payload: Payload, sent: Callable[[int], None] | None = None) -> None:
        """See ObjectStore.put."""
        root, target = self._place(key)
        incoming = root / _INCOMING / uuid4().hex
        try:
            incoming.parent.mkdir(parents=True, exist_ok=True)
            with incoming.open("xb") as file:
                _write(file, key, payload, sent)
                file.flush()
                os.fsync(file.fileno())
            if not _place_at(target, incoming) and _digest(target) != payload.sha256:
                raise exists(key)
        except OSError as error:
            raise _fault(error, key) from error
        finally:
            incoming.unlink(missing_ok=True)

    def get(self, key: str) -> bytes:
        """See ObjectStore.get."""
        with self.open(key) as file:
            return file.read()

    def open(self, key: str) -> BinaryIO:
        """See ObjectStore.open."""
        try:
            return self._path(key).open("rb")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise not_in_storage(key) from None
        except OSError as error:
            raise _fault(error, key) from error

    def info(self, key: str) -> ObjectInfo | None:
        """See ObjectStore.info."""
        path = self._path(key)
        size = _size(path) if path.is_file() else None
        return None if size is None else ObjectInfo(key, size)

    def delete(self, key: str) -> None:
        """See ObjectStore.delete."""
        root, path = self._place(key)
        try:
            path.unlink(missing_ok=True)
        except (IsADirectoryError, NotADirectoryError):
            return  # no object has that key
        except OSError as error:
            if path.is_dir():  # macOS says EPERM of a folder
                return
            raise _fault(error, key) from error
        _remove_empty(path.parent, root)

    def abandon(self, key: str) -> None:
        """See ObjectStore.abandon; a put that is interrupted keeps nothing."""
        check_key(key)

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        """See ObjectStore.list."""
        for root, before in ((self._root, ""), (self._private, PRIVATE_PREFIX)):
            for folder, folders, names in os.walk(root):
                here = Path(folder).relative_to(root).as_posix()
                if here == ".":
                    folders[:] = [each for each in folders if each != _INCOMING]
                for name in names:
                    key = before + (name if here == "." else f"{here}/{name}")
                    if key.startswith(prefix) and (size := _size(Path(folder) / name)) is not None:
                        yield ObjectInfo(key, size)

    def copy(self, source: str, target: str) -> None:
        """See ObjectStore.copy."""
        self._place(target)
        with self.open(source) as file:
            digest = _digest(self._path(source)) or ""
            self.put(target, Payload(file, file.seek(0, os.SEEK_END), digest, ""))

    def move(self, source: str, target: str) -> None:
        """See ObjectStore.move."""
        origin, path = self._path(source), self._path(target)
        if not origin.is_file():
            if path.is_file():
                return
            raise not_in_storage(source)
        try:
            if not _place_at(path, origin) and _digest(path) != _digest(origin):
                raise exists(target)
        except FileNotFoundError:
            if path.is_file():  # somebody else moved it meanwhile
                return
            raise not_in_storage(source) from None
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise _fault(error, target) from error
            self.copy(source, target)
        self.delete(source)

    def signed_url(self, key: str, seconds: int = LONGEST_READ) -> str:
        """See ObjectStore.signed_url."""
        check_seconds(seconds)
        return self._path(key).absolute().as_uri()

    def public_url(self, key: str) -> str:
        """See ObjectStore.public_url."""
        check_key(key)
        # One that begins as addresses do would be taken for one.
        return f"/{_SERVED}{quote(key)}" if key.startswith(_SERVED) else key

    def link(self, key: str) -> str:
        """See ObjectStore.link."""
        if not self._base_url:
            return self.signed_url(key)
        check_key(key)
        return f"{self._base_url}/{_SERVED}{quote(key)}"

    def key_of(self, url: str) -> str | None:
        """See ObjectStore.key_of."""
        if not is_address(url):
            return key_if_good(url.removeprefix(_SERVED))
        base = f"{self._base_url}/{_SERVED}"
        bases = (base,) if self._base_url else ()
        return key_of_address(url, bases, (urlsplit(base).path, _SERVED, ""))

    def sweep(self) -> int:
        """See ObjectStore.sweep."""
        before = time() - _STALE_SECONDS
        swept = 0
        for root in (self._root, self._private):
            incoming = root / _INCOMING
            for each in incoming.iterdir() if incoming.is_dir() else ():
                if each.stat().st_mtime < before:
                    each.unlink(missing_ok=True)
                    swept += 1
        return swept

    def close(self) -> None:
        """See ObjectStore.close."""

    def _path(self, key: str) -> Path:
        return self._place(key)[1]

    def _place(self, key: str) -> tuple[Path, Path]:
        """The root that holds the key, and the object's own path."""
        check_key(key)
        root, inside = self._root, key
        if key.startswith(PRIVATE_PREFIX):
            root, inside = self._private, key.removeprefix(PRIVATE_PREFIX)
        path = root.joinpath(*inside.split("/"))
        # A link that was put among the objects must not lead out of the store either.
        if not path.parent.resolve().is_relative_to(root.resolve()) or path.is_symlink():
            raise Permanent("bad_key", f"“{key}” leads out of the storage folder.")
        return root, path


def _place_at(target: Path, source: Path) -> bool:
    """Give the file that name, in a folder made for it; False where the name is taken.

    Whoever deletes the last object of a folder removes that too, perhaps right after it was made
    here: then it is made again.
    """
    for again in range(_TRIES - 1, -1, -1):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            placed = _rename(source, target)
            break
        except (FileNotFoundError, FileExistsError):  # the latter from a mkdir that was overtaken
            if not again or not source.exists() or any(map(Path.is_file, target.parents)):
                raise
    with contextlib.suppress(FileNotFoundError):  # deleted again meanwhile
        _sync_folder(target.parent)
    return placed


def _rename(incoming: Path, target: Path) -> bool:
    """Give the file its name unless that is taken; False where it is."""
    try:
        target.hardlink_to(incoming)  # unlike a rename, fails where the name is taken
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():  # a file system without links: FAT, some network shares
            return False
        incoming.replace(target)
    return True


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # gone since its folder was read
        return None


def _digest(path: Path) -> str | None:
    """SHA-256 of a file in hex; None for a folder."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(file: BinaryIO, key: str, payload: Payload, sent: Callable[[int], None] | None) -> None:
    digest = hashlib.sha256()
    done = 0
    for chunk in _chunks(payload.body):
        file.write(chunk)
        digest.update(chunk)
        done += len(chunk)
        if sent is not None:
            sent(done)
    if done != payload.size or digest.hexdigest() != payload.sha256:
        raise changed(key)


def _chunks(body: bytes | Readable) -> Iterator[bytes | memoryview]:
    if isinstance(body, bytes):
        view = memoryview(body)
        for start in range(0, len(view), _CHUNK):
            yield view[start : start + _CHUNK]
    else:
        body.seek(0)
        while chunk := body.read(_CHUNK):
            yield chunk


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder can't be opened there; NTFS journals the rename itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fault(error: OSError, key: str) -> MediaError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Transient("disk_full", "The storage is full. Free some space; adding goes on then.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Permanent(
            "no_access", f"“{key}” can't be written: the storage folder does not allow it."
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG):
        return Permanent("bad_key", f"“{key}” can't be stored: its name collides with another.")
    return Transient("storage", f"The storage did not answer ({error.strerror}). Trying again.")
