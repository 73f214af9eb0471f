"""What a change did to a media, in words."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from .....domain.changes import Change, ChangeKind
from .....domain.media import ModerationStatus
from ....status_words import status_word
from .words import NAMES, listed, tr

_KINDS: Final[dict[ChangeKind, str]] = {
    ChangeKind.UPLOADED: str(QT_TRANSLATE_NOOP("Library", "Added")),
    ChangeKind.TRASHED: str(QT_TRANSLATE_NOOP("Library", "Moved to Trash")),
    ChangeKind.RESTORED: str(QT_TRANSLATE_NOOP("Library", "Put back")),
    ChangeKind.MODERATED: str(QT_TRANSLATE_NOOP("Library", "Reviewed")),
    ChangeKind.MOVED: str(QT_TRANSLATE_NOOP("Library", "Moved")),
    ChangeKind.ORDERED: str(QT_TRANSLATE_NOOP("Library", "Order")),
    ChangeKind.PURGED: str(QT_TRANSLATE_NOOP("Library", "Deleted for good")),
    ChangeKind.MERGED: str(QT_TRANSLATE_NOOP("Library", "Merged with duplicates")),
    ChangeKind.COMPARED: str(QT_TRANSLATE_NOOP("Library", "Compared")),
    ChangeKind.UNDONE: str(QT_TRANSLATE_NOOP("Library", "Undone")),
}


def happened(change: Change, reason: str | None = None) -> str:
    """``Alt text and tags``, ``Rejected: Advertising``, ``Moved to Trash``."""
    after = change.media[0].after if change.media else {}
    status = after.get("moderation_status")
    if change.kind is ChangeKind.MODERATED and status in set(ModerationStatus):
        decided = status_word(ModerationStatus(status))
        return f"{decided}: {reason}" if reason else decided
    if change.kind is ChangeKind.EDITED:
        if set(after) == {"is_public"}:
            return tr("Made public") if after["is_public"] else tr("Made private")
        if set(after) == {"is_primary"}:
            return tr("Made primary") if after["is_primary"] else tr("No longer primary")
        names = [name for name in NAMES if name in after]
        return listed(names) or (tr("Order") if "sort_order" in after else tr("Edited"))
    return tr(_KINDS.get(change.kind, "Edited"))
