"""Facts and words in the companions of a server, and few media found by their words.

A word is looked for in ``media_blocks`` first, where 32 media share a row, then in the rows of
the media themselves: so a million are gone through in a twentieth of a second.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from ..domain.search import Term
from .engine import Tx
from .search_facts import RANKS, Facts, KeyColumn, as_json, forms
from .search_index import BLOCK
from .search_terms import IN_WORDS, Condition, Places, at, condition
from .tables import BLOCKS, SEARCH, WORDS

_S: Final = SEARCH.c
_W: Final = WORDS.c
_B: Final = BLOCKS.c
#: Of more media than these a word is no help in finding them.
_FEW: Final = 20_000
#: Of more blocks than these all words are read instead.
_MOST_BLOCKS: Final = 8_000


def rare(tx: Tx, terms: Sequence[Term], places: Sequence[tuple[Places, ...]]) -> list[Condition]:
    """A condition that few media meet, and all that are wanted; none where there is none."""
    looked_at = [each for each in terms if each.field in IN_WORDS]
    ids = _with_words(tx, looked_at) if looked_at else None
    if ids is None:
        return []
    # What is not found by all its words is found by an entity that one of them names.
    pairs = zip(terms, places, strict=True)
    named = [each for term, where in pairs if not (term.field or term.negated) for each in where]
    return [or_(_S.media_id.in_(ids), *(at(OF_SERVER, each) for each in named if each))]


def _with_words(tx: Tx, terms: Sequence[Term]) -> list[int] | None:
    """Media whose words meet every term; None for more than a few."""
    conditions = [condition(tx, OF_SERVER, each, ({},) * len(each.values)) for each in terms]
    wanted = select(_W.media_id).where(*conditions).limit(_FEW + 1)
    blocks = [_in_block(each) for each in terms if not each.negated]
    if blocks:
        near = list(tx.execute(select(_B.block).where(*blocks).limit(_MOST_BLOCKS + 1)).scalars())
        if len(near) <= _MOST_BLOCKS:
            wanted = wanted.where(_W.block.in_(near))
    found = list(tx.execute(wanted).scalars())
    return None if len(found) > _FEW else found


def _in_block(term: Term) -> Condition:
    """Whether a block may have a media that meets the term."""
    words = dict.fromkeys(each for value in term.values for each in _spelled(term.field, value))
    return or_(*(_has(_B.words, each) for each in words))


def _spelled(field: str, value: str) -> list[str]:
    written = [] if field == "tag" else [value]
    if field == "tag" or (field == "" and _may_be_tag(value)):
        written += as_json(value, '"' if field == "tag" else "")
    return [each for one in written for each in forms(one)]


def _may_be_tag(word: str) -> bool:
    return bool(word.strip(" ,[]"))  # which are JSON's own


def _has(column: ColumnElement[Any], *words: str) -> Condition:
    # By its bytes, which is several times as fast as LIKE.
    return or_(*(func.locate(each.encode(), column) > 0 for each in dict.fromkeys(words)))


def _any(words: Sequence[str]) -> list[str]:
    return [each for one in words for each in forms(one)]


def _text(word: str) -> Condition:
    found = _has(_W.words, *forms(word))
    return or_(found, _has(_W.tags, *_any(as_json(word, "")))) if _may_be_tag(word) else found


#: Of a server whose ``media`` is large.
OF_SERVER: Final = Facts(
    source=SEARCH,
    words=WORDS,
    id=_S.media_id,
    created=KeyColumn(_S.created_at, falling=True, nullable=True),
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
        **{each: _S[f"is_{each}"] == 1 for each in ("video", "link", "public", "primary")},
        **{f"no {each}": _S[f"no_{each}"] == 1 for each in ("alt", "caption", "tags")},
    },
    has_status=lambda status: _S.status == RANKS.index(status),
    has_text=_text,
    has_tag=lambda tag: _has(_W.tags, *_any(as_json(tag, '"'))),
    has_camera=lambda word: _has(_W.camera, *forms(word)),
)
#: The words of a row of facts.
ON: Final = and_(_W.block == _S.media_id.op("DIV")(BLOCK), _W.media_id == _S.media_id)
