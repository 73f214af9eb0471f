"""Which media stands for a field: at most one is primary, whoever writes at the same time.

What is hidden does not displace what is shown: it comes without the role, and takes it once it is
approved (``decided``).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from ..database import changes, locks, media_edits
from ..database.engine import Tx
from ..database.media_edits import Row
from ..domain.changes import ChangeKind, MediaChange
from ..domain.edits import Overtaken
from ..domain.entities import EntityRef
from ..domain.media import Media
from ..domain.slots import find_slot

_ROLE: Final = "is_primary"
#: What an upload's part of the history says where the file came as the primary one; where it has to
#: wait, its metadata say so too, which whoever decides has at hand.
WANTED: Final = "wanted_primary"
_PLACE: Final = frozenset({"entity_type", "entity_id", "entity_field"})
#: When a person gave a media the role, as the number of the change: not, as far as is known, and
#: before everything that is known.
_NEVER: Final = -1
_EVER: Final = 0


def take(
    tx: Tx,
    entity: EntityRef,
    field: str,
    public_id: str,
    now: datetime,
    only_from: Collection[str] | None = None,
) -> list[MediaChange]:
    """Make room for ``public_id`` as the primary media of a field; returns who lost the role.

    Until the transaction ends nobody else can do the same. Raises Overtaken where another than
    ``only_from`` has the role.
    """
    locks.hold(tx, entity, field)
    others = [
        each for each in media_edits.primaries(tx, entity, field) if each.public_id != public_id
    ]
    for each in others:
        if only_from is not None and each.public_id not in only_from:
            raise Overtaken(
                f"“{each.name}” was made the primary media there meanwhile, so that was left. "
                "Look at it again.",
                {_ROLE: each.public_id},
                {_ROLE: public_id},
            )
    media_edits.write(tx, {each.id: {_ROLE: False} for each in others}, now)
    return [_part(each, False) for each in others]


def pass_on(
    tx: Tx,
    entity: EntityRef,
    field: str,
    leaving: Collection[str],
    now: datetime,
    preferred: str | None = None,
) -> list[MediaChange]:
    """Give the role of a media that leaves a field to the next one; returns who got it.

    None does where another has it already. ``leaving`` are those that do not come into question.
    """
    locks.hold(tx, entity, field)
    if any(each.public_id not in leaving for each in media_edits.primaries(tx, entity, field)):
        return []
    heir = None
    if preferred is not None:
        heir = media_edits.rows(tx, [preferred], hold=True).get(preferred)
        if heir is not None and (heir.entity, heir.field) != (entity, field):
            heir = None
    heir = heir or _next_held(tx, entity, field, leaving)
    if heir is None:
        return []
    media_edits.write(tx, {heir.id: {_ROLE: True}}, now)
    return [_part(heir, True)]


def has_shown(tx: Tx, entity: EntityRef, field: str, hold: bool = True) -> bool:
    """Whether a field has something that everybody may see; with ``hold`` until the end."""
    if hold:
        locks.hold(tx, entity, field)
    first = next_in(tx, entity, field, ())
    return first is not None and first.is_open


def decided(
    tx: Tx,
    entity: EntityRef,
    field: str,
    media: Media,
    is_open: bool,
    together: Collection[str],
    now: datetime,
) -> tuple[bool, list[MediaChange]]:
    """Whether a media has the role once a decision shows or hides it, and who lost or got it.

    What is hidden passes it on, if another one is shown. What is shown takes it from one that is
    hidden, and from one that people gave it to earlier than to this. Of ``together``, on which the
    same is decided, only one gets or loses it. The media's own row is not written.
    """
    me = media.public_id
    if media_edits.missing(tx, [_ROLE]) or not media.is_public:
        return media.is_primary, []
    if media.is_primary:
        if is_open or not has_shown(tx, entity, field):
            return True, []
        heir = _next_held(tx, entity, field, {me, *together})
        if heir is None or not heir.is_open:
            return True, []
        media_edits.write(tx, {heir.id: {_ROLE: True}}, now)
        return False, [_part(heir, True)]
    if media.is_open or not is_open:
        return False, []
    rivals = set(together) - {me}
    if not _may_take(tx, entity, field, me, rivals, hold=False):
        return False, []
    locks.hold(tx, entity, field)  # most need not wait for it
    if not _may_take(tx, entity, field, me, rivals, hold=True):
        return False, []
    return True, take(tx, entity, field, me, now)


def give_back(
    tx: Tx,
    entity: EntityRef,
    field: str,
    media: Media,
    had_it: bool,
    passed: Collection[str],
    now: datetime,
) -> tuple[bool, list[MediaChange]]:
    """As ``decided``, where that is reversed: the media has the role again that it ``had_it``.

    ``passed`` are those that the decision gave it to or took it from. Who was given it since by
    somebody else keeps it.
    """
    if media.is_primary is had_it:
        return had_it, []
    locks.hold(tx, entity, field)
    if had_it:
        others = {each.public_id for each in media_edits.primaries(tx, entity, field)}
        if not others <= set(passed):
            return False, []
        return True, take(tx, entity, field, media.public_id, now)
    here = (entity, field)
    found = media_edits.rows(tx, passed).values()
    former = next((each.public_id for each in found if (each.entity, each.field) == here), None)
    if former is None:
        return False, []
    return False, pass_on(tx, entity, field, {media.public_id}, now, former)


def next_in(tx: Tx, entity: EntityRef, field: str, leaving: Collection[str]) -> Row | None:
    """Who would get the role: the next in order, in a one-file slot the newest of its history.

    What everybody may see comes first.
    """
    slot = find_slot(entity.type, field)
    newest = slot is not None and slot.single
    return media_edits.heir(tx, entity, field, leaving, newest)


def _next_held(tx: Tx, entity: EntityRef, field: str, leaving: Collection[str]) -> Row | None:
    """As ``next_in``; until the transaction ends nobody takes it elsewhere with the role."""
    passed = set(leaving)
    while (heir := next_in(tx, entity, field, passed)) is not None:
        held = media_edits.rows(tx, [heir.public_id], hold=True).get(heir.public_id)
        if held == heir:
            return held
        if held is None:
            passed.add(heir.public_id)
    return None


def _part(row: Row, yes: bool) -> MediaChange:
    before = {_ROLE: row.values[_ROLE]}
    return MediaChange(row.public_id, row.entity, before, {_ROLE: yes}, aside=True)


def _may_take(
    tx: Tx, entity: EntityRef, field: str, public_id: str, rivals: Collection[str], hold: bool
) -> bool:
    """Whether the role falls to a media that everybody may see from now on.

    So may they see each of the ``rivals`` soon.
    """
    others = media_edits.primaries(tx, entity, field, hold)
    shown = [each for each in others if each.is_open]
    if others and not shown:
        return not any(each.public_id in rivals for each in others)
    mine = _given_to(tx, entity, field, public_id)
    if mine == _NEVER:
        return False
    soon = media_edits.hidden(tx, entity, field) if rivals else []
    others = [*shown, *(each for each in soon if each.public_id in rivals)]
    return all(_given_to(tx, entity, field, each.public_id) < mine for each in others)


def _given_to(tx: Tx, entity: EntityRef, field: str, public_id: str) -> int:
    """When people gave a media the role where it is; a decision, or an heir's luck, is no gift."""
    slot = find_slot(entity.type, field)
    given = _NEVER
    for change in changes.standing(tx, public_id, 0):
        after = change.media[0].after
        role, moves = after.get(_ROLE), bool(_PLACE & after.keys())
        if change.kind is ChangeKind.MODERATED:
            given = max(given, _EVER) if role is False else given
        elif change.kind is ChangeKind.UPLOADED or moves:
            is_meant = slot is not None and slot.single if moves else after.get(WANTED)
            given = change.id or _EVER if is_meant or role else _NEVER
        elif change.kind in (ChangeKind.EDITED, ChangeKind.MERGED) and role is not None:
            given = change.id or _EVER if role else _NEVER
    return given
