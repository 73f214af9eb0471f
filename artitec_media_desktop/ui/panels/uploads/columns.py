"""Where the columns of the uploads stand, for the rows and for the head above them."""

from dataclasses import dataclass
from functools import lru_cache, partial

from PySide6.QtCore import QCoreApplication, QRect, QSize

from ...theme import Space
from ...widgets import Head

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


def heads(row: QRect) -> list[Head]:
    """The words above them."""
    at, tr = columns(row), partial(QCoreApplication.translate, "ColumnHead")
    file = QRect(at.thumb.left(), 0, at.name.right() - at.thumb.left(), row.height())
    return [
        (file, tr("File"), False),
        (at.place, tr("Goes to"), False),
        (at.size, tr("Size"), True),
        (at.state, tr("State"), False),
        (at.speed, tr("Speed"), False),
    ]
