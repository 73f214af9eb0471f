"""Media as the pages of the window get them."""

from artitec_media_desktop.domain.media import Media, MediaType


def media(number=1, **values):
    """The photo with this number; anything can be said otherwise."""
    usual = {
        "id": number,
        "public_id": f"MED-{number}",
        "filename": f"{number}.jpg",
        "original_filename": f"IMG_{number}.jpg",
        "media_type": MediaType.IMAGE,
        "content_type": "image/jpeg",
        "file_size": 1 << 20,
        "storage_path": "a.jpg",
        "original_url": "a.jpg",
        "entity_type": "community",
        "entity_id": 1,
        "entity_field": "gallery",
    }
    return Media(**(usual | values))
