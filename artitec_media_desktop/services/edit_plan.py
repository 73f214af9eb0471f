"""What an edit makes of one row: its columns, and where its objects go if it moves."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from ..database import entities, media_edits
from ..database import media as rows
from ..database.engine import Tx
from ..database.media_edits import Row
from ..domain.edits import MediaEdit
from ..domain.entities import EntityRef
from ..domain.errors import NotFound, Permanent
from ..domain.keys import key_in, public_key
from ..domain.limits import size_text
from ..domain.media import Media, MediaType, ModerationStatus
from ..domain.moderation import Policy
from ..domain.slots import Slot, find_slot, slots_of
from ..domain.targets import Target
from ..storage import ObjectStore
from . import roles
from .areas import new_keys
from .locating import where
from .wishes import PLACE, Wish, place_of


class EditPlan:
    """A ``Plan`` for all media of one edit."""

    def __init__(
        self, edit: MediaEdit, seen: Mapping[str, Media], store: ObjectStore, policy: Policy
    ) -> None:
        self._edit = edit
        self._seen = seen
        self._store = store
        self._policy = policy
        # The first key that was thought of stays, however often it is tried, unless somebody else
        # moves the media meanwhile.
        self._keys: dict[tuple[str, str | None], dict[str, str]] = {}
        self._primary: dict[tuple[EntityRef | None, str | None], str] = {}

    def __call__(self, tx: Tx, row: Row) -> Wish:
        """The wish for one row. Raises Permanent where it can't be."""
        wanted = self._edit.values(row.values)
        seen = self._seen.get(row.public_id)
        expected = {} if seen is None else {name: _value(seen, name) for name in self._edit.touched}
        keys: Mapping[str, str] = {}
        target = self._target(tx, row)
        moves = target is not None and (row.entity, row.field) != (target.entity, target.slot.field)
        if target is not None and moves:
            media = rows.by_public_id(tx, row.public_id)
            if media is None:
                raise NotFound("no_media", f"There is no media “{row.public_id}” in the library.")
            check_fits(media, target.slot)
            wanted |= _placed(row, target, "is_primary" in wanted, self._policy)
            if wanted.get("is_primary") and _waits(row, wanted):
                # As an upload that waits, it leaves the role to what is shown there.
                place = target.entity, target.slot.field
                wanted["is_primary"] = not roles.has_shown(tx, *place, hold=False)
            if seen is not None:
                expected |= {name: _value(seen, name) for name in PLACE}
            keys = self._keys_of(media, target)
        lacking = media_edits.missing(tx, wanted)
        wanted = {name: value for name, value in wanted.items() if name not in lacking}
        if wanted.get("is_primary"):
            self._claim(row, wanted)
        expected = {name: value for name, value in expected.items() if name not in lacking}
        return Wish(wanted, expected, moves and "sort_order" not in wanted, keys)

    def _target(self, tx: Tx, row: Row) -> Target | None:
        if self._edit.place is not None or self._edit.slot is None:
            return self._edit.place
        if row.entity is None:
            raise Permanent(
                "no_place", f"“{row.name}” lies on nothing that is known here. Say where it goes."
            )
        slot = find_slot(row.entity.type, self._edit.slot)
        entity = entities.one(tx, row.entity)
        if slot is None:
            names = ", ".join(each.name for each in slots_of(row.entity.type))
            raise Permanent(
                "bad_target",
                f"A {row.entity.type.word} has no slot “{self._edit.slot}”. It has {names}.",
            )
        if entity is None:
            raise NotFound("no_entity", f"{row.entity} is no longer in the library.")
        return Target(row.entity.type, row.entity.id, entity.public_id, slot)

    def _keys_of(self, media: Media, target: Target) -> dict[str, str]:
        original = where(media, self._store).original
        known = media.public_id, None if original is None else public_key(original)
        if known not in self._keys:
            keys: dict[str, str] = {}
            if original is not None:
                extension = PurePosixPath(original).suffix
                now = datetime.now(UTC)
                new = key_in(target.slot, target.public_id, media.media_type, extension, now)
                keys = new_keys(media, new, self._store)
            self._keys[known] = keys
        return self._keys[known]

    def _claim(self, row: Row, wanted: Mapping[str, Any]) -> None:
        place = place_of(row, wanted)
        first = self._primary.setdefault(place, row.public_id)
        if first != row.public_id:
            raise Permanent(
                "one_primary",
                f"Only one media of a slot is the primary one, and {first} was named first. "
                f"Nothing was done to “{row.name}”.",
            )


def check_fits(media: Media, slot: Slot) -> None:
    """Raise Permanent ``not_accepted`` where a slot does not take a media of that kind or size."""
    video = media.media_type is MediaType.VIDEO
    if media.media_type not in slot.accepts:
        raise _refused(media, slot, f"is {'a video' if video else 'an image'}")
    if media.is_link:
        return
    limits = slot.limits(media.media_type)
    if media.file_size and media.file_size > limits.max_bytes:
        raise _refused(media, slot, f"has {size_text(media.file_size)}")
    sides = [side for side in (media.width, media.height) if side and not video]
    if sides and (min(sides) < limits.min_side or max(sides) > limits.max_side):
        raise _refused(media, slot, f"has {media.width} × {media.height} pixels")


def _refused(media: Media, slot: Slot, what: str) -> Permanent:
    limits = slot.limits(media.media_type)
    bounds = f", up to {size_text(limits.max_bytes)}"
    if limits.max_side:
        bounds += f" and from {limits.min_side} to {limits.max_side:,} pixels a side"
    return Permanent(
        "not_accepted",
        f"“{media.original_filename}” {what}; {slot.label} takes {slot.takes}{bounds}.",
    )


def _placed(row: Row, target: Target, says_role: bool, policy: Policy) -> dict[str, Any]:
    """The columns of a new place; where uploads wait it waits for moderation, as an upload does."""
    values = (target.entity_type.value, target.entity_id, target.slot.field)
    wanted: dict[str, Any] = dict(zip(PLACE, values, strict=True))
    if target.slot.single:
        wanted["is_primary"] = True
    elif row.values["is_primary"] and not says_role:
        wanted["is_primary"] = False
    waits = policy.initial_status(target.entity_type) is ModerationStatus.PENDING
    was_approved = row.values["moderation_status"] in (None, ModerationStatus.APPROVED.value)
    if waits and was_approved and row.values["entity_type"] != target.entity_type.value:
        wanted |= {"moderation_status": ModerationStatus.PENDING.value, "is_approved": False}
    return wanted


def _waits(row: Row, wanted: Mapping[str, Any]) -> bool:
    status = wanted.get("moderation_status", row.values["moderation_status"])
    return status not in (None, ModerationStatus.APPROVED.value)


def _value(media: Media, name: str) -> Any:
    value = getattr(media, name)
    return list(value) if isinstance(value, tuple) else value
