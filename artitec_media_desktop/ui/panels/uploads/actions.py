"""What can be done about files, by mouse, key and menu: for which of them, and where its button is.

Names of actions are for the program: pause, resume, cancel, retry, copy, first, last, place, put,
compare, replace, keep, skip, show, reveal.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

from ....domain.uploads import UploadItem, UploadState
from ...theme import Height, Space, font
from ...upload_queue import Batch
from ...upload_words import number, tr
from .columns import columns

_S = UploadState
_MOVABLE: Final = frozenset({_S.UNPLACED, _S.QUEUED, _S.PAUSED, _S.ASKING, _S.FAILED})
_ABLE: Final[dict[str, Callable[[UploadItem], bool]]] = {
    "pause": lambda item: item.state.is_moving,
    "resume": lambda item: item.state is _S.PAUSED,
    "cancel": lambda item: not item.state.is_final,
    "retry": lambda item: item.is_worth_retrying,
    "copy": lambda item: item.error is not None,
    "first": lambda item: item.state in (_S.QUEUED, _S.PAUSED),
    "last": lambda item: item.state in (_S.QUEUED, _S.PAUSED),
    "place": lambda item: item.state in _MOVABLE,
    "put": lambda item: item.state is _S.UNPLACED,
    "compare": lambda item: item.state is _S.ASKING,
    "replace": lambda item: item.state is _S.ASKING,
    "keep": lambda item: item.state is _S.ASKING,
    "skip": lambda item: item.state is _S.ASKING,
    "show": lambda item: item.place is not None,
    "reveal": lambda _item: True,
}


@dataclass(frozen=True, slots=True)
class RowAction:
    """``name`` is for the program, ``text`` for people; with ``words`` the button shows those."""

    name: str
    icon: str
    text: str
    words: str = ""
    primary: bool = False


def able(name: str, items: Iterable[UploadItem]) -> list[UploadItem]:
    """Those of the files that the action can be done to."""
    return [item for item in items if _ABLE[name](item)]


def actions_of(
    item: UploadItem | None, batch: Batch | None, suggestion: str = ""
) -> tuple[RowAction, ...]:
    """The buttons of a file's row, or of a heading when there is no item; left to right.

    ``suggestion`` is what a heading without a place offers: ``Put 12 in Willow Creek · Photos``.
    """
    if item is not None:
        return _of_file(item)
    if batch is None:
        return ()
    return _of_unplaced(suggestion) if batch.is_unplaced else _of_batch(batch)


def _of_file(item: UploadItem) -> tuple[RowAction, ...]:
    cancel = RowAction("cancel", "x", tr("Cancel"))
    match item.state:
        case _S.UNPLACED:
            return RowAction("place", "map-pin", tr("Choose a place")), cancel
        case _S.QUEUED | _S.WORKING:
            return RowAction("pause", "pause", tr("Pause")), cancel
        case _S.PAUSED:
            return RowAction("resume", "play", tr("Go on")), cancel
        case _S.ASKING:
            words = tr("Compare")
            return RowAction("compare", "", tr("See both pictures and decide"), words), cancel
        case _S.FAILED:
            copy = RowAction("copy", "copy-simple", tr("Copy the error"))
            again = RowAction("retry", "arrow-clockwise", tr("Try again"))
            return (again, copy) if item.is_worth_retrying else (copy,)
    return ()


def _of_unplaced(suggestion: str) -> tuple[RowAction, ...]:
    choose = RowAction("place", "", tr("Choose a place for these files"), tr("Choose…"))
    cancel = RowAction("cancel", "x", tr("Cancel these files"))
    if not suggestion:
        return choose, cancel
    put = RowAction("put", "", tr("Their folder has this name"), suggestion, primary=True)
    return put, choose, cancel


def _of_batch(batch: Batch) -> tuple[RowAction, ...]:
    found = []
    if asking := batch.counts[_S.ASKING]:
        words = tr("Compare {count}").format(count=number(asking))
        found.append(RowAction("compare", "", tr("See both pictures and decide"), words))
    if batch.counts[_S.QUEUED] or batch.counts[_S.WORKING]:
        found.append(RowAction("pause", "pause", tr("Pause this batch")))
    elif batch.counts[_S.PAUSED]:
        found.append(RowAction("resume", "play", tr("Go on with this batch")))
    if batch.is_active:
        found.append(RowAction("cancel", "x", tr("Cancel what is left of this batch")))
    return tuple(found)


def action_rects(row: QRect, actions: Sequence[RowAction]) -> list[QRect]:
    """Where the buttons of a row stand, ending at its right margin."""
    side = Height.BUTTON_SMALL
    left = columns(row).actions.right() + 1 + Space.S - 2
    top = row.top() + (row.height() - side) // 2
    rects: list[QRect] = []
    for action in reversed(actions):
        wide = side
        if action.words:
            metrics = QFontMetrics(font("small_emphasis"))
            wide = metrics.horizontalAdvance(action.words) + 2 * Space.S + 2
        left -= wide
        rects.insert(0, QRect(left, top, wide, side))
        left -= Space.XS if action.words else 0
    return rects
