"""What is asked of the library: filters, order and the place to go on from."""

import base64
import binascii
import json
from dataclasses import dataclass

from .entities import EntityRef
from .errors import Permanent
from .media import Media, ModerationStatus


@dataclass(frozen=True, slots=True)
class MediaQuery:
    """Which media; what is None does not matter. ``search`` is any text in names and words."""

    entity: EntityRef | None = None
    field: str | None = None
    status: ModerationStatus | None = None
    tag: str | None = None
    search: str | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last media of a page: rows that come or go meanwhile neither repeat nor hide others."""

    sort_order: int
    created_at: str
    id: int

    def encode(self) -> str:
        """Write it as a word for scripts."""
        text = json.dumps([self.sort_order, self.created_at, self.id])
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """Read it back. Raises Permanent ``bad_cursor``."""
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            sort_order, created_at, media_id = json.loads(raw)
            return cls(int(sort_order), str(created_at), int(media_id))
        except (binascii.Error, ValueError, TypeError, OverflowError):
            raise Permanent(
                "bad_cursor", f"“{text}” is no place in a list. Use the “next” of the last page."
            ) from None

    @classmethod
    def after(cls, media: Media) -> "Cursor":
        """The place behind that media."""
        at = media.created_at.isoformat() if media.created_at else ""
        return cls(media.sort_order, at, media.id)


@dataclass(frozen=True, slots=True)
class MediaPage:
    """Some media in order, how many the query has in all, and where to go on."""

    items: tuple[Media, ...]
    total: int
    next: str | None
