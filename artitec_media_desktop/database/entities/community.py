"""Communities: held by their owner and by their admins."""

from typing import Any

from sqlalchemy import ColumnElement, null, select, union
from sqlalchemy.sql.expression import CompoundSelect

from ...domain.entities import EntityType
from ..tables import COMMUNITIES, COMMUNITY_ADMIN_LINKS, COMMUNITY_ADMIN_PROFILES, USERS
from .base import EntitySource, Holders


def holders(community: int | ColumnElement[int]) -> Holders:
    """Select the owner, the linked admins and the admins with a profile of that community."""
    links, profiles = COMMUNITY_ADMIN_LINKS, COMMUNITY_ADMIN_PROFILES
    return union(
        select(COMMUNITIES.c.user_id).where(
            COMMUNITIES.c.id == community, COMMUNITIES.c.user_id.is_not(None)
        ),
        select(USERS.c.user_id)
        .join(links, links.c.user_id == USERS.c.id)
        .where(links.c.community_id == community),
        select(profiles.c.user_id).where(profiles.c.community_id == community),
    )


def held_by(user_id: str) -> CompoundSelect[Any]:
    """Select the numeric ids of the communities that somebody holds."""
    links, profiles = COMMUNITY_ADMIN_LINKS, COMMUNITY_ADMIN_PROFILES
    return union(
        select(COMMUNITIES.c.id).where(COMMUNITIES.c.user_id == user_id),
        select(links.c.community_id)
        .join(USERS, links.c.user_id == USERS.c.id)
        .where(USERS.c.user_id == user_id),
        select(profiles.c.community_id).where(profiles.c.user_id == user_id),
    )


_ROWS = select(
    COMMUNITIES.c.id,
    COMMUNITIES.c.community_id.label("public_id"),
    COMMUNITIES.c.name,
    COMMUNITIES.c.city,
    COMMUNITIES.c.state,
    null().label("parent_id"),
)
SOURCE = EntitySource(
    EntityType.COMMUNITY,
    COMMUNITIES,
    lambda _: _ROWS,
    lambda _, number: holders(number),
)
