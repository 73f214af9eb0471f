"""What drops from the account row: who, in which library, and the ways out of it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget, QWidgetAction

from ..theme import Space, icon
from ..widgets import label, menu


class AccountMenu:
    """Made anew each time it is opened."""

    def __init__(self, parent: QWidget) -> None:
        self.menu: QMenu = menu(parent)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def add_head(self, name: str, role: str, library: str) -> None:
        """Who is signed in, as what, where."""
        head = QWidget()
        box = QVBoxLayout(head)
        box.setContentsMargins(Space.S, Space.XS, Space.L, Space.S)
        box.setSpacing(0)
        box.addWidget(label(name, "emphasis"))
        for words in (role, library):
            if words:
                box.addWidget(label(words, "small"))
        action = QWidgetAction(self.menu)
        action.setDefaultWidget(head)
        self.menu.addAction(action)
        self.menu.addSeparator()

    def add(self, icon_name: str, text: str, act: Callable[[], None], keys: str = "") -> None:
        """One line; the keys are shown only, they belong to the window."""
        action = self.menu.addAction(icon(icon_name), text)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _=False: act())

    def add_line(self) -> None:
        """A hairline."""
        self.menu.addSeparator()

    def open_above(self, widget: QWidget) -> None:
        """Drop it upwards."""
        corner = widget.mapToGlobal(QPoint(0, 0))
        self.menu.popup(corner - QPoint(0, self.menu.sizeHint().height() + Space.XS))
