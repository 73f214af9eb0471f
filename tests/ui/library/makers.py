"""Entities, media, files on their way and changes for the tests of the library page."""

from datetime import UTC, datetime

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from artitec_media_desktop.domain.changes import Change, ChangeKind, MediaChange
from artitec_media_desktop.domain.entities import Entity, EntityRef, EntityType
from artitec_media_desktop.domain.media import Media, MediaType
from artitec_media_desktop.domain.slots import find_slot
from artitec_media_desktop.domain.targets import Target
from artitec_media_desktop.domain.uploads import UploadItem, UploadState

WILLOW = EntityRef(EntityType.COMMUNITY, 1)
CEDAR = EntityRef(EntityType.COMMUNITY, 2)
POOL = EntityRef(EntityType.AMENITY, 1)
PARK = EntityRef(EntityType.AMENITY, 2)
HOUSE = EntityRef(EntityType.PROPERTY, 789)
DANA = EntityRef(EntityType.USER, 123)

ENTITIES = (
    Entity(CEDAR, "CMY-457", "Cedar Bend", "Gilbert, AZ", media_count=64),
    Entity(WILLOW, "CMY-456", "Willow Creek", "Scottsdale, AZ", media_count=44),
    Entity(POOL, "AMN-1", "Community pool", "Scottsdale, AZ", WILLOW, 12, belongs_to=(WILLOW,)),
    Entity(PARK, "AMN-2", "Trailhead park", "Scottsdale, AZ", WILLOW, 0),
    Entity(HOUSE, "PROP-789", "8214 E Juniper Ct", "Scottsdale, AZ", media_count=38),
    Entity(DANA, "USR-123", "Dana Reyes"),
)


def jpeg(width=400, height=300, color="#808080"):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")
    return buffer.data().data()


def media(number, ref=WILLOW, field="gallery", **facts):
    facts = {"file_size": 1024 * 1024, "width": 400, "height": 300} | facts
    return Media(
        id=number,
        public_id=f"MED-1-{number:06}",
        filename=f"photo-{number}.jpg",
        original_filename=f"IMG_{number:04}.jpg",
        media_type=facts.pop("media_type", MediaType.IMAGE),
        content_type="image/jpeg",
        storage_path=f"communities/photos/{number}.jpg",
        original_url="",
        entity_type=ref.type.value,
        entity_id=ref.id,
        entity_field=field,
        **facts,
    )


def upload(number, state=UploadState.QUEUED, ref=WILLOW, slot="photos", **facts):
    return UploadItem(
        id=number,
        batch=1,
        position=number,
        path=f"/photos/IMG_{number}.jpg",
        place=Target(ref.type, ref.id, "CMY-456", find_slot(ref.type, slot)),
        state=state,
        **facts,
    )


def change(*refs, kind=ChangeKind.UPLOADED):
    parts = tuple(MediaChange(f"MED-1-{ref.id:06}", ref, {}, {}) for ref in refs)
    return Change(kind, parts, "USR-1", datetime.now(UTC))
