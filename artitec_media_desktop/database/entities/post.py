"""Posts: held by their author; some deployments have no such table."""

from sqlalchemy import null, select

from ...domain.entities import EntityType
from ..tables import POSTS
from .base import EntitySource, Holders


def _holders(post: int) -> Holders:
    return select(POSTS.c.user_id).where(POSTS.c.id == post, POSTS.c.user_id.is_not(None))


SOURCE = EntitySource(
    EntityType.POST,
    POSTS,
    select(
        POSTS.c.id,
        null().label("public_id"),
        POSTS.c.title.label("name"),
        null().label("city"),
        null().label("state"),
        null().label("parent_id"),
    ),
    _holders,
)
