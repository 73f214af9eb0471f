"""One dropped file on its way: its states and what may follow which."""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from unicodedata import category

from .errors import Permanent
from .keys import ObjectKeys
from .targets import Target


class UploadState(StrEnum):
    """A row of the journal is in exactly one of these."""

    UNPLACED = "unplaced"  #: nobody has said yet where it goes
    QUEUED = "queued"
    PAUSED = "paused"
    WORKING = "working"
    ASKING = "asking"  #: it looks like a media of the library; a person decides
    DONE = "done"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    FAILED = "failed"

    # That of an enumeration is Python's own code; states are counted with every news of a file.
    __hash__ = str.__hash__

    @property
    def is_final(self) -> bool:
        """What became of the file is settled."""
        return self in FINAL

    @property
    def is_moving(self) -> bool:
        """Something will happen to the file by itself."""
        return self in (UploadState.QUEUED, UploadState.WORKING)


FINAL: Final = frozenset(
    {UploadState.DONE, UploadState.DUPLICATE, UploadState.SKIPPED, UploadState.FAILED}
)
#: QUEUED → WORKING → QUEUED is a passing fault, or a crash found at the next start.
FOLLOWS: Final[dict[UploadState, frozenset[UploadState]]] = {
    UploadState.UNPLACED: frozenset({UploadState.QUEUED, UploadState.SKIPPED}),
    UploadState.QUEUED: frozenset({UploadState.WORKING, UploadState.PAUSED, UploadState.SKIPPED}),
    UploadState.PAUSED: frozenset({UploadState.QUEUED, UploadState.SKIPPED}),
    UploadState.WORKING: FINAL | {UploadState.QUEUED, UploadState.PAUSED, UploadState.ASKING},
    UploadState.ASKING: frozenset({UploadState.QUEUED, UploadState.DUPLICATE, UploadState.SKIPPED}),
    # FAILED and SKIPPED → DONE: its row was there already, and nobody had heard of it.
    UploadState.FAILED: frozenset({UploadState.QUEUED, UploadState.DONE}),
    UploadState.DUPLICATE: frozenset({UploadState.QUEUED}),
    UploadState.SKIPPED: frozenset({UploadState.QUEUED, UploadState.DONE}),
    UploadState.DONE: frozenset(),
}


#: Failures that can end differently the next time, with the same file. One that makes the program
#: crash is tried where it does no harm, and the next version may be able to read it.
WORTH_RETRYING: Final = frozenset(
    {"vanished", "changed", "no_access", "not_allowed", "no_entity", "internal", "video_timeout"}
    | {"crashes"}
)
#: What is said of a file that a person has cancelled.
CANCELLED: Final = ("cancelled", "It was cancelled.")


class OnDuplicate(StrEnum):
    """What to do with a file whose like is in the library.

    Identical bytes on the same entity are left out unasked, except by KEEP. Of other look-alikes
    REPORT adds the file and says so, as a command does; ASK leaves it to a person.
    """

    REPORT = "report"
    ASK = "ask"
    SKIP = "skip"
    KEEP = "keep"
    REPLACE = "replace"  #: the file takes the place of its like, which goes to the trash


@dataclass(frozen=True, slots=True)
class UploadOptions:
    """What is written with the file."""

    alt_text: str | None = None
    caption: str | None = None
    tags: tuple[str, ...] = ()
    primary: bool = False
    on_duplicate: OnDuplicate = OnDuplicate.REPORT


@dataclass(frozen=True, slots=True)
class Description:
    """What a person wants written with files; None leaves what each of them has."""

    alt_text: str | None = None
    caption: str | None = None
    tags: tuple[str, ...] | None = None
    primary: bool | None = None

    def onto(self, options: UploadOptions) -> UploadOptions:
        """The options with what is given here."""
        given = {
            each.name: value
            for each in fields(self)
            if (value := getattr(self, each.name)) is not None
        }
        return replace(options, **given)

    @classmethod
    def between(cls, before: UploadOptions, after: UploadOptions) -> "Description":
        """What was written since ``before``."""
        given = {
            each.name: value
            for each in fields(cls)
            if (value := getattr(after, each.name)) != getattr(before, each.name)
        }
        return cls(**given)


@dataclass(frozen=True, slots=True)
class UploadPlan:
    """What was fixed in the journal before the first byte left: replay uses the same.

    ``options`` are those of that moment: the media has what was written with the file by then.
    """

    public_id: str
    keys: ObjectKeys
    sha256: str
    options: UploadOptions | None = None


@dataclass(frozen=True, slots=True)
class UploadItem:
    """One row of the journal.

    ``path`` may hold surrogate escapes; ``place`` is None until somebody says where the file goes;
    rows of lower ``rank`` are taken first; ``wish`` is what a file that is being worked on is to
    become; ``crashes`` counts how often the process ended while it decoded the file; ``error`` is
    (code, sentence); ``duplicate_of`` is the
    public id of the look-alike, ``distance`` its Hamming distance in bits, 0 for equal bytes.
    ``sent`` and ``size`` are bytes.
    """

    id: int
    batch: int
    position: int
    path: str
    place: Target | None
    state: UploadState = UploadState.QUEUED
    rank: int = 0
    wish: UploadState | None = None
    attempts: int = 0
    crashes: int = 0
    size: int | None = None
    options: UploadOptions = field(default_factory=UploadOptions)
    plan: UploadPlan | None = None
    media_public_id: str | None = None
    duplicate_of: str | None = None
    distance: int | None = None
    error: tuple[str, str] | None = None
    note: str | None = None
    account: str | None = None
    not_before: datetime | None = None
    created_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def target(self) -> Target:
        """Where it goes. Raises Permanent ``no_place`` before somebody has said so."""
        if self.place is None:
            raise Permanent("no_place", f"Choose a place for “{self.name}”.")
        return self.place

    @property
    def is_worth_retrying(self) -> bool:
        """Whether it failed of something that may be mended by now."""
        if self.state is not UploadState.FAILED or self.error is None:
            return False
        return self.error[0] in WORTH_RETRYING

    @property
    def name(self) -> str:
        """The file's name, fit to be shown."""
        return shown_name(self.path)


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """How far one file is: checking, making, sending or saving.

    ``done`` and ``total`` are bytes while it is being sent, 0 before and after.
    """

    item_id: int
    stage: str
    done: int = 0
    total: int = 0
    bytes_per_second: float = 0.0


def shown_name(path: str) -> str:
    """The last part of a path with everything invisible or undecodable made visible.

    Line breaks, direction marks and broken UTF-8 could otherwise forge what a person reads.
    """
    name = path.rstrip("/\\").replace("\\", "/").rpartition("/")[2] or path
    shown = "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in name)
    return shown if len(shown) <= 120 else f"{shown[:80]}…{shown[-30:]}"


def name_problem(path: str) -> str | None:
    """Why a file's name can't be taken, as a sentence; None when it is fine.

    A name is shown to people and written to shared rows, so one that could forge what is
    read (line breaks, direction marks) or that is not text at all is refused.
    """
    name = path.rstrip("/").rpartition("/")[2]
    shown = shown_name(path)
    if any(0xDC80 <= ord(each) <= 0xDCFF for each in name):
        return f"The name “{shown}” is not valid text. Rename the file and add it again."
    # Printable, a space of any width (macOS puts a narrow one into the names of screenshots), or
    # the joiner inside an emoji.
    if not all(each.isprintable() or each == "\u200d" or category(each) == "Zs" for each in name):
        return (
            f"The name “{shown}” holds line breaks or invisible marks. "
            "Rename the file and add it again."
        )
    if len(name) > 255 or len(name.encode("utf-8", "surrogateescape")) > 255:
        return f"The name “{shown}” is too long. Shorten it to 100 letters and add it again."
    return None
