"""What many media have in common, and where they differ: counted while they are read."""

from collections import Counter
from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import Generic, TypeVar

from .media import Media, MediaType, ModerationStatus

T = TypeVar("T", bound=Hashable)


class Values(Generic[T]):
    """One column over many media; NULL and an empty text are no value."""

    def __init__(self) -> None:
        self._counts: Counter[T] = Counter()
        #: How many media have none.
        self.empty = 0

    def add(self, value: T | None) -> None:
        """Count one more media."""
        if value is None or value == "":
            self.empty += 1
        else:
            self._counts[value] += 1

    @property
    def filled(self) -> int:
        """How many media have a value."""
        return self._counts.total()

    @property
    def different(self) -> int:
        """How many different values there are."""
        return len(self._counts)

    @property
    def is_mixed(self) -> bool:
        """Whether any two media differ."""
        return self.different > 1 or bool(self.different and self.empty)

    @property
    def common(self) -> T | None:
        """What all media have; None where they differ or have none."""
        return None if self.is_mixed else next(iter(self._counts), None)

    def count(self, value: T) -> int:
        """How many media have this one."""
        return self._counts[value]

    def items(self) -> list[tuple[T, int]]:
        """Each value and how many media have it, the most frequent first."""
        return self._counts.most_common()


class Selection:
    """Some media as they were when they were read, with what is said of them together."""

    def __init__(self, media: Iterable[Media] = ()) -> None:
        #: By public id, in the order they were added.
        self.media: dict[str, Media] = {}
        self.alt_text: Values[str] = Values()
        self.caption: Values[str] = Values()
        self.is_public: Values[bool] = Values()
        self.statuses: Values[ModerationStatus] = Values()
        self.types: Values[MediaType] = Values()
        #: Entity type, its number, and the field.
        self.places: Values[tuple[str, int, str | None]] = Values()
        self.tags: Values[str] = Values()
        self.total_bytes = 0
        #: The first and the last day that one was added; None where no row says.
        self.added: tuple[datetime, datetime] | None = None
        for each in media:
            self.add(each)

    @property
    def count(self) -> int:
        """How many media."""
        return len(self.media)

    @property
    def only(self) -> Media | None:
        """The media, where it is a single one."""
        return next(iter(self.media.values())) if self.count == 1 else None

    def add(self, media: Media) -> None:
        """Count one more; one that is in already is left out."""
        if media.public_id in self.media:
            return
        self.media[media.public_id] = media
        self.alt_text.add(media.alt_text)
        self.caption.add(media.caption)
        self.is_public.add(media.is_public)
        self.statuses.add(media.moderation_status)
        self.types.add(media.media_type)
        self.places.add((media.entity_type, media.entity_id, media.entity_field))
        for tag in dict.fromkeys(media.tags):
            self.tags.add(tag)
        self.total_bytes += media.file_size or 0
        if media.created_at is not None:
            first, last = self.added or (media.created_at, media.created_at)
            self.added = (min(first, media.created_at), max(last, media.created_at))
