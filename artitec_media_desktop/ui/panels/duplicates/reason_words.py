"""Why one is kept, in words: from the values of a Reason."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from ....domain.duplicates import Likeness, Reason, Rule
from ...upload_words import clock_time, number
from .consequences import Item
from .reading import Case
from .words import tr

_MEGA: Final = 1_000_000
_TENFOLD: Final = 10
_TWICE: Final = 2


def reason_items(case: Case) -> list[Item]:
    """A line for each reason; where there is none, that says so. A series is called one first."""
    chosen = case.merge.keeper.id != case.group.keeper
    made = [_item(each) for each in case.why]
    if case.group.kind is Likeness.SERIES:
        text = tr("Taken seconds apart: nothing goes unless you say so")
        made.insert(0, Item("stack", tr("A series, not copies"), text))
    if chosen:
        text = tr("The suggestion was another one")
        return [Item("user", tr("You chose it"), text), *made]
    if made:
        return made
    return [Item("check", tr("They are equally good"), tr("The first one is kept"))]


def _item(reason: Reason) -> Item:
    title, text = _WORDS[reason.rule](reason.better, reason.against)
    return Item("check", title, text)


def _pixels(better: str, against: str) -> tuple[str, str]:
    ours, theirs = _area(better), _area(against)
    if not ours or not theirs:
        return tr("More pixels"), better
    text = tr("{ours} against {theirs} megapixels").format(
        ours=_megapixels(ours), theirs=_megapixels(theirs)
    )
    times = round(ours / theirs)
    names = {2: tr("Twice the pixels"), 3: tr("Three times the pixels")}
    names[4] = tr("Four times the pixels")
    if times >= _TWICE and abs(ours / theirs - times) < 0.1:
        many = tr("{count} times the pixels").format(count=number(times))
        return names.get(times, many), text
    return tr("More pixels"), text


def _quality(better: str, against: str) -> tuple[str, str]:
    text = tr("{ours} against {theirs} bytes a pixel").format(ours=better, theirs=against)
    return tr("Less compressed"), text if against and better != against else ""


def _camera(better: str, _against: str) -> tuple[str, str]:
    # Many say the maker's name in both.
    words = list(dict.fromkeys(better.split()))
    return tr("Straight from the camera"), " ".join(words)


def _alt_text(better: str, _against: str) -> tuple[str, str]:
    return tr("It has alt text"), better


def _older(better: str, against: str) -> tuple[str, str]:
    ours, theirs = _day(better), _day(against)
    text = tr("{ours} against {theirs}").format(ours=ours, theirs=theirs)
    return tr("Here first"), text if ours and theirs and ours != theirs else ours


def _day(value: str) -> str:
    try:
        return clock_time(datetime.fromisoformat(value))
    except ValueError:
        return value


def _fixed(title: str, text: str) -> Callable[[str, str], tuple[str, str]]:
    return lambda _better, _against: (tr(title), tr(text))


_WORDS: Final[dict[Rule, Callable[[str, str], tuple[str, str]]]] = {
    Rule.PRIMARY: _fixed("It is the primary one", "The page shows it first"),
    Rule.APPROVED: _fixed("It is approved", "The others are not"),
    Rule.PIXELS: _pixels,
    Rule.QUALITY: _quality,
    Rule.CAMERA: _camera,
    Rule.ALT_TEXT: _alt_text,
    Rule.OLDER: _older,
}


def _area(text: str) -> int:
    """Of ``6000 × 4000``, or of the product; 0 for what is neither."""
    sides = [int(each) for each in re.findall(r"\d+", text)]
    return sides[0] * (sides[1] if len(sides) > 1 else 1) if sides else 0


def _megapixels(pixels: int) -> str:
    mega = pixels / _MEGA
    return number(round(mega)) if mega >= _TENFOLD else f"{mega:.1f}".replace(".0", "")
