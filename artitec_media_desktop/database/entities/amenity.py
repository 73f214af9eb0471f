"""Amenities: held by whoever holds their community."""

from typing import Any

from sqlalchemy import Select, null, select

from ...domain.entities import EntityType
from ..tables import AMENITIES, COMMUNITIES
from . import community
from .base import EntitySource, Holders


def _holders(amenity: int) -> Holders:
    return community.holders(
        select(COMMUNITIES.c.id)
        .join(AMENITIES, AMENITIES.c.community_id == COMMUNITIES.c.community_id)
        .where(AMENITIES.c.id == amenity)
        .scalar_subquery()
    )


def within(communities: list[int]) -> Select[Any]:
    """Select the numeric ids of the amenities of communities."""
    return (
        select(AMENITIES.c.id)
        .join(COMMUNITIES, AMENITIES.c.community_id == COMMUNITIES.c.community_id)
        .where(COMMUNITIES.c.id.in_(communities))
    )


_ROWS = select(
    AMENITIES.c.id,
    null().label("public_id"),
    AMENITIES.c.name,
    COMMUNITIES.c.city,
    COMMUNITIES.c.state,
    COMMUNITIES.c.id.label("parent_id"),
).join(COMMUNITIES, AMENITIES.c.community_id == COMMUNITIES.c.community_id)
SOURCE = EntitySource(
    EntityType.AMENITY,
    AMENITIES,
    lambda _: _ROWS,
    lambda _, number: _holders(number),
    {EntityType.COMMUNITY: COMMUNITIES.c.id},
)
