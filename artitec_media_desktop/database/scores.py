"""What a model made of the pictures that wait in visual review.

A row without a score says that the picture could not be read then; it is tried again a day later.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, Text, and_, delete, func, insert, or_, select, type_coerce

from ..domain.media import EMBED_CONTENT_TYPE, ModerationStatus
from . import shape
from .engine import Tx
from .review_tables import SCORES
from .tables import MEDIA

_S: Final = SCORES.c
_WAITING: Final = (ModerationStatus.PENDING, ModerationStatus.FLAGGED)
#: Both spellings rather than a function of the column, which no index would serve.
_SPELLED: Final = [word for each in _WAITING for word in (each.value, each.value.upper())]
_AGAIN: Final = timedelta(days=1)
#: Named in one statement.
_NAMED: Final = 500


def lacking(tx: Tx, model: str, now: datetime, after: int, limit: int) -> list[int]:
    """The next media above a number that wait and that ``model`` has not scored, ascending.

    Never links, which have no picture of ours.
    """
    statement = _lacking(tx, select(MEDIA.c.id), model, now).where(MEDIA.c.id > after)
    return list(tx.execute(statement.order_by(MEDIA.c.id).limit(limit)).scalars())


def lacking_count(tx: Tx, model: str, now: datetime) -> int:
    """How many there are of them."""
    counted = select(func.count()).select_from(MEDIA)
    return int(tx.execute(_lacking(tx, counted, model, now)).scalar_one())


def keep(tx: Tx, media_id: int, model: str, score: float | None, now: datetime) -> None:
    """Store the score of a media, None where it can't be read; any it had before is replaced."""
    values = {"media_id": media_id, "model": model, "score": score, "at": now}
    if tx.dialect.name == "sqlite":
        tx.execute(delete(SCORES).where(_S.media_id == media_id))
        tx.execute(insert(SCORES).values(values))
    else:  # one round trip
        from sqlalchemy.dialects.mysql import insert as mysql_insert

        tx.execute(mysql_insert(SCORES).values(values).on_duplicate_key_update(values))


def get(tx: Tx, media_id: int) -> float | None:
    """The score of a media."""
    return tx.execute(select(_S.score).where(_S.media_id == media_id)).scalar()


def sweep(tx: Tx) -> int:
    """Forget scores of media that are gone, some hundreds at most; returns how many."""
    rows = select(_S.media_id).outerjoin(MEDIA, MEDIA.c.id == _S.media_id)
    gone = list(tx.execute(rows.where(MEDIA.c.id.is_(None)).limit(_NAMED)).scalars())
    if gone:
        tx.execute(delete(SCORES).where(_S.media_id.in_(gone)))
    return len(gone)


def _lacking(tx: Tx, statement: Select[Any], model: str, now: datetime) -> Select[Any]:
    status = type_coerce(shape.media(tx)["moderation_status"], Text)
    joined = statement.outerjoin(SCORES, and_(_S.media_id == MEDIA.c.id, _S.model == model))
    return joined.where(
        status.in_(_SPELLED),
        func.coalesce(MEDIA.c.content_type, "") != EMBED_CONTENT_TYPE,
        or_(_S.media_id.is_(None), and_(_S.score.is_(None), _S.at < now - _AGAIN)),
    )
