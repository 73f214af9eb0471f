"""Where each fact that media are searched and ordered by is read from.

In a library of our own it is ``media_search``, which triggers keep in step and which has an index
for every order; on a platform it is the ``media`` table itself, in whichever shape it has.
"""

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Text, and_, case, cast, false, func, or_, true, type_coerce
from sqlalchemy.sql.expression import FromClause

from ..domain.listing import Key
from ..domain.media import EMBED_CONTENT_TYPE, ModerationStatus
from ..domain.search import Order, fold
from . import shape
from .engine import Tx
from .tables import MEDIA, SEARCH

_C: Final = MEDIA.c
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
    camera: ColumnElement[Any]
    uploader: ColumnElement[Any]
    flags: dict[str, ColumnElement[bool]]
    has_status: Callable[[ModerationStatus], ColumnElement[bool]]
    has_text: Callable[[str], ColumnElement[bool]]
    has_tag: Callable[[str], ColumnElement[bool]]

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


def facts(tx: Tx) -> Facts:
    """The facts of this database."""
    if tx.dialect.name == "sqlite" and shape.of(tx, SEARCH) is not None:
        return _OWN
    return _of_media(tx)


def contains(tx: Tx, column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    """Whether the text has the word in it, in any case, its accents composed or not."""
    if tx.dialect.name == "sqlite":
        return _in_file(func.replace(column, "İ", "i", type_=Text), word)
    # CAST, since a column in Latin-1 or ASCII can't be compared with letters that it lacks; by
    # its bytes, since collations take accents off, each in its own way.
    lower: ColumnElement[Any] = func.lower(cast(column, Text), type_=Text)
    spelled = forms(word)
    if "σ" in spelled[0]:
        lower = func.replace(lower, "ς", "σ", type_=Text)
    return or_(*(lower.collate("utf8mb4_bin").contains(w, autoescape=True) for w in spelled))


def forms(word: str) -> tuple[str, ...]:
    """A folded word as it may be kept: composed and decomposed."""
    folded = fold(word)
    return tuple(dict.fromkeys((folded, unicodedata.normalize("NFD", folded))))


def _in_file(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    # LIKE itself knows that A is a, and is faster than a function of ours.
    text = column if word.isascii() else func.fold(column, type_=Text)
    return func.coalesce(text.contains(fold(word), autoescape=True), false())


_OWN: Final = Facts(
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
    camera=_S.camera,
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
)


def _of_media(tx: Tx) -> Facts:
    there = shape.media(tx)
    status = func.lower(type_coerce(there["moderation_status"], Text), type_=Text)
    tags = func.coalesce(type_coerce(there["tags"], Text), "", type_=Text)
    is_array = func.coalesce(_array(tx, there["tags"], lambda _: true()), false())
    count = func.json_array_length if tx.dialect.name == "sqlite" else func.json_length
    has_tags = func.coalesce(_array(tx, there["tags"], count), 0) > 0

    def has_status(wanted: ModerationStatus) -> ColumnElement[bool]:
        column = type_coerce(there["moderation_status"], Text)
        others = [each for each in RANKS if each is not wanted]
        names = others if wanted is ModerationStatus.APPROVED else [wanted]
        # Both spellings rather than a function of the column, which no index would serve.
        found = column.in_([s for each in names for s in (each.value, each.value.upper())])
        if wanted is not ModerationStatus.APPROVED:
            return found
        return or_(column.is_(None), ~found)  # what is unknown is read as approved

    def has_text(word: str) -> ColumnElement[bool]:
        columns = [there[n] for n in ("original_filename", "public_id", "alt_text", "caption")]
        found = contains(tx, _joined(tx, columns), word)
        # Commas, brackets and blanks are JSON's own.
        return or_(found, in_tags(_as_json(word, ""))) if word.strip(" ,[]") else found

    def has_tag(tag: str) -> ColumnElement[bool]:
        return in_tags(_as_json(tag, '"'))

    def in_tags(words: Sequence[str]) -> ColumnElement[bool]:
        # Few rows are left of which it has to be asked whether their JSON is sound.
        return and_(or_(*(contains(tx, tags, each) for each in words)), is_array)

    return Facts(
        source=MEDIA,
        id=_C.id,
        created=KeyColumn(type_coerce(_C.created_at, Text), falling=True, nullable=True),
        entity_type=func.coalesce(_C.entity_type, "") if _may_lack(tx, "entity_type")
        else _C.entity_type,
        entity_id=func.coalesce(_C.entity_id, 0) if _may_lack(tx, "entity_id") else _C.entity_id,
        entity_field=_C.entity_field,
        sort_order=func.coalesce(_C.sort_order, 0),
        name=_name(tx),
        size=func.coalesce(_C.file_size, 0),
        rank=case(*((status == s.value, n) for n, s in enumerate(RANKS[:3])), else_=3),
        taken=_taken(tx, there["metadata"]),
        camera=_camera(tx, there["metadata"]),
        uploader=there["uploaded_by"],
        flags={
            "video": func.lower(type_coerce(_C.media_type, Text)) == "video",
            "link": _C.content_type == EMBED_CONTENT_TYPE,
            "public": func.coalesce(type_coerce(there["is_public"], _S.status.type), 0) == 1,
            "primary": func.coalesce(type_coerce(there["is_primary"], _S.status.type), 0) == 1,
            "no alt": func.coalesce(func.trim(there["alt_text"]), "") == "",
            "no caption": func.coalesce(func.trim(there["caption"]), "") == "",
            "no tags": ~has_tags,
        },
        has_status=has_status,
        has_text=has_text,
        has_tag=has_tag,
    )  # fmt: skip


def _joined(tx: Tx, columns: Sequence[ColumnElement[Any]]) -> ColumnElement[Any]:
    """The texts of a row, a line each, so that they are folded once."""
    if tx.dialect.name != "sqlite":
        return func.concat_ws("\n", *(cast(each, Text) for each in columns), type_=Text)
    joined: ColumnElement[Any] = func.coalesce(columns[0], "", type_=Text)
    for each in columns[1:]:
        joined = joined.concat("\n").concat(func.coalesce(each, "", type_=Text))
    return joined


def _may_lack(tx: Tx, name: str) -> bool:
    actual = shape.media(tx).there.get(name)
    return actual is None or actual.nullable


def _name(tx: Tx) -> ColumnElement[str]:
    lower = func.lower(func.coalesce(cast(_C.original_filename, Text), ""), type_=Text)
    return lower if tx.dialect.name == "sqlite" else lower.collate("utf8mb4_bin")


def _array(
    tx: Tx, column: ColumnElement[Any], use: Callable[[Any], ColumnElement[Any]]
) -> ColumnElement[Any]:
    """What is made of a JSON array; NULL for what is none. In turn, as broken JSON is an error."""
    text = type_coerce(column, Text)
    kind = func.lower(func.json_type(text), type_=Text)
    return case((func.json_valid(text) == 1, case((kind == "array", use(text)))))


def _as_json(word: str, quote: str) -> Sequence[str]:
    """As it stands in JSON: the platform may have written letters beyond ASCII as escapes."""
    spelled = [json.dumps(word, ensure_ascii=False)]
    spelled += [json.dumps(each) for each in (word, word.lower(), word.upper())]
    return [f"{quote}{each[1:-1]}{quote}" for each in dict.fromkeys(spelled)]


def _exif(tx: Tx, metadata: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    text = type_coerce(metadata, Text)
    value = func.json_extract(text, f"$.exif.{name}", type_=Text)
    if tx.dialect.name != "sqlite":
        value = func.nullif(func.json_unquote(value, type_=Text), "null", type_=Text)
    return case((func.json_valid(text) == 1, value))


def _taken(tx: Tx, metadata: ColumnElement[Any]) -> ColumnElement[Any]:
    names = ("datetime_original", "datetime_digitized")
    found = func.coalesce(*(_exif(tx, metadata, each) for each in names), type_=Text)
    if tx.dialect.name == "sqlite":
        return case((found.op("GLOB")("[1-9][0-9][0-9][0-9]:[0-9][0-9]:*"), found))
    return case((found.regexp_match("^[1-9][0-9]{3}:[0-9]{2}:"), found))


def _camera(tx: Tx, metadata: ColumnElement[Any]) -> ColumnElement[Any]:
    make, model = (func.coalesce(_exif(tx, metadata, each), "") for each in ("make", "model"))
    return func.trim(make.concat(" ").concat(model), type_=Text)
