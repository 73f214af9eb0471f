"""The dialog that files to be added are chosen in."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ....domain.limits import BY_EXTENSION
from ....domain.slots import Slot
from ...drops import path_of
from .words import tr


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
