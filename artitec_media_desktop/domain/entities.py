"""The things on the platform that media can be put on."""

from dataclasses import dataclass
from enum import StrEnum


class EntityType(StrEnum):
    """Values are those of the ``media.entity_type`` column."""

    COMMUNITY = "community"
    AMENITY = "amenity"
    BUILDER = "builder"
    PROPERTY = "property"
    SALES_REP = "sales_rep"
    USER = "user"
    POST = "post"

    @property
    def word(self) -> str:
        """The type as the command line spells it: ``sales-rep``."""
        return self.value.replace("_", "-")

    @classmethod
    def from_word(cls, word: str) -> "EntityType":
        """Read either spelling, any case. Raises ValueError for an unknown word."""
        return cls(word.strip().lower().replace("-", "_"))


#: The folder of an entity's objects in the store; ``event`` is only ever read.
ENTITY_FOLDERS: dict[str, str] = {
    EntityType.USER: "users",
    EntityType.COMMUNITY: "communities",
    EntityType.PROPERTY: "properties",
    EntityType.BUILDER: "builders",
    EntityType.SALES_REP: "sales_reps",
    EntityType.POST: "posts",
    EntityType.AMENITY: "amenities",
    "event": "events",
}

#: Public ids of the types whose tables have no such column.
DERIVED_PREFIXES: dict[EntityType, str] = {
    EntityType.PROPERTY: "PROP",
    EntityType.AMENITY: "AMN",
    EntityType.POST: "PST",
}


@dataclass(frozen=True, slots=True)
class EntityRef:
    """Which entity: its type and the numeric id that ``media.entity_id`` holds."""

    type: EntityType
    id: int

    def __str__(self) -> str:
        return f"{self.type.word}:{self.id}"


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity as the browser shows it.

    ``place`` is "City, ST" or empty; ``parent`` is the community of an amenity;
    ``holders`` are the ``users.user_id`` values of those who may put media on it;
    ``belongs_to`` are its community and its builder. Those two are known of one entity by itself.
    """

    ref: EntityRef
    public_id: str
    name: str
    place: str = ""
    parent: EntityRef | None = None
    media_count: int = 0
    holders: frozenset[str] = frozenset()
    belongs_to: tuple[EntityRef, ...] = ()


def derived_public_id(entity_type: EntityType, numeric_id: int) -> str:
    """``PROP-789`` and the like, for types without a public id column."""
    return f"{DERIVED_PREFIXES[entity_type]}-{numeric_id}"
