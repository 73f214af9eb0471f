"""The facts of a media, in words: from its row alone."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QDateTime, QLocale

from .....domain.limits import BY_CONTENT_TYPE, VARIANTS, size_text
from .....domain.media import Media
from ..words import length
from .words import moment, tr

#: As cameras write times; see processing.exif.
_EXIF_TIME: Final = "yyyy:MM:dd HH:mm:ss"
Facts = list[tuple[str, str]]
#: Columns that may hold what can't be read, by the words that people know them by.
_COLUMNS: Final[dict[str, str]] = {
    "media_type": str(QT_TRANSLATE_NOOP("Library", "type")),
    "moderation_status": str(QT_TRANSLATE_NOOP("Library", "moderation")),
    "storage_type": str(QT_TRANSLATE_NOOP("Library", "storage")),
    "tags": str(QT_TRANSLATE_NOOP("Library", "tags")),
    "metadata": str(QT_TRANSLATE_NOOP("Library", "camera and variants")),
    "file_size": str(QT_TRANSLATE_NOOP("Library", "size")),
    "width": str(QT_TRANSLATE_NOOP("Library", "width")),
    "height": str(QT_TRANSLATE_NOOP("Library", "height")),
    "duration": str(QT_TRANSLATE_NOOP("Library", "length")),
    "sort_order": str(QT_TRANSLATE_NOOP("Library", "place in the order")),
    "entity_id": str(QT_TRANSLATE_NOOP("Library", "place")),
}


def short(media: Media) -> str:
    """``JPG · 4032 × 2688 · 4.8 MB``."""
    seconds = "" if media.duration is None else length(media.duration)
    parts = (
        kind(media),
        seconds or dimensions(media),
        size_text(media.file_size) if media.file_size else "",
    )
    return " · ".join(part for part in parts if part)


def kind(media: Media) -> str:
    """``JPG``; for a link, ``Link``."""
    if media.is_link:
        return tr("Link")
    known = BY_CONTENT_TYPE.get(media.content_type)
    return known.extension[1:].upper() if known is not None else media.content_type


def dimensions(media: Media) -> str:
    """``4032 × 2688``, or the length of a video."""
    if media.width and media.height:
        return f"{media.width} × {media.height}"
    return "" if media.duration is None else length(media.duration)


def file_facts(media: Media, names: Mapping[str, str]) -> Facts:
    """What is known of the file; what is not known is left out."""
    pixels = f"{media.width} × {media.height}" if media.width and media.height else ""
    found = (
        (tr("Name"), media.original_filename),
        (tr("Type"), kind(media)),
        (tr("Size"), size_text(media.file_size) if media.file_size else ""),
        (tr("Dimensions"), pixels),
        (tr("Length"), "" if media.duration is None else length(media.duration)),
        (tr("Added"), "" if media.created_at is None else moment(media.created_at)),
        (tr("By"), names.get(media.uploaded_by or "", media.uploaded_by or "")),
        (tr("ID"), media.public_id),
        (tr("Unreadable"), ", ".join(tr(_COLUMNS[each]) for each in media.unread)),
    )
    return [(word, text) for word, text in found if text]


def camera_facts(media: Media) -> Facts:
    """What the camera wrote; empty where it wrote nothing."""
    exif = _exif(media)
    found = (
        (tr("Taken"), _taken(exif)),
        (tr("Camera"), _camera(exif)),
        (tr("Lens"), " · ".join(part for part in (_text(exif, "lens"), _focal(exif)) if part)),
        (tr("Exposure"), " · ".join(_exposure(exif))),
        (tr("Artist"), _text(exif, "artist")),
        (tr("Copyright"), _text(exif, "copyright")),
    )
    return [(word, text) for word, text in found if text]


def camera_short(media: Media) -> str:
    """``Canon EOS R6 · 24 mm · f/8``."""
    exif = _exif(media)
    parts = (_camera(exif), _focal(exif), _aperture(exif))
    return " · ".join(part for part in parts if part) or _taken(exif)


def variants(media: Media) -> list[tuple[str, str, str, str]]:
    """Each file of a media: its word, pixels, size and address; what is not known is empty."""
    names = {"thumb": tr("Thumbnail"), "small": tr("Small")}
    names |= {"medium": tr("Medium"), "large": tr("Large")}
    addresses = {"thumb": media.thumbnail_url, "small": media.small_url}
    addresses |= {"medium": media.medium_url, "large": media.large_url}
    known = media.metadata.get("variants")
    known = known if isinstance(known, dict) else {}
    size = size_text(media.file_size) if media.file_size else ""
    address = (media.source_url if media.is_link else "") or media.original_url
    found = [(tr("Original"), dimensions(media), size, address)]
    for each in reversed(VARIANTS):
        facts = known.get(each.name)
        facts = facts if isinstance(facts, dict) else {}
        wide, high, count = (facts.get(name) for name in ("width", "height", "size"))
        if not addresses[each.name] and not facts:
            continue
        pixels = f"{wide} × {high}" if wide and high else ""
        text = size_text(count) if isinstance(count, int) else ""
        found.append((names[each.name], pixels, text, addresses[each.name] or ""))
    if media.video_processed_url:
        found.append((tr("Processed"), "", "", media.video_processed_url))
    return found


def variants_bytes(media: Media) -> int:
    """What all files of a media take together, as far as it is known."""
    known = media.metadata.get("variants")
    sizes = (
        [each.get("size") for each in known.values() if isinstance(each, dict)]
        if (isinstance(known, dict))
        else []
    )
    return (media.file_size or 0) + sum(each for each in sizes if isinstance(each, int))


def _exif(media: Media) -> dict[str, Any]:
    exif = media.metadata.get("exif")
    return exif if isinstance(exif, dict) else {}


def _text(exif: Mapping[str, Any], name: str) -> str:
    value = exif.get(name)
    return value.strip() if isinstance(value, str) else ""


def _number(exif: Mapping[str, Any], name: str) -> float | None:
    value = exif.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 < value < 1e9 else None


def _camera(exif: Mapping[str, Any]) -> str:
    make, model = _text(exif, "make"), _text(exif, "model")
    # Many say the maker's name in both.
    return model if model.casefold().startswith(make.casefold()) else f"{make} {model}".strip()


def _taken(exif: Mapping[str, Any]) -> str:
    when = QDateTime.fromString(_text(exif, "datetime_original"), _EXIF_TIME)
    if not when.isValid():
        return ""
    time = QLocale().toString(when.time(), QLocale.FormatType.ShortFormat)
    return f"{QLocale().toString(when.date(), 'MMM d, yyyy')}, {time}"


def _focal(exif: Mapping[str, Any]) -> str:
    value = _number(exif, "focal_length")
    return "" if value is None else f"{value:g} mm"


def _aperture(exif: Mapping[str, Any]) -> str:
    value = _number(exif, "f_number")
    return "" if value is None else f"f/{value:g}"


def _exposure(exif: Mapping[str, Any]) -> list[str]:
    seconds, iso = _number(exif, "exposure_time"), _number(exif, "iso")
    time = ""
    if seconds is not None:
        time = f"1/{round(1 / seconds)} s" if seconds < 0.4 else f"{seconds:g} s"
    parts = (time, _aperture(exif), "" if iso is None else f"ISO {iso:g}")
    return [part for part in parts if part]
