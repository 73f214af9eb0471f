"""Carries a merge out: the keeper gets what was said, the others go to the trash, all or nothing.

Whoever decides on the same media waits for the rows; the second finds the keeper gone or another
decision, and is told who was faster.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from ...database import changes, decisions, media_edits
from ...database import media as rows
from ...database.decisions import Member
from ...database.engine import Tx
from ...database.moves import Pairs
from ...domain.changes import Change, ChangeKind, MediaChange
from ...domain.duplicates import Merge, Verdict
from ...domain.errors import Conflict, NotFound
from ...domain.media import Media
from ...domain.permissions import Action
from ...storage import ObjectStore
from .. import wishes
from ..access import Access, entity_of
from ..overtaken import name_of
from ..trash import Deletion
from .merging import MOVED, planned
from .settled import Settled

#: What a media gave to a merge, as it was seen.
_GAVE: Final = (
    "alt_text", "caption", "tags", "is_primary", "sort_order", "entity_type", "entity_id",
    "entity_field",
)  # fmt: skip


class Merging:
    """An ``EditTogether``: one part of a merge; the keeper is written with the first."""

    kind = ChangeKind.MERGED

    def __init__(self, access: Access, merge: Merge, part: Sequence[Media], is_first: bool) -> None:
        self._access = access
        self._merge = merge
        self._part = part
        self._is_first = is_first
        keeper = merge.keeper.public_id
        heirs = {(each.entity, each.field): each.public_id for each in merge.heirs}
        field = merge.slot or merge.keeper.entity_field
        kept: dict[str, dict[str, Any]] = {}
        for each in merge.trashed:
            ref = entity_of(each)
            home = (ref, each.entity_field) == (entity_of(merge.keeper), field)
            heir = keeper if home else heirs.get((ref, each.entity_field or ""))  # type: ignore[arg-type]
            kept[each.public_id] = {} if heir is None else {"heir": heir}
        together = frozenset(kept)
        self._deletion = Deletion(access, together, ChangeKind.MERGED, kept)
        self._tokens: list[decisions.Token] = []
        #: The keeper alone: of media that get a role, their field is locked.
        self.beside = (keeper,)

    def check(self, tx: Tx) -> None:
        """Raise Conflict, naming who, where somebody else decided on one of these meanwhile."""
        keeper = self._merge.keeper
        # One look at all: before they are held, somebody may write between two.
        there = rows.by_ids(tx, [keeper.id, *(each.id for each in self._part)])
        now = {each.public_id: each for each in there.values()}
        for each in (keeper, *self._part):
            if each.public_id not in now:
                raise gone(tx, each)
        for each in self._part:
            if any(getattr(now[each.public_id], n) != getattr(each, n) for n in _GAVE):
                raise _changed(tx, each)
        self._tokens = decisions.tokens(tx, [keeper.public_id, *_ids(self._part)])
        refuse_settled(tx, keeper.public_id, self._tokens)

    def look(self, tx: Tx, public_id: str) -> Media:
        """One of those that go, if the account may delete it; Conflict where it went just now."""
        try:
            return self._deletion.look(tx, public_id)
        except NotFound:
            (media,) = (each for each in self._part if each.public_id == public_id)
            raise gone(tx, media) from None

    def pairs(self, media: Media, store: ObjectStore) -> Pairs:
        """All into the private area."""
        return self._deletion.pairs(media, store)

    def begin(self, tx: Tx) -> list[MediaChange]:
        """Write the keeper as it was said, if that is still what a merge comes to."""
        if not self._is_first:
            return []
        merge, public_id = self._merge, self._merge.keeper.public_id
        keeper, ref = self._access.media(tx, public_id, Action.EDIT)
        chosen = frozenset(each.id for each in merge.trashed)
        now = planned(tx, keeper, merge.trashed, chosen)
        said = replace(merge, last=frozenset())
        if any(getattr(now, name) != getattr(said, name) for name in MOVED):
            raise _changed(tx, merge.keeper)
        row = media_edits.rows(tx, [public_id])[public_id]
        wanted = wishes.differing(row, _wanted(merge, keeper))
        lacking = media_edits.missing(tx, wanted)
        wanted = {name: value for name, value in wanted.items() if name not in lacking}
        media_edits.write(tx, {row.id: wanted}, datetime.now(UTC))
        part = wishes.part_of(row, wanted)
        return [replace(part, entity=ref, after=part.after | {"merged": len(merge.trashed)})]

    def write(self, tx: Tx, media: Media, columns: dict[str, Any]) -> list[MediaChange]:
        """Move one to the trash; its role passes to whom it was said."""
        first, *asides = self._deletion.write(tx, media, columns)
        into = {"into": self._merge.keeper.public_id}
        return [replace(first, after=first.after | into), *asides]

    def end(self, tx: Tx, change: Change) -> None:
        """Remember that they are the same."""
        at, number = datetime.now(UTC), change.id or 0
        decisions.add(tx, Verdict.SAME, self._tokens, change.account, at, number)


def refuse_settled(tx: Tx, public_id: str, tokens: Sequence[decisions.Token]) -> None:
    """Raise Conflict ``decided`` where somebody decided that one of them stays beside it."""
    settled = Settled(decisions.around(tx, tokens))
    keeper = public_id, dict(tokens).get(public_id)
    for each in tokens:
        if each != keeper and (found := settled.between(keeper, each)) is not None:
            raise _decided(tx, found, (public_id, each[0]))


def gone(tx: Tx, media: Media) -> Conflict:
    """Say who took a media away, and in favour of what."""
    for change in reversed(changes.history(tx, media.public_id)):
        after = change.media[0].after
        if after.get("trashed") or after.get("purged"):
            into = after.get("into")
            kept = None if into is None else rows.by_public_id(tx, str(into))
            what = "was deleted" if kept is None else f"was merged into “{kept.original_filename}”"
            return _conflict(f"“{media.original_filename}” {what} by {name_of(tx, change.account)}")
    return _conflict(f"“{media.original_filename}” was deleted on the platform")


def _decided(tx: Tx, found: Member, pair: Iterable[str]) -> Conflict:
    there = [rows.by_public_id(tx, each) for each in pair]
    names = " and ".join(f"“{each.original_filename}”" for each in there if each is not None)
    distinct = found.verdict is Verdict.DISTINCT
    what = "are not duplicates" if distinct else "both stay"
    return _conflict(f"{name_of(tx, found.account)} decided that {names} {what}", "decided")


def _changed(tx: Tx, media: Media) -> Conflict:
    history = changes.history(tx, media.public_id)
    who = f" by {name_of(tx, history[-1].account)}" if history else ""
    return _conflict(f"“{media.original_filename}”, or what lies beside it, was changed{who}")


def _conflict(what: str, code: str = "overtaken") -> Conflict:
    return Conflict(code, f"{what} meanwhile, so nothing was done. Look at the group again.")


def _wanted(merge: Merge, keeper: Media) -> dict[str, Any]:
    """The keeper's columns; the primary role comes with the one that had it, or is set here."""
    wanted: dict[str, Any] = {}
    if merge.tags:
        wanted["tags"] = [*keeper.tags, *merge.tags]
    for name in ("alt_text", "caption", "sort_order"):
        if getattr(merge, name) is not None:
            wanted[name] = getattr(merge, name)
    if merge.slot is not None:
        wanted["entity_field"] = merge.slot
    field = merge.slot or keeper.entity_field
    if merge.becomes_primary and not any(
        each.is_primary and each.entity_field == field for each in merge.trashed
    ):
        wanted["is_primary"] = True
    return wanted


def _ids(media: Iterable[Media]) -> list[str]:
    return [each.public_id for each in media]
