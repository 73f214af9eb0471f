"""Whether a media is for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from ..database import media as rows
from ..database.engine import Database, Tx
from ..database.moves import Pairs
from ..domain.changes import Change, ChangeKind, MediaChange
from ..domain.media import Media
from ..domain.permissions import Action
from ..storage import ObjectStore
from .access import Access, entity_of
from .areas import pairs_of
from .relocating import Relocating


class PublishingService:
    """Writes ``is_public``."""

    def __init__(self, database: Database, access: Access, relocating: Relocating) -> None:
        self._database = database
        self._access = access
        self._relocating = relocating

    def set_public(self, public_ids: Sequence[str], yes: bool) -> Change:
        """Publish media or take them back, each by itself, with their objects.

        What is not public can't be read at its public address any more once this returns; what
        is public can be read there as soon as it is approved too. Returns and raises as
        ``Relocating.carry_out``.
        """
        edit = _Publication(self._access, yes)
        return self._relocating.carry_out(edit, public_ids, self._access.account.user_id)


@dataclass(frozen=True, slots=True)
class _Publication:
    access: Access
    yes: bool
    kind: ClassVar[ChangeKind] = ChangeKind.PUBLISHED

    def look(self, tx: Tx, public_id: str) -> Media:
        return self.access.media(tx, public_id, Action.EDIT)[0]

    def pairs(self, media: Media, store: ObjectStore) -> Pairs:
        return pairs_of(media, not replace(media, is_public=self.yes).is_open, store)

    def write(self, tx: Tx, media: Media, columns: dict[str, Any]) -> tuple[MediaChange]:
        change = {"is_public": self.yes, "updated_at": datetime.now(UTC)}
        rows.change(tx, media.public_id, columns | change)
        before, after = {"is_public": media.is_public}, {"is_public": self.yes}
        return (MediaChange(media.public_id, entity_of(media), before, after),)
