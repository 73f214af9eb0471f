"""Asks before anything is removed for good."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ...theme import Space
from ...widgets import button, label
from .words import tr

_WIDE: Final = 440


class PurgeDialog(QDialog):
    """This can't be undone, so Enter and Esc keep everything."""

    def __init__(self, question: str, names: str, size: str, parent: QWidget) -> None:
        """``names`` say what goes, ``size`` how much room that frees."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Delete for good"))
        what = label(names)
        freed = label(tr("{size} are freed. This can't be undone.").format(size=size), "muted")
        for each in (what, freed):
            each.setWordWrap(True)
        self.setAccessibleName(" ".join((question, names, freed.text())))
        self.keep = button(tr("Keep"))
        self.keep.clicked.connect(self.reject)
        self.keep.setDefault(True)
        self.purge = button(tr("Delete for good"), "trash", "danger")
        self.purge.setAutoDefault(False)
        self.purge.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.purge)
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        box.setSpacing(Space.S)
        for part in (label(question, "section"), what, freed):
            box.addWidget(part)
        box.addSpacing(Space.S)
        box.addLayout(row)
        self.setFixedWidth(_WIDE)
        self.keep.setFocus()
