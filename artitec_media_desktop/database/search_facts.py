"""What a fact is that media are searched and ordered by, and those of a library of our own.

There they lie in ``media_search``, which triggers keep in step and which has an index for every
order. On a platform they are read from ``media`` itself (``search_media``), or, where that is
large, from companions of ours (``search_index``).
"""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, LargeBinary, Text, cast, false, func, or_
from sqlalchemy.sql.expression import FromClause

from ..domain.listing import Key
from ..domain.media import ModerationStatus
from ..domain.search import Order, fold
from .engine import Tx
from .tables import SEARCH

_S: Final = SEARCH.c
#: Around each tag among the words of ``media_search``.
MARK: Final = "\x1f"
#: What waits for a decision comes first.
RANKS: Final = (
    ModerationStatus.PENDING,
    ModerationStatus.FLAGGED,
    ModerationStatus.REJECTED,
    ModerationStatus.APPROVED,
)


@dataclass(frozen=True, slots=True)
class KeyColumn:
    """A column that media are ordered by. ``nullable``: NULL comes last in falling order."""

    value: ColumnElement[Any]
    falling: bool = False
    nullable: bool = False

    @property
    def ordered(self) -> ColumnElement[Any]:
        """For ORDER BY."""
        return self.value.desc() if self.falling else self.value.asc()

    def same(self, key: Key) -> ColumnElement[bool]:
        """Rows that have this value."""
        return self.value.is_(None) if key is None else self.value == key

    def behind(self, key: Key) -> ColumnElement[bool]:
        """Rows that come after this value."""
        if key is None:  # NULL is the least
            return false() if self.falling else self.value.is_not(None)
        if not self.falling:
            return self.value > key
        less = self.value < key
        return or_(less, self.value.is_(None)) if self.nullable else less


@dataclass(frozen=True, slots=True)
class Facts:
    """Expressions over ``source``; flags are conditions, texts are not folded."""

    source: FromClause
    id: ColumnElement[int]
    #: As the database writes it, so that a place in a list is found again exactly.
    created: KeyColumn
    entity_type: ColumnElement[str]
    entity_id: ColumnElement[int]
    entity_field: ColumnElement[Any]
    sort_order: ColumnElement[int]
    name: ColumnElement[str]
    size: ColumnElement[int]
    rank: ColumnElement[int]
    taken: ColumnElement[Any]
    uploader: ColumnElement[Any]
    flags: dict[str, ColumnElement[bool]]
    has_status: Callable[[ModerationStatus], ColumnElement[bool]]
    has_text: Callable[[str], ColumnElement[bool]]
    has_tag: Callable[[str], ColumnElement[bool]]
    has_camera: Callable[[str], ColumnElement[bool]]
    #: Where the last three look, if it is not the source itself.
    words: FromClause | None = None
    #: Since when a decision is waited for, where only the few are looked at that wait for one.
    asked: ColumnElement[Any] | None = None

    @property
    def since(self) -> ColumnElement[Any]:
        """Since when it waits for a decision, or did."""
        return self.created.value if self.asked is None else self.asked

    def keys(self, order: Order) -> tuple[KeyColumn, ...]:
        """What media are ordered by; the number comes last, so that no two are equal."""
        newest = (self.created, KeyColumn(self.id, falling=True))
        keys: dict[Order, tuple[KeyColumn, ...]] = {
            Order.PLACE: (
                KeyColumn(self.entity_type),
                KeyColumn(self.entity_id),
                KeyColumn(self.sort_order),
                *newest,
            ),
            Order.NEWEST: newest,
            Order.OLDEST: (
                KeyColumn(self.created.value, nullable=self.created.nullable),
                KeyColumn(self.id),
            ),
            Order.NAME: (KeyColumn(self.name), newest[1]),
            Order.SIZE: (KeyColumn(self.size, falling=True), newest[1]),
            Order.TAKEN: (KeyColumn(self.taken, falling=True, nullable=True), newest[1]),
            Order.STATUS: (KeyColumn(self.rank), *newest),
        }
        return keys[order]


def contains(tx: Tx, column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """Whether the text has the word in it, in any case, its accents composed or not."""
    if tx.dialect.name == "sqlite":
        found = _in_file(func.replace(column, "İ", "i", type_=Text), word)
        return func.coalesce(found, false())
    # By its bytes, since collations take accents off, each in its own way.
    spelled = forms(word)
    lower = folded(column, "σ" in spelled[0]).collate("utf8mb4_bin")
    return or_(*(lower.contains(each, autoescape=True) for each in spelled))


def folded(column: ColumnElement[Any], greek: bool = True) -> ColumnElement[Any]:
    """A server's text as ``fold`` makes it, but neither composed nor decomposed."""
    # CAST, since a column in Latin-1 or ASCII can't be compared with letters that it lacks.
    lower: ColumnElement[Any] = func.lower(cast(column, Text), type_=Text)
    return func.replace(lower, "ς", "σ", type_=Text) if greek else lower


def forms(word: str) -> tuple[str, ...]:
    """A folded word as it may be kept: composed and decomposed."""
    folded = fold(word)
    return tuple(dict.fromkeys((folded, unicodedata.normalize("NFD", folded))))


def as_json(word: str, quote: str) -> Sequence[str]:
    """As it stands in JSON: the platform may have written letters beyond ASCII as escapes."""
    spelled = [json.dumps(word, ensure_ascii=False)]
    spelled += [json.dumps(each) for each in (word, word.lower(), word.upper())]
    return [f"{quote}{each[1:-1]}{quote}" for each in dict.fromkeys(spelled)]


def _in_file(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    # LIKE itself knows that A is a, and is faster than a function of ours.
    text = column if word.isascii() else func.fold(cast(column, LargeBinary), type_=Text)
    escaped = re.sub(r"([%_/])", r"/\1", fold(word))
    # As one value, which is not put together anew for every row.
    return text.like(f"%{escaped}%", escape="/")


#: Of a library of our own.
OWN: Final = Facts(
    source=SEARCH,
    id=_S.media_id,
    created=KeyColumn(_S.created_at, falling=True),
    entity_type=_S.entity_type,
    entity_id=_S.entity_id,
    entity_field=_S.entity_field,
    sort_order=_S.sort_order,
    name=_S.name,
    size=_S.file_size,
    rank=_S.status,
    taken=_S.taken,
    uploader=_S.uploaded_by,
    flags={
        "video": _S.is_video == 1,
        "link": _S.is_link == 1,
        "public": _S.is_public == 1,
        "primary": _S.is_primary == 1,
        "no alt": _S.no_alt == 1,
        "no caption": _S.no_caption == 1,
        "no tags": _S.no_tags == 1,
    },
    has_status=lambda status: _S.status == RANKS.index(status),
    has_text=lambda word: _in_file(_S.words, word),
    has_tag=lambda tag: _in_file(_S.words, f"{MARK}{tag}{MARK}"),
    has_camera=lambda word: _in_file(func.replace(_S.camera, "İ", "i", type_=Text), word),
)
