"""Where the columns of the uploads stand, for the rows and for the head above them."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QWidget

from ...theme import Height, Space, font, theme

_THUMB = QSize(44, 32)
_SIZE = 100
_SPEED = 88
_ACTIONS = 84
#: Shares of what the fixed columns leave.
_FILE, _PLACE = 0.34, 0.25


@dataclass(frozen=True, slots=True)
class Columns:
    """Rectangles of one row."""

    thumb: QRect
    name: QRect
    place: QRect
    size: QRect
    state: QRect
    speed: QRect
    actions: QRect


def columns(row: QRect) -> Columns:
    """Divide a row; narrow windows take from file, place and state alike."""
    return _columns(row.left(), row.top(), row.width(), row.height())


@lru_cache(maxsize=128)
def _columns(start: int, top: int, wide: int, high: int) -> Columns:
    left, right = start + Space.PANEL, start + wide - Space.PANEL
    room = max(0, right - left - _SIZE - _SPEED - _ACTIONS)
    file_wide, place_wide = round(room * _FILE), round(room * _PLACE)
    place = left + file_wide
    size = place + place_wide
    state = size + _SIZE
    speed = right - _ACTIONS - _SPEED
    name = left + _THUMB.width() + Space.M
    return Columns(
        thumb=QRect(left, top + (high - _THUMB.height()) // 2, _THUMB.width(), _THUMB.height()),
        name=QRect(name, top, place - name - Space.L, high),
        place=QRect(place, top, place_wide - Space.S, high),
        size=QRect(size, top, _SIZE - Space.XL, high),
        state=QRect(state, top, speed - state - Space.L, high),
        speed=QRect(speed, top, _SPEED, high),
        actions=QRect(right - _ACTIONS, top, _ACTIONS, high),
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
        file = QRect(at.thumb.left(), 0, at.name.right() - at.thumb.left(), self.height())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for rect, text, align in (
            (file, self.tr("File"), left),
            (at.place, self.tr("Goes to"), left),
            (at.size, self.tr("Size"), right),
            (at.state, self.tr("State"), left),
            (at.speed, self.tr("Speed"), left),
        ):
            painter.drawText(rect, int(align), text)
