"""Starts the window; with no display, does the main job without one and saves a picture of it."""

import os
import signal
import sys
from argparse import Namespace

from PySide6.QtCore import QEvent, QLocale, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ..bootstrap import App
from ..config.home import Home
from .main_window import TITLE, MainWindow
from .theme import theme


def run(args: Namespace) -> int:
    """Open the window and return the exit status once it is closed."""
    _choose_platform()
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("artitec-media")
    qt.setApplicationDisplayName(TITLE)
    qt.setDesktopFileName("artitec-media")
    if QLocale.system().language() == QLocale.Language.C:
        # No language is set: numbers would go without the marks that make them readable.
        QLocale.setDefault(QLocale(QLocale.Language.English))
    # Ctrl+C in the terminal ends the program at once; the journal keeps what is not finished.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    theme().apply(qt)
    app = App(Home.find(args.home), email=args.email, profile=args.profile)
    window = MainWindow(app)
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        from .showcase import Showcase

        showcase = Showcase(app, window)
        window.show()
        return showcase.run()
    first_paint = _FirstPaint(window)
    window.show()
    status = qt.exec()
    first_paint.deleteLater()
    return status


def _choose_platform() -> None:
    """Let Qt fall back to no display at all, instead of ending the program without a word."""
    if sys.platform.startswith("linux") and not os.environ.get("QT_QPA_PLATFORM"):
        wayland = ["wayland"] if os.environ.get("WAYLAND_DISPLAY") else []
        x11 = ["xcb"] if os.environ.get("DISPLAY") else []
        os.environ["QT_QPA_PLATFORM"] = ";".join([*wayland, *x11, "offscreen"])


class _FirstPaint(QObject):
    """Opens the library once the window has been painted, not before."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint of the window."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._window.open)
        return False
