"""Where the columns of the trash stand, for the rows and for the head above them."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QWidget

from ...theme import Height, Space, font, theme
from .words import tr

THUMB = QSize(44, 32)
_KEPT = 112
_SIZE = 80
#: Shares of what the fixed columns leave.
_FILE, _PLACE = 0.38, 0.30


@dataclass(frozen=True, slots=True)
class Columns:
    """Rectangles of one row."""

    thumb: QRect
    name: QRect
    place: QRect
    deleted: QRect
    kept: QRect
    size: QRect


def columns(row: QRect) -> Columns:
    """Divide a row; narrow windows take from file, place and deletion alike."""
    left, right = row.left() + Space.PANEL, row.right() + 1 - Space.PANEL
    top, high = row.top(), row.height()
    room = max(0, right - left - _KEPT - _SIZE)
    name = left + THUMB.width() + Space.M
    place = left + round(room * _FILE)
    deleted = place + round(room * _PLACE)
    size = right - _SIZE
    kept = size - _KEPT
    return Columns(
        thumb=QRect(left, top + (high - THUMB.height()) // 2, THUMB.width(), THUMB.height()),
        name=QRect(name, top, place - name - Space.L, high),
        place=QRect(place, top, deleted - place - Space.L, high),
        deleted=QRect(deleted, top, kept - deleted - Space.L, high),
        kept=QRect(kept, top, _KEPT - Space.S, high),
        size=QRect(size, top, _SIZE, high),
    )


class ColumnHead(QWidget):
    """The words above the columns of a view; not a control."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__()
        self._view = view
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
        at = columns(row)
        file = at.name.united(QRect(at.thumb.left(), 0, 1, self.height()))
        middle = Qt.AlignmentFlag.AlignVCenter
        left, right = Qt.AlignmentFlag.AlignLeft | middle, Qt.AlignmentFlag.AlignRight | middle
        for rect, text, align in (
            (file, tr("File"), left),
            (at.place, tr("From"), left),
            (at.deleted, tr("Deleted"), left),
            (at.kept, tr("Kept for"), left),
            (at.size, tr("Size"), right),
        ):
            painter.drawText(rect, int(align), text)
