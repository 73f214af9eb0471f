"""What a person writes about media: only what is touched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from .errors import Conflict, Permanent
from .limits import ALT_TEXT_LENGTH
from .targets import Target

#: What MySQL's TEXT holds, in bytes; outside its strict mode it would cut the rest off.
CAPTION_BYTES: Final = 65_535
_ORDERS: Final = range(-(2**31), 2**31)


class Untouched(Enum):
    """Stands for a value that is left as it is, since None is a value."""

    UNTOUCHED = "untouched"


UNTOUCHED: Final = Untouched.UNTOUCHED


@dataclass(frozen=True, slots=True)
class MediaEdit:
    """The same for one media or thousands; what is UNTOUCHED or empty stays as it is.

    ``tags`` are set, ``add_tags`` and ``remove_tags`` leave the others. ``slot`` is a slot's or a
    field's name on the same entity, ``place`` one anywhere.
    """

    alt_text: str | Untouched | None = UNTOUCHED
    caption: str | Untouched | None = UNTOUCHED
    tags: Sequence[str] | Untouched = UNTOUCHED
    add_tags: Sequence[str] = ()
    remove_tags: Sequence[str] = ()
    sort_order: int | Untouched = UNTOUCHED
    is_primary: bool | Untouched = UNTOUCHED
    is_public: bool | Untouched = UNTOUCHED
    slot: str | None = None
    place: Target | None = None

    def __post_init__(self) -> None:
        """Raise Permanent ``bad_edit`` for what no row could hold."""
        if isinstance(self.alt_text, str) and len(self.alt_text) > ALT_TEXT_LENGTH:
            raise _bad(f"The alt text has {len(self.alt_text)} characters; {ALT_TEXT_LENGTH} fit.")
        tags = () if self.tags is UNTOUCHED else self.tags
        words = (self.alt_text, self.caption, *tags, *self.add_tags, *self.remove_tags)
        if any("\0" in word or not _is_text(word) for word in words if isinstance(word, str)):
            raise _bad("The text holds bytes that are no text. Type it anew.")
        if isinstance(self.caption, str) and len(self.caption.encode()) > CAPTION_BYTES:
            raise _bad(f"The caption is longer than {CAPTION_BYTES:,} bytes. Shorten it.")
        if self.sort_order is not UNTOUCHED and self.sort_order not in _ORDERS:
            raise _bad(f"{self.sort_order} is no sort order: it has to fit into 32 bits.")

    @property
    def moves(self) -> bool:
        """Whether it takes media to another place."""
        return self.place is not None or self.slot is not None

    @property
    def touched(self) -> frozenset[str]:
        """The columns whose values it sets, whatever they were."""
        names = ("alt_text", "caption", "tags", "sort_order", "is_primary", "is_public")
        return frozenset(name for name in names if getattr(self, name) is not UNTOUCHED)

    @property
    def columns(self) -> frozenset[str]:
        """The columns that it writes; those of the place are left out."""
        return self.touched | ({"tags"} if self.add_tags or self.remove_tags else frozenset())

    def values(self, now: Mapping[str, Any]) -> dict[str, Any]:
        """The columns as they are to be, where they are ``now`` (JSON values)."""
        wanted: dict[str, Any] = {name: getattr(self, name) for name in self.touched}
        for name in ("alt_text", "caption"):
            if name in wanted:
                wanted[name] = wanted[name] or None
        if "tags" in self.columns:
            kept = now.get("tags") if "tags" not in wanted else wanted["tags"]
            kept = kept if isinstance(kept, list | tuple) else ()
            gone = set(_words(self.remove_tags))
            tags = _words([*map(str, kept), *self.add_tags])
            wanted["tags"] = [tag for tag in tags if tag not in gone]
        return wanted


class Overtaken(Conflict):
    """Somebody else wrote the same columns meanwhile: ``theirs`` and ``mine`` by column."""

    def __init__(self, message: str, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> None:
        super().__init__("overtaken", message)
        self.theirs = dict(theirs)
        self.mine = dict(mine)


def _words(tags: Sequence[str]) -> list[str]:
    return [tag for tag in dict.fromkeys(each.strip() for each in tags) if tag]


def _is_text(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _bad(sentence: str) -> Permanent:
    return Permanent("bad_edit", sentence)
