"""What two media differ in, in words: from the keys and values of a Difference."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ....domain.duplicates import Difference
from .words import tr

_NAMES: Final[dict[str, str]] = {
    "pixels": str(QT_TRANSLATE_NOOP("Duplicates", "Pixels")),
    "file": str(QT_TRANSLATE_NOOP("Duplicates", "File")),
    "quality": str(QT_TRANSLATE_NOOP("Duplicates", "Quality")),
    "camera": str(QT_TRANSLATE_NOOP("Duplicates", "Camera")),
    "alt_text": str(QT_TRANSLATE_NOOP("Duplicates", "Alt text")),
    "caption": str(QT_TRANSLATE_NOOP("Duplicates", "Caption")),
    "tags": str(QT_TRANSLATE_NOOP("Duplicates", "Tags")),
    "primary": str(QT_TRANSLATE_NOOP("Duplicates", "Role")),
    "role": str(QT_TRANSLATE_NOOP("Duplicates", "Role")),
    "approved": str(QT_TRANSLATE_NOOP("Duplicates", "Status")),
    "older": str(QT_TRANSLATE_NOOP("Duplicates", "Added")),
    "added": str(QT_TRANSLATE_NOOP("Duplicates", "Added")),
    "place": str(QT_TRANSLATE_NOOP("Duplicates", "Place")),
    "slot": str(QT_TRANSLATE_NOOP("Duplicates", "Slot")),
    "visibility": str(QT_TRANSLATE_NOOP("Duplicates", "Visibility")),
}
_NONE: Final[dict[str, str]] = {
    "camera": str(QT_TRANSLATE_NOOP("Duplicates", "No camera data")),
}


def name(key: str) -> str:
    """``Alt text``; a column's own name where it is another one."""
    return tr(_NAMES[key]) if key in _NAMES else key.replace("_", " ").capitalize()


def value(row: Difference, at: int) -> str:
    """What one of the media has."""
    return row.values[at] or tr(_NONE.get(row.key, "None"))


def same_on_both(rows: Sequence[Difference], place: str) -> str:
    """``Same on both: 8214 E Juniper Ct · Photos, approved, no caption``."""
    no = tr("no {what}")
    same = [
        each.values[0] or no.format(what=name(each.key).lower()) for each in rows if each.is_same
    ]
    found = [*([place] if place else []), *same]
    return tr("Same on both: {what}").format(what=", ".join(found)) if found else ""
