"""One transaction that makes stored objects a media: its row, its hashes, its history."""

from datetime import UTC, datetime

from ..database import changes, entities, fingerprints
from ..database import media as rows
from ..database.engine import Database, Tx
from ..database.journal import Journal
from ..domain.changes import Change, ChangeKind, MediaChange
from ..domain.errors import NotFound
from ..domain.targets import Target
from ..domain.uploads import UploadItem, UploadPlan
from ..storage import ObjectStore
from .access import Access
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

    def record(self, item: UploadItem, prepared: Prepared, plan: UploadPlan) -> Change:
        """Write the row and its companions. Raises NotFound when the entity is gone."""
        now = datetime.now(UTC)
        # Whoever dropped the file is the uploader, even if somebody else is signed in meanwhile.
        account = item.account or self._access.account.user_id
        target = Target(item.entity_type, item.entity_id, item.entity_public_id, item.slot)
        ref, field = target.entity, target.slot.field
        with self._database.read() as tx:
            used = entities.last_order(tx, ref, field)
        if used is None:
            raise NotFound("no_entity", f"{item.target} is no longer in the library.")
        order = self._journal.order_base(item.batch, target, used) + item.position
        media = media_row(item, prepared, plan, self._store, account, order, now)

        def save(tx: Tx) -> Change:
            if media.is_primary:
                rows.demote(tx, ref, field, now)
            added = rows.add(tx, media)
            fingerprints.add(tx, added.id, prepared.fingerprint, now)
            what = MediaChange(plan.public_id, ref, {}, {"filename": media.original_filename})
            return changes.add(tx, Change(ChangeKind.UPLOADED, (what,), account, now))

        return self._database.retrying(save)
