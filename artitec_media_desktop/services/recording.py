"""One transaction that makes stored objects a media: its row, its hashes, its history."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ..database import changes, entities, fingerprints, locks, reviews
from ..database import media as rows
from ..database.engine import Database, Tx
from ..database.journal import Journal
from ..domain.changes import Change, ChangeKind, MediaChange
from ..domain.entities import EntityRef
from ..domain.errors import NotFound
from ..domain.media import Media
from ..domain.moderation import KnownBad, Record, Rule
from ..domain.targets import Target
from ..domain.uploads import OnDuplicate, UploadItem, UploadPlan
from ..storage import ObjectStore
from . import roles
from .access import Access
from .lookalikes import Entry
from .media_row import Prepared, media_row


class Recording:
    """The last step of an upload."""

    def __init__(
        self, database: Database, store: ObjectStore, journal: Journal, access: Access
    ) -> None:
        self._database = database
        self._store = store
        self._journal = journal
        self._access = access
        # Each worker would reserve for the whole batch.
        self._ordering = threading.Lock()
        #: The sort orders of the first files, by batch: once reserved they stay.
        self._bases: dict[int, int] = {}

    def record(
        self, item: UploadItem, prepared: Prepared, plan: UploadPlan, entry: Entry
    ) -> Change:
        """Write the row and its companions. Raises NotFound when the entity is gone."""
        now = datetime.now(UTC)
        # Whoever dropped the file is the uploader, even if somebody else is signed in meanwhile.
        account = item.account or self._access.account.user_id
        target = item.target
        ref, field = target.entity, target.slot.field
        with self._database.read() as tx:
            used = entities.last_order(tx, ref, field)
        if used is None:
            raise NotFound("no_entity", f"{item.target} is no longer in the library.")
        order = self._order_base(item.batch, target, used) + item.position
        new = media_row(item, prepared, plan, self._store, account, order, now, entry.status)

        def save(tx: Tx) -> Change:
            media = _instead_of(tx, item, new)
            said: dict[str, Any] = {"filename": media.original_filename}
            if media.is_primary:
                said[roles.WANTED] = True
                media = _made_primary(tx, media, ref, now)
            added = rows.add(tx, media)
            fingerprints.add(tx, added.id, prepared.fingerprint, now)
            what = MediaChange(plan.public_id, ref, {}, said)
            change = changes.add(tx, Change(ChangeKind.UPLOADED, (what,), account, now))
            if entry.known_bad is not None:
                reviews.add(tx, _flagged(media, entry.known_bad, change))
            return change

        return self._database.retrying(save)

    def _order_base(self, batch: int, target: Target, used: int) -> int:
        """The sort order of a batch's first file; nobody else gives a file one of the batch's."""
        if (known := self._bases.get(batch)) is not None:
            return known
        ref, field = target.entity, target.slot.field
        with self._ordering:
            if count := self._journal.orders_needed(batch, target):
                used = self._database.retrying(
                    lambda tx: locks.reserve_orders(tx, ref, field, used, count)
                )
            self._bases[batch] = self._journal.order_base(batch, target, used)
            return self._bases[batch]


def _made_primary(tx: Tx, media: Media, ref: EntityRef, now: datetime) -> Media:
    """With the role, nobody else has it; what waits leaves it to what is shown, see ``roles``."""
    field = str(media.entity_field)
    if not media.is_open:
        media = replace(media, metadata=media.metadata | {roles.WANTED: True})
        if roles.has_shown(tx, ref, field):
            return replace(media, is_primary=False)
    rows.demote(tx, ref, field, now)
    return media


def _flagged(media: Media, known: KnownBad, change: Change) -> Record:
    """That a rule has decided, not the person who uploads."""
    return Record(
        id=0,
        public_id=media.public_id,
        at=change.at,
        account="",
        before=None,
        after=media.moderation_status,
        entity_type=media.entity_type,
        media_type=media.media_type.value,
        uploaded_by=media.uploaded_by,
        reason=known.reason,
        rule=Rule.KNOWN_BAD,
        alike_to=known.public_id,
        distance=known.distance,
        change_id=change.id,
    )


def _instead_of(tx: Tx, item: UploadItem, new: Media) -> Media:
    """The media with the place and the words of the one that it is to replace there."""
    if item.options.on_duplicate is not OnDuplicate.REPLACE or item.duplicate_of is None:
        return new
    old = rows.by_public_id(tx, item.duplicate_of)
    here = (new.entity_type, new.entity_id, new.entity_field)
    if old is None or (old.entity_type, old.entity_id, old.entity_field) != here:
        return new
    return replace(
        new,
        sort_order=old.sort_order,
        is_primary=new.is_primary or old.is_primary,
        alt_text=new.alt_text or old.alt_text,
        caption=new.caption or old.caption,
        tags=new.tags or old.tags,
    )
