"""Decisions of visual review."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ..database import changes
from ..database import media as rows
from ..database.engine import Database, Tx
from ..domain.changes import Change, ChangeKind, MediaChange
from ..domain.media import ModerationStatus
from ..domain.permissions import Action
from .access import Access


class ModerationService:
    """Writes a status, and the platform's older ``is_approved`` with it."""

    def __init__(self, database: Database, access: Access) -> None:
        self._database = database
        self._access = access

    def decide(self, public_ids: Sequence[str], status: ModerationStatus) -> Change:
        """Give media a status, all or none. Raises NotFound, Forbidden."""
        now = datetime.now(UTC)

        def save(tx: Tx) -> Change:
            done = []
            for public_id in dict.fromkeys(public_ids):
                one, ref = self._access.media(tx, public_id, Action.MODERATE)
                before = {
                    "moderation_status": one.moderation_status.value,
                    "is_approved": one.is_approved,
                }
                after = {
                    "moderation_status": status.value,
                    "is_approved": status is ModerationStatus.APPROVED,
                }
                rows.change(tx, public_id, after | {"moderation_status": status, "updated_at": now})
                done.append(MediaChange(public_id, ref, before, after))
            account = self._access.account.user_id
            return changes.add(tx, Change(ChangeKind.MODERATED, tuple(done), account, now))

        return self._database.retrying(save)
