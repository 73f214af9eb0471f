"""What the types of entities are called: as headings, alone, and in a sentence."""

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
_SINGULARS: Final[dict[EntityType, str]] = {
    EntityType.COMMUNITY: str(QT_TRANSLATE_NOOP("Entities", "Community")),
    EntityType.AMENITY: str(QT_TRANSLATE_NOOP("Entities", "Amenity")),
    EntityType.BUILDER: str(QT_TRANSLATE_NOOP("Entities", "Builder")),
    EntityType.PROPERTY: str(QT_TRANSLATE_NOOP("Entities", "Property")),
    EntityType.SALES_REP: str(QT_TRANSLATE_NOOP("Entities", "Sales rep")),
    EntityType.USER: str(QT_TRANSLATE_NOOP("Entities", "User")),
    EntityType.POST: str(QT_TRANSLATE_NOOP("Entities", "Post")),
}
_IN_A_SENTENCE: Final[dict[EntityType, str]] = {
    EntityType.COMMUNITY: str(QT_TRANSLATE_NOOP("Entities", "community")),
    EntityType.AMENITY: str(QT_TRANSLATE_NOOP("Entities", "amenity")),
    EntityType.BUILDER: str(QT_TRANSLATE_NOOP("Entities", "builder")),
    EntityType.PROPERTY: str(QT_TRANSLATE_NOOP("Entities", "property")),
    EntityType.SALES_REP: str(QT_TRANSLATE_NOOP("Entities", "sales rep")),
    EntityType.USER: str(QT_TRANSLATE_NOOP("Entities", "user")),
    EntityType.POST: str(QT_TRANSLATE_NOOP("Entities", "post")),
}


def plural(kind: EntityType) -> str:
    """``Sales reps``, translated."""
    return QCoreApplication.translate("Entities", _PLURALS[kind])


def singular(kind: EntityType) -> str:
    """``Sales rep``, translated."""
    return QCoreApplication.translate("Entities", _SINGULARS[kind])


def in_a_sentence(kind: EntityType) -> str:
    """``sales rep``, translated."""
    return QCoreApplication.translate("Entities", _IN_A_SENTENCE[kind])
