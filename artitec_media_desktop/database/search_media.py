"""The facts that media are searched by, out of the ``media`` table itself."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Text, and_, case, cast, false, func, or_, true, type_coerce

from ..domain.media import EMBED_CONTENT_TYPE, ModerationStatus
from . import shape
from .engine import Tx
from .search_facts import RANKS, Facts, KeyColumn, as_json, contains, folded
from .tables import MEDIA, SEARCH

_C: Final = MEDIA.c
_S: Final = SEARCH.c


def of_media(tx: Tx) -> Facts:
    """Every fact out of ``media`` itself, in whichever shape it has."""
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
        found = contains(tx, _lines(tx), word)
        # Commas, brackets and blanks are JSON's own.
        return or_(found, in_tags(as_json(word, ""))) if word.strip(" ,[]") else found

    def has_tag(tag: str) -> ColumnElement[bool]:
        return in_tags(as_json(tag, '"'))

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
        taken=taken(tx, there["metadata"]),
        uploader=there["uploaded_by"],
        flags={
            "video": func.coalesce(
                func.lower(type_coerce(_C.media_type, Text)) == "video", false()
            ),
            "link": func.coalesce(_C.content_type == EMBED_CONTENT_TYPE, false()),
            "public": func.coalesce(type_coerce(there["is_public"], _S.status.type), 0) == 1,
            "primary": func.coalesce(type_coerce(there["is_primary"], _S.status.type), 0) == 1,
            "no alt": func.coalesce(func.trim(there["alt_text"]), "") == "",
            "no caption": func.coalesce(func.trim(there["caption"]), "") == "",
            "no tags": ~has_tags,
        },
        has_status=has_status,
        has_text=has_text,
        has_tag=has_tag,
        has_camera=lambda word: contains(tx, camera(tx, there["metadata"]), word),
    )  # fmt: skip


def words(tx: Tx) -> tuple[ColumnElement[Any], ...]:
    """On a server, the texts, the tags as JSON and the camera of a row, each folded."""
    column = shape.media(tx)["tags"]
    tags = _array(tx, column, lambda _: folded(type_coerce(column, Text)))
    made_by = camera(tx, shape.media(tx)["metadata"])
    return folded(_lines(tx)), func.coalesce(tags, ""), folded(made_by)


def _lines(tx: Tx) -> ColumnElement[Any]:
    """The texts of a row, a line each, so that they are folded once."""
    there = shape.media(tx)
    columns = [there[n] for n in ("original_filename", "public_id", "alt_text", "caption")]
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


def _exif(tx: Tx, metadata: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    text = type_coerce(metadata, Text)
    value = func.json_extract(text, f"$.exif.{name}", type_=Text)
    if tx.dialect.name != "sqlite":
        value = func.nullif(func.json_unquote(value, type_=Text), "null", type_=Text)
    return case((func.json_valid(text) == 1, value))


def taken(tx: Tx, metadata: ColumnElement[Any]) -> ColumnElement[Any]:
    """When a picture was taken, as cameras write it; NULL where it does not say."""
    names = ("datetime_original", "datetime_digitized")
    found = func.coalesce(*(_exif(tx, metadata, each) for each in names), type_=Text)
    if tx.dialect.name == "sqlite":
        return case((found.op("GLOB")("[1-9][0-9][0-9][0-9]:[0-9][0-9]:*"), found))
    return case((found.regexp_match("^[1-9][0-9]{3}:[0-9]{2}:"), found))


def exposure(tx: Tx, metadata: ColumnElement[Any]) -> ColumnElement[Any]:
    """How it was exposed, as one word; a bracket's pictures differ in it."""
    names = ("exposure_time", "f_number", "iso")
    time, number, iso = (func.coalesce(_exif(tx, metadata, each), "") for each in names)
    return func.trim(time.concat(" ").concat(number).concat(" ").concat(iso), type_=Text)


def camera(tx: Tx, metadata: ColumnElement[Any]) -> ColumnElement[Any]:
    """Its maker and model; empty where it does not say."""
    make, model = (func.coalesce(_exif(tx, metadata, each), "") for each in ("make", "model"))
    return func.trim(make.concat(" ").concat(model), type_=Text)
