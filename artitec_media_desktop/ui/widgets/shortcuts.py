"""Who has the keyboard, and keys that do something while it is in a part of the window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

Keys = QKeySequence | QKeySequence.StandardKey | str


def key_in(
    widget: QWidget,
    keys: Keys,
    act: Callable[[], object],
    *,
    repeats: bool = False,
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
) -> QShortcut:
    """Do it on these keys while the widget, or something in it, has the keyboard.

    Held down they do it once; what moves, with ``repeats``, goes on. ``context`` is another part
    of the window that may have the keyboard.
    """
    made = QShortcut(QKeySequence(keys), widget)
    # PySide passes over a context that QShortcut is given together with what it is to call.
    made.setContext(context)
    made.setAutoRepeat(repeats)
    made.activated.connect(act)
    return made


def key_of(
    widget: QWidget, keys: Keys, act: Callable[[], object], *, repeats: bool = False
) -> QShortcut:
    """As ``key_in``, only while this very widget has the keyboard."""
    very = Qt.ShortcutContext.WidgetShortcut
    return key_in(widget, keys, act, repeats=repeats, context=very)


def has_keyboard(widget: QWidget) -> bool:
    """Whether it, or something in it, has the keyboard."""
    focused = QApplication.focusWidget()
    return focused is not None and (widget is focused or widget.isAncestorOf(focused))
