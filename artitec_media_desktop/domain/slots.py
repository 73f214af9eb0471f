"""Where media can be put. A new slot is one line here. Source: the platform's contract."""

from dataclasses import dataclass
from typing import Final

from .entities import EntityType
from .limits import AVATAR, IMAGE, VIDEO, Limits
from .media import MediaType

_IMAGES: Final = frozenset({MediaType.IMAGE})
_VIDEOS: Final = frozenset({MediaType.VIDEO})
_BOTH: Final = frozenset({MediaType.IMAGE, MediaType.VIDEO})


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of one entity type.

    ``name`` is the command line's word, ``field`` the ``media.entity_field`` value,
    ``single`` means that a new file replaces the old one as primary.
    """

    entity_type: EntityType
    name: str
    field: str
    folder: str
    prefix: str
    label: str
    accepts: frozenset[MediaType]
    single: bool = False
    image_limits: Limits = IMAGE

    def limits(self, media_type: MediaType) -> Limits:
        """The bounds for a file of that type in this slot."""
        return self.image_limits if media_type is MediaType.IMAGE else VIDEO

    def folder_for(self, media_type: MediaType) -> str:
        """The media folder; a post keeps its videos apart."""
        if self.entity_type is EntityType.POST and media_type is MediaType.VIDEO:
            return "videos"
        return self.folder

    @property
    def takes(self) -> str:
        """What goes in, in words: ``one image``."""
        if self.accepts == _VIDEOS:
            return "one video"
        if self.single:
            return "one image"
        return "images" if self.accepts == _IMAGES else "images and videos"


_E = EntityType
SLOTS: Final[tuple[Slot, ...]] = (
    Slot(_E.USER, "avatar", "avatar", "avatars", "avatar", "Avatar", _IMAGES, True, AVATAR),
    Slot(_E.USER, "cover", "cover", "covers", "cover", "Cover", _IMAGES, True),
    Slot(_E.COMMUNITY, "photos", "gallery", "photos", "photo", "Photos", _BOTH),
    Slot(_E.COMMUNITY, "cover", "cover", "covers", "cover", "Cover", _IMAGES, True),
    Slot(_E.COMMUNITY, "logo", "avatar", "avatars", "logo", "Logo", _IMAGES, True),
    Slot(_E.COMMUNITY, "video", "video_intro", "videos", "video", "Video intro", _VIDEOS, True),
    Slot(_E.AMENITY, "photos", "gallery", "photos", "photo", "Photos", _IMAGES),
    Slot(_E.BUILDER, "portfolio", "gallery", "photos", "gallery", "Portfolio", _BOTH),
    Slot(_E.BUILDER, "cover", "cover", "covers", "cover", "Cover", _IMAGES, True),
    Slot(_E.BUILDER, "logo", "avatar", "avatars", "logo", "Logo", _IMAGES, True),
    Slot(_E.BUILDER, "video", "video_intro", "videos", "video", "Video intro", _VIDEOS, True),
    Slot(_E.PROPERTY, "photos", "gallery", "photos", "photo", "Photos", _BOTH),
    Slot(_E.SALES_REP, "avatar", "avatar", "avatars", "avatar", "Avatar", _IMAGES, True, AVATAR),
    Slot(_E.POST, "media", "gallery", "photos", "post", "Media", _BOTH),
)


def slots_of(entity_type: EntityType) -> tuple[Slot, ...]:
    """The slots of a type, the main one first."""
    return tuple(slot for slot in SLOTS if slot.entity_type is entity_type)


def find_slot(entity_type: EntityType, name: str) -> Slot | None:
    """By the command line's word or by the field's name; None when the type has no such slot."""
    wanted = name.strip().lower()
    for slot in slots_of(entity_type):
        if wanted in (slot.name, slot.field):
            return slot
    return None
