"""Starts the window; with no display, does the main job without one and saves a picture of it."""

import os
import signal
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, QObject, QTimer
from PySide6.QtGui import QFileOpenEvent, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from ..bootstrap import App
from ..config.home import Home
from ..config.resources import resource
from . import responsive
from .crashes import Crashes
from .drops import Dragged
from .main_window import TITLE, MainWindow
from .panel import Notice
from .repeats import Repeats
from .theme import theme


def run(args: Namespace) -> int:
    """Open the window and return the exit status once it is closed."""
    _choose_platform()
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("artitec-media")
    qt.setApplicationDisplayName(TITLE)
    qt.setDesktopFileName("artitec-media")
    # The SVG itself, from which it is drawn, would load QtSvg before the first paint.
    qt.setWindowIcon(QIcon(str(resource("icon/artitec-media.png"))))
    if QLocale.system().language() == QLocale.Language.C:
        # No language is set: numbers would go without the marks that make them readable.
        QLocale.setDefault(QLocale(QLocale.Language.English))
    # Ctrl+C in the terminal ends the program at once; the journal keeps what is not finished.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    responsive.keep_responsive()
    theme().apply(qt)
    home = Home.find(args.home)
    app = App(home, email=args.email, profile=args.profile)
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        from .showcase import Showcase

        window = MainWindow(app)
        showcase = Showcase(app, window)
        window.show()
        return showcase.run()
    windows = Windows(home)
    # A filter of all events costs each of them Python's lock: only where there is need.
    if sys.platform == "darwin":
        qt.installEventFilter(windows)
    Repeats(qt)
    windows.add_files(getattr(args, "paths", ()))
    windows.open(app)
    status = qt.exec()
    windows.crashes.stop()
    return status


class Windows(QObject):
    """One window at a time; another library gets a new one, in the place of the old."""

    def __init__(self, home: Home) -> None:
        super().__init__()
        self._home = home
        #: What was given to the program before a library was open.
        self._given: list[str] = []
        self.window: MainWindow | None = None
        self.crashes = Crashes(home, self)
        self.crashes.start()

    def open(self, app: App, notice: str = "") -> None:
        """Show a window over ``app`` and open its library; the one before goes."""
        before, window = self.window, MainWindow(app)
        self.window = window
        window.left.connect(self._change)
        window.installEventFilter(_FirstPaint(window))
        window.show()
        self.crashes.window = window
        window.session.opened.connect(self._hand_over)
        if before is None:
            window.session.opened.connect(lambda: self.crashes.look(app))
        if notice:
            window.notify(Notice(notice, tone="info"))
        if before is not None:
            # Here, not whenever a worker happens to: its timers belong to this thread.
            before.destroyed.connect(lambda: QTimer.singleShot(0, responsive.collect_all))
            before.close()
            before.deleteLater()

    def add_files(self, paths: Sequence[str]) -> None:
        """“Open with…”: they wait for a place, like files that were dropped on none."""
        self._given += [str(Path(each).absolute()) for each in paths]
        self._hand_over()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On a Mac files come as events, at any time."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.add_files([event.file()])
            return True
        return False

    def _hand_over(self) -> None:
        window = self.window
        if self._given and window is not None and window.is_open:
            given, self._given = self._given, []
            window.show_page("uploads")
            window.news.take_unplaced(Dragged.of(given))

    def _change(self, name: str, ask: bool, notice: str) -> None:
        self.open(App(self._home, profile=name, ask=ask), notice)


def _choose_platform() -> None:
    """Let Qt fall back to no display at all, instead of ending the program without a word."""
    if sys.platform.startswith("linux") and not os.environ.get("QT_QPA_PLATFORM"):
        wayland = ["wayland"] if os.environ.get("WAYLAND_DISPLAY") else []
        x11 = ["xcb"] if os.environ.get("DISPLAY") else []
        os.environ["QT_QPA_PLATFORM"] = ";".join([*wayland, *x11, "offscreen"])


class _FirstPaint(QObject):
    """Opens the library once the window has been painted, not before."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint of the window."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._window.begin)
        return False
