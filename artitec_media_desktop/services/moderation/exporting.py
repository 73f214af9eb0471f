"""Records of visual review as a file: CSV for a spreadsheet, JSON for a program."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ...domain.csv_text import csv_text
from ...domain.errors import Permanent
from ...domain.moderation import Policy, Record

#: The columns of an export, in their order. ``person`` is the name of ``account``, empty where a
#: rule decided; ``reason_text`` what the code means now; ``waited`` seconds; times are UTC.
COLUMNS: Final = (
    "id", "at", "account", "person", "rule", "before", "after", "reason", "reason_text", "note",
    "look", "waited", "public_id", "entity_type", "media_type", "uploaded_by", "alike_to",
    "distance", "change_id", "undone_at",
)  # fmt: skip

#: The values of a record, in the order of ``COLUMNS``.
Line = Sequence[str | int | None]


def line_of(record: Record, person: str, policy: Policy) -> Line:
    """One record."""
    reason = None if record.reason is None else policy.reason(record.reason)
    said = {"person": person or None, "reason_text": None if reason is None else reason.text}
    return [said[name] if name in said else _plain(getattr(record, name)) for name in COLUMNS]


def csv_of(pages: Iterable[Sequence[Line]]) -> Iterator[str]:
    """A head and a line a record; a piece a page."""
    yield csv_text([COLUMNS])
    yield from (csv_text(each) for each in pages)


def json_of(pages: Iterable[Sequence[Line]]) -> Iterator[str]:
    """One array with an object a record; a piece a page."""
    before = "[\n"
    for page in pages:
        said = [
            json.dumps(dict(zip(COLUMNS, each, strict=True)), ensure_ascii=False) for each in page
        ]
        if said:
            yield before + ",\n".join(said)
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


FORMS: Final = {"csv": csv_of, "json": json_of}


def form_of(path: Path) -> str:
    """The form that a file's name asks for. Raises Permanent ``bad_export``."""
    form = path.suffix.lower().removeprefix(".")
    if form in FORMS:
        return form
    raise Permanent(
        "bad_export", f"Records can't be saved as “{path.name}”. End the name in .csv or .json."
    )


def save(pieces: Iterable[str], path: Path) -> None:
    """Write a file that appears when all of it is there. Raises Permanent ``not_saved``."""
    part = path.with_name(f".{path.name}.part")
    # The mark at the beginning tells Excel that it is UTF-8.
    coding = "utf-8-sig" if form_of(path) == "csv" else "utf-8"
    try:
        with part.open("w", encoding=coding, newline="") as file:
            file.writelines(pieces)
        part.replace(path)
    except OSError as error:
        raise Permanent(
            "not_saved",
            f"The records could not be saved as {path} ({error.strerror}). Choose another folder "
            "and save them again.",
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _plain(value: object) -> str | int | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value if value is None or isinstance(value, int) else str(value)
