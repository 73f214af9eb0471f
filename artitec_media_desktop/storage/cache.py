"""Small objects kept on this disk, so that they are fetched once.

As ccache keeps its files: by the hash of their key in sharded folders, the longest unused go.
"""

import hashlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from ..domain.limits import MB

#: What is larger is not kept, in bytes.
LARGEST: Final = 4 * MB
_DIGEST: Final = 32
_TOUCH_SECONDS: Final = 60


class DiskCache:
    """Bytes by key in a folder, made on first use; any number of threads, a few processes.

    A file holds the SHA-256 of its bytes before them, so one that was cut off is no hit. Nothing
    here ever fails: what can't be kept or read is fetched again by the caller.

    A process looks at the whole folder once for every sixteenth of the limit that it adds, and
    leaves three quarters of the limit. So four processes at once stay within it, and what a
    look costs is spread over many puts.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        """``limit`` is in bytes."""
        self._folder = folder
        self._kept = limit * 3 // 4
        self._stride = limit // 16
        #: Bytes added since the last look; the first put begins with one.
        self._added = self._stride
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """What was put under the key, if it is still there."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                facts = os.fstat(file.fileno())
                content = file.read(min(facts.st_size, _DIGEST + LARGEST))
            data = content[_DIGEST:]
            if hashlib.sha256(data).digest() != content[:_DIGEST]:
                path.unlink(missing_ok=True)
                return None
        except OSError:
            return None
        if abs(time.time() - facts.st_mtime) > _TOUCH_SECONDS:
            with suppress(OSError):
                os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep it, unless it is too large or the disk does not let us."""
        size = _DIGEST + len(data)
        if len(data) > LARGEST or size > self._stride:
            return
        path = self._path(key)
        incoming = path.with_name(f"{path.name}.{uuid4().hex}")
        try:
            self._make_room(size)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with incoming.open("xb") as file:
                file.write(hashlib.sha256(data).digest())
                file.write(data)
            incoming.replace(path)
        except OSError:
            with suppress(OSError):
                incoming.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
        return self._folder / name[:2] / name

    def _make_room(self, size: int) -> None:
        with self._lock:
            if self._added + size > self._stride:
                self._added = 0
                self._remove_oldest()
            self._added += size

    def _remove_oldest(self) -> None:
        files = sorted(self._files())
        total = sum(size for _used, size, _path in files)
        for _used, size, path in files:
            if total <= self._kept:
                return
            with suppress(OSError):
                Path(path).unlink(missing_ok=True)
                total -= size

    def _files(self) -> Iterator[tuple[float, int, str]]:
        """When last used, size and path; half-written ones, which a crash may leave, too."""
        for number in range(256):
            try:
                with os.scandir(self._folder / f"{number:02x}") as entries:
                    for each in entries:
                        with suppress(OSError):
                            facts = each.stat(follow_symlinks=False)
                            yield facts.st_mtime, facts.st_size, each.path
            except OSError:
                continue
