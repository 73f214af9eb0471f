"""How much there is, summed by the database."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import String, extract, func, literal_column, select, type_coerce

from ..domain.entities import EntityType
from ..domain.media import MediaType, ModerationStatus
from . import shape
from .engine import Tx
from .search_facts import RANKS
from .tables import MEDIA, SEARCH

_C: Final = MEDIA.c
_S: Final = SEARCH.c


@dataclass(frozen=True, slots=True)
class PlaceSum:
    """What one entity has; of a type that may be the platform's own."""

    entity_type: str
    entity_id: int
    count: int
    total_bytes: int


@dataclass(frozen=True, slots=True)
class Sum:
    """Media of one kind; ``month`` is ``2026-11``, None where no date is known."""

    entity_type: str
    media_type: MediaType
    status: ModerationStatus
    month: str | None
    count: int
    total_bytes: int


def sums(tx: Tx, entity_type: EntityType | None = None) -> list[Sum]:
    """Every combination that occurs: one query, which in a library of our own an index answers."""
    found = shape.of(tx, SEARCH) if tx.dialect.name == "sqlite" else None
    if found is None:
        return _of_platform(tx, entity_type)
    # Spelled as in the index.
    keys: tuple[Any, ...] = (
        _S.entity_type,
        _S.is_video,
        _S.status,
        literal_column("substr(created_at, 1, 7)"),
    )
    statement: Any = select(*keys, func.count(), func.sum(_S.file_size)).group_by(*keys)
    if entity_type is not None:
        statement = statement.where(_S.entity_type == entity_type.value)
    return [
        Sum(
            kind,
            MediaType.VIDEO if is_video else MediaType.IMAGE,
            RANKS[status],
            _month(month),
            count,
            int(total or 0),
        )
        for kind, is_video, status, month, count, total in tx.execute(statement)
    ]


def places(tx: Tx, limit: int, entity_type: EntityType | None = None) -> list[PlaceSum]:
    """The entities whose originals take most, the largest first."""
    own = tx.dialect.name == "sqlite" and shape.of(tx, SEARCH) is not None
    columns: tuple[Any, Any, Any] = (
        (_S.entity_type, _S.entity_id, _S.file_size)
        if own
        else (type_coerce(_C.entity_type, String), _C.entity_id, _C.file_size)
    )
    kind, number, size = columns
    # Our own index holds the sizes too. In the order of the platform's each row would have to be
    # fetched by itself: one walk is faster.
    group = kind if own else kind.concat("")
    total = func.coalesce(func.sum(size), 0)
    found: Any = select(group, number, func.count(), total)
    if entity_type is not None:
        found = found.where(kind == entity_type.value)
    found = found.group_by(group, number).order_by(total.desc()).limit(limit)
    return [
        PlaceSum(kind_of or "", key or 0, count, int(taken))
        for kind_of, key, count, taken in tx.execute(found)
    ]


def larger_than(tx: Tx, size: int, entity_type: EntityType | None = None) -> tuple[int, int]:
    """How many pictures have an original of more than so many bytes, and the bytes of those."""
    kind: Any = type_coerce(_C.entity_type, String)
    of_size: Any = _C.file_size
    is_picture: Any = func.lower(type_coerce(_C.media_type, String)) == "image"
    if tx.dialect.name == "sqlite" and shape.of(tx, SEARCH) is not None:
        # By the index of the sums: from one of sizes alone each row would have to be fetched.
        kind, of_size, is_picture = _S.entity_type, _S.file_size + 0, _S.is_video == 0
    found: Any = select(func.count(), func.coalesce(func.sum(of_size), 0))
    found = found.where(of_size > size, is_picture)
    if entity_type is not None:
        found = found.where(kind == entity_type.value)
    count, total = tx.execute(found).one()
    return count, int(total)


def largest(tx: Tx, limit: int) -> list[int]:
    """The numbers of the largest files, the largest first."""
    if tx.dialect.name == "sqlite" and shape.of(tx, SEARCH) is not None:
        order = (_S.file_size.desc(), _S.media_id.desc())
        return list(tx.execute(select(_S.media_id).order_by(*order).limit(limit)).scalars())
    order = (_C.file_size.desc(), _C.id.desc())
    return list(tx.execute(select(_C.id).order_by(*order).limit(limit)).scalars())


def _of_platform(tx: Tx, entity_type: EntityType | None) -> list[Sum]:
    there = shape.media(tx)
    month = (
        func.substr(_C.created_at, 1, 7, type_=String)
        if tx.dialect.name == "sqlite"
        else extract("year_month", _C.created_at)  # a number: faster than to write it out
    )
    # As one word each, whatever their case.
    status = there["moderation_status"]
    keys: tuple[Any, ...] = (_C.entity_type, _C.media_type, status, month)
    labelled = [each.label(f"key{number}") for number, each in enumerate(keys)]
    statement = select(*labelled, func.count(), func.sum(_C.file_size))
    grouped: Any = statement.group_by(*(each.name for each in labelled))
    if entity_type is not None:
        grouped = grouped.where(type_coerce(_C.entity_type, String) == entity_type.value)
    return [
        Sum(kind or "", media_type, word, _month(at), count, int(total or 0))
        for kind, media_type, word, at, count, total in tx.execute(grouped)
    ]


def _month(found: Any) -> str | None:
    """From ``2026-11``, or 202611; None where the date is unknown or zeros."""
    text = str(found or "0000").replace("-", "")
    return None if text.startswith("0000") else f"{text[:4]}-{text[4:6]}"
