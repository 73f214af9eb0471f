"""What a merge does: exactly what is said beforehand, worked out once and compared when done."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ...database import media as rows
from ...database import media_edits
from ...database.engine import Tx
from ...domain.duplicates import DEFAULT_RULES, Inheritance, Merge, Rule
from ...domain.entities import EntityRef
from ...domain.errors import Permanent
from ...domain.media import Media
from ...domain.slots import find_slot
from .. import roles
from ..access import entity_of
from ..edit_plan import check_fits
from .differing import reasons

#: What the keeper gets; the rest of a merge follows from what is trashed.
MOVED: Final = (
    "tags", "alt_text", "caption", "becomes_primary", "sort_order", "slot", "heirs", "last",
)  # fmt: skip

#: A field of an entity.
Place = tuple[EntityRef | None, str | None]


def planned(
    tx: Tx,
    keeper: Media,
    others: Sequence[Media],
    trash_ids: frozenset[int] | None,
    rules: Sequence[Rule] = DEFAULT_RULES,
) -> Merge:
    """Work out a merge; ``trash_ids`` of None are those that lie at the keeper's place.

    Nothing goes that is the last of its place, unless the keeper takes it over.
    """
    if trash_ids is None:
        trash_ids = frozenset(e.id for e in others if place_of(e) == place_of(keeper))
    chosen = [each for each in others if each.id in trash_ids]
    slot = _slot(tx, keeper, chosen)
    last = _last(tx, keeper, chosen, slot)
    trashed = tuple(each for each in chosen if each.public_id not in last)
    if slot is not None and not any(each.entity_field == slot for each in trashed):
        slot = None
    left = tuple(each for each in others if each not in trashed)
    merge = Merge(keeper, trashed, left, last, reasons(keeper, others, rules), slot=slot)
    if not trashed:
        return merge
    return _inherits(tx, _with_words(merge))


def place_of(media: Media) -> Place:
    """Where a media lies; no field is the gallery, as on the platform."""
    return entity_of(media), media.entity_field or "gallery"


def _with_words(merge: Merge) -> Merge:
    keeper, trashed = merge.keeper, merge.trashed
    have = set(keeper.tags)
    tags = tuple(dict.fromkeys(t for each in trashed for t in each.tags if t not in have))
    alt = next((each for each in trashed if _text(each.alt_text)), None)
    caption = next((each for each in trashed if _text(each.caption)), None)
    if alt is not None and not _text(keeper.alt_text):
        merge = replace(merge, alt_text=alt.alt_text, alt_text_from=alt.public_id)
    if caption is not None and not _text(keeper.caption):
        merge = replace(merge, caption=caption.caption, caption_from=caption.public_id)
    return replace(merge, tags=tags)


def _inherits(tx: Tx, merge: Merge) -> Merge:
    """With who gets which role and order."""
    keeper, leaving = merge.keeper, {each.public_id for each in merge.trashed}
    field = merge.slot or keeper.entity_field
    home: Place = (entity_of(keeper), field or "gallery")
    here = [each for each in merge.trashed if place_of(each) == home]
    orders = [each.sort_order for each in here]
    first = min(orders if merge.slot else [*orders, keeper.sort_order])
    primary = merge.slot is not None or not keeper.is_primary
    primary = primary and any(e.is_primary and e.entity_field in (field, None) for e in here)
    heirs = []
    for each in merge.trashed:
        ref, name = entity_of(each), each.entity_field
        if not each.is_primary or ref is None or not name:
            continue
        if any(e.public_id not in leaving for e in media_edits.primaries(tx, ref, name, False)):
            primary = primary and name != field
        elif (ref, name) != (home[0], field):
            heir = roles.next_in(tx, ref, name, leaving)
            one = None if heir is None else rows.by_public_id(tx, heir.public_id)
            if one is not None:
                heirs.append(Inheritance(ref, name, one.public_id, one.original_filename))
    return replace(
        merge,
        becomes_primary=primary,
        sort_order=None if first == keeper.sort_order else first,
        heirs=tuple(heirs),
    )


def _slot(tx: Tx, keeper: Media, chosen: Sequence[Media]) -> str | None:
    """The one-file slot that the keeper takes over from one that is trashed."""
    ref = entity_of(keeper)
    if ref is None or keeper.is_primary or _is_single(ref, keeper.entity_field):
        return None
    for each in chosen:
        name = each.entity_field
        if entity_of(each) != ref or not each.is_primary or not _is_single(ref, name):
            continue
        slot = find_slot(ref.type, name or "")
        try:
            if slot is not None and _count(tx, place_of(keeper)) > 1:
                check_fits(keeper, slot)
                return slot.field
        except Permanent:
            continue
    return None


def _last(tx: Tx, keeper: Media, chosen: Sequence[Media], slot: str | None) -> frozenset[str]:
    """Those chosen that stay, as their place would be empty, or lose its one file, without them."""
    places: dict[Place, list[Media]] = {}
    for each in chosen:
        places.setdefault(place_of(each), []).append(each)
    home: Place = (entity_of(keeper), slot or keeper.entity_field or "gallery")
    stay: set[str] = set()
    for (ref, name), there in places.items():
        if ref is None or (ref, name) == home:
            continue
        leaves = slot is not None and (ref, name) == place_of(keeper)
        if _count(tx, (ref, name)) <= len(there) + leaves or (
            _is_single(ref, name) and any(each.is_primary for each in there)
        ):
            # The one that stands for the place, or else the first of them.
            first = next((each for each in there if each.is_primary), there[0])
            stay.add(first.public_id)
    return frozenset(stay)


def _count(tx: Tx, place: Place) -> int:
    """How many media lie at a place."""
    ref, name = place
    if ref is None:
        return 0
    counts = media_edits.counts(tx, ref)
    return sum(n for field, n in counts.items() if (field or "gallery") == name)


def _is_single(ref: EntityRef, name: str | None) -> bool:
    slot = find_slot(ref.type, name or "")
    return slot is not None and slot.single


def _text(value: str | None) -> str:
    return (value or "").strip()


def read(tx: Tx, ids: Sequence[int]) -> list[Media]:
    """Live media by number, in that order; what is gone is left out."""
    found = rows.by_ids(tx, ids)
    return [found[each] for each in ids if each in found]
