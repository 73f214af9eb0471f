"""A table for a spreadsheet: as text, and as a file of its own."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QSaveFile, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ..domain.csv_text import csv_text
from ..domain.errors import Permanent


def table_text(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """A line a row; texts that begin like a formula get an apostrophe."""
    return csv_text([tuple(head)]) + csv_text(rows)


def save_table(text: str, path: str) -> None:
    """Write it; the file appears when all of it is there. For a worker.

    Raises Permanent ``not_saved``.
    """
    file = QSaveFile(path)
    data = text.encode("utf-8-sig")  # the mark at the beginning tells Excel that it is UTF-8
    is_open = file.open(QSaveFile.OpenModeFlag.WriteOnly)
    if not is_open or file.write(data) != len(data) or not file.commit():
        raise Permanent(
            "not_saved",
            f"The table could not be saved as {path} ({file.errorString()}). Choose another "
            "folder and save it again.",
        )


def ask_for_path(parent: QWidget, name: str, chosen: Callable[[str], None]) -> None:
    """Have a person say where to; ``name`` is what the file is called at first."""
    dialog = QFileDialog(parent, QCoreApplication.translate("TableFile", "Save as CSV"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    dialog.setDirectory(QStandardPaths.writableLocation(documents))
    dialog.selectFile(name)
    dialog.fileSelected.connect(chosen)
    dialog.open()
