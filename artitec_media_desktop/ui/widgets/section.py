"""A card with a heading, and lines of a name and a control in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ..theme import Height, Space
from .labels import label


class Section(QFrame):
    """What belongs together."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        self.box.setSpacing(Space.S)
        self.head = QHBoxLayout()
        heading = label(title, "section")
        heading.setMinimumHeight(Height.BUTTON_SMALL)
        self.head.addWidget(heading, 1)
        self.box.addLayout(self.head)

    def add_line(self, name: str, hint: str, control: QWidget) -> None:
        """A name, what it does, and the control at the right end."""
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(name, "emphasis"))
        sentence = label(hint, "small")
        sentence.setWordWrap(True)
        words.addWidget(sentence)
        row = QHBoxLayout()
        row.setSpacing(Space.L)
        row.addLayout(words, 1)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        self.box.addLayout(row)


def foot(first: QWidget, *others: QWidget) -> QHBoxLayout:
    """Buttons below a form: the first at the left end, the others at the right."""
    row = QHBoxLayout()
    row.setSpacing(Space.S)
    row.addWidget(first)
    row.addStretch(1)
    for each in others:
        row.addWidget(each)
    return row
