"""``TYPE:ID/SLOT``: how a person names a place on the command line."""

from dataclasses import dataclass

from .entities import EntityRef, EntityType
from .errors import Permanent
from .slots import Slot, find_slot, slots_of


@dataclass(frozen=True, slots=True)
class Target:
    """A place that was found: the entity's numeric and public id, and one of its slots."""

    entity_type: EntityType
    entity_id: int
    public_id: str
    slot: Slot

    @property
    def entity(self) -> EntityRef:
        """The entity alone."""
        return EntityRef(self.entity_type, self.entity_id)

    def __str__(self) -> str:
        return f"{self.entity_type.word}:{self.public_id}/{self.slot.name}"


def parse_entity(text: str) -> tuple[EntityType, str]:
    """``community:CMY-456`` → its type and id. Raises Permanent ``bad_target``."""
    word, colon, entity_id = text.partition(":")
    try:
        entity_type = EntityType.from_word(word)
    except ValueError:
        kinds = ", ".join(each.word for each in EntityType)
        raise Permanent(
            "bad_target", f"“{text}” names no known type. The types are {kinds}."
        ) from None
    if not colon or not entity_id.strip():
        raise Permanent("bad_target", f"“{text}” has no id. Write it as {entity_type.word}:ID.")
    return entity_type, entity_id.strip()


def parse_target(text: str) -> tuple[EntityType, str, Slot]:
    """``community:CMY-456/photos`` → type, id, slot. Raises Permanent ``bad_target``."""
    place, slash, word = text.rpartition("/")
    if not slash:
        raise Permanent(
            "bad_target",
            f"“{text}” names no slot. Write it as TYPE:ID/SLOT, as in community:CMY-456/photos.",
        )
    entity_type, entity_id = parse_entity(place)
    slot = find_slot(entity_type, word)
    if slot is None:
        names = ", ".join(each.name for each in slots_of(entity_type))
        raise Permanent("bad_target", f"A {entity_type.word} has no slot “{word}”. It has {names}.")
    return entity_type, entity_id, slot
