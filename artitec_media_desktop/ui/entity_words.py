"""What the types of entities are called, as headings and in lists."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ..domain.entities import EntityType

_PLURALS: Final[dict[EntityType, str]] = {
    EntityType.COMMUNITY: str(QT_TRANSLATE_NOOP("Entities", "Communities")),
    EntityType.AMENITY: str(QT_TRANSLATE_NOOP("Entities", "Amenities")),
    EntityType.BUILDER: str(QT_TRANSLATE_NOOP("Entities", "Builders")),
    EntityType.PROPERTY: str(QT_TRANSLATE_NOOP("Entities", "Properties")),
    EntityType.SALES_REP: str(QT_TRANSLATE_NOOP("Entities", "Sales reps")),
    EntityType.USER: str(QT_TRANSLATE_NOOP("Entities", "Users")),
    EntityType.POST: str(QT_TRANSLATE_NOOP("Entities", "Posts")),
}


def plural(kind: EntityType) -> str:
    """``Sales reps``, translated."""
    return QCoreApplication.translate("Entities", _PLURALS[kind])
