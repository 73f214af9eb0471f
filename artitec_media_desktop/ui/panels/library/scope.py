"""Where the page looks: the whole library, an entity, or one of its slots."""

from dataclasses import dataclass
from typing import Any

from ....domain.entities import Entity, EntityRef, EntityType
from ....domain.listing import MediaQuery
from ....domain.search import EVERYTHING, Search, Term
from ....domain.slots import Slot, find_slot, slots_of


@dataclass(frozen=True, slots=True)
class Scope:
    """Without an entity, the whole library; without a slot, all of an entity's."""

    entity: EntityRef | None = None
    slot: Slot | None = None

    @classmethod
    def of(cls, query: MediaQuery) -> "Scope":
        """The scope of a query; a field that is no slot of the entity counts as none."""
        slots = () if query.entity is None else slots_of(query.entity.type)
        return cls(query.entity, next((each for each in slots if each.field == query.field), None))

    @property
    def place(self) -> tuple[EntityRef, Slot] | None:
        """Where files can be added and put in order: a slot, nothing else."""
        return None if self.entity is None or self.slot is None else (self.entity, self.slot)

    def query(self, search: Search = EVERYTHING) -> MediaQuery:
        """What is asked of the library for a search in this scope."""
        return MediaQuery(self.entity, None if self.slot is None else self.slot.field, search)

    def terms(self, entity: Entity | None) -> tuple[Term, ...]:
        """The conditions that mean the same in the whole library; ``entity`` is the scope's."""
        found = []
        if entity is not None:
            found.append(Term("entity", (f"{entity.ref.type.word}:{entity.public_id}",)))
        if self.slot is not None:
            found.append(Term("slot", (self.slot.name,)))
        return tuple(found)

    def to_json(self) -> list[Any]:
        """For the settings: ``["community", 456, "photos"]``, shorter for a wider scope."""
        if self.entity is None:
            return []
        kept: list[Any] = [self.entity.type.value, self.entity.id]
        return kept if self.slot is None else [*kept, self.slot.name]

    @classmethod
    def from_json(cls, kept: object) -> "Scope | None":
        """Read what ``to_json`` made; None for anything else that a settings file may hold."""
        match kept:
            case []:
                return cls()
            case [str(word), int(number), *rest] if word in set(EntityType):
                ref = EntityRef(EntityType(word), number)
                slot = find_slot(ref.type, rest[0]) if rest and isinstance(rest[0], str) else None
                return None if rest and slot is None else cls(ref, slot)
        return None


#: The whole library.
ALL_MEDIA = Scope()
