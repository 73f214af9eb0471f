"""Wishes that take a media's objects to other keys: its visibility, its place, their undoing."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from ..database import entities, locks, media_edits
from ..database.engine import Tx
from ..database.media_edits import Row
from ..database.moves import Pairs
from ..domain.changes import ChangeKind, MediaChange
from ..domain.errors import NotFound
from ..domain.media import Media, ModerationStatus
from ..domain.permissions import Action
from ..storage import ObjectStore
from . import wishes
from .access import Access
from .areas import placed
from .overtaken import refuse_overtaken
from .wishes import Plan, Wish

#: Columns that decide where objects lie.
OF_OBJECTS = frozenset({*wishes.PLACE, "is_public", "moderation_status"})


class Rewriting:
    """An ``Edit`` for ``Relocating``: each row becomes what its plan wishes."""

    def __init__(
        self, access: Access, kind: ChangeKind, plan: Plan, together: Collection[str] = ()
    ) -> None:
        """``together`` are all media of the same action: none of them inherits a role."""
        self.kind = kind
        self._access = access
        self._plan = plan
        self._together = frozenset(together)
        self._wishes: dict[str, Wish] = {}

    def look(self, tx: Tx, public_id: str) -> Media:
        """The media as it is, if it is as expected and may be written where it goes."""
        row = media_edits.rows(tx, [public_id]).get(public_id)
        wish = Wish({}) if row is None else self._plan(tx, row)
        media, ref = self._access.media(tx, public_id, Action.EDIT)
        if row is not None:
            entity, _ = wishes.place_of(row, wish.wanted)
            if entity != ref:
                self._access.require(Action.UPLOAD, entity, tx)
            refuse_overtaken(tx, row, wish.expected, wish.wanted)
        self._wishes[public_id] = wish
        return media

    def pairs(self, media: Media, store: ObjectStore) -> Pairs:
        """Where its objects go."""
        wish = self._wishes[media.public_id]
        status = wish.wanted.get("moderation_status")
        after = replace(
            media,
            is_public=bool(wish.wanted.get("is_public", media.is_public)),
            moderation_status=media.moderation_status if status is None else _status(status),
        )
        return placed(media, not after.is_open, wish.keys, store)

    def write(self, tx: Tx, media: Media, columns: dict[str, Any]) -> list[MediaChange]:
        """Write what differs, with the roles that pass."""
        now = datetime.now(UTC)
        row = media_edits.rows(tx, [media.public_id])[media.public_id]
        wish = self._wishes[media.public_id]
        wanted = wishes.differing(row, wish.wanted)
        if wish.last:
            wanted["sort_order"] = _last(tx, row, wanted)
        path = columns.get("storage_path")
        if path and row.values["filename"] == PurePosixPath(media.storage_path).name:
            name = PurePosixPath(path).name
            wanted |= {} if name == row.values["filename"] else {"filename": name}
        if not wanted and not columns:
            return []
        asides = wishes.seize(tx, row, wish, wanted, now)
        media_edits.write(tx, {row.id: wanted | columns}, now)
        asides += wishes.leave(tx, row, wish, wanted, self._together | {row.public_id}, now)
        return [_with_keys(wishes.part_of(row, wanted), wish), *asides]


def _last(tx: Tx, row: Row, wanted: dict[str, Any]) -> int:
    entity, name = wishes.place_of(row, wanted)
    used = None if entity is None or name is None else entities.last_order(tx, entity, name)
    if entity is None or name is None or used is None:
        raise NotFound("no_entity", f"The place “{row.name}” goes to is no longer in the library.")
    return locks.reserve_orders(tx, entity, name, used, 1) + 1


def _with_keys(part: MediaChange, wish: Wish) -> MediaChange:
    """With the keys before and after, so that undo finds the way back."""
    if not wish.keys:
        return part
    before = part.before | {"keys": list(wish.keys.keys())}
    return replace(part, before=before, after=part.after | {"keys": list(wish.keys.values())})


def _status(word: str) -> ModerationStatus:
    return ModerationStatus(word.lower())
