"""Decisions that move nothing: these are no duplicates, or all of them stay."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ...database import changes, decisions, trash
from ...database import media as rows
from ...database.engine import Tx
from ...domain.changes import Change, ChangeKind, MediaChange
from ...domain.duplicates import Verdict
from ...domain.errors import Conflict, NotFound
from ...domain.permissions import Action
from ..access import Access, entity_of
from ..relocating import begun
from .accepting import gone


class Decision:
    """One decision of one account, as a change of the history."""

    def __init__(self, access: Access, verdict: Verdict, ids: Sequence[int]) -> None:
        self._access = access
        self._verdict = verdict
        self._ids = sorted(set(ids))
        self._batch = begun(ChangeKind.COMPARED, access.account.user_id)

    def names(self, tx: Tx) -> dict[int, str]:
        """The public ids, as long as the media are there."""
        return {key: media.public_id for key, media in rows.by_ids(tx, self._ids).items()}

    def write(self, tx: Tx, names: dict[int, str]) -> Change:
        """Store it; nobody deletes one of them meanwhile.

        Raises NotFound, Forbidden, and Conflict where somebody took one away.
        """
        for public_id in sorted(names.values()):
            rows.hold(tx, public_id)
        parts = []
        for key in self._ids:
            name = names.get(key)
            media = None if name is None else rows.by_public_id(tx, name)
            if media is None:
                raise _gone(tx, name)
            ref = entity_of(media)
            self._access.require(Action.EDIT, ref, tx)
            what = {"decision": self._verdict.value}
            parts.append(MediaChange(media.public_id, ref, {"decision": None}, what))
        change = changes.add(tx, replace(self._batch, media=tuple(parts)))
        members = decisions.tokens(tx, list(names.values()))
        at = datetime.now(UTC)
        decisions.add(tx, self._verdict, members, change.account, at, change.id or 0)
        return change


def _gone(tx: Tx, public_id: str | None) -> NotFound | Conflict:
    kept = None if public_id is None else trash.get(tx, public_id)
    if kept is None:
        return NotFound("no_media", "One of these media is no longer in the library.")
    return gone(tx, kept.media)
