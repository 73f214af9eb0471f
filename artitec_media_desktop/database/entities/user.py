"""Users: everyone holds their own pictures."""

from sqlalchemy import null, select

from ...domain.entities import EntityType
from ..tables import USERS
from .base import EntitySource, Holders
from .names import full_name


def _holders(user: int) -> Holders:
    return select(USERS.c.user_id).where(USERS.c.id == user)


_ROWS = select(
    USERS.c.id,
    USERS.c.user_id.label("public_id"),
    full_name(USERS).label("name"),
    null().label("city"),
    null().label("state"),
    null().label("parent_id"),
).where(USERS.c.status != "deleted")
SOURCE = EntitySource(
    EntityType.USER,
    USERS,
    lambda _: _ROWS,
    lambda _, number: _holders(number),
)
