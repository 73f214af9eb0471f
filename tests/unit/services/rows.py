"""Rows without objects, as many as a test wants."""

from dataclasses import replace

from artitec_media_desktop.database import media as rows
from artitec_media_desktop.domain.entities import EntityRef, EntityType
from artitec_media_desktop.domain.media import Media, MediaType

WILLOW = EntityRef(EntityType.COMMUNITY, 1)


def add(library, count, **values):
    """Rows without objects, the first one the oldest; returns their public ids."""
    ids = []
    with library.database.write() as tx:
        for number in range(count):
            media = Media(
                id=0, public_id=f"MED-{1000 + number}-{values.pop('tail', 'AAAAAA')}",
                filename="p.jpg", original_filename=f"p{number}.jpg", media_type=MediaType.IMAGE,
                content_type="image/jpeg", file_size=5000, storage_path="", original_url="",
                entity_type="community", entity_id=1, entity_field="gallery", width=640,
                height=480, sort_order=number + 1, uploaded_by="USR-1",
            )  # fmt: skip
            ids.append(rows.add(tx, replace(media, **values)).public_id)
    return ids
