"""Sales reps: each holds the own picture."""

from sqlalchemy import null, select

from ...domain.entities import EntityType
from ..tables import SALES_REPS
from .base import EntitySource, Holders
from .names import full_name


def _holders(rep: int) -> Holders:
    return select(SALES_REPS.c.user_id).where(
        SALES_REPS.c.id == rep, SALES_REPS.c.user_id.is_not(None)
    )


_ROWS = select(
    SALES_REPS.c.id,
    SALES_REPS.c.sales_rep_id.label("public_id"),
    full_name(SALES_REPS).label("name"),
    null().label("city"),
    null().label("state"),
    null().label("parent_id"),
)
SOURCE = EntitySource(
    EntityType.SALES_REP,
    SALES_REPS,
    lambda _: _ROWS,
    lambda _, number: _holders(number),
    {
        EntityType.COMMUNITY: SALES_REPS.c.community_id,
        EntityType.BUILDER: SALES_REPS.c.builder_id,
    },
)
