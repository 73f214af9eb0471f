"""The history as a person reads it: who did what, where, and whether it can be taken back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from ..database import accounts, activity, entities, reviews, trash
from ..database.activity import Parts
from ..database.engine import Database, Tx
from ..domain.activity import PICTURED, Activity, ActivityMedia, ActivityPage, ActivityQuery
from ..domain.changes import FINAL, ChangeKind
from ..domain.entities import Entity, EntityRef
from ..domain.errors import NotFound
from ..domain.media import Media, MediaType, ModerationStatus
from ..domain.moderation import OTHER, Look, Policy, Record, why
from ..domain.permissions import ALLOWED, Account, Action, Decision, Role
from .access import Access

#: Of the places of an entry, so many are named.
_NAMED: Final = 2
#: What is on record as a decision.
_REVIEWED: Final = frozenset({ChangeKind.MODERATED.value, ChangeKind.UNDONE.value})


class ActivityService:
    """Reads only; every call is one short transaction. Whoever may look may read all of it."""

    def __init__(
        self, database: Database, access: Access, policy: Callable[[], Policy] = Policy
    ) -> None:
        """``policy`` knows the reasons of decisions by their codes."""
        self._database = database
        self._access = access
        self._policy = policy

    def page(
        self, query: ActivityQuery, limit: int = 200, before: int | None = None
    ) -> ActivityPage:
        """The next changes, newest first; ``Activity.takes`` says which are one entry.

        Every word of the query is in the name of who did it, of a place or of a media, or in a
        public id. Raises Forbidden for an account that is not active.
        """
        self._access.require(Action.VIEW, None)
        me = self._access.account
        with self._database.read() as tx:
            found, more = activity.page(tx, query, me.user_id, limit, before)
            parts = activity.parts(tx, [each.id for each in found])
            undone = [each.id for each in found if each.undone_at is not None]
            around = _Around(tx, parts, activity.undoers(tx, undone), found)
            decided = reviews.of_changes(tx, [each.id for each in found if each.kind in _REVIEWED])
            items = tuple(self._item(each, parts[each.id], around, me) for each in found)
        policy = self._policy() if decided else Policy()
        told = (_with_reason(each, decided.get(each.changes[0], ()), policy) for each in items)
        return ActivityPage(tuple(told), more)

    def why(self, change_id: int) -> str:
        """For which reason a change decided; empty where there is none, or not one for all."""
        with self._database.read() as tx:
            decided = reviews.of_changes(tx, [change_id])
        return _why(decided.get(change_id, ()), self._policy()) if decided else ""

    def media(self, public_id: str) -> Media:
        """A media in the library or in the trash. Raises NotFound ``no_media``."""
        with self._database.read() as tx:
            found = trash.live_or_deleted(tx, public_id)
        if found is None:
            raise NotFound("no_media", f"There is no media “{public_id}” in the library.")
        return found

    def _item(self, row: Any, did: Parts, around: "_Around", me: Account) -> Activity:
        kind = ChangeKind(row.kind)
        media = [around.media_of(*each) for each in did.sample]
        kinds = {each.media_type for each in media}
        undoer = around.undoers.get(row.id)
        return Activity(
            changes=(row.id,),
            kind=kind,
            account=row.account,
            by=around.people[row.account],
            at=row.at,
            since=row.at,
            count=did.count,
            media=tuple(media[:PICTURED]),
            only_images=len(media) == did.count and kinds == {MediaType.IMAGE},
            places=around.places_of(did),
            place_count=did.place_count,
            columns=frozenset(name for _, after in did.sample for name in after),
            status=_status(after for _, after in did.sample),
            undone_at=row.undone_at,
            undone_by=None if undoer is None else around.people[undoer],
            may_undo=self._may_undo(row, kind, me),
        )

    def _may_undo(self, row: Any, kind: ChangeKind, me: Account) -> Decision:
        if row.undone_at is not None:
            return Decision(False, "This is undone already.")
        if kind is ChangeKind.PURGED:
            return Decision(False, "This was for good: nothing is left to put back.")
        if kind in FINAL:
            return Decision(False, "An undoing can't be undone. Do again what it took back.")
        if row.account != me.user_id and me.role is not Role.ADMIN:
            return Decision(False, "Only who made a change, or an admin, can undo it.")
        reason = self._access.read_only
        return Decision(False, reason) if reason else ALLOWED


def _status(written: Iterable[dict[str, Any]]) -> ModerationStatus | None:
    """What was decided, where it is the same for all."""
    found = {after.get("moderation_status") for after in written}
    value = found.pop() if len(found) == 1 else None
    return ModerationStatus(value) if value in set(ModerationStatus) else None


def _with_reason(entry: Activity, records: Sequence[Record], policy: Policy) -> Activity:
    """With what is on record of a decision, as far as it is the same for all."""
    if not records:
        return replace(entry, status=None) if entry.kind is ChangeKind.UNDONE else entry
    again = all(each.look is not Look.FIRST and each.rule is None for each in records)
    same = again and all(each.before is each.after for each in records)
    return replace(entry, why=_why(records, policy), second_look=again, confirmed=same)


def _why(records: Sequence[Record], policy: Policy) -> str:
    """In one line. Notes are for moderators, except where they are all there is to say."""
    said = {why(e.reason, e.note if e.reason == OTHER else None, policy) for e in records}
    return said.pop() if len(said) == 1 else ""


class _Around:
    """What a page of changes names: people, places, media, in one query each."""

    def __init__(
        self, tx: Tx, parts: dict[int, Parts], undoers: dict[int, str], found: list[Any]
    ) -> None:
        self.undoers = undoers
        ids = {each.account for each in found} | set(undoers.values())
        self.people = {each: accounts.by_user_id(tx, each) for each in ids}
        refs: set[EntityRef] = {ref for each in parts.values() for ref in each.places}
        self._entities = entities.many(tx, refs)
        names = {public_id for each in parts.values() for public_id, _ in each.sample}
        self._media = activity.media(tx, names)

    def media_of(self, public_id: str, after: dict[str, Any]) -> ActivityMedia:
        """One media; of one that is gone for good, what its upload says."""
        known = self._media.get(public_id)
        name = after.get("filename")
        return known or ActivityMedia(public_id, str(name or public_id), None)

    def places_of(self, did: Parts) -> tuple[Entity, ...]:
        """The first places that are still there."""
        there = [self._entities[ref] for ref in did.places if ref in self._entities]
        return tuple(there[:_NAMED])
