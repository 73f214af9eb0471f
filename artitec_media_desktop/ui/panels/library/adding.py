"""Adds files to the slot that is shown: dropped, pasted, or chosen in a dialog."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from ....domain.entities import Entity, EntityRef
from ....domain.errors import MediaError
from ....domain.limits import BY_EXTENSION
from ....domain.slots import Slot
from ....domain.targets import Target
from ...adding import save_picture, take
from ...drops import Dragged, path_of, paths_of
from ...panel import Notice
from .words import NOT_HERE, tr

if TYPE_CHECKING:
    from ....bootstrap import App
    from .page import MediaPage


class Adding(QObject):
    """Everything goes to the queue; ``entity_of`` knows the entities by their ref."""

    #: Notice
    noticed = Signal(object)
    #: Dragged: what was dropped waits to be placed.
    unplaced = Signal(object)

    def __init__(
        self,
        app: "App",
        page: "MediaPage",
        entity_of: Callable[[EntityRef], Entity | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._app, self._page, self._entity_of = app, page, entity_of

    def take(self, dragged: Dragged, ref: EntityRef, slot: Slot) -> None:
        """Hand over what was dropped; with Alt it waits to be placed."""
        entity = self._entity_of(ref)
        if dragged.later:
            self.unplaced.emit(dragged)
        elif entity is not None and dragged.total:
            target = Target(ref.type, ref.id, entity.public_id, slot)
            take(self._app, dragged, target, self._not_added)

    def take_here(self, dragged: Dragged, slot: Slot) -> None:
        """The same for a slot of the entity that is shown."""
        if self._page.ref is not None:
            self.take(dragged, self._page.ref, slot)

    def choose(self, folder: bool) -> None:
        """Let the person choose files, or a folder, for the slot that is shown."""
        entity, slot = self._page.entity, self._page.slot
        if self._refuses():
            return
        if entity is not None and slot is not None:
            dialog = file_dialog(self._page, entity.name, slot, folder)
            dialog.accepted.connect(lambda: self._drop(chosen_paths(dialog), entity.ref, slot))
            dialog.open()

    def paste(self) -> None:
        """Add what the clipboard holds: files, or a picture."""
        ref, slot = self._page.ref, self._page.slot
        if ref is None or slot is None or self._refuses():
            return
        clipboard = QGuiApplication.clipboard()
        paths = paths_of(clipboard.mimeData())
        image = QImage() if paths else clipboard.image()
        if paths:
            self._drop(paths, ref, slot)
        elif not image.isNull():
            self._app.runner.run(
                lambda _: save_picture(image, self._app.pasted),
                lambda path: self._drop([path], ref, slot),
                self._not_added,
            )
        else:
            text = tr("Copy files or a picture first, in any program, then paste here.")
            self.noticed.emit(Notice(tr("There is nothing to paste"), text, "info"))

    def _drop(self, paths: Sequence[str], ref: EntityRef, slot: Slot) -> None:
        self.take(Dragged.of(list(paths)), ref, slot)

    def _refuses(self) -> bool:
        """Whether nothing may be added to the place that is shown; says why."""
        may_add = self._page.may_add
        if not may_add:
            self.noticed.emit(Notice(tr(NOT_HERE), may_add.reason, "warning"))
        return not may_add

    def _not_added(self, error: MediaError) -> None:
        def copy() -> None:
            QGuiApplication.clipboard().setText(error.message)

        self.noticed.emit(
            Notice(tr("Nothing was added"), error.message, "danger", tr("Copy"), copy)
        )


def file_dialog(parent: QWidget, place: str, slot: Slot, folder: bool) -> QFileDialog:
    """Ask for the files, or the folder, to be added; the caller opens it."""
    dialog = QFileDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    title = tr("Add to {place}, {slot}")
    dialog.setWindowTitle(title.format(place=place, slot=slot.label))
    if folder:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([_file_filter(slot), tr("All files (*)")])
    return dialog


def chosen_paths(dialog: QFileDialog) -> list[str]:
    """What was chosen; by URL, so that odd names survive."""
    paths = (path_of(url) for url in dialog.selectedUrls())
    return [path for path in paths if path]


def _file_filter(slot: Slot) -> str:
    patterns = [
        f"*{extension}"
        for extension, each in BY_EXTENSION.items()
        if each.media_type in slot.accepts
    ]
    return f"{tr('What goes here')} ({' '.join(patterns)})"
