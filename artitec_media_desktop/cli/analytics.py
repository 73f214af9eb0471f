"""``analytics``: what the library uses."""

from argparse import Namespace
from typing import Any, Final

from ..domain.entities import EntityType
from ..domain.limits import size_text
from ..services.analytics import Group
from .opening import open_library

_NAMES: Final = {
    "by_entity_and_type": ("entity_type", "media_type"),
    "by_month": ("month",),
    "by_status": ("status",),
}


def analytics(args: Namespace) -> tuple[dict[str, Any], list[str]]:
    """The document and the lines."""
    wanted = None if args.entity_type is None else EntityType.from_word(args.entity_type)
    found = open_library(args).analytics.run(wanted)
    groups = {
        name: [_json(names, e) for e in getattr(found, name)] for name, names in _NAMES.items()
    }
    value = {"total_files": found.total_files, "total_size_bytes": found.total_bytes} | groups
    lines = [f"{found.total_files} files, {size_text(found.total_bytes)}"]
    for name in _NAMES:
        lines += [
            f"{' '.join(word or '?' for word in each.key):<28} {each.count:>9}  "
            f"{size_text(each.total_bytes):>12}"
            for each in getattr(found, name)
        ]
    return value, lines


def _json(names: tuple[str, ...], group: Group) -> dict[str, Any]:
    words = dict(zip(names, group.key, strict=True))
    return words | {"count": group.count, "total_size_bytes": group.total_bytes}
