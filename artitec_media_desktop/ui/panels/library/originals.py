"""Originals for other programs: dragged out of the window, copied, saved into a folder.

They are read and written piece by piece, so that a video takes no more memory than a photo.
"""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from PySide6.QtCore import QByteArray, QEventLoop, QMetaType, QMimeData, QUrl

from ....domain.errors import MediaError, Permanent
from ....domain.media import Media
from ....domain.work import Unwatched, Work
from ...drops import OWN

if TYPE_CHECKING:
    from ....bootstrap import App

_URLS: Final = "text/uri-list"
#: So many files go out at a time.
MOST: Final = 200
_DAY: Final = 24 * 3600
_MB: Final = 1 << 20
_PIECE: Final = 4 * _MB
_LONGEST: Final = 200
#: What Windows refuses in a name.
_FORBIDDEN: Final = '<>:"/\\|?*'


def fetch(app: "App", keys: Sequence[int], work: Work | None = None) -> tuple[list[Path], str]:
    """Write the originals into files of their own names; returns them and their addresses.

    For workers. What has no file (a link, one that is missing) has only an address. Raises the
    first error where there is no file and no address at all.
    """
    _clear(app.home.dragged)
    media = _media(app, keys[:MOST])

    def path_of(each: Media) -> Path:
        folder = app.home.dragged / each.public_id
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder / _name(each)

    paths, faults = _write_all(app, media, path_of, work or Unwatched())
    addresses = "\n".join(filter(None, (app.library.address(each) for each in media)))
    if faults and not paths and not addresses:
        raise faults[0]
    return paths, addresses


def save(
    app: "App", keys: Sequence[int], target: Path, work: Work
) -> tuple[list[Path], list[MediaError]]:
    """Write the originals into a folder, each beside what is there; one may name its own file.

    For workers. Returns what was written, and why the others were not.
    """
    media = _media(app, keys)
    if target.is_dir():
        return _write_all(app, media, lambda each: _free(target / _name(each)), work)
    return _write_all(app, media[:1], lambda _: target, work)


def _media(app: "App", keys: Sequence[int]) -> list[Media]:
    found = app.library.media_by_ids(list(keys))
    return [found[key] for key in keys if key in found]


def _write_all(
    app: "App", media: Sequence[Media], path_of: Callable[[Media], Path], work: Work
) -> tuple[list[Path], list[MediaError]]:
    paths: list[Path] = []
    faults: list[MediaError] = []
    total, before = sum(each.file_size or 0 for each in media) // _MB, 0
    for each in media:

        def told(size: int, before: int = before, name: str = each.original_filename) -> None:
            work.check_cancelled()
            work.progress(min(total, (before + size) // _MB), total, name)

        try:
            path = path_of(each)
            _write(app, each, path, told)
            paths.append(path)
        except MediaError as error:
            faults.append(error)
        except OSError as error:
            faults.append(_unwritten(each, error))
        before += each.file_size or 0
    return paths, faults


def _write(app: "App", media: Media, path: Path, told: Callable[[int], None]) -> None:
    """Whole or not at all: under another name until it is complete."""
    part = path.with_name(f".{path.name[:_LONGEST]}.{uuid4().hex[:8]}")
    told(0)
    try:
        with app.library.open_original(media) as source, part.open("xb") as file:
            while piece := source.read(_PIECE):
                file.write(piece)
                told(file.tell())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _unwritten(media: Media, error: OSError) -> Permanent:
    name, why = media.original_filename, error.strerror or type(error).__name__
    return Permanent("not_written", f"“{name}” was not written ({why}). Choose another folder.")


def _name(media: Media) -> str:
    """As it was called when it was uploaded, without what no file can be called."""
    name = "".join(
        "_" if each in _FORBIDDEN or each < " " else each
        for each in Path(media.original_filename).name
    )
    return name.strip(" .") or media.filename or media.public_id


def _free(path: Path) -> Path:
    """Itself, or ``pool (2).jpg`` where it is taken."""
    count, found = 1, path
    while found.exists():
        count += 1
        found = path.with_name(f"{path.stem} ({count}){path.suffix}")
    return found


def _clear(folder: Path) -> None:
    """Remove what was dragged more than a day ago."""
    if not folder.is_dir():
        return
    for each in folder.iterdir():
        if time() - each.stat().st_mtime > _DAY:
            shutil.rmtree(each, ignore_errors=True)


class Originals(QMimeData):
    """Files that are fetched while they are dragged; whoever takes them waits until they are there.

    The wait is an event loop of its own, so the window goes on.
    """

    def __init__(self, app: "App", keys: Sequence[int]) -> None:
        super().__init__()
        self._waiting: QEventLoop | None = None
        self._ready = False
        self.setData(OWN, QByteArray(b"1"))
        app.runner.run(lambda work: fetch(app, keys, work), self._fetched, self._failed)

    def formats(self) -> list[str]:
        """See QMimeData."""
        return [_URLS, OWN]

    def hasFormat(self, mimetype: str) -> bool:
        """See QMimeData."""
        return mimetype in (_URLS, OWN)

    def retrieveData(self, mimetype: str, preferredType: QMetaType | QMetaType.Type) -> object:
        """See QMimeData."""
        if mimetype == _URLS and not self._ready:
            self._waiting = QEventLoop()
            self._waiting.exec()
        return super().retrieveData(mimetype, preferredType)

    def _fetched(self, found: tuple[list[Path], str]) -> None:
        self._done([QUrl.fromLocalFile(str(each)) for each in found[0]])

    def _failed(self, _error: MediaError) -> None:
        self._done([])

    def _done(self, urls: list[QUrl]) -> None:
        self.setUrls(urls)
        self._ready = True
        if self._waiting is not None:
            self._waiting.quit()
