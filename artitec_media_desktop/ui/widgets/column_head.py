"""The words above the columns of a list."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QWidget

from ..theme import Height, font, theme

#: Where a word stands, the word, and whether it is set to the right.
Head = tuple[QRect, str, bool]


class ColumnHead(QWidget):
    """Not a control; ``heads`` says for the rectangle of a row which words stand where."""

    def __init__(self, view: QAbstractScrollArea, heads: Callable[[QRect], Sequence[Head]]) -> None:
        super().__init__()
        self._view, self._heads = view, heads
        # The scroll bar takes its width from the rows, so the words have to give way too.
        view.verticalScrollBar().rangeChanged.connect(self.update)
        self.setFixedHeight(Height.TABLE_HEAD + 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, words and the hairline below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().color("border"))
        painter.setPen(theme().color("muted"))
        painter.setFont(font("caption"))
        row = self.rect()
        row.setWidth(self._view.viewport().width())
        for rect, text, to_right in self._heads(row):
            side = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
            painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), text)
