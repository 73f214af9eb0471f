"""A place that files go to, for tests that need one and no library."""

from artitec_media_desktop.domain.entities import EntityType
from artitec_media_desktop.domain.slots import find_slot
from artitec_media_desktop.domain.targets import Target


def photos(number=456, public_id="CMY-456", slot="photos"):
    found = find_slot(EntityType.COMMUNITY, slot)
    return Target(EntityType.COMMUNITY, number, public_id, found)


PHOTOS = photos()
