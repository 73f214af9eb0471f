"""What a batch did, or would do, as a table for a spreadsheet."""

from ....domain.duplicates import Report
from ...table_file import table_text

_HEAD = ("Group", "File", "Media", "Place", "Outcome", "Note", "Bytes")


def report_text(report: Report) -> str:
    """A line a file."""
    return table_text(
        _HEAD,
        (
            (
                each.group + 1,
                each.media.original_filename,
                each.media.public_id,
                f"{each.media.entity_type} {each.media.entity_id}",
                each.outcome.value,
                each.note,
                each.media.file_size,
            )
            for each in report.lines
        ),
    )
