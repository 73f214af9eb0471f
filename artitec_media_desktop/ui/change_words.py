"""What a change was, in words."""

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ..domain.changes import Change, ChangeKind
from ..domain.media import ModerationStatus
from .upload_words import number

_K: Final = ChangeKind
#: By its kind; an edit is told by the columns that it wrote.
_WHAT: Final = {
    _K.UPLOADED: str(QT_TRANSLATE_NOOP("Changes", "upload of {items}")),
    _K.TRASHED: str(QT_TRANSLATE_NOOP("Changes", "deletion of {items}")),
    _K.RESTORED: str(QT_TRANSLATE_NOOP("Changes", "return of {items} from Trash")),
    _K.MODERATED: str(QT_TRANSLATE_NOOP("Changes", "decision on {items}")),
    _K.MOVED: str(QT_TRANSLATE_NOOP("Changes", "move of {items}")),
    _K.ORDERED: str(QT_TRANSLATE_NOOP("Changes", "order of {items}")),
    _K.PURGED: str(QT_TRANSLATE_NOOP("Changes", "deletion of {items} for good")),
    _K.MERGED: str(QT_TRANSLATE_NOOP("Changes", "merge of {items}")),
    _K.COMPARED: str(QT_TRANSLATE_NOOP("Changes", "comparison of {items}")),
    _K.UNDONE: str(QT_TRANSLATE_NOOP("Changes", "undoing on {items}")),
}
_DECIDED: Final = {
    ModerationStatus.APPROVED: str(QT_TRANSLATE_NOOP("Changes", "approval of {items}")),
    ModerationStatus.REJECTED: str(QT_TRANSLATE_NOOP("Changes", "rejection of {items}")),
    ModerationStatus.FLAGGED: str(QT_TRANSLATE_NOOP("Changes", "flagging of {items}")),
    ModerationStatus.PENDING: str(QT_TRANSLATE_NOOP("Changes", "setting back of {items}")),
}
_COLUMNS: Final = {
    "alt_text": str(QT_TRANSLATE_NOOP("Changes", "alt text")),
    "caption": str(QT_TRANSLATE_NOOP("Changes", "caption")),
    "tags": str(QT_TRANSLATE_NOOP("Changes", "tags")),
    "is_primary": str(QT_TRANSLATE_NOOP("Changes", "primary role")),
    "sort_order": str(QT_TRANSLATE_NOOP("Changes", "order")),
    "is_public": str(QT_TRANSLATE_NOOP("Changes", "visibility")),
    "entity_id": str(QT_TRANSLATE_NOOP("Changes", "place")),
    "entity_field": str(QT_TRANSLATE_NOOP("Changes", "slot")),
}


def tr(text: str) -> str:
    """Translate what a change was."""
    return QCoreApplication.translate("Changes", text)


def counted(count: int, one: str, many: str) -> str:
    """Both forms hold ``{count}`` and are translated here."""
    return tr(one if count == 1 else many).format(count=number(count))


def items(count: int) -> str:
    """``6 items``."""
    return counted(count, "{count} item", "{count} items")


def details(columns: Collection[str]) -> str:
    """``alt text and tags``; ``details`` where none of the columns has a name."""
    known = [tr(word) for name, word in _COLUMNS.items() if name in columns]
    if len(known) < 2:
        return known[0] if known else tr("details")
    return tr("{words} and {last}").format(words=", ".join(known[:-1]), last=known[-1])


def what(change: Change, count: int | None = None, why: str = "") -> str:
    """``alt text of 6 items``, ``rejection of 1 item: Advertising``.

    ``count`` is how many of them are meant, ``why`` for which reason it was decided.
    """
    named = items(len(change.public_ids) if count is None else count)
    if change.kind is _K.MODERATED and (status := _status(change)) is not None:
        told = tr(_DECIDED[status]).format(items=named)
        return tr("{told}: {why}").format(told=told, why=why) if why else told
    if change.kind is not _K.EDITED:
        return tr(_WHAT[change.kind]).format(items=named)
    columns = {name for each in change.media if not each.aside for name in each.after}
    return f"{details(columns)} {tr('of {items}')}".format(items=named)


def _status(change: Change) -> ModerationStatus | None:
    """What was decided, where it is the same for all and no second look that changed nothing."""
    parts = [each for each in change.media if "moderation_status" in each.after]
    found = {each.after["moderation_status"] for each in parts}
    kept = any(each.before.get("moderation_status") in found for each in parts)
    value = found.pop() if len(found) == 1 and not kept else None
    return ModerationStatus(value) if value in set(ModerationStatus) else None
