"""Decisions of visual review."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from ..database import media as rows
from ..database.engine import Database, Tx
from ..database.moves import Pairs
from ..domain.changes import Change, ChangeKind, MediaChange
from ..domain.media import Media, ModerationStatus
from ..domain.permissions import Action
from ..storage import ObjectStore
from .access import Access, entity_of
from .areas import pairs_of
from .overtaken import overtaken
from .relocating import Relocating


class ModerationService:
    """Writes a status, and the platform's older ``is_approved`` with it."""

    def __init__(self, database: Database, access: Access, relocating: Relocating) -> None:
        self._database = database
        self._access = access
        self._relocating = relocating

    def decide(
        self,
        public_ids: Sequence[str],
        status: ModerationStatus,
        expected: ModerationStatus | None = None,
    ) -> Change:
        """Give media a status, each by itself; their objects go to the area where they belong.

        What is not approved can't be read at its public address any more once this returns.
        ``expected`` is the status that the person saw: where it is another one meanwhile, nothing
        is done to that media. Returns and raises as ``Relocating.carry_out``.
        """
        edit = _Decision(self._access, status, expected)
        return self._relocating.carry_out(edit, public_ids, self._access.account.user_id)


@dataclass(frozen=True, slots=True)
class _Decision:
    access: Access
    status: ModerationStatus
    expected: ModerationStatus | None
    kind: ClassVar[ChangeKind] = ChangeKind.MODERATED

    def look(self, tx: Tx, public_id: str) -> Media:
        one, _ = self.access.media(tx, public_id, Action.MODERATE)
        if self.expected is not None and one.moderation_status is not self.expected:
            raise overtaken(tx, one, self.expected)
        return one

    def pairs(self, media: Media, store: ObjectStore) -> Pairs:
        return pairs_of(media, not replace(media, moderation_status=self.status).is_open, store)

    def write(self, tx: Tx, media: Media, columns: dict[str, Any]) -> tuple[MediaChange]:
        approved = self.status is ModerationStatus.APPROVED
        change = {"moderation_status": self.status, "is_approved": approved}
        now = {"updated_at": datetime.now(UTC)}
        rows.change(tx, media.public_id, columns | change | now)
        before = {
            "moderation_status": media.moderation_status.value,
            "is_approved": media.is_approved,
        }
        after = {"moderation_status": self.status.value, "is_approved": approved}
        return (MediaChange(media.public_id, entity_of(media), before, after),)
