"""The charts of the figures: a column a day, and a row a reason or type."""

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from ....chart import GAP, RIGHT, Chart, fill, write
from ....theme import Height, Space, theme
from ....upload_words import number

_AXIS, _BELOW, _COLUMN, _LINE = 40, 24, 28, 20
_LINES: Final = 3
_NAMED: Final = (1, 2, 5, 10)
#: A name below a column takes so much room.
_NAME: Final = 64
_LABEL, _COUNT, _BAR = 168, 48, 12


def step_of(most: int, lines: int = _LINES) -> int:
    """A round number, ``lines`` of which reach ``most``."""
    ten = 1
    while True:
        for each in _NAMED:
            if each * ten * lines >= most:
                return each * ten
        ten *= 10


class DayChart(Chart):
    """Columns of stretches, over lines that say how many."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Enough to compare days."""
        return QSize(0, 160)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def box(self, at: int) -> QRectF:
        """The column with its name."""
        wide = (self.width() - _AXIS) / max(1, len(self.bars))
        return QRectF(_AXIS + at * wide, 0, wide, self.height())

    def paint(self, painter: QPainter) -> None:
        """Paint lines, columns, and the names that there is room for."""
        step = step_of(max((bar.value for bar in self.bars), default=1))
        top, ground = float(Space.S), float(self.height() - _BELOW)
        high = ground - top
        for line in range(_LINES + 1):
            y = ground - high * line / _LINES
            across = QRectF(_AXIS, round(y), self.width() - _AXIS, 1)
            painter.fillRect(across, theme().color("border"))
            here = QRectF(0, y - _LINE / 2, _AXIS - Space.S, _LINE)
            write(painter, here, number(step * line), "caption", "muted", RIGHT)
        room = max(_NAME, self.width() - _AXIS)
        every = max(1, -(-_NAME * len(self.bars) // room))
        for at, bar in enumerate(self.bars):
            place, y = self.box(at), ground
            wide = max(2.0, min(_COLUMN, place.width() - 2 * GAP))
            for part in bar.parts:
                tall = high * part.value / (step * _LINES)
                left = place.center().x() - wide / 2
                if part.value:
                    box = QRectF(left, y - tall, wide, max(1.0, tall - GAP))
                    fill(painter, box, theme().color(part.token))
                y -= tall
            if (len(self.bars) - 1 - at) % every == 0:
                below = QRectF(place.right() - _NAME, ground, _NAME, _BELOW)
                write(painter, below, bar.label, "caption", "muted", RIGHT)


class RowChart(Chart):
    """A row each: name, bar, number."""

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(0, max(1, len(self.bars)) * Height.TREE_ROW)

    def minimumSizeHint(self) -> QSize:
        """As high as its rows."""
        return self.sizeHint()

    def box(self, at: int) -> QRectF:
        """The whole row."""
        return QRectF(0, at * Height.TREE_ROW, self.width(), Height.TREE_ROW)

    def paint(self, painter: QPainter) -> None:
        """Paint the rows; the longest bar is of the largest number."""
        most = max((bar.value for bar in self.bars), default=0)
        label = min(_LABEL, self.width() // 2)
        room = max(0.0, self.width() - label - _COUNT - Space.M)
        for at, bar in enumerate(self.bars):
            row = self.box(at)
            words = QRectF(Space.XS, row.top(), label - Space.M, row.height())
            write(painter, words, bar.label, "body")
            long = max(2.0, room * bar.value / most) if most else 0.0
            box = QRectF(label, row.center().y() - _BAR / 2, long, _BAR)
            fill(painter, box, theme().color(bar.parts[0].token), round_end=True)
            here = QRectF(self.width() - _COUNT - Space.XS, row.top(), _COUNT, row.height())
            write(painter, here, number(bar.count), "emphasis", "text", RIGHT)
