"""Deleting and putting back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from ..database import changes, locks, media_edits, trash
from ..database.engine import Database, Tx
from ..database.media_edits import Row
from ..database.moves import Pairs
from ..database.trash import Trashed
from ..domain.changes import Change, ChangeKind, MediaChange
from ..domain.entities import EntityRef
from ..domain.errors import Conflict, NotFound
from ..domain.media import Media
from ..domain.permissions import Action
from ..domain.work import Work
from ..storage import ObjectStore
from . import roles
from .access import Access, entity_of
from .areas import pairs_of
from .overtaken import changed_by
from .relocating import Edit, Relocating, begun, raise_if_none


@dataclass(frozen=True, slots=True)
class Consequence:
    """What deleting does to a field of an entity: its primary media goes, or its last one.

    ``primary`` is the media that loses the role, ``heir`` the public id of the one that gets it.
    """

    entity: EntityRef
    field: str
    empties: bool
    primary: str | None
    heir: str | None


class TrashService:
    """Moves media out of the shared table and back; in the trash, their objects are private."""

    def __init__(self, database: Database, access: Access, relocating: Relocating) -> None:
        self._database = database
        self._access = access
        self._relocating = relocating

    def consequences(self, public_ids: Collection[str]) -> list[Consequence]:
        """What to say before media are deleted: the fields that lose their primary or last one."""
        with self._database.read() as tx:
            found = media_edits.rows(tx, public_ids)
            groups: dict[tuple[EntityRef, str], list[Row]] = {}
            for row in found.values():
                if row.entity is not None and row.field is not None:
                    groups.setdefault((row.entity, row.field), []).append(row)
            counts = {ref: media_edits.counts(tx, ref) for ref, _ in groups}
            every = [
                _consequence(tx, ref, name, rows, counts[ref][name])
                for (ref, name), rows in groups.items()
            ]
        return [each for each in every if each.empties or each.primary]

    def delete(
        self, public_ids: Sequence[str], work: Work | None = None, partly: bool = False
    ) -> Change:
        """Move media to the trash; none where one is unknown or may not be deleted.

        The primary role of one passes to the next in its field. Otherwise each by itself: returns
        and raises as ``Relocating.carry_out``; raises Stopped too. With ``partly`` what can't be
        done is left, and ``failed`` names it.
        """
        return self._all(Deletion(self._access, frozenset(public_ids)), public_ids, work, partly)

    def restore(
        self, public_ids: Sequence[str], work: Work | None = None, partly: bool = False
    ) -> Change:
        """Put media back; none where one is unknown or may not be put back.

        The primary role comes back from the one that inherited it. Otherwise each by itself:
        returns and raises as ``Relocating.carry_out``; raises Stopped too. ``partly`` as for
        ``delete``.
        """
        return self._all(Restoration(self._access), public_ids, work, partly)

    def _all(
        self, edit: Edit, public_ids: Sequence[str], work: Work | None, partly: bool
    ) -> Change:
        with self._database.read() as tx:
            for public_id in () if partly else public_ids:
                edit.look(tx, public_id)
        batch = begun(edit.kind, self._access.account.user_id)
        change = self._relocating.each(edit, public_ids, batch, work)
        if not partly:
            raise_if_none(change, public_ids)
        return change


def _consequence(tx: Tx, ref: EntityRef, name: str, rows: Sequence[Row], count: int) -> Consequence:
    primary = next((row.public_id for row in rows if row.values["is_primary"]), None)
    heir = None
    if primary is not None:
        heir = roles.next_in(tx, ref, name, {row.public_id for row in rows})
    return Consequence(
        ref, name, count == len(rows), primary, None if heir is None else heir.public_id
    )


@dataclass(frozen=True, slots=True)
class Deletion:
    """An ``Edit`` for ``Relocating``. None of ``together`` inherits a role from another.

    Undoing a change (``undoes`` is its number), ``kept`` has what is known by public id: who had
    the role before, and whether the row in the trash was primary.
    """

    access: Access
    together: frozenset[str]
    kind: ChangeKind = ChangeKind.TRASHED
    kept: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    undoes: int | None = None

    def look(self, tx: Tx, public_id: str) -> Media:
        """Raise NotFound, Forbidden, and Conflict where an undoing is overtaken."""
        media, _ = self.access.media(tx, public_id, Action.DELETE)
        _refuse_later(tx, media, self.undoes)
        return media

    def pairs(self, media: Media, store: ObjectStore) -> Pairs:
        """All into the private area."""
        return pairs_of(media, True, store)

    def write(self, tx: Tx, media: Media, columns: dict[str, Any]) -> list[MediaChange]:
        """Move the row, pass the role on."""
        now, ref = datetime.now(UTC), entity_of(media)
        kept = self.kept.get(media.public_id, {})
        is_primary = bool(kept.get("is_primary", media.is_primary))
        asides: list[MediaChange] = []
        trash.put(
            tx,
            replace(media, **columns | {"is_primary": is_primary}),
            self.access.account.user_id,
            now,
        )
        if media.is_primary and ref is not None and media.entity_field:
            leaving = self.together | {media.public_id}
            heir = kept.get("heir")
            asides = roles.pass_on(tx, ref, media.entity_field, leaving, now, heir)
        after = {"trashed": True} | _named(asides)
        return [MediaChange(media.public_id, ref, {"trashed": False}, after), *asides]


@dataclass(frozen=True, slots=True)
class Restoration:
    """An ``Edit`` for ``Relocating``; ``undoes`` is the number of the change that it undoes."""

    access: Access
    kind: ChangeKind = ChangeKind.RESTORED
    undoes: int | None = None

    def look(self, tx: Tx, public_id: str) -> Media:
        """Raise NotFound, Forbidden, and Conflict where an undoing is overtaken."""
        media = self._kept(tx, public_id).media
        _refuse_later(tx, media, self.undoes)
        return media

    def pairs(self, media: Media, store: ObjectStore) -> Pairs:
        """Out of the private area, unless that is where it belongs."""
        return pairs_of(media, not media.is_open, store)

    def write(self, tx: Tx, media: Media, columns: dict[str, Any]) -> list[MediaChange]:
        """Move the row back, take the role back from the heir; any other keeps it.

        What is hidden leaves it with an heir that is shown.
        """
        one, ref, now = replace(media, **columns), entity_of(media), datetime.now(UTC)
        before: dict[str, Any] = {"trashed": True}
        after: dict[str, Any] = {"trashed": False}
        asides: list[MediaChange] = []
        if one.is_primary and ref is not None and one.entity_field:
            locks.hold(tx, ref, one.entity_field)
            others = media_edits.primaries(tx, ref, one.entity_field)
            back = {each.public_id for each in others} <= {_heir(tx, one.public_id)}
            if back and (one.is_open or not any(each.is_open for each in others)):
                asides = roles.take(tx, ref, one.entity_field, one.public_id, now)
            else:
                one = replace(one, is_primary=False)
                before["is_primary"], after["is_primary"] = True, False
        before |= _named(asides)
        trash.put_back(tx, replace(self._kept(tx, one.public_id), media=one), now)
        return [MediaChange(one.public_id, ref, before, after), *asides]

    def _kept(self, tx: Tx, public_id: str) -> Trashed:
        kept = trash.get(tx, public_id)
        if kept is None:
            raise NotFound("no_media", f"There is no media “{public_id}” in the trash.")
        self.access.require(Action.DELETE, entity_of(kept.media), tx)
        return kept


def _named(asides: Sequence[MediaChange]) -> dict[str, Any]:
    """Who has the role while this media is in the trash."""
    return {"heir": asides[0].public_id} if asides else {}


def _heir(tx: Tx, public_id: str) -> str | None:
    """Who got the role when this media was deleted last."""
    for change in reversed(changes.history(tx, public_id)):
        if change.media[0].after.get("trashed"):
            heir = change.media[0].after.get("heir")
            return None if heir is None else str(heir)
    return None


def _refuse_later(tx: Tx, media: Media, undone: int | None) -> None:
    """Raise Conflict where somebody deleted or put it back since the change that is undone."""
    if undone is None:
        return
    later = changes.standing(tx, media.public_id, undone)
    if any("trashed" in each.media[0].after for each in later):
        raise Conflict(
            "overtaken",
            f"“{media.original_filename}” was deleted or put back "
            f"{changed_by(tx, media.public_id, {'trashed'})} since, so that was left.",
        )
