"""Objects as files below one folder.

Save = temporary file, length and checksum, fsync, rename, as restic's local backend does it.
"""

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import time
from typing import BinaryIO, Final
from uuid import uuid4

from ..domain.errors import MediaError, NotFound, Permanent, Transient
from .base import ObjectInfo, Payload, Readable

_CHUNK: Final = 1 << 20
#: Half-written files lie here, never among the objects; what a crash left is swept after a day.
_INCOMING: Final = ".incoming"
_STALE_SECONDS: Final = 24 * 3600


class LocalStore:
    """An ObjectStore in a folder, made on first use."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, payload: Payload, sent: Callable[[int], None] | None = None) -> None:
        """See ObjectStore.put."""
        target = self._path(key)
        incoming = self._root / _INCOMING / uuid4().hex
        try:
            incoming.parent.mkdir(parents=True, exist_ok=True)
            target.parent.mkdir(parents=True, exist_ok=True)
            with incoming.open("xb") as file:
                _write(file, key, payload, sent)
                file.flush()
                os.fsync(file.fileno())
            incoming.replace(target)
            _sync_folder(target.parent)
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
            raise NotFound("not_in_storage", f"“{key}” is not in the storage.") from None
        except OSError as error:
            raise _fault(error, key) from error

    def info(self, key: str) -> ObjectInfo | None:
        """See ObjectStore.info."""
        path = self._path(key)
        return ObjectInfo(key, path.stat().st_size) if path.is_file() else None

    def delete(self, key: str) -> None:
        """See ObjectStore.delete."""
        path = self._path(key)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise _fault(error, key) from error
        self._remove_empty(path.parent)

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        """See ObjectStore.list."""
        found = []
        for folder, _folders, names in os.walk(self._root):
            here = Path(folder).relative_to(self._root).as_posix()
            if here == _INCOMING:
                continue
            for name in names:
                key = name if here == "." else f"{here}/{name}"
                if key.startswith(prefix):
                    found.append(ObjectInfo(key, (Path(folder) / name).stat().st_size))
        yield from sorted(found, key=lambda each: each.key)

    def sweep(self) -> int:
        """Remove what crashes left half written a day or more ago; returns how many files."""
        before = time() - _STALE_SECONDS
        incoming = self._root / _INCOMING
        stale = (
            [each for each in incoming.iterdir() if each.stat().st_mtime < before]
            if incoming.is_dir()
            else []
        )
        for each in stale:
            each.unlink(missing_ok=True)
        return len(stale)

    def _path(self, key: str) -> Path:
        parts = key.split("/")
        if any(part in ("", ".", "..") or part.startswith(_INCOMING) for part in parts) or any(
            each in key for each in "\\:\0"
        ):
            raise Permanent("bad_key", f"“{key}” can't be the name of an object.")
        path = self._root.joinpath(*parts)
        # A link that was put among the objects must not lead out of the store either.
        if not path.parent.resolve().is_relative_to(self._root.resolve()) or path.is_symlink():
            raise Permanent("bad_key", f"“{key}” leads out of the storage folder.")
        return path

    def _remove_empty(self, folder: Path) -> None:
        while folder != self._root:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent


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
        raise Permanent(
            "changed", f"“{key}” was not stored: the file changed while it was read. Add it again."
        )


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
    return Transient("storage", f"The storage did not answer ({error.strerror}). Trying again.")
