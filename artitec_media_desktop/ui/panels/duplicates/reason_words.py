"""Why one is kept, in words: from the values of a Reason."""

from collections.abc import Callable
from typing import Final

from ....domain.duplicates import Likeness, Reason, Rule
from ...upload_words import number
from .consequences import Item
from .reading import Case
from .words import tr

_MEGA: Final = 1_000_000
_TENFOLD: Final = 10


def reason_items(case: Case) -> list[Item]:
    """A line for each reason; where there is none, that says so."""
    suggested = case.merge.keeper.id == case.group.keeper
    made = [_item(each) for each in case.merge.why]
    if not suggested:
        text = tr("The suggestion was another one")
        return [Item("user", tr("You chose it"), text), *made]
    if made:
        return made
    if case.group.kind is Likeness.SERIES:
        text = tr("Taken seconds apart: nothing goes unless you say so")
        return [Item("stack", tr("A series, not copies"), text)]
    return [Item("check", tr("They are equally good"), tr("The first one is kept"))]


def _item(reason: Reason) -> Item:
    title, text = _WORDS[reason.rule](reason.better, reason.against)
    return Item("check", title, text)


def _pixels(better: str, against: str) -> tuple[str, str]:
    ours, theirs = _whole(better), _whole(against)
    text = tr("{ours} against {theirs} megapixels").format(
        ours=_megapixels(ours), theirs=_megapixels(theirs)
    )
    times = ours / theirs if theirs else 0.0
    names = {2: tr("Twice the pixels"), 3: tr("Three times the pixels")}
    names[4] = tr("Four times the pixels")
    whole = round(times)
    if whole >= 2 and abs(times - whole) < 0.1:
        many = tr("{count} times the pixels").format(count=number(whole))
        return names.get(whole, many), text
    return tr("More pixels"), text


def _quality(better: str, against: str) -> tuple[str, str]:
    text = tr("Quality {ours} against {theirs}").format(ours=better, theirs=against)
    return tr("Less compressed"), text if against else ""


def _older(better: str, against: str) -> tuple[str, str]:
    text = tr("{ours} against {theirs}").format(ours=_day(better), theirs=_day(against))
    return tr("Here first"), text if against else ""


def _day(value: str) -> str:
    return value.replace("T", " ")[:16]


def _fixed(title: str, text: str) -> Callable[[str, str], tuple[str, str]]:
    return lambda _better, _against: (tr(title), tr(text))


_WORDS: Final[dict[Rule, Callable[[str, str], tuple[str, str]]]] = {
    Rule.PRIMARY: _fixed("It is the primary one", "The page shows it first"),
    Rule.APPROVED: _fixed("Approved", "The others are not"),
    Rule.PIXELS: _pixels,
    Rule.QUALITY: _quality,
    Rule.CAMERA: _fixed("Straight from the camera", "Date, lens and exposure are intact"),
    Rule.ALT_TEXT: _fixed("It has alt text", "The others have none"),
    Rule.OLDER: _older,
}


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _megapixels(pixels: int) -> str:
    mega = pixels / _MEGA
    return number(round(mega)) if mega >= _TENFOLD else f"{mega:.1f}".replace(".0", "")
