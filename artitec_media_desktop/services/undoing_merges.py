"""What undoing a merge, or a decision about duplicates, has to deal with besides the rows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ..database import changes, decisions
from ..database import media as rows
from ..database.engine import Tx
from ..domain.changes import Change, ChangeKind, MediaChange
from ..domain.duplicates import Verdict
from ..domain.errors import Conflict
from ..domain.permissions import Action
from .access import Access, entity_of
from .trash import Deletion


class Remerging:
    """An ``Edit``: deletes once more what a merge had deleted, as long as its keeper is there."""

    def __init__(self, deletion: Deletion, into: dict[str, str]) -> None:
        """``into`` are the keepers by what was merged into them."""
        self.kind = deletion.kind
        self.pairs = deletion.pairs
        self._deletion = deletion
        self._into = into

    def look(self, tx: Tx, public_id: str) -> Any:
        """As ``Deletion.look``; raise Conflict where the one that was kept is gone."""
        keeper = self._into[public_id]
        rows.hold(tx, keeper)
        media = self._deletion.look(tx, public_id)
        if rows.by_public_id(tx, keeper) is None:
            raise Conflict(
                "overtaken",
                f"{keeper}, which was kept of this group, was deleted since, so "
                f"“{media.original_filename}” stays.",
            )
        return media

    def write(self, tx: Tx, media: Any, columns: dict[str, Any]) -> list[MediaChange]:
        """As ``Deletion.write``; the history says again what it was merged into."""
        first, *asides = self._deletion.write(tx, media, columns)
        into = {"into": self._into[media.public_id]}
        return [replace(first, after=first.after | into), *asides]


def merge_before(tx: Tx, undoing: Change) -> Change | None:
    """The merge that an undoing took back."""
    for part in undoing.media:
        if part.after.get("trashed") is False:
            for each in reversed(changes.history(tx, part.public_id)):
                if each.kind is ChangeKind.MERGED and (each.id or 0) < (undoing.id or 0):
                    found = changes.get(tx, each.id or 0)
                    return None if found is None else found[0]
    return None


def keepers(merge: Change | None) -> dict[str, str]:
    """What was kept, by what was merged into it."""
    parts = () if merge is None else merge.media
    return {each.public_id: each.after["into"] for each in parts if "into" in each.after}


def turn_back(
    tx: Tx, access: Access, parts: Sequence[MediaChange], batch: Change, undone: Change
) -> Change:
    """Take a decision back, or make it once more, as a change of the history.

    Raises Conflict ``undone_already`` where somebody else has done so at this moment.
    """
    number = undone.id or 0
    if changes.is_undone(tx, number):
        raise Conflict("undone_already", f"Change {number} is undone already.")
    turned = []
    for each in parts:
        media = rows.by_public_id(tx, each.public_id)
        if media is not None:
            access.require(Action.EDIT, entity_of(media), tx)
        turned.append(replace(each, before=each.after, after=each.before))
    change = changes.add(tx, replace(batch, media=tuple(turned)))
    at = datetime.now(UTC)
    changes.mark_undone(tx, [number], at)
    verdict = turned[0].after.get("decision")
    if verdict is None:
        decisions.mark_undone(tx, [number], at)
    else:
        tokens = decisions.tokens(tx, [each.public_id for each in turned])
        decisions.add(tx, Verdict(verdict), tokens, change.account, at, change.id or 0)
    return change
