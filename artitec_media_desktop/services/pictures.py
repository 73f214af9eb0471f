"""The picture of a media: the best variant there is, else one drawn anew from the original."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from ..domain.errors import NotFound
from ..domain.limits import LARGE, THUMB, VARIANTS
from ..domain.media import Media, MediaType, StorageType
from ..storage import DiskCache, ObjectStore
from .locating import PROCESSED, Objects, Place, absence, where


class Pictures:
    """Pictures out of one store; those of a store that is not on this disk may be kept here."""

    def __init__(self, store: ObjectStore, cache: DiskCache | None = None) -> None:
        self._store = store
        self._cache = None if store.storage_type is StorageType.LOCAL else cache

    def of(self, media: Media, pixels: int) -> bytes:
        """See LibraryService.picture."""
        objects = where(media, self._store)
        if objects.place is not Place.HERE:
            raise absence(media, objects.place)
        for key in _uncropped(media, objects, pixels):
            data = self._get(key)
            if data is not None:
                return data
        fault = NotFound("not_in_storage", f"“{media.original_filename}” has no poster.")
        if media.media_type is MediaType.IMAGE:
            try:
                return self._drawn(media, objects, _side_of(media, pixels))
            except NotFound as error:
                fault = error
        thumb = objects.variants.get(THUMB.name)
        data = None if thumb in (None, objects.original) else self._get(thumb)
        if data is None:
            raise fault
        return data

    def original(self, media: Media) -> bytes:
        """See LibraryService.original; it is not kept, since it would drive out many thumbnails."""
        for key in self._originals(media):
            try:
                return self._store.get(key)
            except NotFound:
                continue
        raise _gone(media)

    def open(self, media: Media) -> BinaryIO:
        """See LibraryService.open_original."""
        objects = where(media, self._store)
        if objects.place is not Place.HERE:
            raise absence(media, objects.place)
        made = objects.variants.get(PROCESSED)
        for key in filter(None, (objects.original, objects.spare, made)):
            try:
                return self._store.open(key)
            except NotFound:
                continue
        raise _gone(media)

    def address(self, media: Media) -> str:
        """See LibraryService.address."""
        objects = where(media, self._store)
        if objects.place is Place.HERE and objects.original is not None:
            return self._store.link(objects.original)
        return media.source_url or media.original_url

    def playable(self, media: Media) -> str:
        """See LibraryService.playable."""
        for key in self._originals(media):
            if self._store.info(key) is not None:
                return self._store.signed_url(key)
        raise _gone(media)

    def _originals(self, media: Media) -> Iterator[str]:
        objects = where(media, self._store)
        if objects.place is not Place.HERE:
            raise absence(media, objects.place)
        # What the platform made of a video plays in more players than what a person brought.
        made = objects.variants.get(PROCESSED) if media.media_type is MediaType.VIDEO else None
        yield from filter(None, (made, objects.original, objects.spare))

    def _get(self, key: str) -> bytes | None:
        def fetch() -> bytes | None:
            try:
                return self._store.get(key)
            except NotFound:
                return None

        return self._kept(self._store.public_url(key), fetch)

    def _drawn(self, media: Media, objects: Objects, side: int) -> bytes:
        name = media.original_filename
        fault = _gone(media)
        for key in filter(None, (objects.original, objects.spare)):
            try:
                data = self._draw(key, side)
            except NotFound:
                continue
            if data is not None:
                return data
            fault = NotFound("damaged", f"“{name}” can't be shown: its file is damaged.")
        raise fault

    def _draw(self, key: str, side: int) -> bytes | None:
        from ..processing.image import preview_of

        # No object has such an address: a # in its key is written %23.
        address = f"{self._store.public_url(key)}#{side}"
        return self._kept(address, lambda: preview_of(self._store.get(key), side))

    def _kept(self, address: str, make: Callable[[], bytes | None]) -> bytes | None:
        """By the whole address, which no other store shares."""
        if self._cache is None:
            return make()
        found = self._cache.get(address)
        if found is None:
            found = make()
            if found is not None:
                self._cache.put(address, found)
        return found


def _gone(media: Media) -> NotFound:
    name = media.original_filename
    return NotFound("not_in_storage", f"The file of “{name}” is not in the storage.")


def _uncropped(media: Media, objects: Objects, pixels: int) -> Iterator[str]:
    """Keys of variants: those that are wide enough, the smallest first, then the next smaller."""
    made = media.metadata.get("variants")
    sized = []
    for each in VARIANTS:
        key = objects.variants.get(each.name)
        # The platform may name a small original as its own variant, of any format and side up.
        if each.crop or key is None or key == objects.original:
            continue
        facts = made.get(each.name) if isinstance(made, dict) else None
        width = facts.get("width") if isinstance(facts, dict) and facts.get("key") == key else None
        sized.append((width if isinstance(width, int) else _width(media, each.side), key))
    sized.sort(key=lambda each: (each[0] < pixels, abs(each[0] - pixels)))
    return (key for _width, key in sized)


def _side_of(media: Media, pixels: int) -> int:
    """The longer side of the variant that would be wide enough; a few sizes can be kept."""
    sides = (each.side for each in VARIANTS if not each.crop)
    return next((side for side in sides if _width(media, side) >= pixels), LARGE.side)


def _width(media: Media, side: int) -> int:
    """How wide the picture is when its longer side is bounded; ``side`` where that isn't known."""
    if not media.width or not media.height:
        return side
    return round(media.width * min(1, side / max(media.width, media.height)))
