"""What the dialogs of the page are put together from: cards, a legend."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ....status_words import status_word
from ....theme import Icon, Space
from ....widgets import label
from ..facts_words import STATUSES
from ..parts import Mark
from ..words import tr
from .words import INKS


class Card(QFrame):
    """A figure, and what it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self.figure, self.words = label("", "section"), label("", "small")
        self.words.setWordWrap(True)
        down = QVBoxLayout(self)
        down.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        down.setSpacing(0)
        down.addWidget(self.figure)
        down.addWidget(self.words, 1, Qt.AlignmentFlag.AlignTop)

    def say(self, figure: str, words: str) -> None:
        """Show others."""
        self.figure.setText(figure)
        self.words.setText(words)
        self.setAccessibleName(f"{figure}: {words}")


def legend() -> QHBoxLayout:
    """The heading of the days, and which colour is which."""
    row = QHBoxLayout()
    row.setSpacing(Space.XS)
    row.addWidget(label(tr("By day"), "strong"))
    row.addStretch(1)
    for status, ink in INKS:
        icon, _ = STATUSES[status]
        row.addWidget(Mark(icon, ink, Icon.BADGE))
        row.addWidget(label(status_word(status), "small"))
        row.addSpacing(Space.S)
    return row
