"""Says that somebody else was faster, and who."""

from ..database import accounts, changes
from ..database.engine import Tx
from ..domain.changes import Change, ChangeKind
from ..domain.errors import Conflict
from ..domain.media import Media, ModerationStatus


def overtaken(tx: Tx, media: Media, seen: ModerationStatus) -> Conflict:
    """What is said where a media is no longer as the person saw it, then in status ``seen``."""
    status = media.moderation_status.value
    history = changes.history(tx, media.public_id)
    if media.moderation_status is seen:
        what, who = "was changed", _name(tx, history[-1]) if history else ""
    else:
        what = f"was set to {status}"
        who = next((_name(tx, each) for each in reversed(history) if _decided(each, status)), "")
    return Conflict(
        "overtaken",
        f"“{media.original_filename}” {what} {who or 'on the platform'} meanwhile, so nothing was "
        "done to it. Look at it again.",
    )


def _decided(change: Change, status: str) -> bool:
    decided = change.media[0].after.get("moderation_status")
    return change.kind is ChangeKind.MODERATED and decided == status


def _name(tx: Tx, change: Change) -> str:
    account = accounts.by_user_id(tx, change.account)
    return f"by {change.account if account is None else account.name}"
