"""Few media of a library of our own: by three letters each of their words, or by an index."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Select, func, literal_column, select, text, union

from ..domain.search import Term
from .engine import Tx
from .search_facts import MARK, OWN, forms
from .search_terms import Places, at, condition

#: What more rows than this have in common is no help in finding them.
_COMMON: Final = 100_000
_GRAM: Final = 3
_MOST_GRAMS: Final = 4
_MOST_THREES: Final = 200
#: Fields that have an index of their own.
_ORDERED: Final = ("size", "taken", "status", "uploader")


def rare(tx: Tx, terms: Sequence[Term], places: Sequence[tuple[Places, ...]]) -> Any | None:
    """The numbers of few rows among which are all that are wanted, by the index of words."""
    best, least = None, _COMMON
    for term, where in zip(terms, places, strict=True):
        rows = _candidates(tx, term, where)
        if rows is None:
            continue
        number = tx.execute(
            select(func.count()).select_from(rows.limit(least + 1).subquery())
        ).scalar_one()
        if number <= least:
            best, least = rows, number
    return best


def _candidates(tx: Tx, term: Term, places: tuple[Places, ...]) -> Any | None:
    """Rows that may meet a term; None where no index can tell."""
    if not term.negated and term.field in _ORDERED:
        return select(OWN.id).where(condition(tx, OWN, term, ()))
    if term.negated or term.field not in ("", "tag", "camera"):
        return None
    if term.field == "camera" and min(map(len, term.values)) < _GRAM:
        return None
    marked = [f"{MARK}{v}{MARK}" if term.field == "tag" else v for v in term.values]
    by_words = with_words(tx, *marked)
    if by_words is None:
        return None
    named = [select(OWN.id).where(at(OWN, each)) for each in places if each]
    return union(by_words, *named) if named else by_words


def with_words(tx: Tx, *words: str) -> Select[Any] | None:
    """The numbers of rows that may have any of these words; None where the index can't tell."""
    grams = [_grams(tx, spelled) for word in words for spelled in forms(word)]
    if not all(grams):
        return None
    matches = " OR ".join(f"({each})" for each in grams)
    match = text("media_words MATCH :words").bindparams(words=matches)
    return select(literal_column("rowid").label("id")).select_from(text("media_words")).where(match)


def _grams(tx: Tx, word: str) -> str:
    """What the index of words knows of a word; empty where it does not help.

    It folds letters as an older Unicode did, hence only those that it surely knows.
    """
    starts = [*range(0, len(word) - _GRAM, _GRAM), len(word) - _GRAM]
    grams = dict.fromkeys(word[at : at + _GRAM] for at in starts if at >= 0)
    known = [each for each in grams if all(c < "\u0590" or c.lower() == c.upper() for c in each)]
    if known:
        return " AND ".join(map(_quoted, known[:_MOST_GRAMS]))
    # Behind every two letters stands a third, since a row's words end with a mark.
    return " OR ".join(map(_quoted, _beginning(tx, word))) if len(word) == _GRAM - 1 else ""


def _beginning(tx: Tx, two: str) -> list[str]:
    """The threes that begin so; of too many, none."""
    if not two.isascii():
        return []
    rows = text("SELECT term FROM media_words_known WHERE term >= :two AND term < :end LIMIT :most")
    found = tx.execute(rows, {"two": two, "end": two + "\U0010ffff", "most": _MOST_THREES + 1})
    threes = list(found.scalars()) or [two + MARK]
    return threes if len(threes) <= _MOST_THREES else []


def _quoted(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'
