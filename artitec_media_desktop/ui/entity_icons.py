"""Which icon stands for which type of entity."""

from typing import Final

from ..domain.entities import EntityType

ENTITY_ICONS: Final[dict[EntityType, str]] = {
    EntityType.COMMUNITY: "buildings",
    EntityType.AMENITY: "tree",
    EntityType.BUILDER: "wrench",
    EntityType.PROPERTY: "house",
    EntityType.SALES_REP: "identification-badge",
    EntityType.USER: "user",
    EntityType.POST: "article",
}
