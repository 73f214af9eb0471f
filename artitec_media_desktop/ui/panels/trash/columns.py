"""Where the columns of the trash stand, for the rows and for the head above them."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from ...theme import Space
from ...widgets import Head
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


def heads(row: QRect) -> list[Head]:
    """The words above them."""
    at = columns(row)
    return [
        (at.name.united(QRect(at.thumb.left(), 0, 1, row.height())), tr("File"), False),
        (at.place, tr("From"), False),
        (at.deleted, tr("Deleted"), False),
        (at.kept, tr("Kept for"), False),
        (at.size, tr("Size"), True),
    ]


def shapes(row: QRect) -> tuple[QRect, list[tuple[QRect, float]]]:
    """What stands for a row that is still to come."""
    at = columns(row)
    return at.thumb, [(at.name, 0.6), (at.place, 0.7), (at.deleted, 0.5), (at.kept, 0.7)]
