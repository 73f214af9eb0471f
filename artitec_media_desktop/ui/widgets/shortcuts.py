"""A key that does something while one widget has the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

Keys = QKeySequence | QKeySequence.StandardKey | str


def key_of(widget: QWidget, keys: Keys, act: Callable[[], object]) -> QShortcut:
    """Do it on these keys, only while this very widget has the keyboard.

    PySide passes over the context that QShortcut is given together with what it is to call.
    """
    made = QShortcut(QKeySequence(keys), widget)
    made.setContext(Qt.ShortcutContext.WidgetShortcut)
    made.activated.connect(act)
    return made
