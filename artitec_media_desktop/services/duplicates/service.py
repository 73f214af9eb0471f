"""What a person does in a clean-up session."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ...database import signatures
from ...database.engine import Database
from ...domain.changes import Change, ChangeKind, Failure, Stopped, merged
from ...domain.duplicates import (
    DEFAULT_RULES,
    Difference,
    Group,
    Likeness,
    Merge,
    Reason,
    Report,
    Rule,
    Scope,
    Verdict,
)
from ...domain.errors import Cancelled, MediaError, Permanent
from ...domain.media import Media
from ...domain.permissions import Action
from ...domain.work import Unwatched, Work
from ..access import Access
from ..relocating import Relocating, begun

if TYPE_CHECKING:
    from .comparing import Comparison
    from .grouping import Grouping

#: So many go to the trash in one transaction: their objects are copied before it.
_AT_ONCE: Final = 50


class DuplicateService:
    """Finds duplicates, and carries out what is decided about them."""

    def __init__(self, database: Database, access: Access, relocating: Relocating) -> None:
        self._database = database
        self._access = access
        self._relocating = relocating

    def compare(self, scope: Scope, work: Work | None = None) -> "Comparison":
        """Find what is alike among the live media of a scope, to 10 bits; links are left out.

        Raises Forbidden for an account that is not active, Cancelled, and as the database.
        """
        from .comparing import compare

        self._access.require(Action.VIEW, None)
        return compare(self._database, scope, work or Unwatched())

    def refreshed(
        self, comparison: "Comparison", ids: Collection[int] | None = None
    ) -> "Comparison":
        """The comparison with these media (None: all that are in a group) as they are now.

        Every decision counts that was made or taken back since; nothing is compared anew.
        """
        from .comparing import refreshed

        return refreshed(self._database, comparison, ids)

    def preview(
        self,
        group: Group,
        keeper_id: int | None = None,
        trash_ids: Collection[int] | None = None,
        rules: Sequence[Rule] = DEFAULT_RULES,
    ) -> Merge:
        """Exactly what ``accept`` would do. ``keeper_id`` of None is the suggested one.

        Without ``trash_ids`` those go that lie at the keeper's place; of a series none. Raises
        Conflict or NotFound where the keeper is gone; others that are gone are left out.
        """
        from .merging import planned, read

        wanted = group.keeper if keeper_id is None else keeper_id
        chosen = None if trash_ids is None else frozenset(trash_ids) - {wanted}
        if chosen is None and group.kind is Likeness.SERIES:
            chosen = frozenset()
        with self._database.read() as tx:
            media = read(tx, group.ids)
            keeper = next((each for each in media if each.id == wanted), None)
            if keeper is None:
                raise Permanent("no_media", "The media that was to be kept is gone. Compare again.")
            others = [each for each in media if each.id != wanted]
            return planned(tx, keeper, others, chosen, rules)

    def differences(self, media: Sequence[Media]) -> tuple[Difference, ...]:
        """The rows of the table of what differs."""
        from .differing import differences

        return differences(media)

    def orientations(self, keeper_id: int, ids: Sequence[int]) -> dict[int, int]:
        """Those of these media that are a turned or mirrored copy of the keeper, and how.

        To lie as it does: 4 exchanges rows and columns, then 2 mirrors from left to right, then 1
        upside down; sums of these. Raises as the database.
        """
        from .turning import orientations

        with self._database.read() as tx:
            return orientations(keeper_id, signatures.of(tx, sorted({keeper_id, *ids})))

    def why(
        self, media: Sequence[Media], rules: Sequence[Rule] = DEFAULT_RULES
    ) -> tuple[Reason, ...]:
        """Why the first of these is kept rather than the others."""
        from .differing import reasons

        return reasons(media[0], media[1:], rules)

    def accept(self, merge: Merge, work: Work | None = None) -> Change:
        """Carry a merge out, as one change of the history.

        Raises Conflict, which names who, where somebody changed or decided on one of these since
        it was looked at; Forbidden; Permanent ``nothing_to_merge``; as the database and the
        storage. ``failed`` of the change is as for ``TrashService.delete``.
        """
        if merge.is_nothing:
            raise Permanent("nothing_to_merge", "Nothing of this group goes to the trash.")
        batch = begun(ChangeKind.MERGED, self._access.account.user_id)
        return self._merged(merge, batch, work or Unwatched())

    def accept_all(
        self,
        grouping: "Grouping",
        indexes: Sequence[int] | None = None,
        work: Work | None = None,
        dry_run: bool = False,
        across: bool = False,
    ) -> Report:
        """Accept the suggestion of each group (None: of all), as one change of the history.

        What lies at another place than its keeper goes only ``across``. A group that can't be
        merged is reported and does not stop the others, unless database or storage are out of
        reach. A ``dry_run`` changes nothing. Raises Stopped between two groups.
        """
        from .reporting import Session

        work = work or Unwatched()
        batch = begun(ChangeKind.MERGED, self._access.account.user_id)
        session = Session(batch)
        wanted = range(grouping.count) if indexes is None else indexes
        for done, index in enumerate(wanted):
            try:
                work.check_cancelled()
            except Cancelled:
                raise Stopped(session.change, len(wanted)) from None
            work.progress(done, len(wanted))
            if not self._goes_on(grouping.group(index), session, work, dry_run, across):
                break
        work.progress(len(wanted), len(wanted))
        return session.report(dry_run)

    def not_duplicates(self, ids: Sequence[int]) -> Change:
        """Remember, for everyone, that no two of these media are duplicates.

        Nor is what is the same as one of them. Raises NotFound, Conflict, Forbidden.
        """
        return self._decided(Verdict.DISTINCT, ids)

    def keep_both(self, ids: Sequence[int]) -> Change:
        """Remember, for everyone, that these all stay; raises as ``not_duplicates``."""
        return self._decided(Verdict.KEPT, ids)

    def _goes_on(
        self, group: Group, session: "Session", work: Work, dry_run: bool, across: bool
    ) -> bool:
        """Deal with one of many; whether the next is worth trying."""
        if group.kind is Likeness.SERIES or not (group.freed or across):
            session.pass_over()
            return True
        try:
            merge = self.preview(group, None, group.others if across else None)
        except MediaError as error:
            session.fail_group(error)
            return isinstance(error, Permanent)
        if merge.is_nothing or dry_run:
            session.add(merge, None)
            return True
        try:
            change = self._merged(merge, session.change, work)
        except MediaError as error:
            session.fail(merge, error)
            return isinstance(error, Permanent) or error.code == "moving"
        session.add(merge, change)
        return True

    def _merged(self, merge: Merge, batch: Change, work: Work) -> Change:
        """As a part of the change ``batch``; returns that part, with the batch's number."""
        from .accepting import Merging

        first = sorted(merge.trashed, key=lambda each: not each.is_primary)
        done: list[Change] = []
        failed: list[Failure] = []
        for start in range(0, len(first), _AT_ONCE):
            part = first[start : start + _AT_ONCE]
            names = [each.public_id for each in part]
            edit = Merging(self._access, merge, part, not start)
            try:
                change = self._relocating.together(edit, names, batch)
            except MediaError as error:
                if not done:
                    raise
                failed += [Failure(each.public_id, error) for each in first[start:]]
                break
            batch = replace(batch, id=change.id)
            done.append(change)
            failed += change.failed
            work.progress(start + len(part), len(first))
        media = merged(each for change in done for each in change.media)
        return replace(batch, media=media, failed=tuple(failed))

    def _decided(self, verdict: Verdict, ids: Sequence[int]) -> Change:
        from .deciding import Decision

        decision = Decision(self._access, verdict, ids)
        with self._database.read() as tx:
            names = decision.names(tx)
        return self._database.retrying(lambda tx: decision.write(tx, names))


if TYPE_CHECKING:
    from .reporting import Session
