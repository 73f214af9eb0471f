"""Companions of a server's large ``media`` by which it is searched: kept up as it is read.

Whoever writes ``media`` need not know of them. Before a search, what came since the last one is
taken in: new numbers, and media of our own changes. What the platform changed has another
``updated_at``, for which the whole table has to be looked at: ``catch_up`` does so now and then.
"""

import logging
import time
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Text,
    delete,
    func,
    not_,
    or_,
    select,
    text,
    type_coerce,
    union,
    update,
)
from sqlalchemy.dialects.mysql import insert as mysql_insert
from sqlalchemy.exc import DBAPIError

from ..domain.errors import MediaError
from ..domain.listing import Changed
from . import search_media, shape
from .engine import Database, Tx
from .search_facts import Facts
from .tables import (
    BLOCKS,
    CHANGED_MEDIA,
    CHANGES,
    INDEXED,
    MEDIA,
    SEARCH,
    TRASH,
    WORDS,
)

_LOG = logging.getLogger(__name__)
_S: Final = SEARCH.c
_W: Final = WORDS.c
_I: Final = INDEXED.c
#: Media that share a row of ``media_blocks``.
BLOCK: Final = 32
#: A table with lower numbers than this is searched itself, which is as fast.
_SMALL: Final = 20_000
#: So many media are taken in before a search; for more, ``media`` is searched meanwhile.
_AT_ONCE: Final = 5_000
#: In one statement.
_STEP: Final = 500
_WHOLE: Final = -1
#: Seconds between two looks at the whole table.
_EVERY: Final = 240
#: Seconds: between two such looks where much has happened, and how long one then takes at most.
_SOON: Final = 10
_SOON_SECONDS: Final = 20
_LOCK: Final = "media_desktop_search"
#: Other than ``media_search`` has it, once somebody has written the media.
_WRITTEN: Final = func.crc32(type_coerce(MEDIA.c.updated_at, Text))
#: The largest number of a media and of a change.
_ENDS: Final = (
    select(func.coalesce(func.max(MEDIA.c.id), 0)).scalar_subquery().label("newest"),
    select(func.coalesce(func.max(CHANGES.c.id), 0)).scalar_subquery().label("change"),
)


def usable(tx: Tx) -> bool:
    """Whether to search by the companions: they are whole, and now hold what came since."""
    if tx.dialect.name == "sqlite" or shape.of(tx, INDEXED) is None:
        return False
    row: Any = tx.execute(select(*_ENDS, INDEXED)).first()
    if row is None or row.newest < _SMALL or row.made_to != _WHOLE:
        return False
    if (row.newest, row.change) == (row.last_id, row.last_change):
        return True
    came = _came(tx, row.newest) | _changed(tx, row.last_change)
    if len(came) > _AT_ONCE:
        return False
    try:
        follow(tx, sorted(came))
    except DBAPIError as error:
        _LOG.info("the index of words is not kept up: %s", type(error.orig).__name__)
        return False
    seen = {"last_id": row.newest, "last_change": row.change}
    tx.execute(update(INDEXED).where(_I.last_change <= row.change).values(seen))
    return True


def follow(tx: Tx, ids: Sequence[int]) -> None:
    """Read these media anew; those that are gone are forgotten. Doing it again is harmless."""
    for start in range(0, len(ids), _STEP):
        some = list(ids[start : start + _STEP])
        _take_in(tx, some)
        _forget(tx, _gone(tx, _S.media_id.in_(some)))


def notice(database: Database, changed: Changed) -> None:
    """Take in what a look at the table has found; what this account may not, others do."""
    numbers = sorted(changed.ids | changed.removed)
    try:
        if changed.everything:
            catch_up(database, _SOON_SECONDS, _SOON)
        elif numbers:
            with database.read() as tx:
                if _is_whole(tx):
                    late = [each.id for each in _late(tx, MEDIA.c.id.in_(numbers))]
                    follow(tx, sorted({*late, *_gone(tx, _S.media_id.in_(numbers))}))
    except MediaError as error:
        _LOG.info("the index of words is not kept up: %s", error.code)


def _is_whole(tx: Tx) -> bool:
    if tx.dialect.name == "sqlite" or shape.of(tx, INDEXED) is None:
        return False
    return bool(tx.execute(select(_I.made_to)).scalar() == _WHOLE)


def catch_up(database: Database, seconds: float | None = None, every: float = _EVERY) -> int:
    """Make the companions, or take in what the platform wrote without our knowing.

    One client does so at a time, and if nobody did in the last ``every`` seconds. What is not done
    after ``seconds`` is left for the next time.
    Returns how many were taken in after the first time, when all are. Raises as ``read``.
    """
    until = None if seconds is None else time.monotonic() + seconds
    with database.read() as tx:
        if tx.dialect.name == "sqlite" or shape.of(tx, INDEXED) is None:
            return 0
        if tx.execute(text("SELECT GET_LOCK(:name, 0)"), {"name": _LOCK}).scalar() != 1:
            return 0
        try:
            return _caught_up(tx, until, every)
        finally:
            if not tx.invalidated:
                tx.execute(text("DO RELEASE_LOCK(:name)"), {"name": _LOCK})


def _caught_up(tx: Tx, until: float | None, every: float) -> int:
    tx.execute(
        mysql_insert(INDEXED)
        .prefix_with("IGNORE")
        .values(id=1, made_to=0, last_id=0, last_change=0)
    )
    now, newest, change = tx.execute(select(func.utc_timestamp(), *_ENDS)).one()
    age = func.timestampdiff(text("SECOND"), _I.seen_at, now)
    row: Any = tx.execute(select(INDEXED, age.label("age"))).one()
    if row.made_to != _WHOLE:
        if not _made(tx, row.made_to, until):
            return 0
        tx.execute(update(INDEXED).values(made_to=_WHOLE))
    elif row.age is not None and 0 <= row.age < every:
        return 0
    late = _compared(tx)
    follow(tx, sorted(late))
    tx.execute(update(INDEXED).values(seen_at=now, last_id=newest, last_change=change))
    return len(late)


def _made(tx: Tx, start: int, until: float | None) -> bool:
    """Read all media once, from the least number up; returns whether the end was reached."""
    last = tx.execute(select(func.coalesce(func.max(MEDIA.c.id), 0))).scalar_one()
    while start < last:
        some = range(start + 1, min(start + 10 * _STEP, last) + 1)
        _take_in(tx, some)
        start = some[-1]
        tx.execute(update(INDEXED).values(made_to=start))
        if until is not None and time.monotonic() > until:
            return bool(start == last)
    return True


def _compared(tx: Tx) -> set[int]:
    """Media that are missing or were written since, and what is gone."""
    late = _late(tx)
    missing = sum(each.media_id is None for each in late)
    counts = [select(func.count()).select_from(each).scalar_subquery() for each in (MEDIA, SEARCH)]
    here, known = tx.execute(select(*counts)).one()
    gone = _gone(tx) if known + missing != here else []
    return {*(each.id for each in late), *gone}


def _late(tx: Tx, *where: ColumnElement[bool]) -> Sequence[Any]:
    both = MEDIA.outerjoin(SEARCH, _S.media_id == MEDIA.c.id)
    other = or_(_S.media_id.is_(None), not_(_S.written.op("<=>")(_WRITTEN)))
    return tx.execute(select(MEDIA.c.id, _S.media_id).select_from(both).where(other, *where)).all()


def _gone(tx: Tx, *where: ColumnElement[bool]) -> Sequence[int]:
    live = select(MEDIA.c.id).where(MEDIA.c.id == _S.media_id)
    return tx.execute(select(_S.media_id).where(~live.exists(), *where)).scalars().all()


def _came(tx: Tx, newest: int) -> set[int]:
    """New numbers; the last few are looked at again, since they are not written in order."""
    known = select(_S.media_id).where(_S.media_id == MEDIA.c.id)
    new = select(MEDIA.c.id).where(MEDIA.c.id > newest - _AT_ONCE - 1, ~known.exists())
    return set(tx.execute(new).scalars())


def _changed(tx: Tx, change: int) -> set[int]:
    """Media of our changes since then, those in the trash among them."""
    public_ids = select(CHANGED_MEDIA.c.public_id).where(CHANGED_MEDIA.c.change_id > change)
    live = select(MEDIA.c.id).where(MEDIA.c.public_id.in_(public_ids))
    gone = select(TRASH.c.media_id).where(TRASH.c.public_id.in_(public_ids))
    return set(tx.execute(union(live, gone).limit(_AT_ONCE + 1)).scalars())


def _take_in(tx: Tx, ids: Sequence[int]) -> None:
    """The facts last: whoever has them has the words too."""
    block = MEDIA.c.id.op("DIV")(BLOCK)
    words = dict(zip(("words", "tags", "camera"), search_media.words(tx), strict=True))
    _put(tx, WORDS, {"block": block, "media_id": MEDIA.c.id, **words}, _among(MEDIA.c.id, ids))
    blocks = _W.block.between(min(ids) // BLOCK, max(ids) // BLOCK)
    mine = (blocks, _among(_W.media_id, ids))
    for text_of in (_W.words, _W.tags, _W.camera):
        rows = select(_W.block, func.concat(text_of, "\n")).where(*mine).order_by(_W.block)
        added = mysql_insert(BLOCKS).from_select(["block", "words"], rows)
        new, old = added.inserted.words, BLOCKS.c.words
        # What a media had before stays there: words are looked for in its own row after that.
        both = func.IF(func.locate(new, old) > 0, old, func.concat(old, new))
        tx.execute(added.on_duplicate_key_update(words=both))
    _put(tx, SEARCH, _facts(search_media.of_media(tx)), _among(MEDIA.c.id, ids))


def _among(number: ColumnElement[int], ids: Sequence[int]) -> ColumnElement[bool]:
    return number.between(ids[0], ids[-1]) if isinstance(ids, range) else number.in_(ids)


def _put(tx: Tx, table: Any, values: dict[str, Any], where: ColumnElement[bool]) -> None:
    rows = select(*values.values()).where(where)
    put = mysql_insert(table).from_select(list(values), rows)
    tx.execute(put.on_duplicate_key_update({name: put.inserted[name] for name in values}))


def _facts(there: Facts) -> dict[str, Any]:
    flags = there.flags
    return {
        "media_id": there.id,
        "created_at": there.created.value,
        "entity_type": _word(there.entity_type, 50),
        "entity_id": there.entity_id,
        "entity_field": _word(there.entity_field, 50),
        "sort_order": there.sort_order,
        "status": there.rank,
        "file_size": there.size,
        "uploaded_by": _word(there.uploader, 50),
        "taken": _word(there.taken, 19),
        "name": func.left(there.name, 255),
        **{f"is_{each}": flags[each] for each in ("video", "link", "public", "primary")},
        **{f"no_{each}": flags[f"no {each}"] for each in ("alt", "caption", "tags")},
        "written": _WRITTEN,
    }


def _word(value: ColumnElement[Any], most: int) -> ColumnElement[Any]:
    # Narrow, and compared fast; letters beyond ASCII are in no word that is asked for, and a strict
    # server does not leave them out by itself.
    return func.left(func.regexp_replace(value, "[^ -~]", "?", type_=Text), most)


def _forget(tx: Tx, ids: Sequence[int]) -> None:
    if ids:
        tx.execute(delete(SEARCH).where(_S.media_id.in_(ids)))
        blocks = {each // BLOCK for each in ids}
        tx.execute(delete(WORDS).where(_W.block.in_(blocks), _W.media_id.in_(ids)))
