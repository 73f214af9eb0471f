"""The table of the contract, line by line."""

import pytest

from artitec_media_desktop.domain.entities import EntityType as E
from artitec_media_desktop.domain.limits import AVATAR, IMAGE, VIDEO
from artitec_media_desktop.domain.media import MediaType
from artitec_media_desktop.domain.slots import SLOTS, find_slot, slots_of

IMAGES, VIDEOS = frozenset({MediaType.IMAGE}), frozenset({MediaType.VIDEO})

TABLE = [
    (E.USER, "avatar", "avatar", "avatars", "avatar", IMAGES, True, AVATAR),
    (E.USER, "cover", "cover", "covers", "cover", IMAGES, True, IMAGE),
    (E.COMMUNITY, "photos", "gallery", "photos", "photo", IMAGES | VIDEOS, False, IMAGE),
    (E.COMMUNITY, "logo", "avatar", "avatars", "logo", IMAGES, True, IMAGE),
    (E.COMMUNITY, "cover", "cover", "covers", "cover", IMAGES, True, IMAGE),
    (E.COMMUNITY, "video", "video_intro", "videos", "video", VIDEOS, True, IMAGE),
    (E.AMENITY, "photos", "gallery", "photos", "photo", IMAGES, False, IMAGE),
    (E.BUILDER, "portfolio", "gallery", "photos", "gallery", IMAGES | VIDEOS, False, IMAGE),
    (E.BUILDER, "logo", "avatar", "avatars", "logo", IMAGES, True, IMAGE),
    (E.BUILDER, "cover", "cover", "covers", "cover", IMAGES, True, IMAGE),
    (E.BUILDER, "video", "video_intro", "videos", "video", VIDEOS, True, IMAGE),
    (E.PROPERTY, "photos", "gallery", "photos", "photo", IMAGES | VIDEOS, False, IMAGE),
    (E.SALES_REP, "avatar", "avatar", "avatars", "avatar", IMAGES, True, AVATAR),
    (E.POST, "media", "gallery", "photos", "post", IMAGES | VIDEOS, False, IMAGE),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]}-{row[1]}")
def test_slot(row):
    slot = find_slot(row[0], row[1])
    assert slot is not None
    assert (
        slot.entity_type, slot.name, slot.field, slot.folder, slot.prefix, slot.accepts,
        slot.single, slot.image_limits,
    ) == row  # fmt: skip


def test_there_are_no_others():
    assert len(SLOTS) == len(TABLE)
    assert find_slot(E.AMENITY, "video") is None


def test_every_type_has_a_slot():
    for entity_type in E:
        assert slots_of(entity_type)


def test_limits_by_kind():
    slot = find_slot(E.COMMUNITY, "photos")
    assert slot.limits(MediaType.VIDEO) is VIDEO
    assert slot.limits(MediaType.IMAGE) is IMAGE
    assert find_slot(E.USER, "avatar").limits(MediaType.IMAGE) is AVATAR
