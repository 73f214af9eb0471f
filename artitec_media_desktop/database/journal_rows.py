"""A row of the journal and the item it stands for."""

import os
from dataclasses import asdict
from typing import Any

from ..domain.entities import EntityType
from ..domain.keys import ObjectKeys
from ..domain.uploads import OnDuplicate, UploadItem, UploadOptions, UploadPlan, UploadState


def options_out(options: UploadOptions) -> dict[str, Any]:
    """Write options as JSON."""
    return asdict(options) | {"tags": list(options.tags)}


def _options_in(values: dict[str, Any] | None) -> UploadOptions:
    values = values or {}
    return UploadOptions(
        values.get("alt_text"),
        values.get("caption"),
        tuple(values.get("tags") or ()),
        bool(values.get("primary")),
        OnDuplicate(values.get("on_duplicate") or OnDuplicate.ASK),
    )


def plan_out(plan: UploadPlan) -> dict[str, Any]:
    """Write a plan as JSON."""
    return {
        "public_id": plan.public_id,
        "original": plan.keys.original,
        "variants": [name for name, _ in plan.keys.variants],
        "sha256": plan.sha256,
    }


def _plan_in(values: dict[str, Any] | None) -> UploadPlan | None:
    if not values:
        return None
    keys = ObjectKeys.of(values["original"], values["variants"])
    return UploadPlan(values["public_id"], keys, values["sha256"])


def item_of(row: Any) -> UploadItem:
    """Read a whole row."""
    return UploadItem(
        id=row.id,
        batch=row.batch,
        position=row.position,
        path=os.fsdecode(row.path),
        entity_type=EntityType(row.entity_type),
        entity_id=row.entity_id,
        entity_public_id=row.entity_public_id,
        slot_name=row.slot,
        state=UploadState(row.state),
        attempts=row.attempts,
        size=row.size,
        options=_options_in(row.options),
        plan=_plan_in(row.plan),
        media_public_id=row.media_public_id,
        duplicate_of=row.duplicate_of,
        distance=row.distance,
        error=None if row.error_code is None else (row.error_code, row.error or ""),
        note=row.note,
        account=row.account,
        not_before=row.not_before,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
