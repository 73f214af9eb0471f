"""What can be done about a row with the mouse; the same is in the keys and the context menu."""

from dataclasses import dataclass

from PySide6.QtCore import QRect

from ....domain.uploads import UploadItem, UploadState
from ...theme import Height, Space
from ...upload_queue import Batch
from ...upload_words import tr
from .columns import columns


@dataclass(frozen=True, slots=True)
class RowAction:
    """``name`` is for the program, ``text`` for people."""

    name: str
    icon: str
    text: str


def actions_of(item: UploadItem | None, batch: Batch | None) -> tuple[RowAction, ...]:
    """The buttons of a file's row, or of a heading when there is no item; left to right."""
    if item is None:
        if batch is not None and batch.is_active:
            return (RowAction("cancel", "x", tr("Cancel what is left of this batch")),)
        return ()
    if item.state is UploadState.FAILED:
        return (RowAction("copy", "copy-simple", tr("Copy the error")),)
    if not item.state.is_final:
        return (RowAction("cancel", "x", tr("Cancel")),)
    return ()


def action_rects(row: QRect, count: int) -> list[QRect]:
    """Where the buttons of a row stand, ending at its right margin."""
    side = Height.BUTTON_SMALL
    right = columns(row).actions.right() + 1 + Space.S - 2
    top = row.top() + (row.height() - side) // 2
    return [QRect(right - side * (count - at), top, side, side) for at in range(count)]
