"""What the storage page says, in words."""

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from ....domain.entities import EntityType
from ....domain.media import ModerationStatus
from ...entity_words import plural
from ...upload_words import number

#: The ink of each status, in the order of the legend.
STATUSES: Final[dict[ModerationStatus, str]] = {
    ModerationStatus.APPROVED: "success",
    ModerationStatus.PENDING: "chart4",
    ModerationStatus.FLAGGED: "info",
    ModerationStatus.REJECTED: "danger",
}
_TENTH: Final = 0.1


def tr(text: str) -> str:
    """Translate a text of this page."""
    return QCoreApplication.translate("Storage", text)


def counted(count: int, one: str, many: str) -> str:
    """Both forms hold ``{count}`` and are translated here."""
    return tr(one if count == 1 else many).format(count=number(count))


def files(count: int) -> str:
    """``1,506 files``."""
    return counted(count, "{count} file", "{count} files")


def place(kind: str) -> str:
    """The name of an entity type, one of the platform's own as it is spelled there."""
    if kind in set(EntityType):
        return plural(EntityType(kind))
    return kind.replace("_", " ").capitalize() or tr("Without a place")


def month(text: str, short: bool = True) -> str:
    """``Oct`` or ``October 2026``, from ``2026-10``."""
    year, of_year = text.split("-")
    day = QDate(int(year), int(of_year), 1)
    return QLocale().toString(day, "MMM" if short else "MMMM yyyy") if day.isValid() else text


def share(part: int, whole: int) -> str:
    """``98.2%``; what is there is never 0."""
    percent = 100 * part / whole if whole else 0.0
    if part and percent < _TENTH:
        return tr("under 0.1%")
    return f"{QLocale().toString(percent, 'f', 1)}%"


def ago(at: datetime, now: datetime | None = None) -> str:
    """``6 minutes ago``."""
    seconds = ((now or datetime.now(UTC)) - at).total_seconds()
    if seconds < 60:
        return tr("just now")
    for unit, one, many in (
        (86_400, "{count} day ago", "{count} days ago"),
        (3_600, "{count} hour ago", "{count} hours ago"),
        (60, "{count} minute ago", "{count} minutes ago"),
    ):
        if seconds >= unit:
            return counted(int(seconds // unit), one, many)
    return ""
