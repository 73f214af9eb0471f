"""What is known of items of visual review; of many at once in as many queries as of one."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    bindparam,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from ..domain.hashes import Fingerprint
from ..domain.media import Media, ModerationStatus
from ..domain.moderation import KnownBad, Record
from ..domain.permissions import Role
from ..domain.review_facts import Rejection
from . import shape, trash
from .engine import Tx
from .entities.names import full_name
from .near import Nearby, nearby
from .review_tables import KNOWN_BAD, REVIEWS, SCORES
from .reviews import record_of
from .tables import FINGERPRINTS, MEDIA, TRASH, USERS
from .types import Utc

_F: Final = FINGERPRINTS.c
_K: Final = KNOWN_BAD.c
_R: Final = REVIEWS.c
#: So many similar media of an item are told about.
SHOWN: Final = 12
_NO_REASON: Final = literal(None, Text()).label("reason")

# Written once: to put a statement together takes longer than to run it, and a person is waiting.
_ITEMS: Final = (
    select(MEDIA.c.id, MEDIA.c.public_id, _F.sha256, _F.perceptual, SCORES.c.score)
    .outerjoin(FINGERPRINTS, _F.media_id == MEDIA.c.id)
    .outerjoin(SCORES, SCORES.c.media_id == MEDIA.c.id)
    .where(MEDIA.c.public_id.in_(bindparam("asked", expanding=True)))
)
_RECORDS: Final = (
    select(REVIEWS).where(_R.public_id.in_(bindparam("asked", expanding=True))).order_by(_R.id)
)
# The last decision of a person on each media that stands.
_LAST: Final = (
    select(func.max(_R.id).label("id"))
    .where(
        _R.uploaded_by.in_(bindparam("asked", expanding=True)),
        _R.at >= bindparam("since", type_=Utc()),
        _R.rule.is_(None),
        _R.undone_at.is_(None),
    )
    .group_by(_R.public_id)
    .subquery()
)
_PASTS: Final = (
    select(_R.uploaded_by, _R.after, func.count().label("number"), func.max(_R.id).label("id"))
    .join(_LAST, _LAST.c.id == _R.id)
    .group_by(_R.uploaded_by, _R.after)
)
_PEOPLE: Final = select(
    USERS.c.user_id, full_name(USERS).label("name"), USERS.c.email, USERS.c.role
).where(USERS.c.user_id.in_(bindparam("asked", expanding=True)))


@dataclass(frozen=True, slots=True)
class Item:
    """A live media by its numbers. ``fingerprint`` has no more than what a search needs."""

    id: int
    public_id: str
    fingerprint: Fingerprint | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Around:
    """What looks like an item: live media by number and distance in bits, and what was rejected."""

    live: tuple[tuple[int, int], ...] = ()
    rejected: tuple[KnownBad, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """What was decided of an uploader's media."""

    counts: Mapping[ModerationStatus, int]
    last_rejection: Rejection | None = None


def items(tx: Tx, public_ids: Collection[str]) -> list[Item]:
    """Those of them that are live, with their hashes and scores."""
    asked = [each for each in public_ids if each.isascii()]
    return [
        Item(
            row.id,
            row.public_id,
            None if row.sha256 is None else Fingerprint(row.sha256, perceptual=row.perceptual),
            row.score,
        )
        for row in tx.execute(_ITEMS, {"asked": asked})
    ]


def around(tx: Tx, asked: Iterable[Item], bits: int) -> dict[str, Around]:
    """What looks like each item, nearest first: at most ``bits`` (0 … 5) apart, and not pending.

    Two queries, the second only where there is something.
    """
    hashed = [(each, each.fingerprint) for each in asked if each.fingerprint is not None]
    if not hashed:
        return {}
    pairs = [(table, one) for _, one in hashed for table in (FINGERPRINTS, KNOWN_BAD)]
    found = nearby(tx, pairs)
    owners = [each for each, _ in hashed for _ in (FINGERPRINTS, KNOWN_BAD)]
    ways = [
        way
        for number, (near, owner) in enumerate(zip(found, owners, strict=True))
        for way in _ways(tx, number, near, owner, bits)
    ]
    rows: dict[int, dict[str, Any]] = {}
    for row in tx.execute(union_all(*ways)) if ways else ():
        rows.setdefault(row.number, {})[row.public_id] = row
    return {
        owner.public_id: Around(
            _live(found[2 * nth], rows.get(2 * nth, {})),
            _rejected(found[2 * nth + 1], rows.get(2 * nth + 1, {})),
        )
        for nth, (owner, _) in enumerate(hashed)
    }


def records(tx: Tx, public_ids: Collection[str]) -> dict[str, list[Record]]:
    """Everything on record of each media, oldest first; what was undone too."""
    found: dict[str, list[Record]] = {}
    for row in tx.execute(_RECORDS, {"asked": list(public_ids)}):
        found.setdefault(row.public_id, []).append(record_of(row))
    return found


def pasts(tx: Tx, uploaders: Collection[str], since: datetime) -> dict[str, Past]:
    """What people decided since then of the media of each uploader; of each media the last."""
    counts: dict[str, dict[ModerationStatus, int]] = {}
    rejected: dict[int, str] = {}
    row: Any
    for row in tx.execute(_PASTS, {"asked": list(uploaders), "since": since}):
        status = ModerationStatus(row.after)
        counts.setdefault(row.uploaded_by, {})[status] = row.number
        if status is ModerationStatus.REJECTED:
            rejected[row.id] = row.uploaded_by
    wanted = select(_R.id, _R.at, _R.reason).where(_R.id.in_(rejected))
    rows: Any = tx.execute(wanted) if rejected else ()
    rejections = {rejected[row.id]: Rejection(row.at, row.reason) for row in rows}
    return {each: Past(numbers, rejections.get(each)) for each, numbers in counts.items()}


def people(tx: Tx, user_ids: Collection[str]) -> dict[str, tuple[str, Role]]:
    """The names and roles of accounts; those that are gone are left out."""
    rows: Any = tx.execute(_PEOPLE, {"asked": list(user_ids)})
    return {row.user_id: (row.name or row.email, Role.read(row.role)) for row in rows}


def trashed(tx: Tx, public_ids: Collection[str]) -> dict[str, Media]:
    """Those of them that lie in the trash."""
    rows = tx.execute(select(TRASH).where(TRASH.c.public_id.in_(public_ids)))
    return {row.public_id: trash.trashed(row).media for row in rows}


def _ways(tx: Tx, number: int, near: Nearby, owner: Item, bits: int) -> Iterator[Select[Any]]:
    which = literal(number).label("number")
    for each in near.conditions(bits)[:SHOWN]:
        if near.table is FINGERPRINTS:
            few = (
                select(which, MEDIA.c.public_id, MEDIA.c.id, *_hashes(_F), _NO_REASON)
                .join(MEDIA, MEDIA.c.id == _F.media_id)
                .where(each, MEDIA.c.id != owner.id, ~_pending(tx))
                .order_by(_F.media_id)
            )
        else:
            few = (
                select(which, _K.public_id, literal(0).label("id"), *_hashes(_K), _K.reason)
                .where(each, _K.public_id != owner.public_id)
                .order_by(_K.public_id)
            )
        yield select(few.limit(SHOWN).subquery())


def _hashes(columns: Any) -> tuple[Any, ...]:
    return columns.sha256, columns.perceptual


def _pending(tx: Tx) -> ColumnElement[bool]:
    status = type_coerce(shape.media(tx)["moderation_status"], Text)
    return func.coalesce(func.lower(status), "") == ModerationStatus.PENDING.value


def _nearest(near: Nearby, rows: Mapping[str, Any]) -> Sequence[tuple[int, Any]]:
    measured = [(near.distance(row), row) for row in rows.values()]
    return sorted(measured, key=lambda each: (each[0], each[1].public_id))[:SHOWN]


def _live(near: Nearby, rows: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
    return tuple((row.id, distance) for distance, row in _nearest(near, rows))


def _rejected(near: Nearby, rows: Mapping[str, Any]) -> tuple[KnownBad, ...]:
    return tuple(
        KnownBad(row.public_id, distance, row.reason) for distance, row in _nearest(near, rows)
    )
