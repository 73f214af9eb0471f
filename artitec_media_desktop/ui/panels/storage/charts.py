"""The three charts of the page: rows by place, columns by month, one bar by status."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from ....domain.limits import GB, size_text
from ...chart import CENTER, GAP, RIGHT, Chart, fill, write
from ...theme import Height, Space, theme
from ...upload_words import number
from .words import tr

_LABEL, _FILES, _SIZE, _BAR = 136, 72, 84, 16
_HEAD = 20
_AXIS, _BELOW, _COLUMN = 56, 24, 28
_STATUS_BAR, _LEGEND, _SEEN = 12, 40, 6.0
_NAMED = (1, 2, 4, 5, 10)


class PlaceChart(Chart):
    """A row a kind of place: name, stacked bar, files, size."""

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(0, _HEAD + max(1, len(self.bars)) * Height.TREE_ROW)

    def minimumSizeHint(self) -> QSize:
        """As high as its rows."""
        return self.sizeHint()

    def box(self, at: int) -> QRectF:
        """The whole row, a little wider than its words."""
        return QRectF(0, _HEAD + at * Height.TREE_ROW, self.width(), Height.TREE_ROW)

    def paint(self, painter: QPainter) -> None:
        """Paint head and rows."""
        inside = self.width() - Space.S
        sizes = QRectF(inside - _SIZE, 0, _SIZE, _HEAD)
        counts = QRectF(inside - _SIZE - _FILES, 0, _FILES, _HEAD)
        write(painter, counts, tr("Files"), "caption", "muted", RIGHT)
        write(painter, sizes, tr("Size"), "caption", "muted", RIGHT)
        most = max((bar.value for bar in self.bars), default=0)
        room = max(0.0, counts.left() - _LABEL - Space.L)
        for at, bar in enumerate(self.bars):
            row = self.box(at)
            words = QRectF(Space.S, row.top(), _LABEL - Space.L, row.height())
            write(painter, words, bar.label, "body")
            x = float(_LABEL)
            for part in bar.parts:
                wide = room * part.value / most if most else 0.0
                box = QRectF(x, row.center().y() - _BAR / 2, max(2.0, wide - GAP), _BAR)
                if part.value:
                    fill(painter, box, theme().color(part.token), round_end=part is bar.parts[-1])
                x += wide
            here = QRectF(counts.left(), row.top(), _FILES, row.height())
            write(painter, here, number(bar.count), "body", "muted", RIGHT)
            here = QRectF(sizes.left(), row.top(), _SIZE, row.height())
            write(painter, here, size_text(bar.total_bytes), "emphasis", "text", RIGHT)


class MonthChart(Chart):
    """A column a month over lines that say how much."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """As designed."""
        return QSize(0, 176)

    def minimumSizeHint(self) -> QSize:
        """Enough to tell the columns apart."""
        return QSize(0, 140)

    def box(self, at: int) -> QRectF:
        """The column with its name."""
        wide = (self.width() - _AXIS) / max(1, len(self.bars))
        return QRectF(_AXIS + at * wide, 0, wide, self.height()).adjusted(2, 0, -2, 0)

    def paint(self, painter: QPainter) -> None:
        """Paint lines, columns and names."""
        step, lines = scale(max((bar.value for bar in self.bars), default=0))
        top, ground = float(Space.S), float(self.height() - _BELOW)
        high = ground - top
        for line in range(lines + 1):
            y = ground - high * line / lines
            painter.fillRect(
                QRectF(_AXIS, round(y), self.width() - _AXIS, 1), theme().color("border")
            )
            words = size_text(step * line) if line else "0"
            here = QRectF(0, y - _HEAD / 2, _AXIS - Space.S, _HEAD)
            write(painter, here, words, "caption", "muted", RIGHT)
        for at, bar in enumerate(self.bars):
            place, y = self.box(at), ground
            wide = min(_COLUMN, place.width() - Space.XS)
            for part in bar.parts:
                tall = high * part.value / (step * lines)
                box = QRectF(place.center().x() - wide / 2, y - tall, wide, max(1.0, tall - GAP))
                if part.value:
                    fill(painter, box, theme().color(part.token))
                y -= tall
            is_last = at == len(self.bars) - 1
            role, ink = ("badge", "text") if is_last else ("caption", "muted")
            below = QRectF(place.left(), ground, place.width(), _BELOW)
            write(painter, below, bar.label, role, ink, CENTER)


class StatusChart(Chart):
    """One bar of all files, and below it a word with its number for each status."""

    def sizeHint(self) -> QSize:
        """Bar and legend."""
        return QSize(0, _STATUS_BAR + Space.L + _LEGEND)

    def minimumSizeHint(self) -> QSize:
        """Bar and legend."""
        return self.sizeHint()

    def box(self, at: int) -> QRectF:
        """The place in the legend."""
        wide = self.width() / max(1, len(self.bars))
        return QRectF(at * wide, _STATUS_BAR + Space.M, wide, _LEGEND + Space.XS)

    def paint(self, painter: QPainter) -> None:
        """Paint the bar, and the legend."""
        x = 0.0
        widths = shares([bar.count for bar in self.bars], self.width())
        for at, (bar, wide) in enumerate(zip(self.bars, widths, strict=True)):
            ink = theme().color(bar.parts[0].token)
            if wide:
                gap = 2 * GAP if round(x + wide) < self.width() else 0
                fill(painter, QRectF(x, 0, wide - gap, _STATUS_BAR), ink, round_end=True)
                x += wide
            box = self.box(at)
            key = QRectF(box.left() + Space.S, box.top() + Space.S, Space.S, Space.S)
            painter.setBrush(ink)
            painter.drawRoundedRect(key, 2, 2)
            words = box.adjusted(2 * Space.S + Space.XS, 0, 0, 0)
            upper = QRectF(words.left(), words.top() + 2, words.width(), 20)
            write(painter, upper, number(bar.count), "emphasis")
            lower = QRectF(words.left(), words.top() + 22, words.width(), 18)
            write(painter, lower, bar.label, "small", "muted")


def scale(most: int, lines: int = 3) -> tuple[int, int]:
    """The bytes from line to line, a round number, and how many lines reach above ``most``."""
    unit = 1
    while unit * 1024 * lines <= most:
        unit *= 1024
    wanted = max(1.0, most / unit / lines)
    ten = 1
    while ten * _NAMED[-1] < wanted:
        ten *= 10
    step = next(ten * each for each in _NAMED if ten * each >= wanted)
    return (step * unit if most else GB), lines


def shares(counts: Sequence[int], wide: float) -> list[float]:
    """The parts of a bar that wide; what is there is seen, however little it is."""
    whole = sum(counts)
    parts = [max(_SEEN, wide * each / whole) if each else 0.0 for each in counts]
    if whole:
        parts[parts.index(max(parts))] -= sum(parts) - wide
    return parts
