"""Deleted media: the platform knows no deleted row, so a row leaves its table for ours."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert, select

from ..domain.hashes import Fingerprint
from ..domain.media import Media, MediaType, ModerationStatus, StorageType
from . import fingerprints, media
from .engine import Tx
from .tables import TRASH

_T: Final = TRASH.c
_KINDS: Final[dict[str, type[Any]]] = {
    "media_type": MediaType,
    "storage_type": StorageType,
    "moderation_status": ModerationStatus,
}
_TIMES: Final = ("created_at", "updated_at")


# What the deployment's own columns held, within the kept row.
_OWN: Final = "own"


@dataclass(frozen=True, slots=True)
class Trashed:
    """A media in the trash; putting it back gives it the same number and public id.

    ``own`` are the values of columns that only this deployment has.
    """

    media: Media
    fingerprint: Fingerprint | None
    deleted_by: str
    deleted_at: datetime
    own: dict[str, Any] = field(default_factory=dict)


def put(tx: Tx, one: Media, account: str, now: datetime) -> None:
    """Move a live row into the trash."""
    fingerprint = fingerprints.get(tx, one.id)
    row = media.row_of(one) | {_OWN: media.own_values(tx, one.id)}
    for name in _TIMES:
        row[name] = row[name].isoformat() if row[name] else None
    tx.execute(
        insert(TRASH).values(
            public_id=one.public_id,
            media_id=one.id,
            entity_type=one.entity_type,
            entity_id=one.entity_id,
            row=row,
            fingerprint=None if fingerprint is None else fingerprint.as_json(),
            deleted_by=account,
            deleted_at=now,
        )
    )
    media.remove(tx, [one.id])
    fingerprints.remove(tx, [one.id])


def get(tx: Tx, public_id: str) -> Trashed | None:
    """One media of the trash."""
    row = tx.execute(select(TRASH).where(_T.public_id == public_id)).first()
    return None if row is None else trashed(row)


def live_or_deleted(tx: Tx, public_id: str) -> Media | None:
    """The row of a media, wherever it is."""
    found = media.by_public_id(tx, public_id)
    if found is None and (kept := get(tx, public_id)) is not None:
        return kept.media
    # Looked up again, since it may just have come back from the trash.
    return found or media.by_public_id(tx, public_id)


def hold(tx: Tx, public_id: str) -> None:
    """Keep others from putting this media back until the transaction ends."""
    tx.execute(select(_T.public_id).where(_T.public_id == public_id).with_for_update())


def beside(tx: Tx, one: Media) -> list[Media]:
    """Deleted media of the same entity."""
    where = (_T.entity_type == one.entity_type, _T.entity_id == one.entity_id)
    return [trashed(row).media for row in tx.execute(select(TRASH).where(*where))]


def all_of(tx: Tx) -> list[Trashed]:
    """The whole trash, last deleted first."""
    return [trashed(row) for row in tx.execute(select(TRASH).order_by(_T.deleted_at.desc()))]


def deleted_before(tx: Tx, at: datetime) -> list[str]:
    """The public ids of what was deleted before that, oldest first."""
    where = _T.deleted_at < at
    return list(tx.execute(select(_T.public_id).where(where).order_by(_T.deleted_at)).scalars())


def remove(tx: Tx, public_id: str) -> None:
    """Forget a deleted media for good."""
    tx.execute(delete(TRASH).where(_T.public_id == public_id))


def put_back(tx: Tx, one: Trashed, now: datetime) -> Media:
    """Move a media out of the trash; it keeps its number, public id, order and hashes.

    Older servers give a free number away again after a restart: then it gets a new one.
    """
    taken = media.by_id(tx, one.media.id) is not None
    back = media.add(tx, replace(one.media, id=0) if taken else one.media, one.own)
    media.change(tx, back.public_id, {"updated_at": now})
    if one.fingerprint is not None:
        fingerprints.add(tx, back.id, one.fingerprint, now)
    tx.execute(delete(TRASH).where(_T.public_id == back.public_id))
    return back


def trashed(row: Any) -> Trashed:
    """A row of the table."""
    values = dict(row.row)
    for name, kind in _KINDS.items():
        values[name] = None if values[name] is None else kind(values[name])
    for name in _TIMES:
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    fingerprint = None if row.fingerprint is None else Fingerprint.of_json(row.fingerprint)
    own = values.pop(_OWN, {})
    return Trashed(media.media_of(values), fingerprint, row.deleted_by, row.deleted_at, own)
