"""The report of what became of every file, as a table for a spreadsheet."""

from collections.abc import Iterable
from typing import Final

from ....domain.uploads import UploadItem, UploadState
from ...table_file import table_text
from ...upload_queue import UploadQueue
from ...upload_words import problem, remark, state_text

_HEAD: Final = (
    *("File", "Path", "State", "Reason", "Place", "Slot", "Media", "Looks like", "Bytes"),
    *("Dropped", "Finished", "Batch"),
)


def report_csv(queue: UploadQueue, items: Iterable[UploadItem]) -> str:
    """One line a file: its one state, and why; in the order of the drops."""
    ordered = sorted(items, key=lambda each: (each.batch, each.position))
    return table_text(_HEAD, (_row(queue, item) for item in ordered))


def _row(queue: UploadQueue, item: UploadItem) -> tuple[str, ...]:
    place = item.place
    return (
        item.name,
        item.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"),
        item.state.value,
        _reason(queue, item),
        "" if place is None else f"{queue.entity_name(item)} ({place.public_id})",
        "" if place is None else place.slot.label,
        item.media_public_id or "",
        item.duplicate_of or "",
        "" if item.size is None else str(item.size),
        "" if item.created_at is None else item.created_at.isoformat(timespec="seconds"),
        "" if item.finished_at is None else item.finished_at.isoformat(timespec="seconds"),
        str(item.batch),
    )


def _reason(queue: UploadQueue, item: UploadItem) -> str:
    """In words; never empty, so that nobody has to guess."""
    if item.error is not None and item.state is not UploadState.DONE:
        return problem(item)
    return ". ".join(part for part in (state_text(queue, item), remark(item)) if part)
