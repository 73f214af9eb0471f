"""A row of the journal and the item it stands for."""

import json
import os
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, func, select, true

from ..domain.entities import EntityType
from ..domain.keys import ObjectKeys
from ..domain.slots import find_slot
from ..domain.targets import Target
from ..domain.uploads import OnDuplicate, UploadItem, UploadOptions, UploadPlan, UploadState
from .journal_tables import UPLOADS


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
        OnDuplicate(values.get("on_duplicate") or OnDuplicate.REPORT),
    )


def plan_out(plan: UploadPlan) -> dict[str, Any]:
    """Write a plan as JSON."""
    return {
        "public_id": plan.public_id,
        "original": plan.keys.original,
        "variants": [name for name, _ in plan.keys.variants],
        "sha256": plan.sha256,
        "options": None if plan.options is None else options_out(plan.options),
    }


def _plan_in(values: dict[str, Any] | None) -> UploadPlan | None:
    if not values:
        return None
    keys = ObjectKeys.of(values["original"], values["variants"])
    options = values.get("options")
    written = None if options is None else _options_in(options)
    return UploadPlan(values["public_id"], keys, values["sha256"], written)


def among(ids: Collection[int] | None) -> ColumnElement[bool]:
    """Whether a row is one of these, however many they are; any row for None."""
    if ids is None:
        return true()
    # One value for all of them: a statement may hold only so many.
    each = func.json_each(json.dumps(list(ids))).table_valued("value")
    return UPLOADS.c.id.in_(select(each.c.value))


def place_out(place: Target | None) -> dict[str, Any]:
    """The columns that say where a file goes."""
    return {
        "entity_type": place.entity_type.value if place else None,
        "entity_id": place.entity_id if place else None,
        "entity_public_id": place.public_id if place else None,
        "slot": place.slot.name if place else None,
    }


def _place_in(row: Any) -> Target | None:
    """None also for a slot that only a newer version knows: then it is asked for again."""
    if row.entity_type not in set(EntityType):
        return None
    entity_type = EntityType(row.entity_type)
    slot = find_slot(entity_type, row.slot)
    return None if slot is None else Target(entity_type, row.entity_id, row.entity_public_id, slot)


def item_of(row: Any) -> UploadItem:
    """Read a whole row."""
    return UploadItem(
        id=row.id,
        batch=row.batch,
        position=row.position,
        path=os.fsdecode(row.path),
        place=_place_in(row),
        state=UploadState(row.state),
        rank=row.rank,
        wish=None if row.wish is None else UploadState(row.wish),
        attempts=row.attempts,
        crashes=row.crashes,
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
