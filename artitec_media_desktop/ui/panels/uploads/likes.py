"""What the library has already of a file that asks; read in workers."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImageIOHandler, QImageReader

from ....domain.entities import EntityRef, EntityType
from ....domain.errors import NotFound
from ....domain.media import Media
from ....domain.slots import slots_of
from ....domain.uploads import UploadItem

if TYPE_CHECKING:
    from ....services.library import LibraryService


@dataclass(frozen=True, slots=True)
class Like:
    """The media, where it lies and who added it.

    ``is_here``: on the place that the file is meant for. ``keeps`` is why it can't be replaced
    although it is; empty where it can.
    """

    media: Media
    place: str
    by: str
    is_here: bool
    keeps: str = ""

    @property
    def may_go(self) -> bool:
        """Whether the file may take its place."""
        return self.is_here and not self.keeps


@dataclass(frozen=True, slots=True)
class Facts:
    """Bytes and pixels of a file, 0 where they can't be read."""

    size: int
    wide: int
    high: int


def read_facts(path: str) -> Facts:
    """From the disk, and from the picture's header, as it is shown."""
    try:
        size = Path(path).stat().st_size
    except (OSError, ValueError):
        return Facts(0, 0, 0)
    reader = QImageReader(path)
    sides = reader.size()
    if reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90:
        sides.transpose()
    return Facts(size, max(0, sides.width()), max(0, sides.height()))


def read_like(library: "LibraryService", item: UploadItem) -> Like | None:
    """The media that an item looks like; None where it is gone meanwhile."""
    try:
        media = library.media(item.duplicate_of or "")
    except NotFound:
        return None
    by = _name(library, EntityType.USER, media.uploaded_by) if media.uploaded_by else ""
    if media.entity_type not in set(EntityType):
        return Like(media, media.entity_type, by, False)
    ref = EntityRef(EntityType(media.entity_type), media.entity_id)
    found = [each.label for each in slots_of(ref.type) if each.field == media.entity_field]
    place = " · ".join([_name(library, ref.type, str(ref.id)), *found[:1]])
    target = item.place
    is_here = target is not None and (target.entity, target.slot.field) == (ref, media.entity_field)
    # Whoever may add to an entity may delete what lies on it; the service asks again.
    decision = library.may_add([ref])[ref] if is_here else None
    return Like(media, place, by, is_here, decision.reason if decision is not None else "")


def _name(library: "LibraryService", entity_type: EntityType, id_text: str) -> str:
    try:
        return library.resolve(entity_type, id_text).name
    except NotFound:
        return id_text
