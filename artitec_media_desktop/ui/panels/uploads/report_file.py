"""The report of what became of every file, as a table for a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSaveFile

from ....domain.errors import Permanent
from ....domain.uploads import UploadItem, UploadState
from ...upload_queue import UploadQueue
from ...upload_words import problem, remark, state_text

_HEAD: Final = (
    *("File", "Path", "State", "Reason", "Place", "Slot", "Media", "Looks like", "Bytes"),
    *("Dropped", "Finished", "Batch"),
)
#: A spreadsheet would take a text that begins so for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def report_csv(queue: UploadQueue, items: Iterable[UploadItem]) -> str:
    """One line a file: its one state, and why; in the order of the drops."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    for item in sorted(items, key=lambda each: (each.batch, each.position)):
        writer.writerow([_plain(each) for each in _row(queue, item)])
    return out.getvalue()


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


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def save_report(text: str, path: str) -> None:
    """Write the report; the file appears when all of it is there. Runs in a worker.

    Raises Permanent ``not_saved``.
    """
    file = QSaveFile(path)
    # The mark at the beginning tells Excel that it is UTF-8.
    data = text.encode("utf-8-sig")
    if (
        not file.open(QSaveFile.OpenModeFlag.WriteOnly)
        or file.write(data) != len(data)
        or not file.commit()
    ):
        raise Permanent(
            "not_saved",
            f"The report could not be saved as {path} ({file.errorString()}). "
            "Choose another folder and save it again.",
        )
