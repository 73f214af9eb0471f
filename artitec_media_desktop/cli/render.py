"""How things are written for scripts: names and keys are fixed."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from ..domain.changes import Change
from ..domain.entities import Entity
from ..domain.media import COLUMNS, Media
from ..domain.moderation import Record
from ..domain.uploads import UploadItem


def media_json(media: Media, entity_public_id: str | None) -> dict[str, Any]:
    """One media with every key of the contract."""
    values = {name: plain(getattr(media, name)) for name in COLUMNS}
    return values | {"small_url": media.small_url, "entity_public_id": entity_public_id}


def details_json(
    media: Media,
    public_id: str | None,
    history: list[Change],
    decisions: Mapping[int, Record],
) -> dict[str, Any]:
    """One media with its variants, EXIF and history; a decision there says why it was taken."""
    variants = media.metadata.get("variants")
    return media_json(media, public_id) | {
        "variants": [
            {"name": name} | facts
            for name, facts in (variants if isinstance(variants, dict) else {}).items()
        ],
        "exif": media.metadata.get("exif") or {},
        "history": [
            {
                "at": plain(change.at),
                "kind": change.kind.value,
                "account": change.account,
                "before": change.media[0].before,
                "after": change.media[0].after,
            }
            | _why(decisions.get(change.id or 0))
            for change in history
        ],
    }


def _why(record: Record | None) -> dict[str, Any]:
    """What was said of a decision; a rule is named that decided by itself."""
    if record is None:
        return {}
    said = {"reason": record.reason, "note": record.note, "rule": record.rule}
    return {name: plain(value) for name, value in said.items() if value is not None}


def entity_json(entity: Entity) -> dict[str, Any]:
    """One entity."""
    return {
        "type": entity.ref.type.word,
        "id": entity.ref.id,
        "public_id": entity.public_id,
        "name": entity.name,
        "media_count": entity.media_count,
    }


def item_json(item: UploadItem) -> dict[str, Any]:
    """One row of the journal."""
    return {
        "id": item.id,
        "file": path_text(item.path),
        "target": None if item.place is None else str(item.place),
        "state": item.state.value,
        "attempts": item.attempts,
        "error": None if item.error is None else {"code": item.error[0], "message": item.error[1]},
        "media": item.media_public_id,
        "duplicate_of": item.duplicate_of,
        "note": item.note,
    }


def path_text(path: str) -> str:
    r"""Write a path as valid text; bytes that are none as ``\xff``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def plain(value: Any) -> Any:
    """A JSON value: enums by their value, times as ISO 8601 in UTC."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    return value
