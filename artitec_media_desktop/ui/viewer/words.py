"""What the viewer says, in words."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDateTime, QLocale

from ...domain.limits import size_text
from ...domain.media import Media, MediaType, ModerationStatus

_CONTEXT: Final = "Viewer"
_STATUSES: Final[dict[ModerationStatus, str]] = {
    ModerationStatus.PENDING: str(QT_TRANSLATE_NOOP("Viewer", "Waits for review")),
    ModerationStatus.APPROVED: str(QT_TRANSLATE_NOOP("Viewer", "Approved")),
    ModerationStatus.REJECTED: str(QT_TRANSLATE_NOOP("Viewer", "Rejected")),
    ModerationStatus.FLAGGED: str(QT_TRANSLATE_NOOP("Viewer", "Flagged")),
}
#: As cameras write times; see processing.exif.
_EXIF_TIME: Final = "yyyy:MM:dd HH:mm:ss"


def tr(text: str) -> str:
    """Translate a text of the viewer."""
    return QCoreApplication.translate(_CONTEXT, text)


def facts(media: Media, place: str) -> list[tuple[str, str]]:
    """What is known of a media: a word and what it says; what is not known is left out."""
    exif = media.metadata.get("exif")
    exif = exif if isinstance(exif, dict) else {}
    found = (
        (tr("Name"), media.original_filename),
        (tr("Place"), place),
        (tr("Size"), size(media)),
        (tr("Length"), "" if media.duration is None else length(media.duration * 1000)),
        (tr("Taken"), _taken(exif.get("datetime_original"))),
        (tr("Camera"), _camera(exif)),
        (tr("Status"), _status(media)),
        (tr("Alt text"), media.alt_text or tr("None yet")),
        (tr("Id"), media.public_id),
    )
    return [(word, text) for word, text in found if text]


def size(media: Media) -> str:
    """``4032 × 3024 · 5.8 MB``."""
    parts = []
    if media.width and media.height:
        parts.append(f"{media.width} × {media.height}")
    if media.file_size:
        parts.append(size_text(media.file_size))
    return " · ".join(parts)


def length(milliseconds: int) -> str:
    """``0:42``, ``1:02:03``."""
    minutes, seconds = divmod(max(0, milliseconds) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def position(at: int, of: int) -> str:
    """``3 of 41``."""
    locale = QLocale()
    return tr("{at} of {of}").format(at=locale.toString(at), of=locale.toString(of))


def address(media: Media) -> str:
    """Where a link leads; empty where the row does not say."""
    return media.source_url or media.original_url


def is_video(media: Media) -> bool:
    """Whether there is something to play."""
    return media.media_type is MediaType.VIDEO and not media.is_link


def _status(media: Media) -> str:
    status = tr(_STATUSES[media.moderation_status])
    return status if media.is_public else f"{status}, {tr('private')}"


def _camera(exif: dict[str, object]) -> str:
    make, model = str(exif.get("make") or ""), str(exif.get("model") or "")
    # Many say the maker's name in both.
    return model if model.casefold().startswith(make.casefold()) else f"{make} {model}".strip()


def _taken(value: object) -> str:
    moment = QDateTime.fromString(value if isinstance(value, str) else "", _EXIF_TIME)
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat) if moment.isValid() else ""
