"""What the trash page says, in words."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from math import ceil

from PySide6.QtCore import QCoreApplication

from ....domain.limits import size_text
from ....domain.slots import find_slot
from ....domain.trash import TrashItem
from ...upload_words import clock_time, number

#: Deleting for good, by the habits of the system.
FOR_GOOD_KEYS = "Ctrl+Alt+Backspace" if sys.platform == "darwin" else "Shift+Del"
_DAY = 86_400
#: From here on a row says with a colour that it will go soon.
SOON_DAYS = 3
_NAMED = 3
#: Letters of a name in a sentence: a longer one might have no place to break.
_SHORT = 40


def tr(text: str) -> str:
    """Translate a text of this page."""
    return QCoreApplication.translate("Trash", text)


def counted(count: int, one: str, many: str) -> str:
    """Both forms hold ``{count}`` and are translated here."""
    return tr(one if count == 1 else many).format(count=number(count))


def items(count: int) -> str:
    """``34 items``."""
    return counted(count, "{count} item", "{count} items")


def total(count: int, size: int) -> str:
    """``34 items · 210 MB``."""
    return f"{items(count)} · {size_text(size)}"


def selection(chosen: int, count: int, size: int) -> str:
    """``3 of 34 selected · 28.4 MB``."""
    words = tr("{chosen} of {count} selected").format(chosen=number(chosen), count=number(count))
    return f"{words} · {size_text(size)}"


def place(item: TrashItem) -> str:
    """``Willow Creek · Photos``; what is known of a place that is gone."""
    media = item.media
    if item.entity is None:
        gone = tr("{type} {id}, which is gone")
        return gone.format(type=media.entity_type.replace("_", " "), id=media.entity_id)
    slot = find_slot(item.entity.ref.type, media.entity_field or "")
    title = slot.label if slot is not None else media.entity_field or ""
    return f"{item.entity.name} · {title}" if title else item.entity.name


def deleted(item: TrashItem) -> str:
    """``Nov 21, 2:06 PM · Dana Ruiz``."""
    who = tr("an account that is gone") if item.deleted_by is None else item.deleted_by.name
    return f"{clock_time(item.deleted_at)} · {who}"


def days_left(item: TrashItem, now: datetime | None = None) -> int:
    """How many days it is still kept, the last one counted; 0 once its time is over."""
    seconds = (item.expires_at - (now or datetime.now(UTC))).total_seconds()
    return max(0, ceil(seconds / _DAY))


def kept(item: TrashItem, now: datetime | None = None) -> str:
    """``27 days left``."""
    days = days_left(item, now)
    if days == 0:
        return tr("Due to go")
    return tr("Last day") if days == 1 else counted(days, "{count} day left", "{count} days left")


def put_back(count: int) -> str:
    """``3 items put back``."""
    return counted(count, "{count} item put back", "{count} items put back")


def purged(count: int) -> str:
    """``3 items deleted for good``."""
    return counted(count, "{count} item deleted for good", "{count} items deleted for good")


def purge_question(count: int) -> str:
    """``Delete 3 items for good?``."""
    return counted(count, "Delete {count} item for good?", "Delete {count} items for good?")


def what_goes(some: Sequence[TrashItem], count: int) -> str:
    """``a.jpg, b.jpg, c.jpg and 31 more``; ``some`` are the first of ``count``."""
    names = ", ".join(_short(each.media.original_filename) for each in some[:_NAMED])
    more = count - min(len(some), _NAMED)
    if not more:
        return names
    return tr("{names} and {count} more").format(names=names, count=number(more))


def _short(name: str) -> str:
    """Cut out of the middle, so that the end with its number stays."""
    half = _SHORT // 2
    return name if len(name) <= _SHORT else f"{name[: half - 1]}…{name[-half:]}"


def tooltip(item: TrashItem) -> str:
    """What the row may have cut off, and why it can't be put back."""
    lines = [
        item.media.original_filename,
        item.media.alt_text or "",
        tr("From {place}").format(place=place(item)),
        tr("Deleted {when}").format(when=deleted(item)),
        item.may_restore.reason,
    ]
    return "\n".join(each for each in lines if each)


def spoken(item: TrashItem) -> str:
    """A row as a screen reader says it."""
    size = size_text(item.media.file_size)
    parts = [item.media.original_filename, place(item), deleted(item), kept(item), size]
    return ", ".join([*parts, *filter(None, [item.may_restore.reason])])
