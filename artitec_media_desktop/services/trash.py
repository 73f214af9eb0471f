"""Deleting and putting back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from ..database import media as rows
from ..database import trash
from ..database.engine import Database, Tx
from ..database.trash import Trashed
from ..domain.changes import Change, ChangeKind, MediaChange
from ..domain.errors import NotFound
from ..domain.media import Media
from ..domain.permissions import Action
from .access import Access, entity_of
from .relocating import Edit, Relocating


class TrashService:
    """Moves media out of the shared table and back; in the trash, their objects are private."""

    def __init__(self, database: Database, access: Access, relocating: Relocating) -> None:
        self._database = database
        self._access = access
        self._relocating = relocating

    def delete(self, public_ids: Sequence[str]) -> Change:
        """Move media to the trash; none where one is unknown or may not be deleted.

        Otherwise each by itself: returns and raises as ``Relocating.carry_out``.
        """
        return self._all(_Deletion(self._access), public_ids)

    def restore(self, public_ids: Sequence[str]) -> Change:
        """Put media back; none where one is unknown or may not be put back.

        Otherwise each by itself: returns and raises as ``Relocating.carry_out``.
        """
        return self._all(_Restoration(self._access), public_ids)

    def _all(self, edit: Edit, public_ids: Sequence[str]) -> Change:
        with self._database.read() as tx:
            for public_id in public_ids:
                edit.look(tx, public_id)
        return self._relocating.carry_out(edit, public_ids, self._access.account.user_id)


@dataclass(frozen=True, slots=True)
class _Deletion:
    access: Access
    kind: ClassVar[ChangeKind] = ChangeKind.TRASHED

    def look(self, tx: Tx, public_id: str) -> Media:
        return self.access.media(tx, public_id, Action.DELETE)[0]

    def is_private(self, media: Media) -> bool:
        return True

    def write(self, tx: Tx, media: Media, columns: dict[str, Any]) -> MediaChange:
        one = replace(media, **columns)
        trash.put(tx, one, self.access.account.user_id, datetime.now(UTC))
        return MediaChange(one.public_id, entity_of(one), {"trashed": False}, {"trashed": True})


@dataclass(frozen=True, slots=True)
class _Restoration:
    access: Access
    kind: ClassVar[ChangeKind] = ChangeKind.RESTORED

    def look(self, tx: Tx, public_id: str) -> Media:
        return self._kept(tx, public_id).media

    def is_private(self, media: Media) -> bool:
        return not media.is_open

    def write(self, tx: Tx, media: Media, columns: dict[str, Any]) -> MediaChange:
        one, ref = replace(media, **columns), entity_of(media)
        if one.is_primary and ref is not None and one.entity_field:
            other = rows.cover(tx, ref, one.entity_field)
            if other is not None and other.is_primary:  # its successor keeps the role
                one = replace(one, is_primary=False)
        kept = replace(self._kept(tx, one.public_id), media=one)
        trash.put_back(tx, kept, datetime.now(UTC))
        return MediaChange(one.public_id, ref, {"trashed": True}, {"trashed": False})

    def _kept(self, tx: Tx, public_id: str) -> Trashed:
        kept = trash.get(tx, public_id)
        if kept is None:
            raise NotFound("no_media", f"There is no media “{public_id}” in the trash.")
        self.access.require(Action.DELETE, entity_of(kept.media), tx)
        return kept
