"""A decision on a media, as ``Relocating`` carries it out: row, record and what hangs on them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from ...database import known_bad, leases, reviews, second_looks
from ...database import media as rows
from ...database.engine import Tx
from ...database.moves import Pairs
from ...database.second_looks import SecondLook
from ...domain.changes import Change, ChangeKind, MediaChange
from ...domain.errors import Forbidden
from ...domain.media import Media, ModerationStatus
from ...domain.moderation import Lease, Look, Policy, Record, Ruling, check_move
from ...domain.permissions import Account, Action, Role
from ...domain.slots import find_slot
from ...storage import ObjectStore
from .. import roles
from ..access import Access, entity_of
from ..areas import pairs_of
from ..overtaken import overtaken

#: What a change's part names besides columns: the second look that it closed or opened again.
SECOND_LOOK: Final = "second_look"
#: What waits for a decision.
WAITING: Final = frozenset({ModerationStatus.PENDING, ModerationStatus.FLAGGED})


@dataclass(frozen=True, slots=True)
class _Found:
    """A media as it is decided on; ``asked`` is its open second look.

    ``history`` is what was decided of what waits, oldest first.
    """

    media: Media
    asked: SecondLook | None
    look: Look
    history: tuple[Record, ...] = ()


class Deciding:
    """An ``EditTogether`` of one media at a time; see ``ModerationService.decide``."""

    kind = ChangeKind.MODERATED
    beside: Sequence[str] = ()

    def __init__(
        self,
        access: Access,
        policy: Policy,
        ruling: Ruling,
        seen: Mapping[str, ModerationStatus],
        held: Mapping[str, Lease],
        draw: Callable[[], float],
        together: Collection[str],
    ) -> None:
        """``together`` are all media of the same decision."""
        self._access = access
        self._policy = policy
        self._ruling = ruling
        self._seen = seen
        self._held = held
        self._draw = draw
        self._together = frozenset(together)
        self._found: dict[str, _Found] = {}

    def check(self, tx: Tx) -> None:
        """Nothing speaks against all of them."""

    def begin(self, tx: Tx) -> Sequence[MediaChange]:
        """Nothing is beside them."""
        return ()

    def look(self, tx: Tx, public_id: str) -> Media:
        """The media as it is, if this account may decide so on it now."""
        account = self._access.account
        media, _ = self._access.media(tx, public_id, Action.MODERATE)
        if (refused := own_upload(account, media)) is not None:
            raise refused
        seen = self._seen.get(public_id)
        if seen is not None and media.moderation_status is not seen:
            raise overtaken(tx, media, seen)
        name = media.original_filename
        leases.check(tx, public_id, self._held.get(public_id), account.user_id, name)
        asked = next((e for e in second_looks.of(tx, public_id) if e.is_open), None)
        look = Look.FIRST if asked is None else self._look_of(asked, media)
        check_move(media.moderation_status, self._ruling.status, look, name)
        self._found[public_id] = _Found(media, asked, look)
        return media

    def pairs(self, media: Media, store: ObjectStore) -> Pairs:
        """To the area of the new status."""
        after = replace(media, moderation_status=self._ruling.status)
        return pairs_of(media, not after.is_open, store)

    def write(self, tx: Tx, media: Media, columns: dict[str, Any]) -> Sequence[MediaChange]:
        """Write the status, and the platform's older ``is_approved`` with it; pass the role."""
        found = self._found[media.public_id]
        change = status_columns(self._ruling.status)
        before = status_columns(media.moderation_status) | {"is_approved": media.is_approved}
        now = datetime.now(UTC)
        if media.moderation_status in WAITING:
            found = replace(found, history=tuple(reviews.history(tx, media.public_id)))
            self._found[media.public_id] = found
        has_role, asides = self._role(tx, found, now)
        if has_role is not media.is_primary:
            before["is_primary"], change["is_primary"] = media.is_primary, has_role
        rows.change(tx, media.public_id, columns | change | {"updated_at": now})
        if found.asked is not None:
            close(tx, found.asked, found.look, self._access.account.user_id, change, media, now)
            change = change | {SECOND_LOOK: found.asked.id}
        return (MediaChange(media.public_id, entity_of(media), before, change), *asides)

    def end(self, tx: Tx, change: Change) -> None:
        """Put it on record; draw lots; let go of the lease."""
        (part,) = (each for each in change.media if not each.aside)
        found = self._found[part.public_id]
        self._record(tx, found, change)
        before, after = found.media.moderation_status, self._ruling.status
        know(tx, found.media, after, self._ruling.reason, change.at)
        leases.release(tx, part.public_id)
        is_new = found.look is Look.FIRST and after is not before
        if is_new and after is ModerationStatus.APPROVED and self._draw() < self._policy.sample:
            drawn = SecondLook(0, part.public_id, Look.SAMPLE, change.account, change.at, change.id)
            second_looks.add(tx, drawn)

    def _role(self, tx: Tx, found: _Found, now: datetime) -> tuple[bool, list[MediaChange]]:
        """As ``roles.decided``, which is asked only where the role may pass."""
        media, ref = found.media, entity_of(found.media)
        if ref is None or not media.entity_field:
            return media.is_primary, []
        slot = find_slot(ref.type, media.entity_field)
        was_decided = media.moderation_status not in WAITING or bool(found.history)
        may_want = was_decided or roles.WANTED in media.metadata
        if not (media.is_primary or may_want or (slot is not None and slot.single)):
            return False, []
        after = replace(media, moderation_status=self._ruling.status)
        place = ref, media.entity_field
        return roles.decided(tx, *place, media, after.is_open, self._together, now)

    def _record(self, tx: Tx, found: _Found, change: Change) -> None:
        media = found.media
        since = None
        if found.look is not Look.FIRST and found.asked is not None:
            since = found.asked.asked_at
        elif media.moderation_status in WAITING:
            since = _since(found)
        waited = None if since is None else max(0, int((change.at - since).total_seconds()))
        record = record_of(media, self._ruling.status, change)
        ruling = self._ruling
        reviews.add(
            tx,
            replace(record, look=found.look, reason=ruling.reason, note=ruling.note, waited=waited),
        )

    def _look_of(self, asked: SecondLook, media: Media) -> Look:
        """Whether this answers the second look. Raises Forbidden where it must be another's."""
        me = self._access.account.user_id
        name = media.original_filename
        if asked.asked_by == me:
            raise Forbidden("own_appeal", f"You asked for another look at “{name}” yourself.")
        if asked.decided_by != me:
            return asked.look
        if asked.look is Look.SAMPLE and self._ruling.status is not media.moderation_status:
            return Look.FIRST  # one's own mind may be changed before anybody looked
        raise Forbidden(
            "own_decision", f"You decided on “{name}” yourself: somebody else looks at it again."
        )


def own_upload(account: Account, media: Media) -> Forbidden | None:
    """What is said where a media is one's own; an admin may decide on it all the same."""
    if account.role is Role.ADMIN or media.uploaded_by != account.user_id:
        return None
    return Forbidden(
        "own_upload",
        f"“{media.original_filename}” is your own upload: somebody else decides on it.",
    )


def status_columns(status: ModerationStatus) -> dict[str, Any]:
    """What a row says of a status, as JSON values."""
    return {
        "moderation_status": status.value,
        "is_approved": status is ModerationStatus.APPROVED,
    }


def record_of(media: Media, after: ModerationStatus, change: Change) -> Record:
    """The record of a change's part, without what is said about it."""
    return Record(
        id=0,
        public_id=media.public_id,
        at=change.at,
        account=change.account,
        before=media.moderation_status,
        after=after,
        entity_type=media.entity_type,
        media_type=media.media_type.value,
        change_id=change.id,
        uploaded_by=media.uploaded_by,
    )


def close(
    tx: Tx,
    asked: SecondLook,
    look: Look,
    account: str,
    wanted: Mapping[str, Any],
    media: Media,
    now: datetime,
) -> None:
    """Close a second look: answered, or withdrawn where the decision is a first one."""
    if look is Look.FIRST:
        second_looks.withdraw(tx, asked.id, now)
    else:
        agreed = wanted["moderation_status"] == media.moderation_status.value
        second_looks.answer(tx, asked.id, account, agreed, now)


def know(tx: Tx, media: Media, after: ModerationStatus, reason: str | None, now: datetime) -> None:
    """Know what is rejected when it comes again, and nothing else."""
    rejected = ModerationStatus.REJECTED
    if after is media.moderation_status:
        return
    if after is rejected:
        known_bad.keep(tx, media, reason, now)
    elif media.moderation_status is rejected:
        known_bad.forget(tx, media.public_id)


def _since(found: _Found) -> datetime | None:
    """When a media began to wait: when it came, or was put where it is by the last decision."""
    stands, media = reviews.standing(found.history), found.media
    put_here = bool(stands) and stands[-1].after is media.moderation_status
    return stands[-1].at if put_here else media.created_at
