"""Closing the window: asks while files are under way, and ends the work without freezing."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from .overall import moving
from .theme import Space
from .upload_queue import UploadQueue
from .upload_words import number
from .widgets import button, label

if TYPE_CHECKING:
    from ..bootstrap import App

_WIDE: Final = 400


class Quitting(QObject):
    """Whether the window may go now, and what has to happen first."""

    def __init__(self, app: "App", queue: UploadQueue, window: QWidget) -> None:
        super().__init__(window)
        self._app, self._queue, self._window = app, queue, window
        self._is_sure = self._is_ending = self._is_waiting = False
        self.has_ended = False
        self.dialog: QuitDialog | None = None

    def may_close(self, begin: Callable[[], None]) -> bool:
        """Ask where files are under way; else end the work, and close the window after it.

        ``begin`` is called once, when it is sure that the window goes.
        """
        if self.has_ended or self._is_ending:
            return self.has_ended
        left = moving(self._queue) if self._app.pump.is_owner else 0
        if left and not self._is_sure:
            self._ask(left)
            return False
        self._is_ending = True
        begin()
        self._app.end(self._ended)
        self._is_waiting = not self.has_ended
        return self.has_ended

    def _ask(self, left: int) -> None:
        if self.dialog is not None:
            self.dialog.activateWindow()
            return
        self.dialog = QuitDialog(left, self._window)
        self.dialog.accepted.connect(self._quit)
        self.dialog.finished.connect(self._answered)
        self.dialog.open()

    def _answered(self) -> None:
        self.dialog = None

    def _quit(self) -> None:
        self._is_sure = True
        self._window.close()

    def _ended(self) -> None:
        self.has_ended = True
        if self._is_waiting:
            self._window.close()


class QuitDialog(QDialog):
    """Nothing is lost either way, so Enter quits."""

    def __init__(self, left: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Quit"))
        one, many = self.tr("1 file is not finished."), self.tr("{count} files are not finished.")
        title = label((one if left == 1 else many).format(count=number(left)), "section")
        goes_on = self.tr("It goes on at the next start.")
        go_on = self.tr("They go on at the next start.")
        words = label(goes_on if left == 1 else go_on)
        self.setAccessibleName(f"{title.text()} {words.text()}")
        self.stay = button(self.tr("Keep uploading"))
        self.stay.clicked.connect(self.reject)
        self.quit = button(self.tr("Quit"), kind="primary")
        self.quit.clicked.connect(self.accept)
        self.quit.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addStretch(1)
        row.addWidget(self.stay)
        row.addWidget(self.quit)
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        box.setSpacing(Space.XS)
        box.addWidget(title)
        box.addWidget(words)
        box.addSpacing(Space.L)
        box.addLayout(row)
        self.setFixedWidth(_WIDE)
        self.quit.setFocus()
