"""The figures as a table for a spreadsheet."""

from ...table_file import table_text
from .figures import Figures


def table(figures: Figures) -> str:
    """A line a sum: what it is by, of what, files, bytes."""
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
    return table_text(("By", "Of", "Kind", "Files", "Bytes"), rows)
