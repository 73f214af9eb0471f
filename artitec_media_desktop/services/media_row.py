"""Builds the ``media`` row of a finished upload."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from ..domain.hashes import Fingerprint
from ..domain.limits import ALT_TEXT_LENGTH, Format
from ..domain.media import Media, ModerationStatus
from ..domain.uploads import UploadItem, UploadPlan
from ..storage import ObjectStore


@dataclass(frozen=True, slots=True)
class StoredVariant:
    """A variant that goes into the store: pixels and bytes."""

    name: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Prepared:
    """What processing found out about a file, image or video; ``duration`` in seconds."""

    format: Format
    size: int
    fingerprint: Fingerprint
    variants: tuple[StoredVariant, ...]
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def media_row(
    item: UploadItem,
    prepared: Prepared,
    plan: UploadPlan,
    store: ObjectStore,
    account: str,
    sort_order: int,
    now: datetime,
    status: ModerationStatus,
) -> Media:
    """The row as it is inserted: every column has its value."""
    target = item.target
    slot = target.slot
    keys = dict(plan.keys.variants)
    urls = {each.name: store.public_url(keys[each.name]) for each in prepared.variants}
    facts = {
        each.name: {
            "key": keys[each.name],
            "width": each.width,
            "height": each.height,
            "size": len(each.data),
        }
        for each in prepared.variants
    }
    metadata = prepared.metadata | {"variants": facts, "small_url": urls.get("small")}
    return Media(
        id=0,
        public_id=plan.public_id,
        filename=PurePosixPath(plan.keys.original).name,
        original_filename=item.name[:255],
        media_type=prepared.format.media_type,
        content_type=prepared.format.content_type,
        file_size=prepared.size,
        width=prepared.width,
        height=prepared.height,
        duration=None if prepared.duration is None else round(prepared.duration),
        image_hash=prepared.fingerprint.average,
        storage_type=store.storage_type,
        bucket_name=store.bucket,
        storage_path=plan.keys.original,
        original_url=store.public_url(plan.keys.original),
        thumbnail_url=urls.get("thumb"),
        medium_url=urls.get("medium"),
        large_url=urls.get("large"),
        entity_type=target.entity_type.value,
        entity_id=target.entity_id,
        entity_field=slot.field,
        alt_text=item.options.alt_text[:ALT_TEXT_LENGTH] if item.options.alt_text else None,
        caption=item.options.caption,
        sort_order=sort_order,
        is_primary=slot.single or item.options.primary,
        tags=item.options.tags,
        metadata=metadata,
        uploaded_by=account,
        is_public=True,
        is_approved=status is ModerationStatus.APPROVED,
        moderation_status=status,
        created_at=now,
        updated_at=now,
    )
