"""The hashes of what was rejected, by which the door knows it again."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert, literal, select, union_all

from ..domain.hashes import BANDS, Fingerprint
from ..domain.media import Media, ModerationStatus
from ..domain.moderation import KnownBad
from . import fingerprints, shape
from .engine import Tx
from .fingerprints import Alike
from .near import Nearby, nearby
from .review_tables import KNOWN_BAD
from .tables import FINGERPRINTS
from .types import Utc

_K: Final = KNOWN_BAD.c
_HASHES: Final = ("sha256", "perceptual", *(f"band{n}" for n in range(len(BANDS))), "version")


def keep(tx: Tx, media: Media, reason: str | None, now: datetime) -> None:
    """Know a rejected media again from now on; nothing is known of one without a fingerprint."""
    forget(tx, media.public_id)
    kept = select(
        literal(media.public_id),
        *(FINGERPRINTS.c[each] for each in _HASHES),
        literal(reason, _K.reason.type),
        literal(now, Utc()),
    ).where(FINGERPRINTS.c.media_id == media.id)
    names = ["public_id", *_HASHES, "reason", "at"]
    tx.execute(insert(KNOWN_BAD).from_select(names, kept))


def forget(tx: Tx, public_id: str) -> None:
    """Let in again what looks like a media that was rejected."""
    tx.execute(delete(KNOWN_BAD).where(_K.public_id == public_id))


def near(
    tx: Tx, fingerprint: Fingerprint, bits: int, known: Nearby | None = None
) -> KnownBad | None:
    """The rejected media with the same bytes, or the nearest at most ``bits`` (0 … 5) apart.

    None where there is none, also of a database without this table. ``known`` is what was found
    nearby already.
    """
    if known is None:
        if not _is_there(tx):
            return None
        (known,) = nearby(tx, [(KNOWN_BAD, fingerprint)])
    conditions = known.conditions(bits)
    if not conditions:
        return None
    wanted = (_K.public_id, _K.sha256, _K.perceptual, _K.reason, _K.at)
    # Conditions come nearest first, but the parts of a UNION in no order that SQL promises.
    parts = (
        select(select(*wanted).where(each).order_by(_K.public_id).limit(1).subquery())
        for each in conditions
    )

    def nearness(row: Any) -> tuple[bool, int, str]:
        return row.sha256 != fingerprint.sha256, known.distance(row), row.public_id

    rows = tx.execute(union_all(*parts)).all()
    if not rows:  # forgotten meanwhile
        return None
    found = min(rows, key=nearness)
    return KnownBad(found.public_id, known.distance(found), found.reason)


def at_the_door(
    tx: Tx, fingerprint: Fingerprint, threshold: int, bits: int | None, by_look: bool
) -> tuple[list[Alike], KnownBad | None]:
    """What the library has of a look, as ``fingerprints.alike``, and what was rejected of it.

    One round trip where there is nothing. Without ``bits`` nothing is known as bad; without
    ``by_look`` only the very bytes are. What the platform itself has rejected counts as well.
    """
    asked = {FINGERPRINTS: fingerprint}
    if bits is not None and _is_there(tx):
        asked[KNOWN_BAD] = fingerprint if by_look else replace(fingerprint, perceptual=None)
    found = {each.table: each for each in nearby(tx, list(asked.items()))}
    bad = None
    if bits is not None and (rejected := found.get(KNOWN_BAD)) is not None:
        bad = near(tx, rejected.fingerprint, bits, rejected)
    alike = fingerprints.alike(tx, fingerprint, threshold, found[FINGERPRINTS])
    if bad is None and bits is not None:
        bad = next((_rejected(each) for each in alike if _is_bad(each, bits, by_look)), None)
    return alike, bad


def _is_bad(alike: Alike, bits: int, by_look: bool) -> bool:
    near = alike.identical or (by_look and alike.distance <= bits)
    return near and alike.status is ModerationStatus.REJECTED


def _rejected(alike: Alike) -> KnownBad:
    return KnownBad(alike.public_id, alike.distance)


def _is_there(tx: Tx) -> bool:
    return shape.of(tx, KNOWN_BAD) is not None
