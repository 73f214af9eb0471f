"""Fields of the form of a library."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from ..theme import Space
from ..widgets import FormRow, icon_button

NAME_WIDE = 144


def field(placeholder: str = "") -> QLineEdit:
    """A line to type into."""
    made = QLineEdit()
    made.setPlaceholderText(placeholder)
    return made


def row(name: str, control: QWidget, hint: str = "") -> FormRow:
    """A row of this form."""
    return FormRow(name, control, hint, NAME_WIDE)


class PathField(QWidget):
    """A path that is typed, or chosen in a dialog."""

    returnPressed = Signal()

    def __init__(self, folder: bool, placeholder: str = "") -> None:
        """``folder`` chooses a folder instead of a file."""
        super().__init__()
        self._folder = folder
        self.line = field(placeholder)
        self.line.returnPressed.connect(self.returnPressed)
        self.setFocusProxy(self.line)
        words = self.tr("Choose a folder…") if folder else self.tr("Choose a file…")
        choose = icon_button("folder-open", words)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.line, 1)
        row.addWidget(choose)

    def setAccessibleName(self, name: str) -> None:
        """The line is what is typed into."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def text(self) -> str:
        """The path."""
        return self.line.text()

    def setText(self, text: str) -> None:
        """Show another path."""
        self.line.setText(text)

    def _choose(self) -> None:
        dialog = QFileDialog(self)
        mode = QFileDialog.FileMode
        dialog.setFileMode(mode.Directory if self._folder else mode.ExistingFile)
        dialog.fileSelected.connect(self.line.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
