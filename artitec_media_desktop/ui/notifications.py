"""A notification of the desktop.

Linux: ``notify-send``, which desktops bring along; QtDBus can't write the unsigned number that
their service asks for. Windows and macOS: an icon in the tray, as long as its message stands.
"""

import subprocess
import sys
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from ..domain.errors import MediaError
from ..tasks.runner import Runner
from .theme import icon

_PROGRAM: Final = "notify-send"
_SECONDS: Final = 10


class Notifications(QObject):
    """Where the system has none, nothing happens: the window says the same."""

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner

    def show(self, title: str, words: str) -> None:
        """Show one; plain text."""
        if QGuiApplication.platformName() in ("offscreen", "minimal"):
            return
        if sys.platform in ("win32", "darwin"):
            self._show_in_tray(title, words)
            return
        name = QGuiApplication.applicationDisplayName()
        self._runner.run(lambda _: _send(name, title, words), None, _not_shown)

    def _show_in_tray(self, title: str, words: str) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        tray = QSystemTrayIcon(icon("upload-simple"), self)
        tray.show()
        tray.showMessage(title, words, icon("upload-simple"), _SECONDS * 1000)
        QTimer.singleShot(_SECONDS * 1000, tray, tray.deleteLater)


def _send(name: str, title: str, words: str) -> None:
    command = [_PROGRAM, f"--app-name={name}", "--", title, words]
    try:
        subprocess.run(  # a fixed program, arguments one by one
            command, timeout=_SECONDS, check=False, capture_output=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return  # there is none, or no desktop answers


def _not_shown(_error: MediaError) -> None:
    """Nothing is lost."""
