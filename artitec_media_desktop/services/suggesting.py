"""Which place files without one may be meant for: their folder has the name of an entity."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Final

from ..domain.entities import Entity
from ..domain.limits import BY_EXTENSION
from ..domain.slots import Slot, slots_of
from ..domain.targets import Target

#: A name is looked for in so many folders above a file, the nearest first.
_LEVELS: Final = 4


def suggest(paths: Mapping[int, str], entities: Iterable[Entity]) -> dict[int, Target]:
    """Find a place for files by their number, where a folder above them tells it.

    A folder tells it by an entity's public id or its exact name, in any case; a name that two
    entities share tells nothing. The place is the entity's first gallery, or its first slot where
    it has none, which takes a single file only.
    """
    by_name = _by_name(entities)
    folders: dict[str, Entity | None] = {}
    found: dict[int, Target] = {}
    for number, path in paths.items():
        folder = _folder(path)
        if folder not in folders:
            folders[folder] = _entity_of(folder, by_name)
        entity = folders[folder]
        if entity is None:
            continue
        slot = _default_slot(entity)
        kind = BY_EXTENSION.get(PurePath(path).suffix.lower())
        if slot is not None and (kind is None or kind.media_type in slot.accepts):
            found[number] = Target(entity.ref.type, entity.ref.id, entity.public_id, slot)
    counts = Counter(found.values())
    return {
        number: target
        for number, target in found.items()
        if not (target.slot.single and counts[target] > 1)
    }


def _by_name(entities: Iterable[Entity]) -> dict[str, Entity | None]:
    """Every name and public id; None for one that several entities have."""
    names: dict[str, Entity | None] = {}
    ids: dict[str, Entity | None] = {}
    for entity in entities:
        for key, known in ((entity.name.casefold(), names), (entity.public_id.casefold(), ids)):
            known[key] = None if key in known else entity
    return names | ids


def _folder(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[0]


def _entity_of(folder: str, by_name: Mapping[str, Entity | None]) -> Entity | None:
    for name in reversed(folder.split("/")[-_LEVELS:]):
        entity = by_name.get(name.strip().casefold()) if name.strip() else None
        if entity is not None:
            return entity
    return None


def _default_slot(entity: Entity) -> Slot | None:
    slots = slots_of(entity.ref.type)
    return next((slot for slot in slots if not slot.single), slots[0] if slots else None)
