"""Which objects belong to a row, whoever wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from ..domain.errors import NotFound
from ..domain.media import Media, StorageType
from ..storage import ObjectStore

#: What ``Objects.variants`` calls the object of ``video_processed_url``.
PROCESSED = "processed"


class Place(Enum):
    """Where the objects of a row lie."""

    HERE = auto()
    #: In another bucket or on the platform's own disk.
    ELSEWHERE = auto()
    #: Nowhere: the row points to a tour or a hosted video.
    LINK = auto()


@dataclass(frozen=True, slots=True)
class Objects:
    """The keys that a row names in one store; whether they are there is not looked up.

    ``variants`` are by name: thumb, small, medium, large, processed. ``spare`` is what
    ``storage_path`` names where that is another object than ``original_url`` does: the platform
    shows the latter, so it is the original, and the other one counts only where that is missing.
    """

    place: Place
    original: str | None = None
    variants: dict[str, str] = field(default_factory=dict)
    spare: str | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """The original first, then the variants, each key once; without the spare."""
        original = () if self.original is None else (self.original,)
        return tuple(dict.fromkeys((*original, *self.variants.values())))


def where(media: Media, store: ObjectStore) -> Objects:
    """The objects of a row in the store; none of a link and of a row whose objects lie elsewhere.

    An absolute address in this store says more than ``storage_type`` and ``bucket_name``, which
    were given to older rows afterwards.
    """
    if media.is_link:
        return Objects(Place.LINK)
    shown = store.key_of(media.original_url)
    if not (_says_here(media, store) or (shown and _is_absolute(media.original_url))):
        return Objects(Place.ELSEWHERE)
    kept = store.key_of(media.storage_path)
    variants = dict(_variants(media, store))
    original = shown or kept
    if original is None and not variants:
        return Objects(Place.ELSEWHERE)
    return Objects(Place.HERE, original, variants, kept if kept != original else None)


def named(media: Media, store: ObjectStore) -> frozenset[str]:
    """Every key in the store that a row could mean, even one that says its objects lie elsewhere.

    Such an object belongs to somebody, though the row may show another one.
    """
    addresses = (media.original_url, media.storage_path, *(each for _, each in _addresses(media)))
    return frozenset(key for key in map(store.key_of, addresses) if key is not None)


def absence(media: Media, place: Place) -> NotFound:
    """What is said where the objects of a row are asked for that are not in this store."""
    if place is Place.LINK:
        return NotFound(
            "link", f"“{media.original_filename}” is a link: nothing of it is stored here."
        )
    if media.storage_type is StorageType.S3 and media.bucket_name:
        lies = f"in the bucket “{media.bucket_name}”"
    else:
        lies = "in another storage"
    return NotFound(
        "elsewhere",
        f"The file of “{media.original_filename}” lies {lies}, which this profile does not open. "
        "Choose the profile that does.",
    )


def _says_here(media: Media, store: ObjectStore) -> bool:
    if media.storage_type not in (None, store.storage_type):
        return False
    return None in (media.bucket_name or None, store.bucket) or media.bucket_name == store.bucket


def _is_absolute(url: str) -> bool:
    return url.startswith("//") or "://" in url


def _variants(media: Media, store: ObjectStore) -> Iterator[tuple[str, str]]:
    for name, address in _addresses(media):
        key = store.key_of(address)
        if key is not None:
            yield name, key


def _addresses(media: Media) -> Iterator[tuple[str, str]]:
    """What our metadata says, then the columns, which the platform may have changed since."""
    made = media.metadata.get("variants")
    for name, facts in made.items() if isinstance(made, dict) else ():
        if isinstance(facts, dict) and isinstance(facts.get("key"), str):
            yield name, facts["key"]
    for name, address in (
        ("thumb", media.thumbnail_url),
        ("small", media.small_url),
        ("medium", media.medium_url),
        ("large", media.large_url),
        (PROCESSED, media.video_processed_url),
    ):
        if address:
            yield name, address
