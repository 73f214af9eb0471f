"""Who has the keyboard, and a key that does something while one widget has it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

Keys = QKeySequence | QKeySequence.StandardKey | str


def key_of(
    widget: QWidget, keys: Keys, act: Callable[[], object], *, repeats: bool = False
) -> QShortcut:
    """Do it on these keys, only while this very widget has the keyboard.

    Held down they do it once; what moves, with ``repeats``, goes on.

    PySide passes over the context that QShortcut is given together with what it is to call.
    """
    made = QShortcut(QKeySequence(keys), widget)
    made.setContext(Qt.ShortcutContext.WidgetShortcut)
    made.setAutoRepeat(repeats)
    made.activated.connect(act)
    return made


def has_keyboard(widget: QWidget) -> bool:
    """Whether it, or something in it, has the keyboard."""
    focused = QApplication.focusWidget()
    return focused is not None and (widget is focused or widget.isAncestorOf(focused))
