"""In place of the buttons, while many are about to be decided at once: how many, and Enter."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...theme import Space
from ...widgets import ElidedLabel
from ...widgets.key_button import KeyButton
from .words import tr


class Asking(QWidget):
    """Says ``Approve 5 items?``."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "warning")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = ElidedLabel("", "section")
        self.go = KeyButton(tr("Go on"), "Return", "primary")
        self.drop = KeyButton(tr("Cancel"), "Esc")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.words, 1)
        row.addWidget(self.go)
        row.addWidget(self.drop)

    def ask(self, words: str) -> None:
        """Say what is about to happen."""
        self.words.setText(words)
        self.setAccessibleName(words)
