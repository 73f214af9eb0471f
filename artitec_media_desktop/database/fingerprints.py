"""Our hashes of each media, and what is alike by them."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert, or_, select

from ..domain.entities import EntityRef
from ..domain.hashes import BANDS, Fingerprint, bands, from_hex, hamming
from . import shape
from .engine import Tx
from .tables import FINGERPRINTS, MEDIA

_F: Final = FINGERPRINTS.c


@dataclass(frozen=True, slots=True)
class Alike:
    """A live media that looks like another: 0 … threshold bits apart."""

    public_id: str
    entity_type: str
    entity_id: int
    distance: int
    identical: bool


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
    return Fingerprint(row.sha256, row.average, row.perceptual, row.difference, row.version)


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


def alike(tx: Tx, fingerprint: Fingerprint, threshold: int) -> list[Alike]:
    """Live media with the same bytes, or at most ``threshold`` (0 … 5) bits apart; nearest first.

    An indexed look-up, not a scan: hashes that close agree in one of six bands.
    """
    same = _F.sha256 == fingerprint.sha256
    value = from_hex(fingerprint.perceptual)
    near = [] if value is None else [_F[f"band{n}"] == b for n, b in enumerate(bands(value))]
    rows = tx.execute(
        _live(
            MEDIA.c.public_id,
            MEDIA.c.entity_type,
            MEDIA.c.entity_id,
            _F.sha256,
            _F.perceptual,
        ).where(or_(same, *near))
    )
    found = []
    for row in rows:
        equal = row.sha256 == fingerprint.sha256
        other = from_hex(row.perceptual)
        if equal:
            distance = 0
        elif value is None or other is None:
            continue
        else:
            distance = hamming(value, other)
        if distance <= threshold:
            found.append(Alike(row.public_id, row.entity_type, row.entity_id, distance, equal))
    return sorted(found, key=lambda each: (not each.identical, each.distance, each.public_id))


def _live(*columns: Any) -> Any:
    return select(*columns).join(MEDIA, MEDIA.c.id == _F.media_id)
