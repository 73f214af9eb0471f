"""Deleting and putting back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ..database import changes, trash
from ..database import media as rows
from ..database.engine import Database, Tx
from ..domain.changes import Change, ChangeKind, MediaChange
from ..domain.errors import NotFound
from ..domain.permissions import Action
from .access import Access, entity_of


class TrashService:
    """Moves media out of the shared table and back; their objects stay where they are."""

    def __init__(self, database: Database, access: Access) -> None:
        self._database = database
        self._access = access

    def delete(self, public_ids: Sequence[str]) -> Change:
        """Move media to the trash, all or none. Raises NotFound, Forbidden."""
        now = datetime.now(UTC)
        account = self._access.account.user_id

        def save(tx: Tx) -> Change:
            done = []
            for public_id in dict.fromkeys(public_ids):
                one, ref = self._access.media(tx, public_id, Action.DELETE)
                trash.put(tx, one, account, now)
                done.append(MediaChange(public_id, ref, {"trashed": False}, {"trashed": True}))
            return changes.add(tx, Change(ChangeKind.TRASHED, tuple(done), account, now))

        return self._database.retrying(save)

    def restore(self, public_ids: Sequence[str]) -> Change:
        """Put media back, all or none. Raises NotFound, Forbidden."""
        now = datetime.now(UTC)
        account = self._access.account.user_id

        def save(tx: Tx) -> Change:
            done = []
            for public_id in dict.fromkeys(public_ids):
                one = trash.get(tx, public_id)
                if one is None:
                    raise NotFound("no_media", f"There is no media “{public_id}” in the trash.")
                ref = entity_of(one.media)
                self._access.require(Action.DELETE, ref, tx)
                field = one.media.entity_field
                if one.media.is_primary and ref is not None and field:
                    other = rows.cover(tx, ref, field)
                    if other is not None and other.is_primary:  # its successor keeps the role
                        one = replace(one, media=replace(one.media, is_primary=False))
                trash.put_back(tx, one, now)
                done.append(MediaChange(public_id, ref, {"trashed": True}, {"trashed": False}))
            return changes.add(tx, Change(ChangeKind.RESTORED, tuple(done), account, now))

        return self._database.retrying(save)
