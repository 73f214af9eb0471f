"""Posts: held by their author; some deployments have no such table, and its columns vary."""

from sqlalchemy import cast, literal, null, select
from sqlalchemy.types import String

from ...domain.entities import EntityType
from ..shape import Shape
from ..tables import POSTS, USERS
from .base import EntitySource, Holders, Rows


def _rows(there: Shape) -> Rows:
    return select(
        POSTS.c.id,
        null().label("public_id"),
        cast(there["title"], String(255)).label("name"),
        null().label("city"),
        null().label("state"),
        null().label("parent_id"),
    )


def _holders(there: Shape, post: int) -> Holders:
    if not there.has("user_id"):
        return select(USERS.c.user_id).where(literal(value=False))
    # The author's number or public id, as the deployment has it.
    key = USERS.c.id if there.there["user_id"].is_number else USERS.c.user_id
    return select(USERS.c.user_id).join(POSTS, POSTS.c.user_id == key).where(POSTS.c.id == post)


SOURCE = EntitySource(EntityType.POST, POSTS, _rows, _holders)
