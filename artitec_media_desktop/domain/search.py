"""What a person types to find media, as text and as chips: one grammar for window and command.

    kitchen "two words" tag:pool,spa -status:approved size:>5mb taken:2024-06 sort:size

Words between blanks all have to be met; a comma within a field means "or", a minus "not". Text is
looked for anywhere in file names, alt texts, captions, tags and public ids, and in the names and
ids of entities. Case never matters; accents do.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from .search_fields import FIELDS, bad, nearest

#: More than anybody types; what a database takes is not far beyond.
_MOST_TERMS: Final = 40
_LONGEST: Final = 500
_FIELD: Final = re.compile(r"-?([A-Za-z]+):")
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_PLAIN: Final = re.compile(r'[^\s",\\]+')


class Order(StrEnum):
    """How media are put in order; ties are broken newest first."""

    #: As a page of the platform shows them: entity by entity, by their sort order.
    PLACE = "place"
    NEWEST = "newest"
    OLDEST = "oldest"
    #: By the name of the file as it was given.
    NAME = "name"
    #: The largest first.
    SIZE = "size"
    #: When the camera took it, latest first; what has no such time comes last.
    TAKEN = "taken"
    #: What waits for a decision first: pending, flagged, rejected, approved.
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. ``field`` is empty for text; of several ``values`` any is enough."""

    field: str
    values: tuple[str, ...]
    negated: bool = False

    @property
    def label(self) -> str:
        """As it is typed, which is what a chip shows."""
        values = ",".join(_spelled(each, bool(self.field)) for each in self.values)
        return f"{'-' * self.negated}{self.field}{':' * bool(self.field)}{values}"


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for; ``order`` None leaves it to where the search is made."""

    terms: tuple[Term, ...] = ()
    order: Order | None = None

    @property
    def text(self) -> str:
        """As it is typed; ``parse`` reads it back to the very same."""
        words = [each.label for each in self.terms]
        return " ".join(words if self.order is None else [*words, f"sort:{self.order.value}"])

    def __bool__(self) -> bool:
        return bool(self.terms)

    def plus(self, term: Term) -> "Search":
        """With one more condition, unless it is among them."""
        return self if term in self.terms else replace(self, terms=(*self.terms, term))

    def without(self, term: Term) -> "Search":
        """Without that condition."""
        return replace(self, terms=tuple(each for each in self.terms if each != term))

    def by(self, user_id: str) -> "Search":
        """With ``me`` read as that account."""
        return replace(
            self,
            terms=tuple(
                replace(each, values=tuple(user_id if v == "me" else v for v in each.values))
                if each.field == "uploader"
                else each
                for each in self.terms
            ),
        )


#: No condition at all.
EVERYTHING: Final = Search()


def fold(text: str) -> str:
    """As two texts are compared: composed, in lower case; no letter becomes two.

    The databases do the same letter by letter, hence the words of their own for İ and ς.
    """
    composed = unicodedata.normalize("NFC", text)
    return composed.replace("İ", "i").lower().replace("ς", "σ")


def parse(text: str) -> Search:
    """Read what was typed. Raises Permanent ``bad_search``: what is wrong, and what is known."""
    text = _UNSEEN.sub(" ", text)
    terms: dict[Term, None] = {}
    order = None
    for field, values, negated in _tokens(text):
        if field == "sort":
            order = _order(values, negated)
        else:
            terms[_term(field, values, negated)] = None
    if len(terms) > _MOST_TERMS:
        raise bad(f"A search can have {_MOST_TERMS} conditions; this one has {len(terms)}.")
    return Search(tuple(terms), order)


def _term(field: str, values: list[str], negated: bool) -> Term:
    if any(len(each) > _LONGEST for each in values) or len(values) > _LONGEST:
        raise bad(f"“{values[0][:20]}…” is too long to be searched for.")
    if not field:
        return Term("", tuple(values), negated)
    known = FIELDS.get(field)
    if known is None:
        meant = nearest(field, [*FIELDS, "sort"])
        raise bad(
            f"There is no field “{field}:”.{meant} Known are {', '.join(FIELDS)} and sort. To look "
            f'for the text itself, put it in quotes: “"{field}:{values[0] if values else ""}"”.'
        )
    if not values:
        raise bad(f"“{field}:” needs a value, such as {field}:{known.example}.")
    read = dict.fromkeys(known.read(each) for each in values)
    return Term(field, tuple(read), negated)


def _order(values: list[str], negated: bool) -> Order:
    try:
        (value,) = values
        if not negated:
            return Order(value.lower())
    except ValueError:
        pass
    word = values[0] if values else ""
    names = [each.value for each in Order]
    raise bad(f"“sort:{word}” is no order.{nearest(word, names)} Known are {', '.join(names)}.")


def _tokens(text: str) -> Iterator[tuple[str, list[str], bool]]:
    """Field, values and whether it is negated, of each word."""
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        found = _FIELD.match(text, at)
        negated = text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace()
        if found:
            values, at = _values(text, found.end())
            yield found[1].lower(), values, negated
            continue
        value, at = _value(text, at + negated, "")
        if value:
            yield "", [value], negated


def _values(text: str, at: int) -> tuple[list[str], int]:
    values = []
    while True:
        value, at = _value(text, at, ",")
        if value:
            values.append(value)
        if at >= len(text) or text[at] != ",":
            return values, at
        at += 1


def _value(text: str, at: int, ends: str) -> tuple[str, int]:
    """One value and where it ends; a quote that is still open ends with the text."""
    if at < len(text) and text[at] == '"':
        return _quoted(text, at + 1)
    end = at
    while end < len(text) and not text[end].isspace() and text[end] not in ends:
        end += 1
    return text[at:end], end


def _quoted(text: str, at: int) -> tuple[str, int]:
    value = []
    while at < len(text) and text[at] != '"':
        at += text[at] == "\\" and at + 1 < len(text)
        value.append(text[at])
        at += 1
    return " ".join("".join(value).split()), at + 1


def _spelled(value: str, in_field: bool) -> str:
    plain = _PLAIN.fullmatch(value)
    if plain and (in_field or not (value.startswith("-") or _FIELD.match(value))):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
