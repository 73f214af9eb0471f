"""The signatures of media, and which media have no fingerprint of today."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Select, func, or_, select

from ..domain.hashes import FINGERPRINT_VERSION
from ..domain.media import EMBED_CONTENT_TYPE
from .engine import Tx
from .tables import FINGERPRINTS, MEDIA

_F: Final = FINGERPRINTS.c
#: Numbers named in one statement.
_NAMED: Final = 500


def lacking(tx: Tx, after: int, limit: int, anew: bool = False) -> list[int]:
    """The next media above a number that have no fingerprint of today's version, ascending.

    All with ``anew``; never links, which have no file.
    """
    statement = _lacking(select(MEDIA.c.id), anew).where(MEDIA.c.id > after)
    return list(tx.execute(statement.order_by(MEDIA.c.id).limit(limit)).scalars())


def lacking_count(tx: Tx, anew: bool = False) -> int:
    """How many there are of them."""
    counted = select(func.count()).select_from(MEDIA)
    return int(tx.execute(_lacking(counted, anew)).scalar_one())


def of(tx: Tx, media_ids: Sequence[int]) -> list[tuple[int, bytes]]:
    """The signatures of some media, by rising number; those that have none are left out."""
    found: list[tuple[int, bytes]] = []
    columns = select(_F.media_id, _F.signature).where(_F.signature.is_not(None))
    for start in range(0, len(media_ids), _NAMED):
        some = columns.where(_F.media_id.in_(media_ids[start : start + _NAMED]))
        found += [(row.media_id, row.signature) for row in tx.execute(some.order_by(_F.media_id))]
    return found


def _lacking(statement: Select[Any], anew: bool) -> Select[Any]:
    file = func.coalesce(MEDIA.c.content_type, "") != EMBED_CONTENT_TYPE
    if anew:
        return statement.where(file)
    joined = statement.outerjoin(FINGERPRINTS, _F.media_id == MEDIA.c.id)
    return joined.where(file, or_(_F.media_id.is_(None), _F.version != FINGERPRINT_VERSION))
