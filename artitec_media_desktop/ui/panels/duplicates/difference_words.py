"""What two media differ in, in words: the services say which is better, the rows what is said."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QDateTime, QLocale

from ....domain.duplicates import Difference
from ....domain.limits import BY_CONTENT_TYPE, size_text
from ....domain.media import Media, ModerationStatus
from ...upload_words import clock_time, number
from ...viewer.words import length
from .words import tr

_NAMES: Final[dict[str, str]] = {
    "pixels": str(QT_TRANSLATE_NOOP("Duplicates", "Pixels")),
    "file": str(QT_TRANSLATE_NOOP("Duplicates", "File")),
    "camera": str(QT_TRANSLATE_NOOP("Duplicates", "Camera")),
    "alt_text": str(QT_TRANSLATE_NOOP("Duplicates", "Alt text")),
    "caption": str(QT_TRANSLATE_NOOP("Duplicates", "Caption")),
    "tags": str(QT_TRANSLATE_NOOP("Duplicates", "Tags")),
    "role": str(QT_TRANSLATE_NOOP("Duplicates", "Role")),
    "approved": str(QT_TRANSLATE_NOOP("Duplicates", "Status")),
    "public": str(QT_TRANSLATE_NOOP("Duplicates", "Visibility")),
    "added": str(QT_TRANSLATE_NOOP("Duplicates", "Added")),
}
_STATUSES: Final[dict[ModerationStatus, str]] = {
    ModerationStatus.PENDING: str(QT_TRANSLATE_NOOP("Duplicates", "waits for review")),
    ModerationStatus.APPROVED: str(QT_TRANSLATE_NOOP("Duplicates", "approved")),
    ModerationStatus.REJECTED: str(QT_TRANSLATE_NOOP("Duplicates", "rejected")),
    ModerationStatus.FLAGGED: str(QT_TRANSLATE_NOOP("Duplicates", "flagged")),
}
#: Of what is the same, what is said first.
_FIRST: Final = ("public", "approved", "caption")
#: Of what is the same, what is said with its name.
_TOLD: Final = ("alt_text", "caption", "tags", "added")
#: As cameras write times; see processing.exif.
_EXIF_TIME: Final = "yyyy:MM:dd HH:mm:ss"


def name(key: str) -> str:
    """``Alt text``."""
    return tr(_NAMES[key])


def value(row: Difference, at: int) -> str:
    """What one of the media has."""
    none = tr("No camera data") if row.key == "camera" else tr("None")
    return row.values[at] or none


def table_rows(
    pair: tuple[Media, Media], differences: Sequence[Difference]
) -> tuple[Difference, ...]:
    """The rows of the table, also those that are the same; the keeper is the first of the pair."""
    better = {each.key: each.better for each in differences}
    rows = [
        Difference(key, (say(pair[0]), say(pair[1])), better.get(judged))
        for key, say, judged in _ROWS
    ]
    return tuple(_with_more_tags(each, pair) if each.key == "tags" else each for each in rows)


def same_on_both(rows: Sequence[Difference], place: str) -> str:
    """``Same on both: 8214 E Juniper Ct · Photos, public, approved, no caption``."""
    no = tr("no {what}")
    ordered = sorted(rows, key=lambda each: each.key not in _FIRST)
    same = [
        _same(each) or no.format(what=name(each.key).lower()) for each in ordered if each.is_same
    ]
    found = [*([place] if place else []), *same]
    return tr("Same on both: {what}").format(what=", ".join(found)) if found else ""


def _same(row: Difference) -> str:
    """What does not say by itself what it is, with its name: ``added 5:24 AM``."""
    value = row.values[0]
    return f"{name(row.key).lower()} {value}" if value and row.key in _TOLD else value


def _with_more_tags(row: Difference, pair: tuple[Media, Media]) -> Difference:
    """The one with all tags of the other, and more."""
    one, other = (set(each.tags) for each in pair)
    better = 0 if one > other else 1 if other > one else None
    return Difference(row.key, row.values, better)


def _pixels(media: Media) -> str:
    return f"{media.width} × {media.height}" if media.width and media.height else ""


def _file(media: Media) -> str:
    """``JPG, 9.6 MB``; ``MOV, 561 KB, 0:13``."""
    known = BY_CONTENT_TYPE.get(media.content_type)
    kind = media.content_type.rpartition("/")[2].upper() if known is None else known.name
    lasts = "" if media.duration is None else length(1000 * media.duration)
    parts = (kind.replace("JPEG", "JPG"), size_text(media.file_size), lasts)
    return ", ".join(filter(None, parts))


def _camera(media: Media) -> str:
    """``Canon EOS R6, 9/18/25 6:41 PM``."""
    exif = media.metadata.get("exif")
    exif = exif if isinstance(exif, dict) else {}
    make, model = str(exif.get("make") or ""), str(exif.get("model") or "")
    # Many say the maker's name in both.
    same = model.casefold().startswith(make.casefold())
    camera = model if same else f"{make} {model}".strip()
    moment = QDateTime.fromString(str(exif.get("datetime_original") or ""), _EXIF_TIME)
    short = QLocale.FormatType.ShortFormat
    taken = QLocale().toString(moment, short) if moment.isValid() else ""
    return ", ".join(part for part in (camera, taken) if part)


def _role(media: Media) -> str:
    at = tr("place {at}").format(at=number(media.sort_order))
    words = tr("primary, {at}").format(at=at) if media.is_primary else at
    return words[:1].upper() + words[1:]


def _status(media: Media) -> str:
    return tr(_STATUSES[media.moderation_status])


def _public(media: Media) -> str:
    return tr("public") if media.is_public else tr("private")


_Row = tuple[str, Callable[[Media], str], str]
#: What it is called here, what is said, and by what the services judge which is better.
_ROWS: Final[tuple[_Row, ...]] = (
    ("pixels", _pixels, "pixels"),
    ("file", _file, "quality"),
    ("camera", _camera, "camera"),
    ("alt_text", lambda media: media.alt_text or "", "alt_text"),
    ("tags", lambda media: ", ".join(media.tags), ""),
    ("role", _role, "primary"),
    ("public", _public, ""),
    ("approved", _status, "approved"),
    ("caption", lambda media: media.caption or "", ""),
    ("added", lambda media: clock_time(media.created_at), ""),
)
