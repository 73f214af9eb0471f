"""What the library page says, in words."""

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ....domain.entities import Entity
from ....domain.limits import size_text
from ....domain.media import Media, MediaType, ModerationStatus
from ....domain.overview import EntityOverview, SlotSummary
from ....domain.search import Search
from ....domain.slots import Slot
from ...entity_words import singular
from ...status_words import status_in_a_sentence
from ...upload_words import number

_CONTEXT: Final = "Library"
#: So much of a search is said in a sentence.
_QUOTED: Final = 60

#: Over the reason why somebody may not add files to a place.
NOT_HERE: Final = str(QT_TRANSLATE_NOOP("Library", "You can look, but not add here"))
#: While something from the web is dragged that brings no picture along.
LINKS: Final = (
    str(QT_TRANSLATE_NOOP("Library", "This is a web address, not a picture")),
    str(QT_TRANSLATE_NOOP("Library", "Save it first, or drag the picture itself.")),
)


def tr(text: str) -> str:
    """Translate a text of this page."""
    return QCoreApplication.translate(_CONTEXT, text)


def counted(count: int, one: str, many: str) -> str:
    """``1 image``, ``41 images``; both forms hold ``{count}`` and are translated here."""
    return tr(one if count == 1 else many).format(count=number(count))


def items(count: int) -> str:
    """``41 items``."""
    return counted(count, "{count} item", "{count} items")


def files(count: int) -> str:
    """``57 files``."""
    return counted(count, "{count} file", "{count} files")


def images(count: int) -> str:
    """``55 images``."""
    return counted(count, "{count} image", "{count} images")


def videos(count: int) -> str:
    """``2 videos``."""
    return counted(count, "{count} video", "{count} videos")


def things(count: int, kinds: Collection[MediaType] = ()) -> str:
    """``6 photos``, ``2 videos``; ``8 items`` where there are both, or where nobody knows yet."""
    if set(kinds) == {MediaType.IMAGE}:
        return counted(count, "{count} photo", "{count} photos")
    return videos(count) if set(kinds) == {MediaType.VIDEO} else items(count)


def length(seconds: int) -> str:
    """The length of a video: ``0:42``, ``1:02:03``."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def place_of(entity: Entity) -> str:
    """The second line of a place: ``CMY-456 · Scottsdale, AZ``."""
    return " · ".join(part for part in (entity.public_id, entity.place) if part)


def page_subtitle(overview: EntityOverview) -> str:
    """``Community · CMY-456 · Scottsdale, AZ · 44 files, 312 MB``."""
    entity = overview.entity
    count = sum(each.count for each in overview.slots)
    size = sum(each.total_bytes for each in overview.slots)
    held = f"{files(count)}, {size_text(size)}" if count else tr("No files yet")
    parts = (singular(entity.ref.type), entity.public_id, entity.place, held)
    return " · ".join(part for part in parts if part)


def library_subtitle(total: int | None) -> str:
    """``1,204 files``; empty while they are not counted."""
    return "" if total is None else files(total) if total else tr("No files yet")


def nothing_of(search: Search, where: str) -> str:
    """What was looked for in vain, and where: ``No file of Willow Creek, Photos …``."""
    looked_for = " ".join(each.label for each in search.terms)
    looked_for = looked_for if len(looked_for) <= _QUOTED else f"{looked_for[: _QUOTED - 1]}…"
    if where:
        text = tr("No file of {where} meets all of “{search}”.")
        return text.format(where=where, search=looked_for)
    return tr("No file of the library meets all of “{search}”.").format(search=looked_for)


def slot_contents(summary: SlotSummary) -> str:
    """The second line of a slot card: ``41 items``, ``1 image``, ``Drop image``."""
    slot, count = summary.slot, summary.count
    if not count:
        return wish(slot)
    if not slot.single:
        return items(count)
    if slot.accepts == {MediaType.VIDEO}:
        cover = summary.cover
        seconds = cover.duration if cover is not None and count == 1 else None
        return videos(count) if seconds is None else f"{videos(count)}, {length(seconds)}"
    return images(count)


def wish(slot: Slot) -> str:
    """What an empty slot asks for."""
    if slot.accepts == {MediaType.VIDEO}:
        return tr("Drop video")
    if slot.single:
        return tr("Drop image")
    return tr("Drop images") if slot.accepts == {MediaType.IMAGE} else tr("Drop files")


def refusal(slot: Slot) -> str:
    """Why a slot can't take what is being dragged."""
    if slot.accepts == {MediaType.VIDEO}:
        return tr("Takes one video")
    if slot.single:
        return tr("Takes one image")
    return tr("Takes images") if slot.accepts == {MediaType.IMAGE} else tr("Takes other files")


def empty_title(slot: Slot, entity: Entity) -> str:
    """``No photos of Trailhead park yet``."""
    texts = {
        "photos": tr("No photos of {name} yet"),
        "portfolio": tr("No portfolio of {name} yet"),
        "media": tr("No media in {name} yet"),
        "avatar": tr("No picture of {name} yet"),
        "cover": tr("No cover of {name} yet"),
        "logo": tr("No logo of {name} yet"),
        "video": tr("No video intro of {name} yet"),
    }
    return texts.get(slot.name, tr("Nothing of {name} here yet")).format(name=entity.name)


def empty_text(slot: Slot) -> str:
    """What to do about it."""
    if slot.accepts == {MediaType.VIDEO}:
        return tr("Drop a video here, or paste one from another place.")
    if slot.single:
        return tr("Drop an image here, or paste one from another place.")
    if slot.accepts == {MediaType.IMAGE}:
        return tr("Drop images here, or paste ones from another place.")
    return tr("Drop images and videos here, or paste ones from another place.")


def selection(selected: int, total: int, size: int | None) -> str:
    """``3 of 41 selected · 28.4 MB``; the number of items when nothing is selected.

    ``size`` is None where it is not known.
    """
    if not selected:
        return items(total)
    text = tr("{selected} of {total} selected").format(
        selected=number(selected), total=number(total)
    )
    return text if size is None else f"{text} · {size_text(size)}"


def spoken(media: Media, order: int) -> str:
    """A cell as a screen reader says it."""
    parts = [number(order), media.alt_text or tr("no alt text"), media.original_filename]
    if media.is_primary:
        parts.append(tr("primary"))
    if media.moderation_status is not ModerationStatus.APPROVED:
        parts.append(status_in_a_sentence(media.moderation_status))
    if not media.is_public:
        parts.append(tr("private"))
    if media.unread:
        parts.append(tr("with facts that can't be read"))
    if media.media_type is MediaType.VIDEO:
        seconds = media.duration
        parts.append(tr("video") if seconds is None else f"{tr('video')} {length(seconds)}")
    return ", ".join(parts)
