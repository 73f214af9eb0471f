"""What accepting does, as lines to be read: from the services' Merge."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from ....domain.duplicates import Likeness
from ....domain.limits import size_text
from ....domain.media import Media, MediaType
from ...upload_words import number
from .reading import Case
from .words import counted, entity_word, media, place, slot_name, spot, tr

#: Of many, so many are named.
_NAMED: Final = 6
_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Item:
    """A line with its icon, and what is said below it."""

    icon: str
    title: str
    text: str = ""
    tone: str = "muted"


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under a heading; ``offer`` is a button: its word, and whether all are to go."""

    title: str
    items: tuple[Item, ...]
    offer: tuple[str, bool] | None = None


def parts_of(case: Case, now: datetime | None = None) -> list[Part]:
    """What moves, what goes, what stays, and how to go back."""
    found = [_moves(case), _goes(case), _stays(case)]
    parts = [each for each in found if each is not None]
    if case.merge.is_nothing:
        nothing = Item("check", tr("Nothing changes"), tr("All of them stay as they are."))
        return [Part(tr("Now"), (nothing,)), *parts]
    until = (now or datetime.now(UTC)).astimezone() + timedelta(days=_DAYS)
    back = Item(
        "arrow-counter-clockwise",
        tr("Undo, or restore until {day}").format(day=f"{until:%b} {until.day}"),
        tr("Puts roles, text and tags back as well"),
    )
    return [*parts, Part(tr("To go back"), (back,))]


def _moves(case: Case) -> Part | None:
    merge, items = case.merge, list(_moved(case))
    if not items:
        return None
    title = tr("Moves to {name}").format(name=merge.keeper.original_filename)
    return Part(title, tuple(items))


def _moved(case: Case) -> Iterator[Item]:
    merge, keeper = case.merge, case.merge.keeper
    slot = slot_name(keeper.entity_type, merge.slot or keeper.entity_field)
    if merge.becomes_primary:
        of = tr("Primary photo of {what}").format(what=entity_word(keeper))
        yield Item("star", of)
    if merge.slot is not None:
        yield Item("frame-corners", tr("Takes over a place of its own"), slot)
    if merge.sort_order is not None:
        at = tr("Place {at} in {slot}").format(at=number(merge.sort_order), slot=slot)
        was = tr("It was at place {at}").format(at=number(keeper.sort_order))
        yield Item("sort-ascending", at, was)
    if merge.alt_text is not None:
        yield Item("text-aa", tr("Alt text"), merge.alt_text)
    if merge.caption is not None:
        yield Item("chat-text", tr("Caption"), merge.caption)
    if merge.tags:
        yield Item("tag", tr("Tags"), ", ".join(merge.tags))
    for heir in merge.heirs:
        ref = heir.entity
        where = spot(ref.type.value, ref.id, heir.field, case.places.get(ref))
        yield Item("star", tr("{name} becomes primary").format(name=heir.name), where)


def _goes(case: Case) -> Part | None:
    if not case.merge.trashed:
        return None
    # Where some stay, the way back is offered below those.
    all_chosen = case.choice.trash is not None and not case.merge.left
    back = (tr("As suggested"), False) if all_chosen else None
    return Part(tr("Goes to trash"), _named(case.merge.trashed, _kind, _sizes), back)


def _stays(case: Case) -> Part | None:
    merge = case.merge
    if not merge.left:
        return None
    offer: tuple[str, bool] | None = None
    may_go = [each for each in merge.left if each.public_id not in merge.last]
    if may_go and (case.choice.trash is None or merge.is_nothing):
        words = tr("Also trash those on other places")
        if case.group.kind is Likeness.SERIES:
            words = tr("Trash all but the one that is kept")
        elif case.group.entities < 2:
            words = tr("Also trash these")
        offer = (words, True)
    elif case.choice.trash is not None:
        offer = (tr("As suggested"), False)

    def where(one: Media) -> str:
        last = tr("The last one there") if one.public_id in merge.last else ""
        return " · ".join(filter(None, (place(one, case.entity(one)), last)))

    return Part(tr("Stays"), _named(merge.left, lambda _: "push-pin", where), offer)


def _sizes(one: Media) -> str:
    urls = (one.thumbnail_url, one.small_url, one.medium_url, one.large_url)
    smaller = sum(url is not None for url in urls)
    if not smaller:
        return size_text(one.file_size)
    words = counted(smaller, "{count} smaller size", "{count} smaller sizes")
    return tr("{size} and {smaller}").format(size=size_text(one.file_size), smaller=words)


def _kind(one: Media) -> str:
    return "film-strip" if one.media_type is MediaType.VIDEO else "image"


def _named(
    some: Sequence[Media], icon: Callable[[Media], str], say: Callable[[Media], str]
) -> tuple[Item, ...]:
    items = [Item(icon(each), each.original_filename, say(each)) for each in some[:_NAMED]]
    more = len(some) - len(items)
    if more > 0:
        items.append(Item("stack", tr("and {items} more").format(items=media(more))))
    return tuple(items)


def summary(case: Case) -> str:
    """All of it in a line, where there is no room for more."""
    merge = case.merge
    if merge.is_nothing:
        return tr("Nothing changes: all of them stay.")
    moved = [each.title for each in _moved(case)]
    goes = tr("{items} to the trash").format(items=media(len(merge.trashed)))
    words = [goes, tr("frees {size}").format(size=size_text(merge.freed))]
    if moved:
        words.insert(0, tr("moves: {what}").format(what=", ".join(moved)))
    if merge.left:
        words.append(counted(len(merge.left), "{count} stays", "{count} stay"))
    text = " · ".join(words)
    return text[:1].upper() + text[1:]
