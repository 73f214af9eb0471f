"""Originals for other programs: dragged out of the window, or copied."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QEventLoop, QMetaType, QMimeData, QUrl

from ....domain.errors import MediaError, Permanent
from ....domain.media import Media
from ....domain.work import Work
from ...drops import OWN

if TYPE_CHECKING:
    from ....bootstrap import App

_URLS: Final = "text/uri-list"
#: So many files go out at a time.
MOST: Final = 200
_DAY: Final = 24 * 3600


def fetch(app: "App", keys: Sequence[int], work: Work | None = None) -> tuple[list[Path], str]:
    """Write the originals into files of their own names; returns them and their addresses.

    For workers. What has no file (a link, one that is missing) has only an address. Raises the
    first error where there is no file and no address at all.
    """
    _clear(app.home.dragged)
    found = app.library.media_by_ids(list(keys)[:MOST])
    media = [found[key] for key in keys if key in found]
    paths: list[Path] = []
    fault: MediaError | None = None
    for done, each in enumerate(media):
        if work is not None:
            work.check_cancelled()
            work.progress(done, len(media), each.original_filename)
        try:
            paths.append(_written(app, each))
        except MediaError as error:
            fault = fault or error
    addresses = "\n".join(filter(None, (app.library.address(each) for each in media)))
    if fault is not None and not paths and not addresses:
        raise fault
    return paths, addresses


def _written(app: "App", media: Media) -> Path:
    folder = app.home.dragged / media.public_id
    name = Path(media.original_filename).name or media.filename or media.public_id
    path = folder / name
    data = app.library.original(media)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(data)
    except OSError as error:
        raise Permanent(
            "not_written", f"“{name}” can't be written to {folder} ({error.strerror})."
        ) from error
    return path


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
