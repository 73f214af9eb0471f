"""What an entity's page and the inspector say besides the rows of the media."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .changes import Change
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


@dataclass(frozen=True, slots=True)
class MediaOverview:
    """What the row of a media does not say.

    ``history`` is oldest first; ``undoable`` are the numbers of those changes that the signed-in
    account may still reverse. ``names`` are people's, by user id. ``reasons`` say why something was
    decided, in words, by the number of the change.
    """

    history: tuple[Change, ...]
    undoable: frozenset[int]
    names: Mapping[str, str]
    may_edit: Decision
    reasons: Mapping[int, str] = field(default_factory=dict)
