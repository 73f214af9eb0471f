"""Bulk edit: words, order, roles, visibility and place of many media at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..database import changes, locks, media_edits
from ..database.engine import Database, Tx
from ..domain.changes import Change, ChangeKind, Failure, MediaChange
from ..domain.edits import MediaEdit
from ..domain.entities import EntityRef
from ..domain.errors import Conflict, Permanent
from ..domain.media import Media
from ..domain.moderation import Policy
from ..domain.ordering import rearranged
from ..domain.permissions import Action
from ..domain.work import Work
from ..storage import ObjectStore
from .access import Access
from .edit_plan import EditPlan
from .relocating import Relocating, begun, raise_if_none
from .rewriting import Rewriting
from .wording import Wording


class EditService:
    """Every edit is one change of the history, however many media it touches."""

    def __init__(
        self,
        database: Database,
        store: ObjectStore,
        access: Access,
        relocating: Relocating,
        policy: Callable[[], Policy] = Policy,
    ) -> None:
        self._database = database
        self._store = store
        self._access = access
        self._relocating = relocating
        self._policy = policy
        self._wording = Wording(database, access)

    def edit(
        self,
        public_ids: Sequence[str],
        edit: MediaEdit,
        seen: Mapping[str, Media] | None = None,
        work: Work | None = None,
        partly: bool = False,
    ) -> Change:
        """Write what is touched of each media, and nothing else; returns what was written.

        ``seen`` is what the person saw, by public id: where somebody else has written one of the
        touched columns since, that media is left as it is, and ``failed`` of the change holds an
        ``Overtaken`` with both values. ``failed`` also names what could not be done (a media that
        is gone, forbidden, of a kind that the slot does not take, a column that the platform's
        table lacks); the rest is done. A media that another primary one is taken from, or that
        inherits the role, is in ``media`` too, as ``aside``.

        Raises the first error where that is all of them (never with ``partly``), and Stopped:
        what was written until then stays, as a change that undo reverses.
        """
        wanted = list(dict.fromkeys(public_ids))
        lacking = self._lacking(edit)
        plan = EditPlan(edit, seen or {}, self._store, self._policy() if edit.moves else Policy())
        kind = ChangeKind.MOVED if edit.moves else ChangeKind.EDITED
        batch = begun(kind, self._access.account.user_id)
        if edit.moves or "is_public" in edit.columns:
            rewriting = Rewriting(self._access, kind, plan, wanted)
            change = self._relocating.each(rewriting, wanted, batch, work)
        else:
            change = self._wording.each(plan, wanted, batch, work)
        if not partly:
            raise_if_none(change, wanted)
        if lacking is None:
            return change
        unwritten = [Failure(each, lacking) for each in wanted if each not in _named(change)]
        return replace(change, failed=(*change.failed, *unwritten))

    def reorder(
        self, entity: EntityRef, field: str, public_ids: Sequence[str], before: str | None
    ) -> Change:
        """Put media of a field, in this order, right before another one, or last.

        Writes the fewest rows: mostly one for each that is moved. Raises Forbidden, and Conflict
        ``overtaken`` where one of them does not lie there any more; then nothing is done.
        """
        batch = begun(ChangeKind.ORDERED, self._access.account.user_id)
        moved = list(dict.fromkeys(public_ids))

        def save(tx: Tx) -> Change:
            self._access.require(Action.EDIT, entity, tx)
            locks.hold(tx, entity, field)
            parts = _reordered(tx, entity, field, moved, before, batch)
            change = replace(batch, media=parts)
            return changes.add(tx, change) if parts else change

        return self._database.retrying(save)

    def _lacking(self, edit: MediaEdit) -> Permanent | None:
        """What is to be said of columns that the table lacks; raised where there are no others."""
        with self._database.read() as tx:
            lacking = media_edits.missing(tx, edit.columns)
        if not lacking:
            return None
        error = Permanent(
            "no_column",
            f"The platform's table has no column for {' and '.join(lacking)}, so that was not "
            "written. An administrator can run “artitec-media migrate”.",
        )
        if not edit.moves and len(lacking) == len(edit.columns):
            raise error
        return error


def _named(change: Change) -> set[str]:
    return {each.public_id for each in change.failed}


def _inserted(present: list[str], moved: list[str], before: str | None) -> list[str]:
    """``moved`` right before another one; where that moves too, before the next that stays."""
    behind = [] if before is None else present[present.index(before) :]
    next_one = next((each for each in behind if each not in set(moved)), None)
    rest = [each for each in present if each not in set(moved)]
    at = len(rest) if next_one is None else rest.index(next_one)
    return [*rest[:at], *moved, *rest[at:]]


def _reordered(
    tx: Tx, entity: EntityRef, field: str, moved: list[str], before: str | None, batch: Change
) -> tuple[MediaChange, ...]:
    by_age = media_edits.by_age(tx, entity, field)
    ages = {row.public_id: age for age, row in enumerate(by_age)}
    for each in (*moved, *([] if before is None else [before])):
        if each not in ages:
            raise Conflict(
                "overtaken", f"{each} does not lie there any more, so nothing was moved."
            )
    rows = {row.public_id: row for row in by_age}
    ordered = sorted(by_age, key=lambda row: row.values["sort_order"] or 0)
    wanted = [rows[each] for each in _inserted([row.public_id for row in ordered], moved, before)]
    places = rearranged(
        [row.values["sort_order"] or 0 for row in wanted], [ages[row.public_id] for row in wanted]
    )
    new = {wanted[place].id: {"sort_order": order} for place, order in places.items()}
    media_edits.write(tx, new, batch.at)
    return tuple(
        MediaChange(
            row.public_id, entity, {"sort_order": row.values["sort_order"]}, new[row.id],
            aside=row.public_id not in moved,
        )
        for row in wanted if row.id in new
    )  # fmt: skip
