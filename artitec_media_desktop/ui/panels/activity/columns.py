"""Where the columns of the activity stand, for the rows and for the head above them."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics

from ....domain.activity import PICTURED, Activity
from ....domain.entities import Entity
from ...theme import Icon, Space, font
from ...widgets import Head
from .words import places, tr

THUMB = QSize(44, 32)
_THUMBS = PICTURED * (THUMB.width() + Space.XS) - Space.XS
_TIME = 72
#: Shares of what the fixed columns leave.
_WHAT, _PLACE = 0.42, 0.36
#: A second place is named only where there is so much room for it.
_LEAST = 48


@dataclass(frozen=True, slots=True)
class Columns:
    """Rectangles of one row."""

    icon: QRect
    what: QRect
    thumbs: tuple[QRect, ...]
    place: QRect
    who: QRect
    time: QRect


def columns(row: QRect) -> Columns:
    """Divide a row; narrow windows take from words alike, then from the pictures."""
    left, right = row.left() + Space.PANEL, row.right() + 1 - Space.PANEL
    top, high = row.top(), row.height()
    start = left + Icon.ROW + Space.S
    room = max(0, right - start - _TIME - _THUMBS - Space.L)
    thumbs = start + round(room * _WHAT)
    place = thumbs + _THUMBS + Space.L
    who = place + round(room * _PLACE)
    time = right - _TIME
    across = THUMB.width() + Space.XS
    y = top + (high - THUMB.height()) // 2
    return Columns(
        icon=QRect(left, top, Icon.ROW, high),
        what=QRect(start, top, thumbs - start - Space.L, high),
        thumbs=tuple(
            QRect(thumbs + n * across, y, THUMB.width(), THUMB.height()) for n in range(PICTURED)
        ),
        place=QRect(place, top, who - place - Space.L, high),
        who=QRect(who, top, time - who - Space.S, high),
        time=QRect(time, top, _TIME, high),
    )


def place_parts(entry: Activity, box: QRect) -> list[tuple[QRect, str, Entity | None]]:
    """What stands in the column of places: the words of each, and which place they open."""
    wide = QFontMetrics(font("body")).horizontalAdvance
    left, found = box.left() + Icon.ROW + Space.S, []
    names = places(entry)
    for at, name in enumerate(names):
        words = f"{name}," if at + 1 < len(names) else name
        room = box.right() + 1 - left
        if room < (_LEAST if at else 1):
            break
        part = QRect(left, box.top(), min(room, wide(words) + 1), box.height())
        found.append((part, words, entry.places[at] if at < len(entry.places) else None))
        left = part.right() + 1 + Space.XS
    return found


def heads(row: QRect) -> list[Head]:
    """The words above them."""
    at = columns(row)
    return [
        (at.icon.united(at.what), tr("What"), False),
        (at.place, tr("Where"), False),
        (at.who, tr("Who"), False),
        (at.time, tr("Time"), True),
    ]


def shapes(row: QRect) -> tuple[QRect, list[tuple[QRect, float]]]:
    """What stands for a row that is still to come."""
    at = columns(row)
    return at.thumbs[0], [(at.what, 0.7), (at.place, 0.6), (at.who, 0.7), (at.time, 1.0)]
