"""What the duplicates page says, in words."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ....domain.duplicates import Group, Likeness, Rule
from ....domain.entities import Entity, EntityType
from ....domain.media import Media
from ....domain.slots import find_slot
from ...upload_words import number

_KINDS: Final[dict[EntityType, str]] = {
    EntityType.COMMUNITY: str(QT_TRANSLATE_NOOP("Duplicates", "the community")),
    EntityType.AMENITY: str(QT_TRANSLATE_NOOP("Duplicates", "the amenity")),
    EntityType.BUILDER: str(QT_TRANSLATE_NOOP("Duplicates", "the builder")),
    EntityType.PROPERTY: str(QT_TRANSLATE_NOOP("Duplicates", "the property")),
    EntityType.SALES_REP: str(QT_TRANSLATE_NOOP("Duplicates", "the sales rep")),
    EntityType.USER: str(QT_TRANSLATE_NOOP("Duplicates", "the user")),
    EntityType.POST: str(QT_TRANSLATE_NOOP("Duplicates", "the post")),
}
#: What a person may put in another order.
RULES: Final[dict[Rule, str]] = {
    Rule.PRIMARY: str(QT_TRANSLATE_NOOP("Duplicates", "The primary one")),
    Rule.APPROVED: str(QT_TRANSLATE_NOOP("Duplicates", "Approved before others")),
    Rule.PIXELS: str(QT_TRANSLATE_NOOP("Duplicates", "The larger picture")),
    Rule.QUALITY: str(QT_TRANSLATE_NOOP("Duplicates", "The less compressed one")),
    Rule.CAMERA: str(QT_TRANSLATE_NOOP("Duplicates", "With its camera data")),
    Rule.ALT_TEXT: str(QT_TRANSLATE_NOOP("Duplicates", "With alt text")),
    Rule.OLDER: str(QT_TRANSLATE_NOOP("Duplicates", "The one that was here first")),
}


def tr(text: str) -> str:
    """Translate a text of this page."""
    return QCoreApplication.translate("Duplicates", text)


def counted(count: int, one: str, many: str) -> str:
    """Both forms hold ``{count}`` and are translated here."""
    return tr(one if count == 1 else many).format(count=number(count))


def bits(count: int) -> str:
    """``2 bits apart``."""
    return counted(count, "{count} bit apart", "{count} bits apart")


def groups_left(count: int) -> str:
    """``1,336 groups left``."""
    return counted(count, "{count} group left", "{count} groups left")


def likeness(group: Group, short: bool = False) -> str:
    """``3 copies, same bytes``; where there is little room, ``3 copies, exact``."""
    many = len(group.others) + 1
    if group.kind is Likeness.SERIES:
        return tr("Series of {count}").format(count=number(many))
    copies = counted(many, "{count} copy", "{count} copies")
    if group.kind is Likeness.EXACT:
        words = tr("{copies}, exact") if short else tr("{copies}, same bytes")
        return words.format(copies=copies)
    apart = bits(group.distance)
    if short:
        apart = counted(group.distance, "{count} bit", "{count} bits")
    return tr("{copies}, {apart}").format(copies=copies, apart=apart)


def places(count: int) -> str:
    """Where a group that is not all on one entity lies: ``Two places``."""
    return tr("Two places") if count == 2 else tr("{count} places").format(count=number(count))


def media(count: int) -> str:
    """``3 media``."""
    return counted(count, "{count} file", "{count} files")


def slot_name(kind: str, field: str | None) -> str:
    """``Photos``; as the row has it where the slot is unknown. ``kind`` is a type's word."""
    known = find_slot(EntityType(kind), field or "") if kind in set(EntityType) else None
    return known.label if known is not None else field or ""


def entity_word(one: Media) -> str:
    """``the property``."""
    kind = one.entity_type
    return tr(_KINDS[EntityType(kind)]) if kind in set(EntityType) else tr("its place")


def position(one: Media) -> str:
    """``No. 1, primary``."""
    at = tr("No. {at}").format(at=number(one.sort_order))
    return tr("{at}, primary").format(at=at) if one.is_primary else at


def place(one: Media, entity: Entity | None) -> str:
    """``8214 E Juniper Ct · Photos``."""
    return spot(one.entity_type, one.entity_id, one.entity_field, entity)


def spot(kind: str, number: int | None, field: str | None, entity: Entity | None) -> str:
    """A place by its type's word and its number, where the entity is unknown; as ``place``."""
    name = entity.name if entity is not None else f"{kind} {number}"
    slot = slot_name(kind, field)
    return f"{name} · {slot}" if slot else name
