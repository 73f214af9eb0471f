"""A key that is held down, as a widget is told of it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication


def hold(widget, key):
    """Press it, and have it repeat twice."""
    for repeats in (False, True, True):
        press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", repeats)
        QApplication.sendEvent(widget, press)
