"""The trash as a person reads it: what, from where, by whom, for how long."""

from collections.abc import Callable
from datetime import timedelta

from ..database import accounts, entities, trash_pages
from ..database.engine import Database, Tx
from ..database.trash import Trashed
from ..domain.entities import EntityRef
from ..domain.permissions import Action, Decision
from ..domain.trash import TrashItem, TrashPage, TrashPlace
from .access import Access, entity_of
from .purging import KEPT_DAYS


class TrashListing:
    """Reads only; every call is one short transaction."""

    def __init__(self, database: Database, access: Access) -> None:
        self._database = database
        self._access = access

    def page(
        self, search: str = "", limit: int = 100, after: TrashPlace | None = None
    ) -> TrashPage:
        """The next of the trash, newest deleted first.

        Every word of ``search`` is in a name, an alt text, a caption, a public id, or in the name
        of the place or of who deleted it.
        """
        words = search.split()
        with self._database.read() as tx:
            found, more = trash_pages.page(tx, words, limit, after)
            total, size = trash_pages.totals(tx, words)
            items = self._items(tx, found)
        return TrashPage(items, total, size, more, self._access.decide(Action.PURGE, None))

    def _items(self, tx: Tx, found: list[Trashed]) -> tuple[TrashItem, ...]:
        refs = [entity_of(each.media) for each in found]
        there = entities.many(tx, {ref for ref in refs if ref is not None})
        may_restore = self._deciding(tx)
        people = {each: accounts.by_user_id(tx, each) for each in {e.deleted_by for e in found}}
        return tuple(
            TrashItem(
                each.media,
                None if ref is None else there.get(ref),
                people[each.deleted_by],
                each.deleted_at,
                each.deleted_at + timedelta(days=KEPT_DAYS),
                may_restore(ref),
            )
            for each, ref in zip(found, refs, strict=True)
        )

    def _deciding(self, tx: Tx) -> Callable[[EntityRef | None], Decision]:
        """Ask once an entity, and not at all for who may do everything."""
        anywhere = self._access.decide(Action.DELETE, None, tx)
        known: dict[EntityRef | None, Decision] = {None: anywhere}

        def decide(ref: EntityRef | None) -> Decision:
            if anywhere:
                return anywhere
            if ref not in known:
                known[ref] = self._access.decide(Action.DELETE, ref, tx)
            return known[ref]

        return decide
