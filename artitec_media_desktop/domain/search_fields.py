"""The fields of a search: what may stand behind each colon, and what it means."""

import math
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from itertools import chain
from typing import Final, TypeVar

from .errors import Permanent
from .limits import KB, MB
from .media import MediaType, ModerationStatus
from .moderation import Look
from .slots import SLOTS

_UNITS: Final = {"": 1, "b": 1, "kb": KB, "mb": MB, "gb": 1024 * MB}
_SIZE: Final = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)([kmg]?b?)", re.ASCII)
_AGE: Final = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)([mhdw])", re.ASCII)
_SECONDS: Final = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_SCORE: Final = re.compile(r"0?\.\d{1,6}|[01](?:\.0{1,6})?", re.ASCII)
_DATE: Final = re.compile(r"([1-9]\d{3})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_COMPARED: Final = re.compile(r"(<=|>=|<|>)(.+)")

T = TypeVar("T", int, float, datetime)

#: From, up to but not including; None has no end.
Sizes = tuple[int | None, int | None]
Times = tuple[datetime | None, datetime | None]
#: In seconds.
Ages = tuple[int | None, int | None]
Scores = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Field:
    """``read`` makes a value canonical, or raises Permanent ``bad_search``.

    ``values`` are all there can be; without any, everything that ``read`` takes.
    """

    example: str
    read: Callable[[str], str]
    values: tuple[str, ...] = ()


def bad(sentence: str) -> Permanent:
    """A search that can't be understood."""
    return Permanent("bad_search", sentence)


def nearest(word: str, known: Collection[str]) -> str:
    """A sentence that asks whether the most similar known word was meant, or nothing."""
    found = get_close_matches(word.lower(), known, 1)
    return f" Do you mean “{found[0]}”?" if found else ""


def sizes(value: str) -> Sizes:
    """Bytes, from ``>5mb``, ``<=100kb`` or ``1mb..5mb``. Raises Permanent ``bad_search``."""
    needs = f"“size:{value}” needs > or <, as in size:>5mb, or a range: size:1mb..5mb."
    return _bounds(value, lambda text: _bytes(text, value), lambda count: count + 1, needs)


def ages(value: str) -> Ages:
    """How long ago, from ``>2d``, ``<12h`` or ``1d..3d``. Raises Permanent ``bad_search``."""
    needs = f"“age:{value}” needs > or <, as in age:>2d, or a range: age:1d..3d."
    return _bounds(value, lambda text: _age(text, value), lambda seconds: seconds + 1, needs)


def scores(value: str) -> Scores:
    """What a model made of it, from ``>0.6`` or ``0.2..0.6``. Raises Permanent ``bad_search``."""
    needs = f"“score:{value}” needs > or <, as in score:>0.6, or a range: score:0.2..0.6."
    return _bounds(value, lambda text: _score(text, value), _just_above, needs)


def _bounds(
    value: str, read: Callable[[str], T], after: Callable[[T], T], needs: str
) -> tuple[T | None, T | None]:
    """Both ends; ``after`` is the next value, so that one that is included can be left behind."""
    low, dots, high = value.partition("..")
    if dots:
        first = read(low) if low else None
        return _ordered(first, after(read(high)) if high else None, value)
    compared = _COMPARED.fullmatch(value)
    if compared is None:
        raise bad(needs)
    count = read(compared[2])
    if compared[1][0] == "<":
        return None, after(count) if compared[1] == "<=" else count
    return after(count) if compared[1] == ">" else count, None


def times(value: str) -> Times:
    """Moments in UTC, from ``2024``, ``2024-06``, ``>2024-06-12`` or ``2024-01..2024-06``.

    The whole of a year, month or day is meant, so ``>2024`` begins with 2025.
    Raises Permanent ``bad_search``.
    """
    low, dots, high = value.partition("..")
    if dots:
        first = _period(low, value)[0] if low else None
        return _ordered(first, _period(high, value)[1] if high else None, value)
    compared = _COMPARED.fullmatch(value)
    start, end = _period(compared[2] if compared else value, value)
    if compared is None:
        return start, end
    bounds: dict[str, Times] = {
        "<": (None, start),
        "<=": (None, end),
        ">": (end or datetime.max.replace(tzinfo=UTC), None),
        ">=": (start, None),
    }
    return bounds[compared[1]]


def _bytes(text: str, value: str) -> int:
    found = _SIZE.fullmatch(text)
    if found is None or (found[2] and found[2].rstrip("b") + "b" not in _UNITS):
        raise bad(f"“size:{value}” is no size. Write size:>5mb, size:<100kb or size:1mb..2gb.")
    unit = found[2] if found[2] in _UNITS else found[2] + "b"
    return round(float(found[1]) * _UNITS[unit])


def _age(text: str, value: str) -> int:
    found = _AGE.fullmatch(text)
    if found is None:
        raise bad(f"“age:{value}” is no age. Write age:>2d, age:<12h or age:1d..1w.")
    return round(float(found[1]) * _SECONDS[found[2]])


def _score(text: str, value: str) -> float:
    if not _SCORE.fullmatch(text):
        raise bad(f"“score:{value}” is no score. Write a number from 0 to 1, as in score:>0.6.")
    return float(text)


def _just_above(score: float) -> float:
    return math.nextafter(score, math.inf)


def _period(text: str, value: str) -> tuple[datetime, datetime | None]:
    found = _DATE.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        year, month, day = (int(each) if each else None for each in found.groups())
        start = datetime(year or 1, month or 1, day or 1, tzinfo=UTC)
    except ValueError:
        raise bad(
            f"“{value}” is no time. Write a year, a month or a day, as 2024, 2024-06 or "
            "2024-06-12, a range as 2024-01..2024-06, or >2024."
        ) from None
    try:
        if day:
            return start, start + timedelta(days=1)
        if month and month < 12:
            return start, start.replace(month=month + 1)
        return start, start.replace(year=start.year + 1, month=1)
    except (ValueError, OverflowError):  # the last year there is
        return start, None


def _ordered(low: T | None, high: T | None, value: str) -> tuple[T | None, T | None]:
    if value == "..":
        raise bad("“..” has neither a beginning nor an end.")
    if low is not None and high is not None and low >= high:
        raise bad(f"“{value}” ends before it begins.")
    return low, high


def _any(value: str) -> str:
    return value


def _one_of(name: str, example: str, known: Iterable[str]) -> Field:
    known = tuple(dict.fromkeys(known))

    def read(value: str) -> str:
        if value.lower() in known:
            return value.lower()
        raise bad(
            f"“{name}:{value}” is not known.{nearest(value, known)} Known are {', '.join(known)}."
        )

    return Field(example, read, known)


def _within(bounds: Callable[[str], object]) -> Callable[[str], str]:
    def read(value: str) -> str:
        canonical = "".join(value.lower().split())
        bounds(canonical)
        return canonical

    return read


def _uploader(value: str) -> str:
    return value.lower() if value.lower() == "me" else value


_SLOTS: Final = ([each.name for each in SLOTS], [each.field for each in SLOTS])

#: What may stand before a colon. A new field is one line here and its condition in
#: ``database/media_search.py``.
FIELDS: Final[dict[str, Field]] = {
    "tag": Field("kitchen", _any),
    "status": _one_of("status", "pending", [each.value for each in ModerationStatus]),
    "type": _one_of("type", "video", [each.value.lower() for each in MediaType]),
    "slot": _one_of("slot", "photos", chain(*_SLOTS)),
    # A type (community), a public id, TYPE:ID, or a part of a name.
    "entity": Field("CMY-456", _any),
    "size": Field(">5mb", _within(sizes)),
    "taken": Field("2024-06", _within(times)),
    "added": Field("2024-06", _within(times)),
    # How long it waits for a decision, or how long ago it was added.
    "age": Field(">2d", _within(ages)),
    "camera": Field("canon", _any),
    "uploader": Field("me", _uploader),
    "missing": _one_of("missing", "alt", ("alt", "caption", "tags")),
    "score": Field(">0.6", _within(scores)),
    # A decision that somebody else is to look at again.
    "look": _one_of("look", "appeal", (Look.SAMPLE.value, Look.APPEAL.value)),
    "is": _one_of("is", "primary", ("primary", "private", "public", "link")),
}
