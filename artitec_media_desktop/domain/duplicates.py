"""The words of a clean-up session: which media are alike, which one stays, what moves to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .changes import Change, Failure
from .entities import EntityRef, EntityType
from .media import Media

MAX_THRESHOLD: Final = 10
DEFAULT_THRESHOLD: Final = 5


class Likeness(StrEnum):
    """How the media of a group are alike; spelled as ``duplicates --json`` does."""

    EXACT = "exact"
    NEAR = "near"
    #: A burst or a bracket: shown, and never chosen for the trash.
    SERIES = "series"


class Rule(StrEnum):
    """What makes one of two media the better one to keep."""

    PRIMARY = "primary"
    APPROVED = "approved"
    PIXELS = "pixels"
    QUALITY = "quality"
    CAMERA = "camera"
    ALT_TEXT = "alt_text"
    OLDER = "older"


#: The first that tells two media apart decides; a person may order them otherwise.
DEFAULT_RULES: Final = tuple(Rule)
#: The setting that has their order.
RULES_SETTING: Final = "duplicates/rules"


def rules_of(words: Sequence[object]) -> tuple[Rule, ...]:
    """Read a stored order; what is no rule is left out, rules that are not named come last."""
    known = dict.fromkeys(Rule(str(word)) for word in words if str(word) in set(Rule))
    return tuple(dict.fromkeys([*known, *DEFAULT_RULES]))


class Verdict(StrEnum):
    """What somebody decided about media that are alike; it stands until it is undone."""

    #: No two of them are duplicates, nor is what is the same as one of them.
    DISTINCT = "distinct"
    #: Duplicates, all of which stay where they are.
    KEPT = "kept"
    #: One was merged into another.
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which media are compared: all, those of one type or of one entity.

    With ``within``, only those of the same entity with each other.
    """

    entity_type: EntityType | None = None
    within: bool = False
    entity: EntityRef | None = None

    @classmethod
    def parse(cls, word: str) -> "Scope":
        """``all``, ``entity`` or a type. Raises ValueError for anything else."""
        if word == "all":
            return cls()
        if word == "entity":
            return cls(within=True)
        return cls(entity_type=EntityType.from_word(word))


@dataclass(frozen=True, slots=True)
class Group:
    """Media that are alike, by ``media.id``; each of ``others`` is a duplicate of the keeper.

    ``distances`` are those from the keeper, in bits, in the order of ``others``. ``freed`` is how
    many bytes accepting the suggestion frees: what lies at another place than the keeper stays.
    ``entities`` is on how many different ones the media are.
    """

    keeper: int
    others: tuple[int, ...]
    distances: tuple[int, ...]
    kind: Likeness
    freed: int
    entities: int

    @property
    def ids(self) -> tuple[int, ...]:
        """All of them, the keeper first."""
        return (self.keeper, *self.others)

    @property
    def distance(self) -> int:
        """The largest distance from the keeper, in bits."""
        return max(self.distances, default=0)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the keeper rather than the others: its value of a rule, and the best of theirs.

    Values, not sentences: ``24000000``, ``yes``, ``2024-05-01``; empty for none.
    """

    rule: Rule
    better: str
    against: str


@dataclass(frozen=True, slots=True)
class Inheritance:
    """A media that nobody named becomes the primary one of a field that loses its own.

    ``name`` is that of its file.
    """

    entity: EntityRef
    field: str
    public_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Exactly what accepting does: what is None, False or empty stays as it is.

    ``left`` are those that stay: on other entities or in other one-file slots, or not chosen.
    ``last`` (among ``left``) would leave their entity or slot empty, so they stay whoever chose
    them. ``tags`` are added to those of the keeper; ``alt_text`` and ``caption`` fill an empty
    one, with the public id they come from. ``slot`` is the one-file slot (its field) on the same
    entity that the keeper takes over. ``heirs`` are others that a primary role passes to.
    """

    keeper: Media
    trashed: tuple[Media, ...]
    left: tuple[Media, ...]
    last: frozenset[str] = frozenset()
    why: tuple[Reason, ...] = ()
    tags: tuple[str, ...] = ()
    alt_text: str | None = None
    alt_text_from: str | None = None
    caption: str | None = None
    caption_from: str | None = None
    becomes_primary: bool = False
    sort_order: int | None = None
    slot: str | None = None
    heirs: tuple[Inheritance, ...] = ()

    @property
    def freed(self) -> int:
        """How many bytes go to the trash."""
        return sum(each.file_size or 0 for each in self.trashed)

    @property
    def is_nothing(self) -> bool:
        """Whether accepting it changes nothing."""
        return not self.trashed


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of the table: a value of each media as text ("" for none), in their order.

    ``key`` is a rule's word or another column's name. ``better`` is the index of the better one,
    None where neither is or all are the same.
    """

    key: str
    values: tuple[str, ...]
    better: int | None = None

    @property
    def is_same(self) -> bool:
        """Whether all have the same value."""
        return len(set(self.values)) <= 1


class Outcome(StrEnum):
    """What became of a media in a clean-up session."""

    KEPT = "kept"
    TRASHED = "trashed"
    LEFT = "left"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One media of a clean-up session; ``note`` says why it stayed or failed, or what it got."""

    group: int
    media: Media
    outcome: Outcome
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a clean-up did, or would do: ``change`` is None for a dry run, or for nothing.

    ``resolved`` counts the groups that something was trashed of, ``left`` those that nothing was.
    """

    resolved: int = 0
    trashed: int = 0
    freed_bytes: int = 0
    left: int = 0
    failed: tuple[Failure, ...] = ()
    lines: tuple[ReportLine, ...] = ()
    change: Change | None = None
