"""Reads the platform's .env, as a file or as pasted text."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from ...domain.errors import MediaError
from ...domain.profiles import Profile, Secret
from ..drops import DropZone
from ..theme import Space
from ..widgets import Message, button, label
from ..widgets.section import Section, foot

if TYPE_CHECKING:
    from ...bootstrap import App

#: Until a person says what it shall be called.
NAME: Final = "Platform"
_LINES: Final = 10


class EnvImport(Section):
    """What is read goes into a form; nothing is kept before that is saved."""

    #: Profile, dict[Secret, str]
    read = Signal(object, object)
    cancelled = Signal()

    def __init__(self, app: "App") -> None:
        super().__init__(self.tr("The .env of the platform’s server"))
        self._app = app
        words = label(
            self.tr(
                "Drop the file here, choose it, or paste its text. Addresses, account and keys are "
                "taken from it; you can look at them before they are saved."
            ),
            "muted",
        )
        words.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Text of the .env file"))
        self.text.setPlaceholderText("DATABASE_URL=…\nS3_BUCKET_NAME=…")
        self.text.setFixedHeight(_LINES * self.text.fontMetrics().lineSpacing() + Space.XL)
        self.text.setTabChangesFocus(True)
        # A file that is dropped on it is read, not written down as an address.
        self.text.setAcceptDrops(False)
        drops = DropZone(self, lambda dragged, _at: len(dragged.paths) == 1)
        drops.dropped.connect(lambda dragged, _at: self.import_from(Path(dragged.paths[0])))
        self.message = Message()
        choose = button(self.tr("Choose a file…"), "folder-open")
        choose.clicked.connect(self.choose)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.cancelled)
        self.go = button(self.tr("Go on"), kind="primary")
        self.go.setEnabled(False)
        self.go.clicked.connect(lambda: self.import_from(self.text.toPlainText()))
        self.text.textChanged.connect(self._typed)
        for part in (words, self.text, self.message):
            self.box.addWidget(part)
        self.box.addLayout(foot(choose, cancel, self.go))

    @property
    def first(self) -> QWidget:
        """What has the keyboard at first."""
        return self.text

    def leave(self) -> None:
        """The keys that were pasted are not kept in an undo history."""
        self.text.clear()

    def choose(self) -> None:
        """Let the person choose the file."""
        dialog = QFileDialog(self, self.tr("Import .env"))
        # Its name begins with a dot, which Qt's own dialog hides otherwise.
        dialog.setFilter(dialog.filter() | QDir.Filter.Hidden)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Environment files (.env *.env .env.*)"), "*"])
        dialog.fileSelected.connect(lambda path: self.import_from(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def import_from(self, source: Path | str) -> None:
        """Read it in a worker."""
        self.go.setEnabled(False)
        self._app.runner.run(
            lambda _: self._app.profiles.read_env(source, NAME), self._found, self._failed
        )

    def _found(self, answer: tuple[Profile, dict[Secret, str]]) -> None:
        self.read.emit(*answer)

    def _failed(self, error: MediaError) -> None:
        self.message.say(error.message)
        self._enable()

    def _typed(self) -> None:
        self.message.say("")
        self._enable()

    def _enable(self) -> None:
        self.go.setEnabled(bool(self.text.toPlainText().strip()))
