"""Which media stands for a field: at most one is primary, whoever writes at the same time."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from ..database import locks, media_edits
from ..database.engine import Tx
from ..database.media_edits import Row
from ..domain.changes import MediaChange
from ..domain.edits import Overtaken
from ..domain.entities import EntityRef
from ..domain.slots import find_slot

_ROLE: Final = "is_primary"


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
        heir = media_edits.rows(tx, [preferred]).get(preferred)
        if heir is not None and (heir.entity, heir.field) != (entity, field):
            heir = None
    heir = heir or next_in(tx, entity, field, leaving)
    if heir is None:
        return []
    media_edits.write(tx, {heir.id: {_ROLE: True}}, now)
    return [_part(heir, True)]


def next_in(tx: Tx, entity: EntityRef, field: str, leaving: Collection[str]) -> Row | None:
    """Who would get the role: the next in order, in a one-file slot the newest of its history.

    What everybody may see comes first.
    """
    slot = find_slot(entity.type, field)
    newest = slot is not None and slot.single
    return media_edits.heir(tx, entity, field, leaving, newest)


def _part(row: Row, yes: bool) -> MediaChange:
    before = {_ROLE: row.values[_ROLE]}
    return MediaChange(row.public_id, row.entity, before, {_ROLE: yes}, aside=True)
