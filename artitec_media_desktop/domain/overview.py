"""An entity's page but for its media."""

from dataclasses import dataclass

from .entities import Entity
from .media import Media
from .permissions import ALLOWED, Decision
from .slots import Slot


@dataclass(frozen=True, slots=True)
class SlotSummary:
    """What lies in a slot; ``cover`` is the primary media, else the first."""

    slot: Slot
    count: int
    total_bytes: int
    cover: Media | None


@dataclass(frozen=True, slots=True)
class EntityOverview:
    """An entity's page but for its media; ``related`` are a community's amenities.

    ``may_add`` tells whether the signed-in account may add files to it, and if not, why.
    """

    entity: Entity
    slots: tuple[SlotSummary, ...]
    related: tuple[Entity, ...]
    may_add: Decision = ALLOWED
