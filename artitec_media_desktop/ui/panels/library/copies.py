"""Originals and their links for elsewhere: onto the clipboard, or saved into a folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from ....domain.errors import MediaError
from ...drops import path_of
from ...panel import Notice
from ...widgets import ProgressStrip
from .originals import MOST, fetch, save
from .words import counted, files, tr

if TYPE_CHECKING:
    from ....bootstrap import App
    from .page import MediaPage

_FOLDER: Final = "library.copies"


class Copies(QObject):
    """Of what is selected in the grid of a page."""

    #: Notice
    noticed = Signal(object)

    def __init__(self, app: "App", page: "MediaPage", parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._page = app, page
        #: How far the saving is.
        self.strip = ProgressStrip()

    @property
    def _keys(self) -> Sequence[int]:
        return self._page.grid.selected_keys()

    # ---- onto the clipboard

    def copy(self) -> None:
        """Originals as files, and their addresses as text."""
        keys = self._keys
        if keys:
            self._app.runner.run(
                lambda work: fetch(self._app, keys, work), self._copied, self._not_copied
            )

    def copy_link(self) -> None:
        """The addresses alone."""
        keys = self._keys[:MOST]

        def read(_: object) -> str:
            found = self._app.library.media_by_ids(list(keys))
            return "\n".join(
                self._app.library.address(found[each]) for each in keys if each in found
            )

        if keys:
            self._app.runner.run(read, self._link_copied, self._not_copied)

    def _copied(self, found: tuple[list[Path], str]) -> None:
        paths, addresses = found
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
        mime.setText(addresses)
        QGuiApplication.clipboard().setMimeData(mime)
        self.noticed.emit(Notice(tr("{files} copied").format(files=files(len(paths)))))

    def _link_copied(self, addresses: str) -> None:
        QGuiApplication.clipboard().setText(addresses)
        count = len(addresses.splitlines())
        self.noticed.emit(Notice(counted(count, "{count} link copied", "{count} links copied")))

    def _not_copied(self, error: MediaError) -> None:
        self.noticed.emit(Notice(tr("Nothing was copied"), error.message, "danger"))

    # ---- into a folder

    def ask(self) -> QFileDialog | None:
        """Ask where to: for one a file, for several a folder; returns the dialog."""
        keys = self._keys
        if not keys:
            return None
        dialog = QFileDialog(self._page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Save a copy") if len(keys) == 1 else tr("Save copies in"))
        dialog.setDirectory(self._app.settings.get(_FOLDER, "") or _downloads())
        if len(keys) == 1:
            media = self._page.model.media(keys[0])
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile("" if media is None else media.original_filename)
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.accepted.connect(lambda: self._chosen(keys, dialog.selectedUrls()))
        dialog.open()
        return dialog

    def _chosen(self, keys: Sequence[int], urls: Sequence[QUrl]) -> None:
        path = path_of(urls[0]) if urls else None
        if path:
            self.save(keys, Path(path))

    def save(self, keys: Sequence[int], target: Path) -> None:
        """Write them there, in a worker; ``target`` is a folder, for one also a file."""
        strip = self.strip

        def done(found: tuple[list[Path], list[MediaError]]) -> None:
            strip.end()
            self._tell(*found)

        def failed(error: MediaError) -> None:
            strip.end()
            self.noticed.emit(Notice(tr("Nothing was saved"), error.message, "danger"))

        def stopped() -> None:
            strip.end()
            self.noticed.emit(Notice(tr("Stopped: what was saved until then stays"), tone="info"))

        strip.begin(tr("Saving copies, in MB:"))
        runner = self._app.runner
        strip.watch(
            runner.run(
                lambda work: save(self._app, keys, target, work), done, failed, strip.tell, stopped
            )
        )

    def _tell(self, paths: list[Path], faults: list[MediaError]) -> None:
        if paths:
            folder = paths[0].parent
            self._app.settings.set(_FOLDER, str(folder))
            words = tr("{files} saved").format(files=files(len(paths)))
            self.noticed.emit(
                Notice(words, str(folder), action=tr("Show"), on_action=lambda: _open(folder))
            )
        if faults:
            title = counted(len(faults), "{count} was not saved", "{count} were not saved")
            reasons = list(dict.fromkeys(each.message for each in faults))
            self.noticed.emit(Notice(title, "\n".join(reasons[:3]), "danger"))


def _downloads() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
