"""Builders: held by their owner."""

from sqlalchemy import null, select

from ...domain.entities import EntityType
from ..tables import BUILDERS
from .base import EntitySource, Holders


def _holders(builder: int) -> Holders:
    return select(BUILDERS.c.user_id).where(
        BUILDERS.c.id == builder, BUILDERS.c.user_id.is_not(None)
    )


_ROWS = select(
    BUILDERS.c.id,
    BUILDERS.c.builder_id.label("public_id"),
    BUILDERS.c.name,
    BUILDERS.c.city,
    BUILDERS.c.state,
    null().label("parent_id"),
)
SOURCE = EntitySource(
    EntityType.BUILDER,
    BUILDERS,
    lambda _: _ROWS,
    lambda _, number: _holders(number),
)
