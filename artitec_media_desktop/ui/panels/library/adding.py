"""Ways to add files besides dropping them: a dialog, and a picture from the clipboard."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QByteArray, QSaveFile, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from ....domain.errors import Permanent
from ....domain.limits import BY_EXTENSION
from ....domain.slots import Slot
from .drops import path_of
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


def save_picture(image: QImage, folder: Path) -> str:
    """Write a PNG into ``folder`` and return its path; runs in a worker.

    Raises Permanent ``not_saved`` when the disk does not take it.
    """
    now = datetime.now()
    path = folder / f"pasted-{now:%Y%m%d-%H%M%S-%f}.png"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_saved(folder, error.strerror or "") from error
    # The file appears under its name only when all of it is there.
    file = QSaveFile(str(path))
    if (
        not file.open(QSaveFile.OpenModeFlag.WriteOnly)
        or not QImageWriter(file, QByteArray(b"png")).write(image)
        or not file.commit()
    ):
        raise _not_saved(folder, file.errorString())
    return str(path)


def _not_saved(folder: Path, reason: str) -> Permanent:
    return Permanent(
        "not_saved",
        f"The pasted picture could not be saved in {folder} ({reason}). Free some space there "
        "and paste again.",
    )
