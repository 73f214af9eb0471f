"""Reverses stored changes, after a restart too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from ..database import changes, decisions, media_edits
from ..database.engine import Database, Tx
from ..database.media_edits import Row
from ..domain.changes import Change, ChangeKind, Failure, MediaChange, Stopped, merged
from ..domain.errors import Conflict, Forbidden, NotFound, Transient
from ..domain.permissions import Role
from ..domain.work import Work
from .access import Access
from .moderation.taking_back import TakingBack
from .overtaken import changed_by
from .relocating import Relocating, begun, raise_if_none
from .rewriting import OF_OBJECTS, Rewriting
from .trash import Deletion, Restoration
from .undoing_merges import Remerging, keepers, merge_before, turn_back
from .wishes import PLACE, Wish
from .wording import Wording

#: What a part holds besides columns of the row.
_MARKS: Final = frozenset({"trashed", "heir", "keys", "purged", "into", "merged", "decision"})
#: Their undoing deals itself with those that the role passed to or from.
_OF_TRASH: Final = frozenset({ChangeKind.TRASHED, ChangeKind.RESTORED, ChangeKind.UPLOADED})


class UndoService:
    """Undoes what one's own account did; an admin may undo what others did."""

    def __init__(self, database: Database, access: Access, relocating: Relocating) -> None:
        self._database = database
        self._access = access
        self._relocating = relocating
        self._wording = Wording(database, access)

    def last(self, *, uploads: bool = True) -> Change | None:
        """What ``undo`` would reverse; None for nothing. Without ``uploads`` those are passed over.

        Every file is an upload of its own, so that a key would delete what was added just now.
        """
        with self._database.read() as tx:
            number = changes.last_of(tx, self._access.account.user_id, uploads)
            found = None if number is None else changes.get(tx, number)
        return None if found is None else found[0]

    def undo(self, change_id: int | None = None, work: Work | None = None) -> Change:
        """Reverse a change, or the last of this account that is not undone; an upload is deleted.

        What somebody else has written since is left, and ``failed`` of what is returned says so
        with a Conflict that names who. The undoing is a change of the history itself, which can't
        be undone. It may be repeated where it was interrupted.

        Raises NotFound ``nothing_to_undo``, Forbidden, Conflict ``undone_already`` and
        ``for_good``; the first error where nothing could be reversed; Stopped.
        """
        return self._reverse(self._find(change_id), ChangeKind.UNDONE, work)

    def undo_uploads(self, change_ids: Sequence[int], work: Work | None = None) -> Change:
        """Delete what many uploads of one account added, as one undoing.

        Each is left or taken back by itself, as ``undo`` leaves and raises.
        """
        found = [self._find(each) for each in sorted(change_ids)]
        uploads = [each for each in found if each.kind is ChangeKind.UPLOADED]
        if not uploads:
            raise NotFound("nothing_to_undo", "There is nothing to undo.")
        media = merged(part for each in uploads for part in each.media)
        together = replace(uploads[0], media=media)
        return self._reverse(together, ChangeKind.UNDONE, work, uploads)

    def redo(self, undoing_id: int, kind: ChangeKind, work: Work | None = None) -> Change:
        """Reverse an undoing: what it took back is done again, as a change of its first ``kind``.

        As ``undo`` leaves what somebody else has written since, and raises.
        """
        change = self._find(undoing_id, may_be=ChangeKind.UNDONE)
        return self._reverse(change, kind, work)

    def _reverse(
        self,
        change: Change,
        kind: ChangeKind,
        work: Work | None,
        parts: Sequence[Change] = (),
    ) -> Change:
        """``parts`` are the stored changes where they are reversed together."""
        batch = begun(kind, self._access.account.user_id)
        sorted_out = self._sorted(change, kind)
        done: list[MediaChange] = []
        failed: list[Failure] = []
        for act, ids in self._steps(change, sorted_out, kind):
            if ids:
                try:
                    part = act(ids, batch, work)
                except Stopped as stopped:
                    so_far = merged([*done, *stopped.change.media])
                    told = replace(stopped.change, media=so_far)
                    raise Stopped(told, len(change.media)) from None
                batch = replace(batch, id=part.id)
                done += part.media
                failed += part.failed
        result = replace(batch, media=merged(done), failed=self._explained(failed))
        if result.failed and not result.media:
            raise_if_none(result, [each.public_id for each in result.failed])
        if kind is ChangeKind.MERGED and result.media:
            self._decide_again(change, result)
        self._close(parts or [change], result)
        return result

    def _find(self, change_id: int | None, may_be: ChangeKind | None = None) -> Change:
        account = self._access.account
        with self._database.read() as tx:
            number = changes.last_of(tx, account.user_id) if change_id is None else change_id
            found = None if number is None else changes.get(tx, number)
        if found is None:
            raise NotFound("nothing_to_undo", "There is nothing to undo.")
        change, undone_at = found
        if change.account != account.user_id and account.role is not Role.ADMIN:
            raise Forbidden("not_allowed", "Only who made a change, or an admin, can undo it.")
        if undone_at is not None:
            raise Conflict("undone_already", f"Change {change.id} is undone already.")
        if change.is_final and change.kind is not may_be:
            raise Conflict("for_good", f"Change {change.id} can't be undone: it was for good.")
        return change

    def _sorted(self, change: Change, kind: ChangeKind) -> "_Parts":
        decides = ChangeKind.MODERATED in (change.kind, kind)
        with self._database.read() as tx:
            live = media_edits.rows(tx, [each.public_id for each in change.media])
        parts = _Parts()
        for each in change.media:
            is_live = each.public_id in live
            if change.kind is ChangeKind.UPLOADED:
                parts.delete.append(each)
            elif each.after.get("trashed") is True and not is_live:
                parts.restore.append(each)
            elif each.after.get("trashed") is False and is_live:
                parts.delete.append(each)
            elif "decision" in each.after:
                parts.decide.append(each)
            elif decides and "moderation_status" in each.after:
                parts.review.append(each)
            elif decides:
                continue  # the role passed to or from it, and does so with the decision
            elif change.kind in _OF_TRASH or "trashed" in each.after or not _columns(each.after):
                continue
            elif OF_OBJECTS & set(each.after):
                parts.rewrite.append(each)
            else:
                parts.write.append(each)
        return parts

    def _steps(
        self, change: Change, parts: "_Parts", kind: ChangeKind
    ) -> Sequence[tuple[Any, list[str]]]:
        access = self._access
        deleted = frozenset(_ids(parts.delete))
        kept = {each.public_id: each.before for each in parts.delete}
        restoration = Restoration(access, kind, change.id)
        deletion = Deletion(access, deleted, kind, kept, change.id)
        plan = _Reversal(change)
        rewriting = Rewriting(access, kind, plan, _ids(parts.rewrite))
        delete: Any = deletion
        if change.kind is ChangeKind.UPLOADED:
            delete = _Unadded(deletion, change)
        elif kind is ChangeKind.MERGED and parts.delete:
            delete = Remerging(deletion, self._kept_before(change))

        def carry_out(edit: Any) -> Any:
            return lambda ids, batch, work: self._relocating.each(edit, ids, batch, work)

        return (
            (carry_out(restoration), _ids(parts.restore)),
            (carry_out(delete), _ids(parts.delete)),
            (carry_out(rewriting), _ids(parts.rewrite)),
            (carry_out(TakingBack(access, change, kind)), _ids(parts.review)),
            (
                lambda ids, batch, work: self._wording.each(plan, ids, batch, work),
                _ids(parts.write),
            ),
            (
                lambda ids, batch, work: self._database.retrying(
                    lambda tx: turn_back(tx, access, parts.decide, batch, change)
                ),
                _ids(parts.decide),
            ),
        )

    def _kept_before(self, undoing: Change) -> dict[str, str]:
        """What was kept of a merge that is done again, by what was merged into it."""
        with self._database.read() as tx:
            return keepers(merge_before(tx, undoing))

    def _decide_again(self, undoing: Change, result: Change) -> None:
        """What is merged once more is the same once more."""

        def decide(tx: Tx) -> None:
            merge = merge_before(tx, undoing)
            if merge is not None and merge.id is not None and result.id is not None:
                at = datetime.now(UTC)
                decisions.repeat(tx, merge.id, result.id, result.account, at)

        self._database.retrying(decide)

    def _explained(self, failed: Sequence[Failure]) -> tuple[Failure, ...]:
        """Say who deleted or put back what is not where it was looked for any more."""
        result = []
        with self._database.read() as tx:
            live = media_edits.rows(tx, [each.public_id for each in failed])
            for each in failed:
                if isinstance(each.error, NotFound) and each.error.code == "no_media":
                    who = changed_by(tx, each.public_id, {"trashed", "purged"})
                    what = "put back" if each.public_id in live else "deleted"
                    sentence = f"{each.public_id} was {what} {who} since, so that was left."
                    result.append(Failure(each.public_id, Conflict("overtaken", sentence)))
                else:
                    result.append(each)
        return tuple(result)

    def _close(self, reversed_ones: Sequence[Change], result: Change) -> None:
        """Mark them as undone, except where what is left may yet be."""
        passing = {
            each.public_id
            for each in result.failed
            if isinstance(each.error, Transient) and each.public_id not in result.public_ids
        }
        alone = len(reversed_ones) == 1
        # Of uploads that go together, one that stays was not undone.
        stays = passing if alone else {e.public_id for e in result.failed} - set(result.public_ids)
        at = datetime.now(UTC)
        numbers = [
            each.id
            for each in reversed_ones
            if each.id is not None and stays.isdisjoint(part.public_id for part in each.media)
        ]
        if numbers:

            def mark(tx: Tx) -> None:
                changes.mark_undone(tx, numbers, at)
                decisions.mark_undone(tx, numbers, at)

            self._database.retrying(mark)


@dataclass(slots=True)
class _Parts:
    """A change's parts by what undoes them."""

    restore: list[MediaChange]
    delete: list[MediaChange]
    rewrite: list[MediaChange]
    write: list[MediaChange]
    decide: list[MediaChange]
    review: list[MediaChange]

    def __init__(self) -> None:
        self.restore, self.delete, self.rewrite, self.write = [], [], [], []
        self.decide, self.review = [], []


class _Reversal:
    """A ``Plan``: every column as it was, where it still is as the change left it."""

    def __init__(self, change: Change) -> None:
        self._parts = {each.public_id: each for each in change.media}
        role = {each.public_id: each for each in change.media if "is_primary" in each.after}
        self._risen = {name for name, each in role.items() if each.after["is_primary"]}
        self._fallen = role.keys() - self._risen

    def __call__(self, tx: Tx, row: Row) -> Wish:
        part = self._parts[row.public_id]
        wanted, expected = _columns(part.before), _columns(part.after)
        keys = dict(zip(part.after.get("keys", ()), part.before.get("keys", ()), strict=False))
        heir = None
        if set(PLACE) & set(wanted) and row.values["is_primary"]:
            fallen = media_edits.rows(tx, self._fallen).values()
            place = (row.entity, row.field)
            heir = next((e.public_id for e in fallen if (e.entity, e.field) == place), None)
        return Wish(
            wanted,
            expected,
            keys=keys,
            role_from=self._risen,
            heir=heir,
            # Nobody had the role there before the change gave it to this one.
            passes_on=heir is not None or row.public_id not in self._risen,
        )


class _Unadded:
    """Deletes an upload, unless somebody else has worked on it since."""

    def __init__(self, deletion: Deletion, change: Change) -> None:
        self.kind = deletion.kind
        self.pairs = deletion.pairs
        self.write = deletion.write
        self._deletion = deletion
        self._change = change

    def look(self, tx: Tx, public_id: str) -> Any:
        """As ``Deletion.look``; raise Conflict where it is another's work too."""
        media = self._deletion.look(tx, public_id)
        for each in changes.standing(tx, public_id, self._change.id or 0):
            if each.account != self._change.account:
                who = changed_by(tx, public_id, set(each.media[0].after))
                raise Conflict(
                    "overtaken",
                    f"“{media.original_filename}” was changed {who} since it was added, so it "
                    "stays. Delete it if it is to go.",
                )
        return media


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in _MARKS}


def _ids(parts: Sequence[MediaChange]) -> list[str]:
    return [each.public_id for each in parts]
