"""Our hashes of each media, and what is alike by them."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, insert, select, union_all

from ..domain.entities import EntityRef
from ..domain.hashes import BANDS, Fingerprint, bands, from_hex, hamming, probes, to_hex
from . import shape
from .engine import Tx
from .tables import FINGERPRINTS, MEDIA

_F: Final = FINGERPRINTS.c
#: So many looks that are near, and media of each, are told about.
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


def alike(tx: Tx, fingerprint: Fingerprint, threshold: int) -> list[Alike]:
    """Live media with the same bytes, or at most ``threshold`` (0 … 5) bits apart; nearest first.

    An indexed look-up, not a scan. Of a look that very many have, the 64 oldest media are told.
    """
    words = _near_by(tx, fingerprint)
    value = from_hex(fingerprint.perceptual)
    near = [] if value is None else sorted(_within(words, value, threshold))
    looks: list[ColumnElement[bool]] = [
        (_F.band0 == bands(other)[0]) & (_F.perceptual == to_hex(other))
        for _, other in near[:_MOST]
    ]
    same = [_F.sha256 == fingerprint.sha256] if fingerprint.sha256 in words else []
    if not looks and not same:
        return []
    rows = tx.execute(union_all(*map(_oldest, [*same, *looks])))
    found = {row.public_id: _alike(row, row.sha256 == fingerprint.sha256, value) for row in rows}
    return sorted(
        found.values(), key=lambda each: (not each.identical, each.distance, each.public_id)
    )


def _near_by(tx: Tx, fingerprint: Fingerprint) -> set[str]:
    """Hashes that may be near, read from the indexes alone; the sum of the bytes, if it is met."""
    ways = [_one(_F.sha256, _F.sha256 == fingerprint.sha256)]
    value = from_hex(fingerprint.perceptual)
    if value is not None:
        look = to_hex(value)
        ways.append(_one(_F.perceptual, (_F.band0 == bands(value)[0]) & (_F.perceptual == look)))
        for n, each in enumerate(probes(value)):
            band = _F[f"band{n}"]
            near = select(_F.perceptual).where(band.in_(each), _F.perceptual != look)
            # By the order of the index: of a look that very many have, one row is made.
            ways.append(near.group_by(band, _F.perceptual))
    return set(tx.execute(union_all(*ways)).scalars())


def _one(column: ColumnElement[Any], condition: ColumnElement[bool]) -> Any:
    return select(select(column).where(condition).limit(1).subquery())


def _within(words: set[str], value: int, threshold: int) -> Iterator[tuple[int, int]]:
    for each in words:
        other = from_hex(each)
        if other is not None and (distance := hamming(value, other)) <= threshold:
            yield distance, other


def _oldest(condition: ColumnElement[bool]) -> Any:
    columns = (MEDIA.c.public_id, MEDIA.c.entity_type, MEDIA.c.entity_id, _F.sha256, _F.perceptual)
    few = _live(*columns).where(condition).order_by(_F.media_id).limit(_MOST)
    return select(few.subquery())


def _alike(row: Any, identical: bool, value: int | None) -> Alike:
    other = from_hex(row.perceptual)
    distance = 0 if identical or value is None or other is None else hamming(value, other)
    place = (row.entity_type, row.entity_id)
    return Alike(row.public_id, *place, distance, identical, row.sha256)


def _live(*columns: Any) -> Any:
    return select(*columns).join(MEDIA, MEDIA.c.id == _F.media_id)
