"""Our hashes of each media, and what is alike by them."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, insert, select, union_all

from ..domain.entities import EntityRef
from ..domain.hashes import BANDS, Fingerprint, bands, from_hex
from ..domain.media import ModerationStatus
from . import shape
from .engine import Tx
from .near import Nearby, nearby
from .tables import FINGERPRINTS, MEDIA

_F: Final = FINGERPRINTS.c
#: So many media of each look that is near are told about.
_MOST: Final = 64


@dataclass(frozen=True, slots=True)
class Alike:
    """A live media that looks like another: 0 … threshold bits apart."""

    public_id: str
    entity_type: str
    entity_id: int
    distance: int
    identical: bool
    sha256: str
    status: ModerationStatus


def add(tx: Tx, media_id: int, fingerprint: Fingerprint, now: datetime) -> None:
    """Keep the hashes of a media; those it had before are replaced."""
    value = from_hex(fingerprint.perceptual)
    cut = bands(value) if value is not None else (None,) * len(BANDS)
    values = {
        "media_id": media_id,
        **asdict(fingerprint),
        **{f"band{n}": each for n, each in enumerate(cut)},
        "created_at": now,
    }
    if tx.dialect.name == "sqlite":
        tx.execute(delete(FINGERPRINTS).where(_F.media_id == media_id))
        tx.execute(insert(FINGERPRINTS).values(values))
    else:  # one round trip
        from sqlalchemy.dialects.mysql import insert as mysql_insert

        tx.execute(mysql_insert(FINGERPRINTS).values(values).on_duplicate_key_update(values))


def get(tx: Tx, media_id: int) -> Fingerprint | None:
    """The hashes of a media."""
    row = tx.execute(select(FINGERPRINTS).where(_F.media_id == media_id)).first()
    if row is None:
        return None
    return Fingerprint(
        row.sha256, row.average, row.perceptual, row.difference, row.version, row.signature
    )


def remove(tx: Tx, media_ids: list[int]) -> None:
    """Forget the hashes of media that are no longer live."""
    tx.execute(delete(FINGERPRINTS).where(_F.media_id.in_(media_ids)))


def identical(tx: Tx, sha256: str, entity: EntityRef, only_primary_of: str | None) -> str | None:
    """The public id of a live media of that entity with exactly these bytes.

    With ``only_primary_of`` only the primary media of that field counts.
    """
    statement = _live(MEDIA.c.public_id).where(
        _F.sha256 == sha256,
        MEDIA.c.entity_type == entity.type.value,
        MEDIA.c.entity_id == entity.id,
    )
    if only_primary_of is not None:
        primary = shape.media(tx)["is_primary"]
        statement = statement.where(MEDIA.c.entity_field == only_primary_of, primary.is_(True))
    return tx.execute(statement.order_by(MEDIA.c.id).limit(1)).scalar()


def alike(
    tx: Tx, fingerprint: Fingerprint, threshold: int, known: Nearby | None = None
) -> list[Alike]:
    """Live media with the same bytes, or at most ``threshold`` (0 … 5) bits apart; nearest first.

    An indexed look-up, not a scan. Of a look that very many have, the 64 oldest media are told.
    ``known`` is what was found nearby already.
    """
    found = known or nearby(tx, [(FINGERPRINTS, fingerprint)])[0]
    conditions = found.conditions(threshold)
    if not conditions:
        return []
    status = shape.media(tx)["moderation_status"].label("status")
    rows = tx.execute(union_all(*(_oldest(each, status) for each in conditions)))
    by_id = {row.public_id: _alike(row, found) for row in rows}
    return sorted(
        by_id.values(), key=lambda each: (not each.identical, each.distance, each.public_id)
    )


def _oldest(condition: ColumnElement[bool], status: ColumnElement[Any]) -> Any:
    columns = (MEDIA.c.public_id, MEDIA.c.entity_type, MEDIA.c.entity_id, _F.sha256, _F.perceptual)
    few = _live(*columns, status).where(condition).order_by(_F.media_id).limit(_MOST)
    return select(few.subquery())


def _alike(row: Any, found: Nearby) -> Alike:
    identical = row.sha256 == found.fingerprint.sha256
    place = (row.entity_type, row.entity_id)
    return Alike(row.public_id, *place, found.distance(row), identical, row.sha256, row.status)


def _live(*columns: Any) -> Any:
    return select(*columns).join(MEDIA, MEDIA.c.id == _F.media_id)
