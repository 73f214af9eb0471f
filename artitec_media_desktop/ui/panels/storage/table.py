"""The figures as a table for a spreadsheet."""

import csv
import io

from PySide6.QtCore import QSaveFile

from ....domain.errors import Permanent
from .figures import Figures

#: A spreadsheet would take a text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(figures: Figures) -> str:
    """A line a sum: what it is by, of what, files, bytes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("By", "Of", "Kind", "Files", "Bytes"))
    sums = figures.sums
    rows: list[tuple[str, str, str, int, int]] = [
        ("all", "", "", sums.total_files, sums.total_bytes),
        ("trash", "", "", *figures.trash),
    ]
    for name, groups in (
        ("place", sums.by_entity_and_type),
        ("month", sums.by_month_and_type),
        ("status", sums.by_status),
    ):
        rows += [
            (name, each.key[0] or "", (*each.key, "")[1] or "", each.count, each.total_bytes)
            for each in groups
        ]
    rows += [
        ("largest", f"{entity.name} ({entity.public_id})", "", each.count, each.total_bytes)
        for entity, each in figures.places
    ]
    counted = figures.counted
    if counted is not None:
        rows.append(("storage", counted.at.isoformat(), "", counted.objects, counted.total_bytes))
        rows += [("smaller sizes", kind, "", 0, size) for kind, size in counted.smaller.items()]
    writer.writerows(tuple(_plain(each) for each in row) for row in rows)
    return out.getvalue()


def save(text: str, path: str) -> None:
    """Write it; the file appears when all of it is there. For a worker.

    Raises Permanent ``not_saved``.
    """
    file = QSaveFile(path)
    data = text.encode("utf-8-sig")  # the mark at the beginning tells Excel that it is UTF-8
    is_open = file.open(QSaveFile.OpenModeFlag.WriteOnly)
    if not is_open or file.write(data) != len(data) or not file.commit():
        raise Permanent(
            "not_saved",
            f"The table could not be saved as {path} ({file.errorString()}). Choose another "
            "folder and save it again.",
        )


def _plain(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
