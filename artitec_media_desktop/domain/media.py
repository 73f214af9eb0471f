"""A media row of the platform's ``media`` table, as every part of the application sees it."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Final


class MediaType(StrEnum):
    """Spelled as the platform's ENUM is."""

    IMAGE = "IMAGE"
    VIDEO = "VIDEO"


class ModerationStatus(StrEnum):
    """Where a media stands in visual review."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    FLAGGED = "flagged"


class StorageType(StrEnum):
    """Where the objects of a row lie."""

    LOCAL = "local"
    S3 = "s3"


#: Content type of a link to a tour or a hosted video: no object is stored for such a row.
EMBED_CONTENT_TYPE = "video/embed"


@dataclass(frozen=True, slots=True)
class Media:
    """One row; column names are the platform's. ``metadata`` also holds the small variant."""

    id: int
    public_id: str
    filename: str
    original_filename: str
    media_type: MediaType
    content_type: str
    file_size: int
    storage_path: str
    original_url: str
    entity_type: str
    entity_id: int
    entity_field: str | None
    width: int | None = None
    height: int | None = None
    duration: int | None = None
    image_hash: str | None = None
    #: None where the row does not say: then it is what the platform stores in.
    storage_type: StorageType | None = StorageType.LOCAL
    bucket_name: str | None = None
    thumbnail_url: str | None = None
    medium_url: str | None = None
    large_url: str | None = None
    video_processed_url: str | None = None
    alt_text: str | None = None
    caption: str | None = None
    sort_order: int = 0
    is_primary: bool = False
    source_url: str | None = None
    tags: tuple[str, ...] = ()
    metadata: dict[str, Any] = field(default_factory=dict)
    uploaded_by: str | None = None
    is_public: bool = True
    is_approved: bool = True
    moderation_status: ModerationStatus = ModerationStatus.APPROVED
    created_at: datetime | None = None
    updated_at: datetime | None = None
    #: Columns that hold what nobody can read as what they are for: a word or JSON of somebody's
    #: own. They are read as if they said nothing.
    unread: tuple[str, ...] = field(default=(), compare=False)

    @property
    def small_url(self) -> str | None:
        """The 400 px variant; the table has no column for it, so ``metadata`` keeps it."""
        value = self.metadata.get("small_url")
        return value if isinstance(value, str) else None

    @property
    def is_open(self) -> bool:
        """Whether anyone may read its objects; those of all others lie in the private area."""
        return self.is_public and self.moderation_status is ModerationStatus.APPROVED

    @property
    def is_link(self) -> bool:
        """True for a hosted video or tour, which has no object in the store."""
        return self.content_type == EMBED_CONTENT_TYPE


#: The platform's columns, in their order.
COLUMNS: Final = tuple(each.name for each in fields(Media) if each.name != "unread")
