"""Decisions that are taken back, or taken once more, as ``Relocating`` carries that out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from ...database import media as rows
from ...database import reviews, second_looks
from ...database.engine import Tx
from ...database.moves import Pairs
from ...domain.changes import Change, ChangeKind, MediaChange
from ...domain.media import Media, ModerationStatus
from ...domain.moderation import Look, Record, Rule
from ...domain.permissions import Action
from ...storage import ObjectStore
from .. import roles
from ..access import Access, entity_of
from ..areas import pairs_of
from ..overtaken import overtaken
from .deciding import SECOND_LOOK, close, know, record_of


@dataclass(frozen=True, slots=True)
class _Found:
    """A media whose decision is reversed.

    ``mine`` is the record that is reversed, ``again`` the one that is made once more, ``reason`` is
    what it was rejected for before. ``is_done`` where an interrupted undoing came so far.
    """

    media: Media
    target: ModerationStatus
    mine: Record | None
    again: Record | None
    reason: str | None
    is_done: bool


class TakingBack:
    """An ``EditTogether`` of one media at a time; see ``UndoService``.

    Undoing puts a record of rule UNDO beside the decision; doing it again is a decision like the
    first, by who does it.
    """

    beside: Sequence[str] = ()

    def __init__(self, access: Access, change: Change, kind: ChangeKind) -> None:
        """``change`` is what is reversed: decisions, or their undoing."""
        self.kind = kind
        self._access = access
        self._change = change
        self._parts = {each.public_id: each for each in change.media}
        self._found: dict[str, _Found] = {}

    def check(self, tx: Tx) -> None:
        """Nothing speaks against all of them."""

    def begin(self, tx: Tx) -> Sequence[MediaChange]:
        """Nothing is beside them."""
        return ()

    def look(self, tx: Tx, public_id: str) -> Media:
        """The media as it is. Raises Conflict where anything was decided since."""
        media, _ = self._access.media(tx, public_id, Action.MODERATE)
        part = self._parts[public_id]
        left = ModerationStatus(part.after["moderation_status"])
        target = ModerationStatus(part.before["moderation_status"])
        history = reviews.history(tx, public_id)
        mine = next((each for each in history if each.change_id == self._change.id), None)
        is_done = mine is not None and mine.undone_at is not None
        if not is_done and (media.moderation_status is not left or self._has_later(history, mine)):
            raise overtaken(tx, media, left)
        again = _undone_by(history, mine) if mine is not None and mine.rule is Rule.UNDO else None
        reason = again.reason if again is not None else _rejected_for(history, mine)
        self._found[public_id] = _Found(media, target, mine, again, reason, is_done)
        return media

    def pairs(self, media: Media, store: ObjectStore) -> Pairs:
        """To the area of the status that it had."""
        found = self._found[media.public_id]
        after = media if found.is_done else replace(media, moderation_status=found.target)
        return pairs_of(media, not after.is_open, store)

    def write(self, tx: Tx, media: Media, columns: dict[str, Any]) -> Sequence[MediaChange]:
        """Write the status and the role that it had; close and open second looks as they were."""
        found = self._found[media.public_id]
        if found.is_done and not columns:
            return ()
        now = datetime.now(UTC)
        part = self._parts[media.public_id]
        before, after = dict(part.after), dict(part.before)
        marks = before.pop(SECOND_LOOK, None), after.pop(SECOND_LOOK, None)
        asides = self._give_back(tx, media, before, after, now)
        rows.change(tx, media.public_id, columns | after | {"updated_at": now})
        asked = next((e for e in second_looks.of(tx, media.public_id) if e.is_open), None)
        if asked is not None:
            look = Look.FIRST if found.again is None else found.again.look
            close(tx, asked, look, self._access.account.user_id, after, media, now)
            after[SECOND_LOOK] = asked.id
        if marks[0] is not None:
            second_looks.open_again(tx, marks[0])
        return (MediaChange(media.public_id, entity_of(media), before, after), *asides)

    def _give_back(
        self, tx: Tx, media: Media, before: dict[str, Any], after: dict[str, Any], now: datetime
    ) -> Sequence[MediaChange]:
        """Pass the role as it was; ``before`` and ``after`` say what becomes of it."""
        before.pop("is_primary", None)
        had_it, ref = after.pop("is_primary", None), entity_of(media)
        if had_it is None or ref is None or not media.entity_field:
            return ()
        passed = [
            name
            for name, each in self._parts.items()
            if bool(each.after.get("is_primary", not had_it)) is had_it
        ]
        place = ref, media.entity_field
        has_role, asides = roles.give_back(tx, *place, media, had_it, passed, now)
        if has_role is not media.is_primary:
            before["is_primary"], after["is_primary"] = media.is_primary, has_role
        return asides

    def end(self, tx: Tx, change: Change) -> None:
        """Put it on record."""
        for part in change.media:
            if part.aside or (found := self._found[part.public_id]).is_done:
                continue
            media, target = found.media, found.target
            if found.mine is not None:
                reviews.mark_undone(tx, [found.mine], change.at)
            made = replace(record_of(media, target, change), rule=Rule.UNDO)
            if found.again is not None:
                made = replace(
                    found.again,
                    at=change.at,
                    account=change.account,
                    change_id=change.id,
                    undone_at=None,
                )
            reviews.add(tx, made)
            know(tx, media, target, found.reason, change.at)

    def _has_later(self, history: Sequence[Record], mine: Record | None) -> bool:
        """Whether somebody decided after what is undone; what is done again is not asked."""
        if mine is None or mine.rule is Rule.UNDO:
            return False
        return reviews.standing(history)[-1:] != [mine]


def _undone_by(history: Sequence[Record], undoing: Record) -> Record | None:
    """The decision that an undoing took back."""
    way = (undoing.after, undoing.before)
    for each in reversed(history):
        is_earlier = each.id < undoing.id and each.rule is not Rule.UNDO
        if is_earlier and each.undone_at is not None and (each.before, each.after) == way:
            return each
    return None


def _rejected_for(history: Sequence[Record], mine: Record | None) -> str | None:
    """Why it was rejected before the decision that is undone."""
    for each in reversed(reviews.standing(history)):
        if each != mine and each.after is ModerationStatus.REJECTED:
            return each.reason
    return None
