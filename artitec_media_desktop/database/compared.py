"""Columns of many media as arrays: a chunk of rows at a time, no object a row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, Text, func, select, type_coerce

from ..domain.duplicates import Scope
from ..domain.hashes import FINGERPRINT_VERSION
from ..domain.media import EMBED_CONTENT_TYPE, ModerationStatus
from . import search_media, shape
from .engine import Tx
from .tables import FINGERPRINTS, MEDIA

_C: Final = MEDIA.c
_F: Final = FINGERPRINTS.c
#: Rows that are Python objects at a time.
CHUNK: Final = 10_000
_NAMED: Final = 1_000
_COLUMNS: Final = 16
_NUMBER: Final = re.compile(r"([0-9]{1,9})(?:\.[^.]*)?$")
_DIGITS: Final = "0123456789abcdefABCDEF"

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Words = NDArray[np.uint64]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Looks:
    """What media have the same bytes: ``sums`` are the first 128 bits of the SHA-256.

    ``has_look`` where the fingerprint is of today's version. Only media that have one.
    """

    ids: Ints
    sums: Words
    has_look: Bools

    @property
    def count(self) -> int:
        """How many media."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Traits:
    """What media are weighed by, by rising ``ids``.

    ``entities`` and ``places`` (an entity's field) are numbers that are equal for the same one;
    ``types`` are indexes of ``TYPES``; ``cameras`` are 0 for none; ``taken`` are seconds, 0 for
    not known; ``exposures`` are 0 for none; ``numbers`` are those that file names end with, -1 for
    none; ``created`` are seconds since 1970.
    """

    ids: Ints
    entities: Ints
    places: Ints
    primary: Bools
    approved: Bools
    pixels: Ints
    sizes: Ints
    types: Ints
    has_alt: Bools
    cameras: Ints
    taken: Ints
    exposures: Ints
    numbers: Ints
    created: Ints


#: Content types by how much they lose; what is not named is taken for a JPEG.
TYPES: Final = ("image/jpeg", "image/webp", "image/gif", "image/png", "image/tiff", "image/bmp")


class Codes:
    """Numbers for words, from 1 on in the order they are met; 0 for none."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}

    def of(self, words: Sequence[Any]) -> Ints:
        """The number of each."""
        known = self._known
        return np.array([known.setdefault(w, len(known) + 1) if w else 0 for w in words], np.int64)


def count(tx: Tx, scope: Scope) -> int:
    """How many media are compared; links, which have no file, are not."""
    return int(tx.execute(_scoped(select(func.count()).select_from(MEDIA), scope)).scalar_one())


def looks(tx: Tx, scope: Scope) -> Iterator[Looks]:
    """The looks of a scope in chunks, by rising number."""
    columns = (_C.id, _F.sha256, (_F.version == FINGERPRINT_VERSION).label("look"))
    joined = select(*columns).join(FINGERPRINTS, _F.media_id == _C.id)
    wanted = _scoped(joined, scope).order_by(_C.id).limit(CHUNK)
    last = -1
    while rows := tx.execute(wanted.where(_C.id > last)).all():
        ids, sums, has_look = zip(*rows, strict=True)
        last = ids[-1]
        yield _looks(ids, sums, has_look)


def traits(tx: Tx, ids: Ints, codes: "TraitCodes") -> Traits:
    """The traits of some media by number; those that are not live are left out."""
    found = [codes.traits([()] * _COLUMNS)]
    for start in range(0, len(ids), _NAMED):
        some = ids[start : start + _NAMED].tolist()
        rows = tx.execute(_weighed(tx).where(_C.id.in_(some)).order_by(_C.id)).all()
        if rows:
            found.append(codes.traits(list(zip(*rows, strict=True))))
    return joined(found, Traits)


def no_looks() -> Looks:
    """Of no media."""
    return _looks((), (), ())


def sums_of(words: Sequence[str]) -> Words:
    """SHA-256 as ``Looks.sums`` holds them; what is none is 0."""
    return _bits([each[:32] if _is_hex(each, 64) else "0" * 32 for each in words]).reshape(-1, 2)


def joined(parts: Sequence[T], kind: type[T]) -> T:
    """Chunks as one; at least one."""
    names = [each.name for each in fields(kind)]  # type: ignore[arg-type]
    return kind(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


class TraitCodes:
    """Makes arrays of rows; the same words have the same numbers in every chunk."""

    def __init__(self) -> None:
        self._entities = Codes()
        self._places = Codes()
        self._cameras = Codes()
        self._exposures = Codes()

    def traits(self, columns: list[Sequence[Any]]) -> Traits:
        """Columns of ``_weighed`` as arrays."""
        (ids, kinds, numbers, names, primary, statuses, widths, heights, sizes, types, alts,
         cameras, taken, exposures, files, created) = columns  # fmt: skip
        entities = list(zip(kinds, numbers, strict=True))
        places = [(*e, n or "gallery") for e, n in zip(entities, names, strict=True)]
        known = {word: number for number, word in enumerate(TYPES)}
        return Traits(
            np.array(ids, np.int64),
            self._entities.of(entities),
            self._places.of(places),
            np.array(primary, np.bool_),
            np.array(statuses, np.bool_),
            _whole(widths) * _whole(heights),
            _whole(sizes),
            np.array([known.get(each, 0) for each in types], np.int64),
            np.array(alts, np.bool_),
            self._cameras.of(cameras),
            seconds(taken),
            self._exposures.of(exposures),
            np.array([_last_number(each) for each in files], np.int64),
            seconds(created),
        )


def seconds(texts: Sequence[Any]) -> Ints:
    """``2024:05:01 12:30:00`` and the like in seconds since 1970; 0 for what is no such time."""
    raw = np.array([str(each or "")[:19].encode("ascii", "replace") for each in texts], "S19")
    digits = raw.view(np.uint8).reshape(-1, 19).astype(np.int64) - ord("0")

    def number(*at: int) -> Ints:
        value = np.zeros(len(raw), np.int64)
        for each in at:
            value = value * 10 + np.clip(digits[:, each], 0, 9)
        return value

    year, month = number(0, 1, 2, 3), np.clip(number(5, 6), 1, 12)
    months = ((year - 1970) * 12 + month - 1).astype("M8[M]")
    days = months.astype("M8[D]").astype(np.int64) + np.clip(number(8, 9), 1, 31) - 1
    clock = number(11, 12) * 3600 + number(14, 15) * 60 + number(17, 18)
    is_year = ((digits[:, :4] >= 0) & (digits[:, :4] <= 9)).all(axis=1)
    return np.where(is_year & (year > 0), days * 86_400 + clock, 0)


def _looks(ids: Sequence[int], sums: Sequence[str], has_look: Sequence[Any]) -> Looks:
    return Looks(np.array(ids, np.int64), sums_of(sums), np.array(has_look, np.bool_))


def _last_number(name: str | None) -> int:
    found = _NUMBER.search(name or "")
    return int(found[1]) if found else -1


def _is_hex(text: str | None, digits: int) -> bool:
    return text is not None and len(text) == digits and not text.strip(_DIGITS)


def _bits(words: Sequence[str]) -> Words:
    return np.frombuffer(bytes.fromhex("".join(words)), ">u8").astype(np.uint64)


def _whole(values: Sequence[Any]) -> Ints:
    return np.array([each or 0 for each in values], np.int64)


def _scoped(statement: Select[Any], scope: Scope) -> Select[Any]:
    link = func.coalesce(_C.content_type, "") == EMBED_CONTENT_TYPE
    statement = statement.where(~link)
    if scope.entity_type is not None:
        statement = statement.where(_C.entity_type == scope.entity_type.value)
    if scope.entity is not None:
        at = (_C.entity_type == scope.entity.type.value, _C.entity_id == scope.entity.id)
        statement = statement.where(*at)
    return statement


def _weighed(tx: Tx) -> Select[Any]:
    there = shape.media(tx)
    status = func.lower(func.coalesce(type_coerce(there["moderation_status"], Text), ""))
    waiting = [each.value for each in ModerationStatus if each is not ModerationStatus.APPROVED]
    is_open: ColumnElement[Any] = status.not_in(waiting)
    return select(
        _C.id,
        _C.entity_type,
        _C.entity_id,
        _C.entity_field,
        func.coalesce(there["is_primary"], False),
        is_open,
        _C.width,
        _C.height,
        _C.file_size,
        type_coerce(_C.content_type, Text),
        func.coalesce(func.trim(there["alt_text"]), "") != "",
        search_media.camera(tx, there["metadata"]),
        search_media.taken(tx, there["metadata"]),
        search_media.exposure(tx, there["metadata"]),
        _C.original_filename,
        type_coerce(_C.created_at, Text),
    )
