"""Rows as CSV that a spreadsheet may open: no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

#: A spreadsheet would take a text that begins so for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_text(rows: Iterable[Sequence[str | int | None]]) -> str:
    """A line a row; texts that begin like a formula get an apostrophe, None is empty."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(tuple(_plain(each) for each in row) for row in rows)
    return out.getvalue()


def _plain(value: str | int | None) -> str | int | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
