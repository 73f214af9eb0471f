"""Properties: held by their owner and by their builder's owner; known by their numeric id."""

from sqlalchemy import func, null, select, union

from ...domain.entities import EntityType
from ..tables import BUILDERS, PROPERTIES, USERS
from .base import EntitySource, Holders


def _holders(home: int) -> Holders:
    return union(
        select(USERS.c.user_id)
        .join(PROPERTIES, PROPERTIES.c.owner_id == USERS.c.id)
        .where(PROPERTIES.c.id == home),
        select(BUILDERS.c.user_id)
        .join(PROPERTIES, PROPERTIES.c.builder_id == BUILDERS.c.id)
        .where(PROPERTIES.c.id == home, BUILDERS.c.user_id.is_not(None)),
    )


_ROWS = select(
    PROPERTIES.c.id,
    null().label("public_id"),
    func.coalesce(
        func.nullif(PROPERTIES.c.title, ""), func.nullif(PROPERTIES.c.address1, "")
    ).label("name"),
    PROPERTIES.c.city,
    PROPERTIES.c.state,
    null().label("parent_id"),
)
SOURCE = EntitySource(
    EntityType.PROPERTY,
    PROPERTIES,
    lambda _: _ROWS,
    lambda _, number: _holders(number),
    {
        EntityType.COMMUNITY: PROPERTIES.c.community_id,
        EntityType.BUILDER: PROPERTIES.c.builder_id,
    },
)
