"""Tells a person about an error that nobody expected, with a report to copy."""

import contextlib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ..config.crash_reports import CrashReports, Report
from ..config.home import Home
from .theme import Space
from .widgets import button, label

if TYPE_CHECKING:
    from ..bootstrap import App

_WIDE: Final = 640
_HIGH: Final = 220


class Crashes(QObject):
    """Takes reports while the window is there, and shows one at a time."""

    #: Report; from any thread.
    _reported = Signal(object)

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reports = CrashReports(home, self._tell)
        self._dialog: CrashDialog | None = None
        self._reported.connect(self._show, Qt.ConnectionType.QueuedConnection)
        #: What dialogs belong to.
        self.window: QWidget | None = None

    def start(self) -> None:
        """Take reports from now on, where the home folder can be written."""
        # Opening the library says what is the matter with the home folder.
        with contextlib.suppress(OSError):
            self._reports.start()

    def stop(self) -> None:
        """The program ends as it should."""
        self._reports.stop()

    def _tell(self, report: Report) -> None:
        # At the very end the window may be gone: the report is written all the same.
        with contextlib.suppress(RuntimeError):
            self._reported.emit(report)

    def look(self, app: "App") -> None:
        """Tell of a crash that ended the program the last time."""
        app.runner.run(lambda _: self._reports.left(), self._show_left)

    def _show_left(self, report: Report | None) -> None:
        if report is not None:
            self._show(report, True)

    def _show(self, report: Report, ended: bool = False) -> None:
        if self._dialog is None:
            self._dialog = CrashDialog(report, ended, self.window)
            self._dialog.destroyed.connect(self._closed)
            self._dialog.open()

    def _closed(self) -> None:
        self._dialog = None


class CrashDialog(QDialog):
    """What happened, what became of the work, and the report; nothing is sent anywhere."""

    def __init__(self, report: Report, ended: bool, parent: QWidget | None = None) -> None:
        """``ended``: it ended the program the last time; else the program goes on."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = (
            self.tr("Artitec Media ended unexpectedly the last time")
            if ended
            else self.tr("Something went wrong in Artitec Media")
        )
        detail = (
            self.tr("What was in the upload queue goes on where it was.")
            if ended
            else self.tr(
                "You can go on working; if something looks wrong, close the window and open it "
                "again. What is in the upload queue is kept."
            )
        )
        asked = self.tr(
            "Please send this report to whoever looks after Artitec Media for you. It holds "
            "versions and the end of the log, no passwords; nothing was sent."
        )
        self.setWindowTitle(title)
        self.setAccessibleName(f"{title} {detail}")
        self.report = QPlainTextEdit(report.text)
        self.report.setReadOnly(True)
        self.report.setMinimumHeight(_HIGH)
        self.report.setAccessibleName(self.tr("Report"))
        self.copy = button(self.tr("Copy report"), "copy-simple")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report.text))
        self.folder = button(self.tr("Show the file"), "folder-open")
        address = QUrl.fromLocalFile(str(report.path.parent))
        self.folder.clicked.connect(lambda: QDesktopServices.openUrl(address))
        self.go_on = button(self.tr("Go on"), "", "primary")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self.accept)
        self._lay_out(title, detail, asked)
        self.setMinimumWidth(_WIDE)

    def _lay_out(self, title: str, detail: str, asked: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.copy)
        row.addWidget(self.folder)
        row.addStretch(1)
        row.addWidget(self.go_on)
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        box.setSpacing(Space.S)
        words = [label(detail), label(asked, tone="muted")]
        for each in words:
            each.setWordWrap(True)
        for part in (label(title, "section"), *words, self.report):
            box.addWidget(part)
        box.addSpacing(Space.S)
        box.addLayout(row)
