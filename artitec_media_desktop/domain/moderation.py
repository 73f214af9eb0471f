"""Visual review: which decisions there are, who may take which, and what is on record of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from .entities import EntityType
from .errors import Forbidden, Permanent
from .media import Media, ModerationStatus

_S = ModerationStatus


class Look(StrEnum):
    """Why an item is looked at."""

    #: It waits for its decision.
    FIRST = "first"
    #: An approval that was drawn by lot, for somebody else than who approved.
    SAMPLE = "sample"
    #: Its uploader asks for another decision, by somebody else than who rejected.
    APPEAL = "appeal"


class Rule(StrEnum):
    """What made a record that no person decided."""

    #: Flagged at the door: it looks like something that was rejected.
    KNOWN_BAD = "known_bad"
    #: An earlier decision was taken back.
    UNDO = "undo"


#: From which status a moderator gets a media to which. The same status again is no decision, except
#: in a second look, which may agree.
MOVES: Final[Mapping[ModerationStatus, frozenset[ModerationStatus]]] = {
    _S.PENDING: frozenset({_S.APPROVED, _S.REJECTED, _S.FLAGGED}),
    _S.FLAGGED: frozenset({_S.APPROVED, _S.REJECTED, _S.PENDING}),
    _S.APPROVED: frozenset({_S.REJECTED, _S.FLAGGED, _S.PENDING}),
    _S.REJECTED: frozenset({_S.APPROVED, _S.FLAGGED, _S.PENDING}),
}

#: What takes a reason.
REASONED: Final = frozenset({_S.REJECTED, _S.FLAGGED})

#: A note is at most so long, in characters.
NOTE_LENGTH: Final = 2000


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is rejected or flagged; ``code`` stays, ``text`` may be edited."""

    code: str
    text: str


#: Until an admin edits them.
REASONS: Final = (
    Reason("off_topic", "Not about the community"),
    Reason("no_consent", "Shows a person without consent"),
    Reason("advertising", "Advertising"),
    Reason("unsafe", "Unsafe or offensive"),
    Reason("poor_quality", "Too poor to use"),
    Reason("other", "Other, with a note"),
)
#: The one that needs a note.
OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Policy:
    """What all moderators of a library share.

    ``waiting`` are the entity types whose uploads wait for a decision; ``known_bad_bits`` is how
    near (0 … 5 bits) to something rejected a new file is flagged, None for never; ``sample`` is the
    share (0 … 1) of approvals that somebody else looks at again; ``lease_minutes`` is how long an
    item is held without a sign of life; from ``suspect_from`` (0 … 1) a score counts as suspected.
    """

    waiting: frozenset[EntityType] = frozenset({EntityType.POST})
    known_bad_bits: int | None = 5
    sample: float = 0.05
    lease_minutes: int = 10
    suspect_from: float = 0.6
    reasons: tuple[Reason, ...] = REASONS

    def initial_status(self, entity_type: EntityType) -> ModerationStatus:
        """The status of a new upload to an entity of a type."""
        return _S.PENDING if entity_type in self.waiting else _S.APPROVED

    def reason(self, code: str) -> Reason | None:
        """The reason of a code."""
        return next((each for each in self.reasons if each.code == code), None)


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision as a person takes it: the new status, and why.

    ``reason`` is a code of the policy.
    """

    status: ModerationStatus
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Lease:
    """An item held for one person until ``until`` (UTC, by the database's clock)."""

    public_id: str
    token: str
    account: str
    until: datetime


@dataclass(frozen=True, slots=True)
class KnownBad:
    """What a new file was flagged for: the rejected media it looks like, and its reason."""

    public_id: str
    distance: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One decision on record. Exactly one of ``account`` and ``rule`` decided; of an undoing both.

    ``waited`` is the seconds from when it began to wait until this decision, None where it did not
    wait. ``alike_to`` and ``distance`` name the match of a rule. ``undone_at`` is when it was taken
    back; that is a record of its own as well.
    """

    id: int
    public_id: str
    at: datetime
    account: str
    before: ModerationStatus | None
    after: ModerationStatus
    entity_type: str
    media_type: str
    look: Look = Look.FIRST
    reason: str | None = None
    note: str | None = None
    rule: Rule | None = None
    alike_to: str | None = None
    distance: int | None = None
    waited: int | None = None
    change_id: int | None = None
    undone_at: datetime | None = None
    #: Who had uploaded the media, which may be gone since.
    uploaded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item of the queue. ``since`` is when it began to wait; ``score`` is the screening's.

    ``decided_by`` is who decided before, for a second look; ``asked`` the words of an appeal, and
    ``asked_by`` whose they are.
    """

    media: Media
    since: datetime
    look: Look = Look.FIRST
    score: float | None = None
    decided_by: str | None = None
    asked: str | None = None
    asked_by: str | None = None

    @property
    def public_id(self) -> str:
        """Of its media."""
        return self.media.public_id


@dataclass(frozen=True, slots=True)
class Claimed:
    """An item that is held for the person at this window."""

    item: Waiting
    lease: Lease


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of the queue that is only looked up.

    ``held_by`` is the account that looks at it now, at most until ``held_until``, and ``holder``
    its name; None where nobody does.
    """

    item: Waiting
    held_by: str | None = None
    holder: str | None = None
    held_until: datetime | None = None


def why(reason: str | None, note: str | None, policy: Policy) -> str:
    """Why something was decided, in one line: the reason's text and the note; empty for neither.

    Where the reason is ``OTHER``, the note says all there is to say.
    """
    words = " ".join((note or "").split())
    if reason is None or (reason == OTHER and words):
        return words
    known = policy.reason(reason)
    return ": ".join(filter(None, (known.text if known else reason, words)))


def check_ruling(ruling: Ruling, policy: Policy) -> None:
    """Raise Permanent ``bad_ruling`` where a reason lacks, is unknown, or a note is too long."""
    if ruling.status in REASONED and not ruling.reason:
        known = ", ".join(each.code for each in policy.reasons)
        raise Permanent("bad_ruling", f"To reject or flag takes a reason: one of {known}.")
    if ruling.reason and policy.reason(ruling.reason) is None:
        known = ", ".join(each.code for each in policy.reasons)
        raise Permanent(
            "bad_ruling", f"“{ruling.reason}” is no reason of this library. Known are {known}."
        )
    if ruling.reason == OTHER and not (ruling.note or "").strip():
        raise Permanent("bad_ruling", "This reason needs a note that says what it is.")
    if len(ruling.note or "") > NOTE_LENGTH:
        raise Permanent("bad_ruling", f"A note has at most {NOTE_LENGTH:,} characters.")


def check_move(before: ModerationStatus, after: ModerationStatus, look: Look, name: str) -> None:
    """Raise Forbidden ``no_move`` where no moderator may go from one status to the other."""
    if after in MOVES[before] or (look is not Look.FIRST and after is before):
        return
    if after is before:
        raise Forbidden("no_move", f"“{name}” is {after.value} already.")
    raise Forbidden("no_move", f"“{name}” can't go from {before.value} to {after.value}.")
