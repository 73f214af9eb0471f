"""What a person has typed for some media and not written yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from .....domain.edits import MediaEdit, Overtaken
from .....domain.media import Media
from .....domain.selection import Selection

#: What can be set here, in the order in which it is named.
COLUMNS: Final = ("alt_text", "caption", "tags", "is_primary", "is_public")


@dataclass(slots=True)
class Draft:
    """Only what is touched; ``keys`` are the media's numbers, in order.

    Tags are put on and taken off, so that they never overwrite what somebody else has added.
    ``seen`` holds, for each column, the media as they were when it was touched; ``wrote`` what
    has been written of it since, while one went on typing.
    """

    keys: Sequence[int]
    values: dict[str, Any] = field(default_factory=dict)
    seen: dict[str, Mapping[str, Media]] = field(default_factory=dict)
    wrote: dict[str, Any] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.values or self.added or self.removed)

    @property
    def columns(self) -> list[str]:
        """What is touched."""
        tags = ["tags"] if self.added or self.removed else []
        return sorted([*self.values, *tags], key=COLUMNS.index)

    def put(self, column: str, value: Any, seen: Mapping[str, Media]) -> None:
        """Set a column; ``seen`` counts from the first time."""
        self.values[column] = value
        self.seen.setdefault(column, seen)

    def leave(self, column: str) -> None:
        """Have it as it is in the library."""
        self.values.pop(column, None)
        self.seen.pop(column, None)
        self.wrote.pop(column, None)

    def edit(self) -> MediaEdit:
        """What is to be written. Raises Permanent ``bad_edit``."""
        return MediaEdit(**self.values, add_tags=tuple(self.added), remove_tags=tuple(self.removed))

    def settle(self, written: "Draft") -> None:
        """Drop what was written, unless it was typed anew meanwhile."""
        for column, value in written.values.items():
            if column not in self.values:
                continue
            if self.values[column] == value:
                self.leave(column)
            else:
                self.wrote[column] = value
        self.added = [each for each in self.added if each not in written.added]
        self.removed = [each for each in self.removed if each not in written.removed]

    def copy(self) -> "Draft":
        """As it is now."""
        return Draft(
            self.keys,
            dict(self.values),
            dict(self.seen),
            dict(self.wrote),
            list(self.added),
            list(self.removed),
        )

    def expected(self) -> dict[str, Media]:
        """The media as they have to be for this to be written, by public id.

        Goes through all of them: for a worker.
        """
        found: dict[str, Media] = {}
        for column, seen in self.seen.items():
            for public_id, media in seen.items():
                before = found.setdefault(public_id, media)
                value = self.wrote.get(column, getattr(media, column))
                if getattr(before, column) != value:
                    found[public_id] = replace(before, **{column: value})
        return found


@dataclass(frozen=True, slots=True)
class Dispute:
    """A media that somebody else wrote first: ``error`` has theirs and mine."""

    media: Media
    error: Overtaken
    edit: MediaEdit

    def mine(self) -> tuple[MediaEdit, Media]:
        """Write mine over theirs, and over nothing newer: the edit and what has to be there."""
        there = set(Media.__dataclass_fields__)
        theirs = {name: each for name, each in self.error.theirs.items() if name in there}
        return self.edit, replace(self.media, **theirs)

    def theirs(self) -> MediaEdit | None:
        """What of the edit can be written besides theirs; None for nothing."""
        untouched = MediaEdit()
        kept = {name: getattr(untouched, name) for name in self.error.theirs}
        rest = replace(self.edit, **kept)
        return rest if rest.columns else None


def known(selection: Selection, column: str) -> Any:
    """What a field shows untouched: a text, or None where the media differ."""
    if column == "is_primary":
        return None if selection.only is None else selection.only.is_primary
    values = getattr(selection, column)
    return (values.common or "") if column in ("alt_text", "caption") else values.common
